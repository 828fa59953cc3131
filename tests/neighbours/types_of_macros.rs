//! Types that come through a macro's `$t:ty`, or in parentheses: the same errors and the same setters as for those written out.

use super::consumer::Consumer;

/// A field's attributes, role and type, each of them wrong in an event.
const WRONG: [(&str, &str); 22] = [
    ("", "u128"),
    ("", "Option<i128>"),
    ("", "(u8, u8)"),
    ("", "&'static [u8]"),
    ("", "[u8; 3]"),
    ("", "Vec<String>"),
    ("", "std::collections::HashMap<String, String>"),
    ("", "Option<Option<u8>>"),
    ("", "Plain"),
    ("", "Text<0>"),
    ("", "fn(u8) -> u8"),
    ("", "Box<dyn std::fmt::Debug + Send>"),
    ("#[audit(max_len = 5)]", "u32"),
    ("#[audit(max_len = 5)]", "Option<bool>"),
    ("#[audit(truncate)]", "f64"),
    ("#[audit(join)]", "Plain"),
    ("#[audit(display)]", "Plain"),
    ("#[audit(target)]", "Option<User>"),
    ("#[audit(target)]", "[User; 0]"),
    ("#[audit(target)]", "Plain"),
    ("#[audit(occurred_at)]", "bool"),
    ("#[audit(flatten)]", "Plain"),
];

/// The same in entities and newtypes.
const ITEMS: [&str; 12] = [
    "#[derive(AuditEntity)] #[audit(type = \"x\")] struct Wrong { #[audit(id)] id: TYPE(Option<u8>) }",
    "#[derive(AuditEntity)] #[audit(type = \"x\")] struct Wrong { #[audit(id)] id: u8, #[audit(metadata)] wide: TYPE(u128) }",
    "#[derive(AuditMetadata)] struct Wrong { list: TYPE(Vec<u8>) }",
    "#[derive(AuditValue)] struct Wrong(TYPE(u128));",
    "#[derive(AuditValue)] #[audit(max_len = 5)] struct Wrong(TYPE(u8));",
    "#[derive(AuditValue)] struct Wrong(TYPE((u8, u8)));",
    // Inside other types.
    "#[derive(AuditMetadata)] struct Wrong { wide: Option<TYPE(u128)> }",
    "#[derive(AuditMetadata)] struct Wrong { maybe: Option<TYPE(Option<u8>)> }",
    "#[derive(AuditMetadata)] struct Wrong { #[audit(max_len = 5)] number: Option<TYPE(u32)> }",
    "#[derive(AuditMetadata)] struct Wrong { list: Vec<TYPE(u8)> }",
    "#[derive(AuditMetadata)] struct Wrong { #[audit(join)] list: Vec<TYPE(Plain)> }",
    "#[derive(AuditEvent)] #[audit(action = \"a.b\", version = 1)] \
     struct Wrong { #[audit(actor)] by: User, #[audit(target)] users: Vec<TYPE(Option<User>)> }",
];

const HEAD: &str = "#![allow(dead_code)]
use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue, Text};
#[derive(AuditEntity)] #[audit(type = \"user\")] struct User { #[audit(id)] id: u32 }
struct Plain;
";

fn items() -> Vec<String> {
    let events = WRONG.iter().map(|(attributes, ty)| {
        let name = if attributes.contains("target") {
            "other"
        } else {
            "wrong"
        };
        let target = if attributes.contains("target") {
            ""
        } else {
            "#[audit(target)] user: User,"
        };
        format!(
            "#[derive(AuditEvent)] #[audit(action = \"a.b\", version = 1)] \
             struct Wrong {{ #[audit(actor)] by: User, {target} {attributes} {name}: TYPE({ty}) }}"
        )
    });
    events.chain(ITEMS.map(String::from)).collect()
}

/// The item with its type written by `write`, which returns what stands before the item, around it and in place of the type.
fn modules(write: impl Fn(&str, &str) -> String) -> String {
    let modules = items().into_iter().enumerate().map(|(index, item)| {
        let (before, rest) = item.split_once("TYPE(").expect("each has a type");
        let end = rest
            .rfind([')'])
            .filter(|_| rest.ends_with(");"))
            .map_or_else(|| rest.rfind(')'), |last| rest[..last].rfind(')'));
        let (ty, after) = rest.split_at(end.expect("its end"));
        let body = write(&format!("{before}$t{}", &after[1..]), ty);
        format!("mod m{index} {{ use super::*; {body} }}\n")
    });
    format!("{HEAD}{}", modules.collect::<String>())
}

/// The messages without their places, sorted.
fn texts(messages: Vec<String>) -> Vec<String> {
    let text = |message: String| {
        message
            .split_once(" error")
            .map(|(_, text)| text.to_owned())
    };
    let mut texts: Vec<String> = messages
        .into_iter()
        .filter(|text| text.starts_with("src/"))
        .filter_map(text)
        .collect();
    texts.sort();
    texts
}

#[test]
fn a_type_of_a_macro_has_the_errors_of_one_written_out() {
    let consumer = Consumer::new("types");
    let written = texts(consumer.messages(&modules(|item, ty| item.replace("$t", ty))));
    assert_eq!(written.len(), items().len(), "{written:#?}");
    assert!(
        written.iter().all(|text| text.contains("audit[A")),
        "{written:#?}"
    );
    let through = |item: &str, ty: &str| {
        format!("macro_rules! make {{ ($t:ty) => {{ {item} }} }} make!({ty});")
    };
    assert_eq!(texts(consumer.messages(&modules(through))), written);
    let parenthesized = |item: &str, ty: &str| item.replace("$t", &format!("({ty})"));
    let unneeded = format!("#![allow(unused_parens)]\n{}", modules(parenthesized));
    assert_eq!(texts(consumer.messages(&unneeded)), written);
}

/// Optional keys, `maybe_…`, literals of numbers, lists of targets: all as though the types were written out.
#[test]
fn a_type_of_a_macro_has_the_setters_of_one_written_out() {
    let consumer = Consumer::new("setters");
    let source = r##"
use audit_core::{Actor, AuditEntity, AuditEvent, AuditValue, Context};
macro_rules! event {
    ($name:ident, $actor:ty, $targets:ty, $number:ty, $maybe:ty, $text:ty, $list:ty, $with:path, $max:expr, $key:literal) => {
        #[derive(AuditEvent)]
        #[audit(action = "t.made", version = 1, actor = $actor)]
        pub struct $name<'a> {
            #[audit(target, split = "batch")] pub users: $targets,
            pub number: $number,
            #[audit(max_len = $max)] pub maybe: $maybe,
            #[audit(truncate, rename = $key)] pub text: $text,
            #[audit(join, truncate)] pub list: $list,
            #[audit(with = $with)] pub made: u8,
        }
    };
}
fn made(number: &u8) -> bool { *number > 1 }
#[derive(AuditEntity)] #[audit(type = "user")] pub struct User { #[audit(id)] pub id: u32 }
#[derive(AuditValue)] #[audit(max_len = 5)] pub struct Code(String);
event!(Made, Actor, Vec<User>, u32, Option<String>, &'a str, Vec<u8>, self::made, 5, "key");
pub fn make(user: User, actor: &Actor, text: &str) {
    let built = Made::builder().actor(actor).users(vec![user]).number(1).maybe_maybe(None).text(text).list(vec![1]).made(2);
    let _ = built.context(Context::empty()).try_build_all();
}
pub const BODY: &str = Made::SCHEMA_JSON;
const _: () = assert!(contains(BODY, r#""maybe": {"maxLength": 5, "type": "string"}"#) && !contains(BODY, r#""made", "maybe""#));
const fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut at = 0;
    while at + part.len() <= text.len() {
        let mut equal = 0;
        while equal < part.len() && text[at + equal] == part[equal] {
            equal += 1;
        }
        if equal == part.len() {
            return true;
        }
        at += 1;
    }
    false
}
"##;
    assert_eq!(consumer.messages(source), [""; 0]);
}
