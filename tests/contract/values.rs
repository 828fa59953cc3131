//! What stands in metadata: enums, newtypes, groups, foreign types and what their attributes do.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::num::{NonZeroI64, NonZeroUsize};

use audit_core::{AuditEvent, AuditMetadata, AuditValue, Text};
use serde_json::{Value, json};

use crate::fixtures::{Team, User, context, metadata, team, user};

macro_rules! cases {
    ($($name:ident $rule:literal),*) => {$(
        #[derive(AuditValue)]
        #[audit(rename_all = $rule)]
        enum $name {
            MagicLink,
        }
    )*};
}

cases!(Lower "lowercase", Upper "UPPERCASE", Pascal "PascalCase", Camel "camelCase", Snake "snake_case");
cases!(ScreamingSnake "SCREAMING_SNAKE_CASE", Kebab "kebab-case", ScreamingKebab "SCREAMING-KEBAB-CASE");

#[derive(AuditValue)]
enum AsWritten {
    MagicLink,
    #[audit(rename = "two words ✓")]
    Other,
}

#[derive(AuditValue)]
#[audit(open, rename_all = "kebab-case")]
enum Open {
    MagicLink,
}

#[derive(AuditValue)]
struct Wrapped(u16);

#[derive(AuditMetadata)]
struct Enums {
    lower: Lower,
    upper: Upper,
    pascal: Pascal,
    camel: Camel,
    snake: Snake,
    screaming_snake: ScreamingSnake,
    kebab: Kebab,
    screaming_kebab: ScreamingKebab,
    as_written: AsWritten,
    renamed: AsWritten,
    open: Open,
    wrapped: Wrapped,
}

#[derive(AuditMetadata)]
struct Page<T> {
    page_number: T,
}

#[derive(AuditMetadata)]
#[audit(rename_all = "camelCase")]
struct Nested<'a> {
    first_key: &'a str,
    #[audit(flatten)]
    page: Page<u16>,
    #[audit(rename = "second_key")]
    other_key: Option<Cow<'a, str>>,
    #[audit(skip)]
    not_sent: u8,
}

#[derive(AuditMetadata)]
struct Foreign {
    uuid: uuid::Uuid,
    url: url::Url,
    at: jiff::Timestamp,
    date: chrono::NaiveDate,
    moment: chrono::DateTime<chrono::Utc>,
    offset: time::OffsetDateTime,
    v4: Ipv4Addr,
    v6: Ipv6Addr,
    size: NonZeroUsize,
    signed: NonZeroI64,
    #[audit(display)]
    number: u8,
    #[audit(display)]
    flag: bool,
    #[audit(with = kilobytes)]
    bytes: u64,
    r#type: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the contract's signature"
)]
fn kilobytes(bytes: &u64) -> u32 {
    u32::try_from(bytes / 1000).unwrap_or(u32::MAX)
}

#[derive(AuditEvent)]
#[audit(
    action = "suite.values",
    version = 1,
    rename_all = "SCREAMING_SNAKE_CASE"
)]
struct Values<'a> {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    own_key: Text<5>,
    #[audit(rename = "own")]
    other_key: bool,
    #[audit(flatten)]
    enums: Enums,
    #[audit(flatten)]
    nested: Nested<'a>,
    #[audit(flatten)]
    foreign: Foreign,
}

fn values() -> Values<'static> {
    Values {
        user: user(),
        team: team(),
        own_key: Text::truncated("own"),
        other_key: true,
        enums: Enums {
            lower: Lower::MagicLink,
            upper: Upper::MagicLink,
            pascal: Pascal::MagicLink,
            camel: Camel::MagicLink,
            snake: Snake::MagicLink,
            screaming_snake: ScreamingSnake::MagicLink,
            kebab: Kebab::MagicLink,
            screaming_kebab: ScreamingKebab::MagicLink,
            as_written: AsWritten::MagicLink,
            renamed: AsWritten::Other,
            open: Open::MagicLink,
            wrapped: Wrapped(9),
        },
        nested: Nested {
            first_key: "f",
            page: Page { page_number: 2 },
            other_key: None,
            not_sent: 0,
        },
        foreign: Foreign {
            uuid: uuid::Uuid::nil(),
            url: "https://example.com/a?b=c".parse().unwrap(),
            at: "2024-02-29T12:00:00Z".parse().unwrap(),
            date: chrono::NaiveDate::from_ymd_opt(2024, 2, 29).unwrap(),
            moment: chrono::DateTime::UNIX_EPOCH,
            offset: time::OffsetDateTime::UNIX_EPOCH,
            v4: Ipv4Addr::LOCALHOST,
            v6: Ipv6Addr::LOCALHOST,
            size: NonZeroUsize::MIN,
            signed: NonZeroI64::new(-1).unwrap(),
            number: 200,
            flag: true,
            bytes: 12_345,
            r#type: true,
        },
    }
}

#[test]
fn every_kind_of_value() {
    let values = values();
    assert_eq!(values.nested.not_sent, 0);
    let event = values.try_into_event(context()).unwrap();
    let expected = json!({
        "OWN_KEY": "own", "own": true,
        "lower": "magiclink", "upper": "MAGICLINK", "pascal": "MagicLink", "camel": "magicLink", "snake": "magic_link",
        "screaming_snake": "MAGIC_LINK", "kebab": "magic-link", "screaming_kebab": "MAGIC-LINK",
        "as_written": "MagicLink", "renamed": "two words ✓", "open": "magic-link", "wrapped": 9,
        "firstKey": "f", "page_number": 2,
        "uuid": "00000000-0000-0000-0000-000000000000", "url": "https://example.com/a?b=c", "at": "2024-02-29T12:00:00Z",
        "date": "2024-02-29", "moment": "1970-01-01T00:00:00.000Z", "offset": "1970-01-01T00:00:00.000Z",
        "v4": "127.0.0.1", "v6": "::1", "size": 1, "signed": -1, "number": "200", "flag": "true", "bytes": 12, "type": true,
    });
    assert_eq!(metadata(&event), expected);
}

#[test]
fn keys_stand_in_declaration_order() {
    let event = values().try_into_event(context()).unwrap();
    let order = [
        "OWN_KEY",
        "own",
        "lower",
        "wrapped",
        "firstKey",
        "page_number",
        "uuid",
        "bytes",
        "type",
    ];
    let metadata = &event.as_json()[event.as_json().find("\"OWN_KEY\"").unwrap()..];
    let at: Vec<_> = order
        .iter()
        .map(|key| metadata.find(&format!("\"{key}\":")).unwrap())
        .collect();
    assert!(at.is_sorted(), "{at:?}");
}

#[test]
fn the_schema_says_so() {
    let schema: Value = serde_json::from_str(Values::SCHEMA_JSON).unwrap();
    let property = |key: &str| schema["metadata"]["properties"][key].clone();
    assert_eq!(
        property("OWN_KEY"),
        json!({"maxLength": 5, "type": "string"})
    );
    assert_eq!(
        property("renamed"),
        json!({"enum": ["MagicLink", "two words ✓"], "type": "string"})
    );
    assert_eq!(property("open"), json!({"type": "string"}));
    assert_eq!(property("uuid"), json!({"maxLength": 36, "type": "string"}));
    assert_eq!(property("url"), json!({"type": "string"}));
    assert_eq!(property("v4"), json!({"maxLength": 15, "type": "string"}));
    assert_eq!(property("v6"), json!({"maxLength": 45, "type": "string"}));
    assert_eq!(
        property("number"),
        json!({"maxLength": 3, "type": "string"})
    );
    assert_eq!(property("flag"), json!({"maxLength": 5, "type": "string"}));
    assert_eq!(property("bytes"), json!({"type": "integer"}));
    assert_eq!(property("second_key"), json!({"type": "string"}));
    assert_eq!(property("not_sent"), Value::Null);
    assert!(
        !schema["metadata"]["required"]
            .as_array()
            .unwrap()
            .contains(&"second_key".into())
    );
}
