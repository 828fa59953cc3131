//! Random tokens inside `#[audit(…)]`: no panic, and an error in the attribute.

use proc_macro2::TokenStream;
use proptest::prelude::*;

use super::{Raised, errors};
use crate::parse::keys::KEYS;
use crate::pipeline;

type Derive = fn(TokenStream) -> TokenStream;

/// A place where an attribute can stand, each on a line of its own: before it, and behind it.
const PLACES: &[(Derive, &str, &str)] = &[
    (
        pipeline::event,
        "#[audit(action = \"a.b\", version = 1)]",
        "struct S { #[audit(actor)] a: A, #[audit(target)] t: T, x: String }",
    ),
    (
        pipeline::event,
        "",
        "struct S { #[audit(actor)] a: A, #[audit(target)] t: Vec<T>, x: Option<String> }",
    ),
    (
        pipeline::event,
        "#[audit(action = \"a.b\", version = 1)] struct S<'a> { #[audit(actor)] a: &'a A, #[audit(target)] t: T,",
        "x: String }",
    ),
    (
        pipeline::event,
        "#[audit(action = \"a.b\", version = 1, actor = A)] struct S { #[audit(target)]",
        "t: Vec<T>, x: u8 }",
    ),
    (
        pipeline::entity,
        "#[audit(type = \"t\")]",
        "struct S { #[audit(id)] id: u8 }",
    ),
    (
        pipeline::entity,
        "#[audit(type = \"t\")] struct S { #[audit(id)] id: u8,",
        "x: String }",
    ),
    (pipeline::entity, "enum S { A(A),", "B }"),
    (pipeline::entity, "", "enum S { A(A) }"),
    (pipeline::metadata, "", "struct S { x: String }"),
    (pipeline::metadata, "struct S {", "x: Option<Option<u8>> }"),
    (pipeline::value, "", "enum S { A, B }"),
    (pipeline::value, "enum S { A,", "B }"),
    (pipeline::value, "", "struct S(String);"),
];

const LINE: usize = 2;

fn derive(location: usize, soup: &str) -> Vec<Raised> {
    let (derive, before, behind) = PLACES[location];
    let item = format!("{before}\n#[audit({soup})]\n{behind}");
    errors(derive(
        item.parse()
            .unwrap_or_else(|error| panic!("{error}: {item}")),
    ))
}

/// One token, or a group of some.
fn token() -> impl Strategy<Value = String> {
    let keys: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
    let word = prop_oneof![
        prop::sample::select(keys),
        prop::sample::select(vec![
            "r#type", "crate", "self", "Self", "fn", "dyn", "where", "u8", "_", "größe", "x"
        ]),
    ];
    let literal = prop::sample::select(vec![
        "1",
        "0",
        "501",
        "99999999999999999999",
        "-1",
        "1.5",
        "1u8",
        "0x1F",
        "'c'",
        "b'c'",
        "\"\"",
        "\"a b\"",
        "\"snake_case\"",
        "\"a.b\"",
        "r#\"raw\"#",
        "c\"c\"",
        "true",
        "\"truncate\"",
        "'a",
    ]);
    let punct = prop::sample::select(vec![
        "=", "=", "=", ",", ",", ",", ".", ":", "::", ";", "&", "<", ">", "->", "=>", "+", "!",
        "?", "#", "@", "$", "|", "*", "/",
    ]);
    let leaf = prop_oneof![4 => word.prop_map(str::to_owned), 2 => literal.prop_map(str::to_owned), 4 => punct.prop_map(str::to_owned)];
    leaf.prop_recursive(2, 12, 4, |inner| {
        (
            prop::collection::vec(inner, 0..4),
            prop::sample::select(vec![('(', ')'), ('[', ']'), ('{', '}')]),
        )
            .prop_map(|(tokens, (open, close))| format!("{open} {} {close}", tokens.join(" ")))
    })
}

fn soup() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(token(), 0..9)
}

fn is_worded(error: &Raised) -> bool {
    error.text.starts_with("audit[A")
        && error.text.contains("\n  help: ")
        && error.text.lines().count() <= 4
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1500), failure_persistence: None, ..ProptestConfig::default() })]

    /// `@` stands nowhere in a legal list.
    #[test]
    fn what_is_no_attribute_is_an_error_in_it(location in 0..PLACES.len(), soup in soup(), at in any::<prop::sample::Index>()) {
        let mut soup = soup;
        soup.insert(at.index(soup.len() + 1), "@".into());
        let raised = derive(location, &soup.join(" "));
        prop_assert!(raised.iter().any(|error| error.line == LINE), "{raised:#?}");
        prop_assert!(raised.iter().all(is_worded), "{raised:#?}");
        prop_assert!(!raised.iter().any(|error| error.text.contains("A0699")), "{raised:#?}");
    }

    /// Whatever it is, legal or not.
    #[test]
    fn nothing_makes_a_derive_panic(location in 0..PLACES.len(), soup in soup()) {
        let raised = derive(location, &soup.join(" "));
        prop_assert!(raised.iter().all(is_worded), "{raised:#?}");
        prop_assert!(!raised.iter().any(|error| error.text.contains("A0699")), "{raised:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1500), failure_persistence: None, ..ProptestConfig::default() })]

    /// In place of fields and variants: an end is found, and the bug's code is never raised.
    #[test]
    fn nothing_in_a_body_makes_a_derive_panic(soup in soup(), of_struct in any::<bool>()) {
        let (kind, first) = if of_struct { ("struct", "a: u8") } else { ("enum", "A") };
        let item = format!("{kind} S {{ {first}, {} }}", soup.join(" "));
        for derive in [pipeline::event, pipeline::entity, pipeline::metadata, pipeline::value] {
            let raised = errors(derive(item.parse().unwrap_or_else(|error| panic!("{error}: {item}"))));
            prop_assert!(raised.iter().all(is_worded), "{raised:#?}");
            prop_assert!(!raised.iter().any(|error| error.text.contains("A0699")), "{raised:#?}");
        }
    }
}

/// The places are right: without soup nothing is wrong with them, but for what the attribute is there for.
#[test]
fn the_places_stand() {
    for (location, expected) in (0..PLACES.len()).zip([
        "", "A0104", "", "", "", "", "A0315", "", "", "A0317", "", "", "",
    ]) {
        let codes: Vec<String> = derive(location, "")
            .iter()
            .map(|error| error.text[6..11].to_owned())
            .collect();
        assert_eq!(codes.join(" "), expected, "{:?}", PLACES[location].1);
    }
}
