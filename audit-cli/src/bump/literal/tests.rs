use super::*;
use crate::testing::{entry, event};

/// Version 1 of `user.signed_in`, declared in this line.
fn signed_in(line: usize) -> Declared {
    let line = u32::try_from(line).expect("a line");
    let record = event("user.signed_in", 1).at("src/lib.rs", line);
    Declared {
        rust_name: "SignedIn".into(),
        ..Declared::new(&entry(record))
    }
}

fn source(text: &str) -> Source<'_> {
    Source::of(text, tokens(text).expect("tokens"))
}

/// Finds the version of `user.signed_in` in the type that stands in the line with `struct SignedIn` and `// here`, or the first.
fn find(text: &str) -> Result<Vec<&str>, Missing> {
    let here = |marked: bool| {
        text.lines()
            .position(|line| line.contains("SignedIn") && line.contains("// here") == marked)
    };
    let line = here(true).or(here(false)).map_or(0, |index| index + 1);
    source(text)
        .find(&signed_in(line))
        .map(|ranges| ranges.into_iter().map(|range| &text[range]).collect())
}

/// Finds it and raises it to 2.
fn raised(text: &str) -> String {
    let line = text
        .split('\n')
        .position(|line| line.contains("SignedIn"))
        .expect("a line")
        + 1;
    let found = source(text).find(&signed_in(line)).expect("found");
    let mut text = text.to_owned();
    for range in found.into_iter().rev() {
        let literal = with_number(&text[range.clone()], 2);
        text.replace_range(range, &literal);
    }
    text
}

#[track_caller]
fn changes(before: &str, after: &str) {
    assert_eq!(raised(before), after);
}

#[test]
fn changes_the_digits_and_nothing_else() {
    for (before, after) in [
        ("1", "2"),
        ("1u32", "2u32"),
        ("0x1", "2"),
        ("1_", "2"),
        ("1_u32", "2u32"),
    ] {
        let source = |version| {
            format!(
                "/*version = 1*/ #[derive(AuditEvent)]\n#[audit(  version=/* é */{version}  ,action = \"user.signed_in\",)] // version = 1\n\
                 pub(crate) struct SignedIn {{ #[audit(actor)] user: User, version: u32 /* = 1 */ }}\n"
            )
        };
        changes(&source(before), &source(after));
    }
}

#[test]
fn keeps_line_ends_marks_and_what_is_for_the_shell() {
    let source = |version| {
        format!(
            "\u{feff}#!/usr/bin/env -S cargo 'é\r\n//! Größe\r\n#![allow(dead_code)]\r\n\r\n\
             #[audit(action = \"user.signed_in\",\r\n\tversion = {version})]\r\nstruct SignedIn;"
        )
    };
    changes(&source(1), &source(2));
    let source = |version| {
        format!(
            "#![allow(x)] #[audit(action = \"user.signed_in\", version = {version})] struct SignedIn {{}}"
        )
    };
    changes(&source(1), &source(2));
    let source = |version| {
        format!(
            "#! [allow(x)]\n#[audit(action = \"user.signed_in\", version = {version})] enum SignedIn {{}}"
        )
    };
    changes(&source(1), &source(2));
}

#[test]
fn looks_at_any_depth() {
    for place in [
        "mod a { fn b() { let _ = || { HERE }; } }",
        "macro_rules! m { ($a:ty) => { HERE } }",
        "events! { one; [ (HERE) ] }",
        "impl X { const C: () = { HERE }; }",
        "r#\"#[audit(action = \"user.signed_in\", version = 1)]\"#; HERE",
    ] {
        let source = |version| {
            place.replace(
                "HERE",
                &format!(
                    "#[audit(action = \"user.signed_in\", version = {version})]\nstruct SignedIn;"
                ),
            )
        };
        changes(&source(1), &source(2));
    }
    let deep = format!(
        "{}#[audit(action = \"user.signed_in\", version = 1)] struct SignedIn;{}",
        "{".repeat(20_000),
        "}".repeat(20_000)
    );
    assert_eq!(find(&deep), Ok(vec!["1"]));
}

#[test]
fn reads_lists_as_the_derive_does() {
    for attributes in [
        "#[audit(action = \"user.signed_in\")] #[audit(version = 1)]",
        "#[audit(version = 1)] /// Docs.\n#[derive(AuditEvent)] #[audit(action = \"user.signed_in\", crate = x::y)]",
        "#[audit(r#action = \"user.signed_in\", r#version = 1)]",
        "#[audit(action = r\"user.signed_in\", version = 1)]",
        "#[audit(action = r##\"user.signed_in\"##, version = 1)]",
        "#[audit(action = \"user.signed\\u{5f}in\", version = 1)]",
        "#[cfg_attr(unix, audit(action = \"user.signed_in\", version = 1))]",
        "#[cfg_attr(a, cfg_attr(not(b), derive(AuditEvent), audit(action = \"user.signed_in\", version = 1)))]",
        "#[cfg_attr(a, audit(version = 1))] #[cfg_attr(not(a), audit(version = 7))] #[audit(action = \"user.signed_in\")]",
        "#[cfg_attr(a, audit(action = \"user.signed_in\", version = 1))] #[cfg_attr(not(a), audit(action = \"other.one\", version = 1))]",
    ] {
        assert_eq!(
            find(&format!("{attributes} pub struct SignedIn {{}}")),
            Ok(vec!["1"]),
            "{attributes}"
        );
    }
    let both = "#[cfg_attr(a, audit(action = \"user.signed_in\", version = 1))]\n\
                #[cfg_attr(not(a), audit(action = \"user.signed_in\", version = 0x1, actor = Actor))] struct SignedIn;";
    assert_eq!(
        find(both),
        Ok(vec!["1", "0x1"]),
        "one type, whichever list it has"
    );
}

#[test]
fn takes_the_type_that_was_built() {
    let two = "#[cfg(unix)]\n#[audit(action = \"user.signed_in\", version = 1)]\nstruct SignedIn;\n\
               #[cfg(not(unix))]\n#[audit(action = \"user.signed_in\", version = 0x1)]\nstruct SignedIn; // here\n";
    assert_eq!(find(two), Ok(vec!["0x1"]));
    assert_eq!(source(two).others(&signed_in(6)), [3]);
    assert_eq!(source(two).others(&signed_in(3)), [6]);

    let neighbours = "#[audit(action = \"user.signed_in\", version = 2)] struct SignedInV2; #[audit(action = \"user.signed_in\", version = 1)]\
                      struct SignedIn; #[audit(action = \"user.signed_out\", version = 1)] struct SignedOut;";
    assert_eq!(find(neighbours), Ok(vec!["1"]));
}

#[test]
fn takes_a_type_that_a_macro_names() {
    let named = "macro_rules! event { ($name:ident) => { #[audit(action = \"user.signed_in\", version = 1)] struct $name { } } }\n\
                 event!(SignedIn); // here\n";
    assert_eq!(find(named), Ok(vec!["1"]));
    let twice = format!(
        "{named}{}",
        named
            .replace("! event", "! other")
            .replace("event!", "other!")
            .replace(" // here", "")
    );
    assert_eq!(find(&twice), Err(Missing::Ambiguous));
}

#[test]
fn does_not_guess() {
    for (text, missing) in [
        (
            "#[audit(action = \"user.signed_in\", version = 2)] struct SignedIn;",
            Missing::NoLiteral,
        ),
        (
            "#[audit(action = \"user.signed_out\", version = 1)] struct SignedIn;",
            Missing::NoLiteral,
        ),
        (
            "macro_rules! e { ($v:literal) => { #[audit(action = \"user.signed_in\", version = $v)] struct SignedIn; } }",
            Missing::NoLiteral,
        ),
        (
            "macro_rules! e { ($a:literal) => { #[audit(action = $a, version = 1)] struct SignedIn; } }",
            Missing::NoLiteral,
        ),
        (
            "event!(SignedIn, \"user.signed_in\", 1);",
            Missing::NoLiteral,
        ),
        (
            "// SignedIn2\n#[audit(action = \"user.signed_in\", version = 1)]\nstruct Login;",
            Missing::Moved,
        ),
        ("", Missing::Moved),
        // Another type of that name, elsewhere.
        (
            "struct SignedIn; // here\n#[audit(action = \"user.signed_in\", version = 1)]\nstruct Other;",
            Missing::NoLiteral,
        ),
        // The attribute isn't the type's.
        (
            "#[audit(action = \"user.signed_in\", version = 1)] fn f() {} struct SignedIn;",
            Missing::NoLiteral,
        ),
        (
            "#[audit(action = \"user.signed_in\", version = 1)] const X: u8 = 1; struct SignedIn;",
            Missing::NoLiteral,
        ),
    ] {
        assert_eq!(find(text), Err(missing), "{text}");
    }
}

#[test]
fn says_where_a_file_cannot_be_taken_apart() {
    assert_eq!(tokens("fn a() {}\n  fn b() { ) }").err(), Some((2, 12)));
    assert_eq!(
        tokens("\u{feff}\n \"open").err().map(|(line, _)| line),
        Some(2)
    );
}

#[test]
fn keeps_the_suffix_of_a_number() {
    for (before, number, after) in [
        ("9", 10, "10"),
        ("1_000", 1001, "1001"),
        ("0xeu32", 15, "15u32"),
        ("7i64", 4_294_967_295, "4294967295i64"),
    ] {
        assert_eq!(with_number(before, number), after);
    }
}
