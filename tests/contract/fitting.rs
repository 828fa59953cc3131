//! What is cut instead of refused, and what says so.

use std::fmt;

use audit_core::{AuditEvent, AuditMetadata, Text};
use serde_json::{Value, json};

use crate::fixtures::{CHARS, Team, User, context, metadata, repeated, team, user};

struct Shout(String);

impl fmt::Display for Shout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}!", self.0)
    }
}

fn shout(text: &String) -> String {
    format!("{text}!")
}

#[derive(AuditEvent)]
#[audit(action = "suite.cut", version = 1)]
struct CutTexts {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(truncate)]
    whole: String,
    #[audit(truncate = 3)]
    short: String,
    #[audit(truncate = 1)]
    one: Option<String>,
    #[audit(display, truncate = 5)]
    shown: Shout,
    #[audit(with = shout, truncate = 5)]
    converted: String,
}

fn cut(text: &str) -> CutTexts {
    CutTexts {
        user: user(),
        team: team(),
        whole: text.into(),
        short: text.into(),
        one: Some(text.into()),
        shown: Shout(text.into()),
        converted: text.into(),
    }
}

#[test]
fn cut_text_ends_in_an_ellipsis() {
    let event = cut("abcdef").into_event(context());
    let expected = json!({"whole": "abcdef", "short": "ab…", "one": "…", "shown": "abcd…", "converted": "abcd…"});
    assert_eq!(metadata(&event), expected);
    assert_eq!(event.truncated(), ["/metadata/short", "/metadata/one", "/metadata/shown", "/metadata/converted"]);
}

#[test]
fn what_fits_is_whole() {
    let event = cut("abc").into_event(context());
    assert_eq!(metadata(&event), json!({"whole": "abc", "short": "abc", "one": "…", "shown": "abc!", "converted": "abc!"}));
    assert_eq!(event.truncated(), ["/metadata/one"]);
    let event = cut("a").into_event(context());
    assert!(event.truncated().is_empty());
    assert_eq!(metadata(&event)["one"], "a");
}

#[test]
fn cutting_counts_characters() {
    for char in CHARS {
        let event = cut(&repeated(char, 500)).try_into_event(context()).unwrap();
        assert_eq!(metadata(&event)["whole"], repeated(char, 500));
        let event = cut(&repeated(char, 501)).try_into_event(context()).unwrap();
        assert_eq!(metadata(&event)["whole"], repeated(char, 499) + "…");
        assert!(event.truncated().contains(&"/metadata/whole".to_owned()));
    }
}

#[derive(AuditMetadata)]
#[audit(strings = "truncate")]
struct Inner {
    inner: String,
}

#[derive(AuditEvent)]
#[audit(action = "suite.strings", version = 1, strings = "truncate")]
struct Strings<'a> {
    #[audit(actor)]
    user: &'a User,
    #[audit(target)]
    team: Team,
    free: String,
    borrowed: &'a str,
    optional: Option<String>,
    bounded: Text<3>,
    number: u8,
    #[audit(flatten)]
    inner: Inner,
}

#[test]
fn whole_items_can_be_cut() {
    let (long, user) = (repeated('🦀', 600), user());
    let event = Strings {
        user: &user,
        team: team(),
        free: long.clone(),
        borrowed: &long,
        optional: Some(long.clone()),
        bounded: Text::truncated("abc"),
        number: 1,
        inner: Inner { inner: long.clone() },
    }
    .into_event(context());
    let shortened = Value::from(repeated('🦀', 499) + "…");
    let metadata = metadata(&event);
    for key in ["free", "borrowed", "optional", "inner"] {
        assert_eq!(metadata[key], shortened, "{key}");
    }
    assert_eq!(event.truncated(), ["/metadata/free", "/metadata/borrowed", "/metadata/optional", "/metadata/inner"]);
}

#[derive(AuditEvent)]
#[audit(action = "suite.joins", version = 1)]
struct Joins {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(join)]
    numbers: Vec<u32>,
    #[audit(join = "; ")]
    words: Vec<String>,
    #[audit(join, truncate = 10)]
    short: [&'static str; 3],
    #[audit(join)]
    empty: Vec<u8>,
}

fn joins(numbers: Vec<u32>, words: Vec<String>) -> Value {
    let event = Joins { user: user(), team: team(), numbers, words, short: ["abc", "def", "ghi"], empty: vec![] };
    metadata(&event.into_event(context()))
}

#[test]
fn lists_become_text() {
    let joined = joins(vec![1, 2, 3], vec!["a b".into(), "c".into()]);
    assert_eq!(joined["numbers"], "1,2,3");
    assert_eq!(joined["words"], "a b; c");
    assert_eq!(joined["empty"], "");
    // Room for `abc` and the rest, or for `abc,def` and nothing: 11 characters were needed for all.
    assert_eq!(joined["short"], "abc,def…+1");
}

#[test]
fn long_lists_are_cut_between_items() {
    let joined = joins((0..1000).collect(), vec![]);
    let text = joined["numbers"].as_str().unwrap();
    let (kept, rest) = text.split_once("…+").expect("it says how many are left out");
    let kept: Vec<u32> = kept.split(',').map(|number| number.parse().unwrap()).collect();
    assert!(text.chars().count() <= 500);
    assert_eq!(kept, (0..u32::try_from(kept.len()).unwrap()).collect::<Vec<_>>());
    assert_eq!(kept.len() + rest.parse::<usize>().unwrap(), 1000);
    assert!(text.chars().count() + ",123".len() > 500, "no more would have fitted: {}", text.chars().count());
}

#[test]
fn one_item_that_is_too_long_is_never_a_violation() {
    for char in CHARS {
        for items in [1, 3] {
            let joined = joins(vec![], vec![repeated(char, 700); items]);
            let count = joined["words"].as_str().unwrap().chars().count();
            assert!((1..=500).contains(&count), "{char} {items}: {count}");
        }
    }
}
