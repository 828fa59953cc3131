//! Items that are being typed: the builder keeps the setters that are known, and rustc's own error stays the only one.

use proc_macro2::TokenStream;

use super::{errors, functions};
use crate::diag::Errors;
use crate::expand::fallback;
use crate::parse::keys::Location;
use crate::pipeline;

fn event(field: &str) -> TokenStream {
    let item = format!(
        "#[audit(action = \"team.renamed\", version = 1)]
         struct TeamRenamed {{ #[audit(actor)] user: User, #[audit(target)] team: Team, {field}"
    );
    pipeline::event(item.parse().expect("the braces match"))
}

#[test]
fn the_builder_keeps_what_is_known() {
    for field in [
        "note }",
        "note: }",
        "note: & }",
        "note: Option< }",
        "note: Option<String }",
        "note: std:: }",
        "note: , mfa: bool }",
        "note, mfa: bool }",
        "note: String mfa: bool }",
        "note: String; mfa: bool }",
        "note: Option<\n mfa: bool }",
        "pub note }",
        "#[audit(max_len = 5)] note: }",
        "#[audit(max_len = 5)] }",
        "pub }",
        ": u8 }",
    ] {
        let output = event(field);
        let known: Vec<String> = functions(&output)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        let expected = [
            "builder",
            "user",
            "team",
            "context",
            "occurred_at",
            "try_build",
            "build",
        ];
        let of_field = ["note", "mfa"]
            .into_iter()
            .filter(|name| field.contains(name));
        for name in expected.into_iter().chain(of_field) {
            assert!(
                known.iter().any(|known| known == name),
                "`{name}` is missing for `{field}`: {known:?}"
            );
        }
        let raised = errors(output);
        assert!(raised.is_empty(), "rustc says it for `{field}`: {raised:?}");
    }
}

#[test]
fn a_half_typed_attribute_is_one_error_and_the_builder_stands() {
    for attribute in [
        "max_len =",
        "max_len = ",
        "max",
        "rename =",
        "with =",
        "with = path::",
        "truncate =",
        "targ",
        "=",
        "max_len = 5, ren",
    ] {
        let output = event(&format!("#[audit({attribute})] note: String }}"));
        assert!(
            functions(&output).iter().any(|(name, _)| name == "note"),
            "{attribute}"
        );
        let raised = errors(output);
        assert_eq!(raised.len(), 1, "{attribute}: {raised:?}");
    }
}

#[test]
fn variants_are_read_as_far_as_they_go() {
    let output = pipeline::value(
        "enum Role { Admin, Mem( }"
            .replace("( ", " ")
            .parse()
            .expect("the braces match"),
    );
    assert!(errors(output).is_empty());
    let raised = errors(pipeline::value(
        "enum Role { Admin Member }"
            .parse()
            .expect("the braces match"),
    ));
    assert!(raised.is_empty(), "rustc says it: {raised:?}");
}

/// What rustc may know and we don't must not pass in silence.
#[test]
fn unknown_syntax_is_an_error() {
    for item in [
        "struct S { x: u8 ~ 5 }",
        "struct S { ~x: u8 }",
        "struct ~S { x: u8 }",
        "trait S { }",
    ] {
        let raised = errors(pipeline::metadata(item.parse().expect("they are tokens")));
        assert!(!raised.is_empty(), "{item}");
        assert!(
            raised.iter().all(|error| error
                .text
                .starts_with("audit[A0322]: the derive can't read this: ")),
            "{item}: {raised:?}"
        );
        assert!(
            raised.iter().all(|error| !error.text.contains("syn")),
            "{item}: {raised:?}"
        );
    }
}

#[test]
fn a_panic_is_our_bug_and_the_stub_stands() {
    let item = "struct S { #[audit(actor)] user: User }"
        .parse()
        .expect("it is a struct");
    let panics = |_: &_, _: &mut Errors| panic!("a stage fails");
    let output = pipeline::run(item, Location::Event, panics, fallback::event);
    assert!(
        functions(&output).iter().any(|(name, _)| name == "user"),
        "{output}"
    );
    let raised = errors(output);
    let [error] = &raised[..] else {
        panic!("{raised:?}")
    };
    assert!(
        error.text.starts_with(
            "audit[A0699]: the derive failed: this is a bug of audit-core, not of your code"
        ),
        "{error:?}"
    );
    assert!(error.text.contains("report it to "), "{error:?}");
}
