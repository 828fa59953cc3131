//! `Text<N>` and bounded newtypes.

use audit_core::{AuditEvent, AuditValue, Text, TooLong};

use crate::fixtures::{CHARS, Team, User, context, metadata, repeated, team, user};

#[derive(AuditValue, Clone, Debug)]
#[audit(max_len = 2)]
pub struct CountryCode(String);

#[test]
fn text_holds_so_many_characters() {
    for char in CHARS {
        for max in [499, 500] {
            assert_eq!(
                Text::<500>::new(repeated(char, max)).unwrap().as_str(),
                repeated(char, max)
            );
        }
        let error = Text::<500>::new(repeated(char, 501)).unwrap_err();
        assert_eq!((error.max(), error.found()), (500, 501));
        assert_eq!(error.to_string(), "501 characters, at most 500 are allowed");
        assert_eq!(
            Text::<500>::truncated(repeated(char, 501)).as_str(),
            repeated(char, 499) + "…"
        );
        assert_eq!(
            Text::<500>::truncated(repeated(char, 500)).as_str(),
            repeated(char, 500)
        );
    }
    assert_eq!(Text::<1>::truncated("ab").as_str(), "…");
    assert_eq!(Text::<1>::truncated("").as_str(), "");
}

#[test]
fn text_converts() {
    assert!(Text::<3>::try_from("abc").is_ok() && Text::<3>::try_from("abcd").is_err());
    assert!(Text::<3>::try_from(String::from("abc")).is_ok());
    let text: Text<3> = "abc".parse().unwrap();
    assert_eq!(
        (text.to_string(), &*text, String::from(text.clone())),
        ("abc".into(), "abc", "abc".into())
    );
}

#[test]
fn bounded_newtypes_are_made_by_constructors() {
    let new: Result<CountryCode, TooLong> = CountryCode::new("DE");
    assert_eq!(new.unwrap().0, "DE");
    assert!(CountryCode::new("éé").is_ok());
    assert!(CountryCode::new(String::from("DEU")).is_err());
    assert!(CountryCode::try_from("DE").is_ok());
    assert!(CountryCode::try_from(String::from("DEU")).is_err());
}

#[derive(AuditEvent)]
#[audit(action = "suite.bounded", version = 1)]
struct Bounded {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    country: CountryCode,
    letter: char,
    address: std::net::IpAddr,
    text: Text<500>,
}

#[test]
fn bounded_types_are_never_rejected() {
    let event = Bounded {
        user: user(),
        team: team(),
        country: CountryCode::new("🦀🦀").unwrap(),
        letter: '\u{10ffff}',
        address: "::ffff:255.255.255.255".parse().unwrap(),
        text: Text::truncated(repeated('é', 501)),
    }
    .into_event(context());
    assert_eq!(metadata(&event)["country"], "🦀🦀");
    assert!(event.truncated().is_empty(), "it was cut before");
}
