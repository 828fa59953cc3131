//! What is cut instead of rejected, and what says so.

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
    assert_eq!(
        event.truncated(),
        [
            "/metadata/short",
            "/metadata/one",
            "/metadata/shown",
            "/metadata/converted"
        ]
    );
}

#[test]
fn what_fits_is_whole() {
    let event = cut("abc").into_event(context());
    assert_eq!(
        metadata(&event),
        json!({"whole": "abc", "short": "abc", "one": "…", "shown": "abc!", "converted": "abc!"})
    );
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
    #[audit(join)]
    list: Vec<String>,
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
        list: vec![repeated('🦀', 400); 3],
        inner: Inner {
            inner: long.clone(),
        },
    }
    .into_event(context());
    let shortened = Value::from(repeated('🦀', 499) + "…");
    let metadata = metadata(&event);
    for key in ["free", "borrowed", "optional", "inner"] {
        assert_eq!(metadata[key], shortened, "{key}");
    }
    assert_eq!(metadata["list"], repeated('🦀', 400) + "…+2");
    let cut = [
        "/metadata/free",
        "/metadata/borrowed",
        "/metadata/optional",
        "/metadata/list",
        "/metadata/inner",
    ];
    assert_eq!(event.truncated(), cut);
}
