//! Names that a user gives: none of them meets one of generated code, and none is taken for a type that it isn't.

use super::consumer::Consumer;

/// A type called as an event's builder would be, traits for everything with the methods that generated code calls, statics and constants
/// called as its locals, newtypes called as the standard library's types.
const NAMES: &str = include_str!("fixture/names.rs");

#[test]
fn no_name_of_a_users_is_in_the_way() {
    let consumer = Consumer::new("names");
    let lints =
        "#![deny(warnings)]\n#![allow(non_upper_case_globals, non_camel_case_types, dead_code)]\n";
    assert_eq!(
        consumer.messages(&format!("{lints}{}", NAMES.replacen("//!", "//", 1))),
        [""; 0]
    );
}

const HEAD: &str = "#![allow(dead_code, unused_imports)]
use audit_core::{Actor, AuditEntity, AuditEvent, AuditValue, Context};
#[derive(AuditEntity)] #[audit(type = \"user\")] pub struct User { #[audit(id)] pub id: u32 }
";

/// The codes of the errors about `source`, each with the line that it is about, counted from the first line of `source`.
fn codes(consumer: &Consumer, source: &str) -> Vec<(usize, String)> {
    let messages = consumer.messages(&format!("{HEAD}{source}"));
    let located = messages
        .iter()
        .filter_map(|message| message.strip_prefix("src/lib.rs:"));
    let code = |message: &str| {
        let line: usize = message.split(':').next()?.parse().ok()?;
        let (_, after) = message.split_once("audit[").unwrap_or(("", "rustc]"));
        Some((
            line - HEAD.lines().count(),
            after.split(']').next()?.to_owned(),
        ))
    };
    located.filter_map(code).collect()
}

/// What a type is called is a hint: a `String` or `Text` that holds a number isn't text.
#[test]
fn a_limit_on_what_is_only_called_text_is_rejected() {
    let consumer = Consumer::new("called_text");
    let source = "#[derive(AuditValue)] pub struct String(u32);
#[derive(AuditValue)] pub struct Text(u32);
#[derive(AuditEvent)] #[audit(action = \"g.string\", version = 1)]
pub struct OfString { #[audit(actor)] by: Actor, #[audit(target)] user: User, #[audit(max_len = 5)] text: Option<String> }
#[derive(AuditEvent)] #[audit(action = \"g.text\", version = 1)]
pub struct OfText { #[audit(actor)] by: Actor, #[audit(target)] user: User, #[audit(truncate)] text: Text }
#[derive(AuditValue)] #[audit(max_len = 4)] pub struct Code(String);
";
    let expected =
        [(4, "A0206"), (6, "A0206"), (7, "A0206")].map(|(line, code)| (line, code.to_owned()));
    let mut found = codes(&consumer, source);
    found.sort();
    assert_eq!(found, expected);
}

/// A `String` with a limit of its own: whether an attribute's is smaller decides whether the event can be rejected.
#[test]
fn a_limit_of_what_is_called_string_counts() {
    let consumer = Consumer::new("called_string");
    let source = "#[derive(AuditValue)] #[audit(max_len = 9)] pub struct String(std::string::String);
#[derive(AuditEvent)] #[audit(action = \"g.wide\", version = 1)]
pub struct Wide { #[audit(actor)] by: Actor, #[audit(target)] user: User, #[audit(max_len = 9)] text: String }
#[derive(AuditEvent)] #[audit(action = \"g.narrow\", version = 1)]
pub struct Narrow { #[audit(actor)] by: Actor, #[audit(target)] user: User, #[audit(max_len = 8)] text: String }
pub fn wide(wide: Wide) { let _ = wide.into_event(Context::empty()); }
pub fn narrow(narrow: Narrow) { let _ = narrow.into_event(Context::empty()); }
";
    assert_eq!(codes(&consumer, source), [(7, "A0403".to_owned())]);
}
