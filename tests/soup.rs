//! Random tokens inside `#[audit(…)]`, as rustc hands them to the derives: no panic, and an error of ours inside the attribute. The unit
//! tests of `audit-macros` try far more of them, without a compiler.

use std::fmt::Write as _;
use std::path::Path;

use audit_tests::{Crate, Message};

const WORDS: &[&str] = &[
    "action",
    "version",
    "actor",
    "rename_all",
    "strings",
    "crate",
    "open",
    "target",
    "context",
    "occurred_at",
    "flatten",
    "skip",
    "type",
    "split",
    "id",
    "name",
    "metadata",
    "rename",
    "max_len",
    "truncate",
    "display",
    "join",
    "with",
    "self",
    "fn",
    "where",
    "größe",
    "_",
    "1",
    "0",
    "501",
    "99999999999999999999",
    "1.5",
    "1u8",
    "'c'",
    "b'c'",
    "c\"c\"",
    "\"\"",
    "\"a b\"",
    "\"snake_case\"",
    "\"a.b\"",
    "r#\"raw\"#",
    "true",
    "'a",
    "=",
    "=",
    "=",
    "=",
    ",",
    ",",
    ",",
    ",",
    ".",
    "::",
    ";",
    "&",
    "<",
    ">",
    "->",
    "=>",
    "+",
    "!",
    "?",
    "#",
    "$",
    "|",
    "*",
    "( 1 , x )",
    "[ ]",
    "{ y = 2 }",
];

/// Before and behind the attribute, which stands on a line of its own.
const PLACES: &[(&str, &str)] = &[
    (
        "#[derive(audit_core::AuditEntity)] #[audit(type = \"t\")]",
        "struct S { #[audit(id)] id: u8 }",
    ),
    (
        "#[derive(audit_core::AuditEntity)] #[audit(type = \"t\")] struct S { #[audit(id)] id: u8,",
        "x: String }",
    ),
    (
        "#[derive(audit_core::AuditMetadata)]",
        "struct S { x: String }",
    ),
    (
        "#[derive(audit_core::AuditMetadata)] struct S {",
        "x: String }",
    ),
    ("#[derive(audit_core::AuditValue)]", "enum S { A, B }"),
    ("#[derive(audit_core::AuditValue)] enum S { A,", "B }"),
    ("#[derive(audit_core::AuditValue)]", "struct S(String);"),
    (
        "#[derive(audit_core::AuditEvent)] #[audit(action = \"a.b\", version = 1, actor = audit_core::Actor)]",
        "struct S { x: String }",
    ),
    (
        "#[derive(audit_core::AuditEvent)] #[audit(action = \"a.b\", version = 1, actor = audit_core::Actor)] struct S {",
        "x: u8 }",
    ),
];

const ATTRIBUTE: u64 = 2;

/// The same numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).map_or(0, |number| number % end)
    }

    /// `@` stands nowhere in a legal list.
    fn soup(&mut self) -> String {
        let mut words: Vec<&str> = (0..self.below(8))
            .map(|_| WORDS[self.below(WORDS.len())])
            .collect();
        words.insert(self.below(words.len() + 1), "@");
        words.join(" ")
    }
}

#[test]
fn what_is_no_attribute_is_an_error_in_it() {
    let krate = Crate::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "soup", "soup");
    let mut numbers = Numbers(20_261_121);
    let mut root = String::from("#![allow(dead_code)]\n");
    let mut attributes = Vec::new();
    for number in 0..300 {
        let (before, behind) = PLACES[number % PLACES.len()];
        let attribute = format!("#[audit({})]", numbers.soup());
        krate.write(
            &format!("src/m{number}.rs"),
            &format!("{before}\n{attribute}\n{behind}\n"),
        );
        let _ = writeln!(root, "mod m{number};");
        attributes.push(attribute);
    }
    krate.write("src/lib.rs", &root);
    let found = krate.compile("check");
    assert!(
        !found
            .iter()
            .any(|message| message.rendered.contains("panicked at")
                || message.code() == Some("A0699")),
        "{found:#?}"
    );
    for (number, attribute) in attributes.iter().enumerate() {
        let file = format!("m{number}.rs");
        let of_module: Vec<&Message> = found
            .iter()
            .filter(|message| message.file == file)
            .collect();
        let inside = |message: &&&Message| {
            let (end_line, end) = message.end;
            let width = attribute.chars().count() as u64;
            message.code().is_some()
                && message.line == ATTRIBUTE
                && end_line == ATTRIBUTE
                && message.column > 1
                && end <= width + 1
        };
        assert!(
            of_module.iter().any(|message| inside(&message)),
            "{attribute}: {of_module:#?}"
        );
    }
}
