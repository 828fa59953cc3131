//! Lists that are sent as one text.

use std::borrow::Cow;
use std::collections::BTreeSet;

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, Limit};
use serde_json::Value;

use crate::fixtures::{CHARS, Team, User, broken, context, metadata, repeated, team, user};

#[derive(AuditEvent)]
#[audit(action = "suite.joins", version = 1)]
struct Joins {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(join)]
    ids: Vec<String>,
    #[audit(join = "; ")]
    words: Vec<String>,
    #[audit(join, max_len = 5)]
    bounded: Option<Vec<u8>>,
}

fn joins(ids: Vec<String>, words: Vec<String>, bounded: Option<Vec<u8>>) -> Joins {
    Joins {
        user: user(),
        team: team(),
        ids,
        words,
        bounded,
    }
}

/// So many texts of 36 characters, as `Uuid`s are.
fn uuids(count: u128) -> Vec<String> {
    (0..count)
        .map(|number| uuid::Uuid::from_u128(number).to_string())
        .collect()
}

#[test]
fn lists_become_text() {
    let joined = joins(
        uuids(2),
        vec!["a b".into(), "c\"d".into()],
        Some(vec![1, 2, 3]),
    );
    let joined = metadata(&joined.try_into_event(context()).unwrap());
    assert_eq!(
        joined["ids"],
        "00000000-0000-0000-0000-000000000000,00000000-0000-0000-0000-000000000001"
    );
    assert_eq!(joined["words"], "a b; c\"d");
    assert_eq!(joined["bounded"], "1,2,3");
}

/// 14 UUIDs are 517 characters with their separators.
#[test]
fn what_is_too_long_is_rejected() {
    assert!(
        joins(uuids(13), vec![], None)
            .try_into_event(context())
            .is_ok()
    );
    let error = joins(uuids(14), vec![], Some(vec![1, 2, 34]))
        .try_into_event(context())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "/metadata/ids: 14 items with 517 characters, at most 500 are allowed\n\
         /metadata/bounded: 3 items with 6 characters, at most 5 are allowed"
    );
    let expected = [
        ("/metadata/ids".into(), Limit::Characters(500)),
        ("/metadata/bounded".into(), Limit::Characters(5)),
    ];
    assert_eq!(broken::<()>(Err(error)), expected);
    let error = joins(vec!["é".repeat(501)], vec![], None)
        .try_into_event(context())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "/metadata/ids: 1 item with 501 characters, at most 500 are allowed"
    );
}

#[test]
fn the_limit_counts_characters_and_separators() {
    for char in CHARS {
        let words = |last| vec![repeated(char, 248), repeated(char, last)];
        let event = joins(vec![], words(250), None)
            .try_into_event(context())
            .unwrap();
        assert_eq!(metadata(&event)["words"], words(250).join("; "));
        assert!(event.truncated().is_empty());
        let rejected = broken(joins(vec![], words(251), None).try_into_event(context()));
        assert_eq!(
            rejected,
            [("/metadata/words".into(), Limit::Characters(500))]
        );
    }
}

#[derive(AuditEvent)]
#[audit(action = "suite.joined_forms", version = 1, builder = false)]
struct Forms {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    ratio: f64,
    #[audit(join)]
    ratios: Vec<f64>,
    #[audit(join)]
    small: [f32; 2],
    at: time::OffsetDateTime,
    #[audit(join)]
    times: Vec<time::OffsetDateTime>,
    zoned: chrono::DateTime<chrono::FixedOffset>,
    #[audit(join)]
    zones: BTreeSet<chrono::DateTime<chrono::FixedOffset>>,
    took: jiff::SignedDuration,
    #[audit(join)]
    durations: Option<Vec<jiff::SignedDuration>>,
}

/// An item looks as a value of its type does, whatever its `Display` writes.
#[test]
fn items_have_the_form_of_values() {
    let at = time::OffsetDateTime::UNIX_EPOCH;
    let zoned =
        chrono::DateTime::UNIX_EPOCH.with_timezone(&chrono::FixedOffset::east_opt(3600).unwrap());
    let took = jiff::SignedDuration::from_mins(90);
    let forms = |ratio: f64, small| Forms {
        user: user(),
        team: team(),
        ratio: 1e21,
        ratios: vec![ratio, 0.5],
        small: [small, 1.5],
        at,
        times: vec![at, at],
        zoned,
        zones: [zoned].into(),
        took,
        durations: Some(vec![took, took]),
    };
    let event = forms(1e21, 0.1).try_into_event(context()).unwrap();
    assert!(
        event
            .as_json()
            .contains("\"ratio\":1e+21,\"ratios\":\"1e+21,0.5\",\"small\":\"0.1,1.5\""),
        "{event:?}"
    );
    let sent = metadata(&event);
    assert_eq!(
        (&sent["at"], &sent["zones"], &sent["took"]),
        (
            &"1970-01-01T00:00:00.000Z".into(),
            &sent["zoned"],
            &"PT5400S".into()
        )
    );
    assert_eq!(
        sent["times"],
        "1970-01-01T00:00:00.000Z,1970-01-01T00:00:00.000Z"
    );
    assert_eq!(sent["durations"], "PT5400S,PT5400S");
    let error = forms(f64::NAN, f32::INFINITY)
        .try_into_event(context())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "/metadata/ratios: NaN, only finite numbers are allowed\n/metadata/small: inf, only finite numbers are allowed"
    );
    assert_eq!(broken::<()>(Err(error))[0].1, Limit::Finite);
}

#[derive(AuditEvent)]
#[audit(action = "suite.joined_and_cut", version = 1)]
struct CutForms {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(join, truncate)]
    ratios: Vec<f64>,
}

/// Where nothing is rejected they are text as any other item, and the key isn't missing.
#[test]
fn no_number_is_rejected_where_lists_are_cut() {
    let forms = || CutForms {
        user: user(),
        team: team(),
        ratios: vec![0.5, f64::NAN, f64::NEG_INFINITY],
    };
    for event in [
        forms().into_event(context()),
        forms().try_into_event(context()).unwrap(),
    ] {
        assert_eq!(metadata(&event)["ratios"], "0.5,NaN,-inf");
    }
}

#[derive(AuditEvent)]
#[audit(action = "suite.joined_pointers", version = 1)]
struct Pointers {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(join)]
    times: Vec<std::sync::Arc<time::OffsetDateTime>>,
    #[audit(join)]
    ratios: [Box<f64>; 1],
    #[audit(join)]
    borrowed: Vec<Cow<'static, time::OffsetDateTime>>,
}

#[test]
fn items_behind_pointers_have_the_same_form() {
    let pointers = |ratio: f64| {
        let (times, ratios) = (
            vec![time::OffsetDateTime::UNIX_EPOCH.into()],
            [ratio].map(Box::new),
        );
        let borrowed = vec![
            Cow::Borrowed(&time::OffsetDateTime::UNIX_EPOCH),
            Cow::Owned(time::OffsetDateTime::UNIX_EPOCH),
        ];
        Pointers {
            user: user(),
            team: team(),
            times,
            ratios,
            borrowed,
        }
        .try_into_event(context())
    };
    let event = pointers(1e21).unwrap();
    assert_eq!(
        (&metadata(&event)["times"], &metadata(&event)["ratios"]),
        (&"1970-01-01T00:00:00.000Z".into(), &"1e+21".into())
    );
    assert_eq!(
        metadata(&event)["borrowed"],
        "1970-01-01T00:00:00.000Z,1970-01-01T00:00:00.000Z"
    );
    assert_eq!(
        pointers(f64::NAN).unwrap_err().to_string(),
        "/metadata/ratios: NaN, only finite numbers are allowed"
    );
}

/// As documented: both are an empty text.
#[test]
fn an_empty_list_is_an_empty_text() {
    for words in [vec![], vec![String::new()]] {
        assert_eq!(
            metadata(
                &joins(vec![], words, None)
                    .try_into_event(context())
                    .unwrap()
            )["words"],
            ""
        );
    }
    let two = joins(vec![], vec![String::new(); 2], None)
        .try_into_event(context())
        .unwrap();
    assert_eq!(metadata(&two)["words"], "; ");
    assert!(metadata(&two).get("bounded").is_none());
}

#[derive(AuditMetadata)]
struct Tags {
    #[audit(join, truncate = 5)]
    tags: Vec<&'static str>,
}

#[derive(AuditEntity)]
#[audit(type = "channel")]
struct Channel {
    #[audit(id)]
    id: u8,
    #[audit(metadata, join, truncate)]
    members: Vec<u32>,
}

#[derive(AuditEvent)]
#[audit(action = "suite.cut_joins", version = 1)]
struct CutJoins {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    channel: Channel,
    #[audit(join, truncate)]
    numbers: Vec<u32>,
    #[audit(join = "; ", truncate)]
    words: Vec<String>,
    #[audit(join, truncate = 10)]
    short: [&'static str; 3],
    #[audit(flatten)]
    tags: Tags,
}

/// `build()` exists: nothing can be rejected.
fn cut(numbers: Vec<u32>, words: Vec<String>) -> audit_core::Event {
    let channel = Channel {
        id: 1,
        members: numbers.clone(),
    };
    let tags = Tags {
        tags: vec!["ab", "cd"],
    };
    CutJoins {
        user: user(),
        channel,
        numbers,
        words,
        short: ["abc", "def", "ghi"],
        tags,
    }
    .into_event(context())
}

#[test]
fn long_lists_are_cut_between_items() {
    let event = cut((0..1000).collect(), vec![]);
    let text = metadata(&event)["numbers"].as_str().unwrap().to_owned();
    let (kept, rest) = text
        .split_once("…+")
        .expect("it says how many are left out");
    let kept: Vec<u32> = kept
        .split(',')
        .map(|number| number.parse().unwrap())
        .collect();
    assert!(text.chars().count() <= 500);
    assert_eq!(
        kept,
        (0..u32::try_from(kept.len()).unwrap()).collect::<Vec<_>>()
    );
    assert_eq!(kept.len() + rest.parse::<usize>().unwrap(), 1000);
    assert!(
        text.chars().count() + ",123".len() > 500,
        "no more would have fitted: {}",
        text.chars().count()
    );
    assert_eq!(
        event.to_value()["targets"][0]["metadata"]["members"],
        text.as_str()
    );
    let cut = [
        "/targets/0/metadata/members",
        "/metadata/numbers",
        "/metadata/short",
    ];
    assert_eq!(event.truncated(), cut);
}

#[test]
fn items_fit_beside_the_number_of_the_others() {
    // Room for `abc` and the rest, or for `abc,def` and the rest: 11 characters were needed for all.
    assert_eq!(metadata(&cut(vec![], vec![]))["short"], "abc,def…+1");
    assert_eq!(metadata(&cut(vec![], vec![]))["tags"], "ab,cd");
}

/// Lists are cut between items: one that is too long by itself is counted among the others.
#[test]
fn a_first_item_that_is_too_long_is_counted() {
    for char in CHARS {
        for items in [1, 3] {
            let event = cut(vec![], vec![repeated(char, 700); items]);
            assert_eq!(metadata(&event)["words"], format!("…+{items}"));
            assert_eq!(event.truncated(), ["/metadata/words", "/metadata/short"]);
        }
    }
}

#[derive(AuditMetadata)]
struct Narrow {
    #[audit(join, truncate = 1)]
    one: Vec<&'static str>,
    #[audit(join, truncate = 3)]
    three: Vec<&'static str>,
    #[audit(join, truncate = 5)]
    five: Vec<&'static str>,
}

#[derive(AuditEvent)]
#[audit(action = "suite.narrow_joins", version = 1)]
struct NarrowJoins {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(flatten)]
    narrow: Narrow,
}

#[test]
fn small_limits_keep_what_fits() {
    for (items, expected) in [
        (vec!["abcdef"], ["…", "…+1", "…+1"]),
        (vec!["abcdef"; 12], ["…", "…+1", "…+12"]),
    ] {
        let narrow = Narrow {
            one: items.clone(),
            three: items.clone(),
            five: items,
        };
        let event = NarrowJoins {
            user: user(),
            team: team(),
            narrow,
        }
        .into_event(context());
        let found =
            ["one", "three", "five"].map(|key| metadata(&event)[key].as_str().unwrap().to_owned());
        assert_eq!(found, expected);
    }
}

#[test]
fn the_schema_has_the_limit() {
    let schema: Value = serde_json::from_str(Joins::SCHEMA_JSON).unwrap();
    let of = |key: &str| schema["metadata"]["properties"][key]["maxLength"].clone();
    assert_eq!(
        (of("ids"), of("words"), of("bounded")),
        (500.into(), 500.into(), 5.into())
    );
}
