//! What setters take.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU8;
use std::sync::Arc;

use audit_core::{AuditEvent, AuditValue, Text};
use serde_json::json;

use crate::fixtures::{Team, User, context, metadata, team, user};

type Count = u32;
type MaybeCount = Option<Count>;
type MaybeText = Option<String>;

#[derive(AuditValue, Clone, Copy)]
enum Plan {
    Free,
    Paid,
}

impl From<bool> for Plan {
    fn from(paid: bool) -> Self {
        if paid { Self::Paid } else { Self::Free }
    }
}

#[derive(AuditEvent)]
#[audit(action = "suite.required", version = 1)]
struct Required<'a> {
    #[audit(actor)]
    user: &'a User,
    #[audit(target)]
    teams: Vec<Team>,
    string: String,
    borrowed: &'a str,
    cow: Cow<'a, str>,
    shared: Arc<str>,
    boxed: Box<str>,
    byte: u8,
    wide: u64,
    signed: i16,
    float: f64,
    single: f32,
    flag: bool,
    non_zero: NonZeroU8,
    address: IpAddr,
    plan: Plan,
    text: Text<4>,
    letter: char,
    count: Count,
    #[audit(truncate)]
    note: String,
}

#[test]
fn anything_that_converts() {
    let user = user();
    let event = Required::builder()
        .user(&user)
        .teams([team()])
        .string("s")
        .borrowed("b")
        .cow("c")
        .shared("a")
        .boxed(String::from("x"))
        .byte(1)
        .wide(2)
        .signed(-3)
        .float(1.5)
        .single(0.5)
        .flag(true)
        .non_zero(NonZeroU8::MIN)
        .address(Ipv4Addr::LOCALHOST)
        .plan(true)
        .text(Text::new("abcd").unwrap())
        .letter('z')
        .count(9)
        .note("n")
        .context(context())
        .try_build()
        .unwrap();
    let expected = json!({
        "string": "s", "borrowed": "b", "cow": "c", "shared": "a", "boxed": "x", "byte": 1, "wide": 2, "signed": -3, "float": 1.5,
        "single": 0.5, "flag": true, "non_zero": 1, "address": "127.0.0.1", "plan": "Paid", "text": "abcd", "letter": "z", "count": 9,
        "note": "n",
    });
    assert_eq!(metadata(&event), expected);
}

#[derive(AuditEvent)]
#[audit(action = "suite.optional", version = 1)]
struct Optional {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    string: Option<String>,
    number: Option<u16>,
    flag: Option<bool>,
    float: Option<f64>,
    plan: Option<Plan>,
    alias_number: MaybeCount,
    alias_text: MaybeText,
    #[audit(max_len = 3)]
    limited: Option<String>,
    #[audit(display)]
    displayed: Option<Ipv4Addr>,
    #[audit(join)]
    joined: Option<Vec<u8>>,
    #[audit(with = percent)]
    converted: Option<u8>,
}

/// The function sees the field as it is, its `Option` included.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    clippy::ref_option,
    reason = "the contract's signature"
)]
fn percent(value: &Option<u8>) -> Option<Text<4>> {
    value.map(|value| Text::truncated(format!("{value}%")))
}

#[test]
fn optional_fields_may_be_left_out() {
    let event = Optional::builder()
        .user(user())
        .team(team())
        .context(context())
        .try_build()
        .unwrap();
    assert_eq!(event.to_value()["metadata"], json!({}));
    assert!(!Optional::SCHEMA_JSON.contains("\"required\": [\"string"));
}

#[test]
fn optional_fields_take_what_is_inside() {
    let event = Optional::builder()
        .user(user())
        .team(team())
        .string("s")
        .number(1)
        .flag(false)
        .float(2.0)
        .plan(Plan::Paid)
        .alias_number(7)
        .alias_text("t")
        .limited("abc")
        .displayed(Ipv4Addr::LOCALHOST)
        .joined(vec![1, 2])
        .converted(50)
        .context(context())
        .try_build()
        .unwrap();
    let expected = json!({
        "string": "s", "number": 1, "flag": false, "float": 2.0, "plan": "Paid", "alias_number": 7, "alias_text": "t", "limited": "abc",
        "displayed": "127.0.0.1", "joined": "1,2", "converted": "50%",
    });
    assert_eq!(metadata(&event), expected);
}

#[test]
fn maybe_takes_the_option() {
    let event = Optional::builder()
        .user(user())
        .team(team())
        .maybe_string(Some("s".to_owned()))
        .maybe_number(None)
        .maybe_flag(Some(true))
        .maybe_limited(None)
        .maybe_plan(None)
        .context(context())
        .try_build()
        .unwrap();
    assert_eq!(metadata(&event), json!({"string": "s", "flag": true}));
}
