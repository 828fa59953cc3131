//! Ids, names and items of lists that derive `AuditValue` as text and have no `Display`, and what does have one.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use audit_core::{Actor, AuditEntity, AuditEvent, AuditMetadata, AuditValue, Text};
use serde_json::json;

use crate::fixtures::{User, context, metadata, user};

#[derive(AuditValue, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[audit(rename_all = "kebab-case")]
enum Region {
    EuCentral,
    #[audit(rename = "us \"east\"")]
    UsEast,
}

#[derive(AuditValue)]
struct Label(String);

#[derive(AuditValue)]
struct Wrapped<'a>(&'a Label);

#[derive(AuditValue)]
#[audit(max_len = 3)]
struct Code(String);

#[derive(AuditValue)]
struct Key(uuid::Uuid);

#[derive(AuditValue)]
struct Number(u32);

/// Both: its `Display` is the id's text, as it always was.
#[derive(AuditValue)]
enum Both {
    One,
}

impl fmt::Display for Both {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("shown")
    }
}

#[derive(AuditEntity)]
#[audit(type = "data_region")]
struct DataRegion<'a> {
    #[audit(id)]
    region: Region,
    #[audit(name)]
    label: Option<Wrapped<'a>>,
    #[audit(metadata, join)]
    neighbours: BTreeSet<Region>,
}

#[derive(AuditEntity)]
#[audit(type = "store")]
struct Store {
    #[audit(id)]
    key: Key,
    #[audit(name)]
    code: Code,
}

#[derive(AuditEntity)]
#[audit(type = "both")]
struct Shown {
    #[audit(id)]
    id: Both,
    #[audit(name)]
    name: Text<5>,
}

#[derive(AuditMetadata)]
struct Group<T: AuditValue> {
    number: T,
    #[audit(join = "; ")]
    codes: Vec<Code>,
}

#[derive(AuditEvent)]
#[audit(action = "suite.own_text", version = 1)]
struct OwnText<'a> {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    region: DataRegion<'a>,
    #[audit(target)]
    store: Store,
    #[audit(target)]
    shown: Shown,
    #[audit(join)]
    regions: &'a [Region],
    #[audit(join)]
    both: [Both; 2],
    #[audit(join)]
    labels: Option<Vec<Wrapped<'a>>>,
    #[audit(flatten)]
    group: Group<Number>,
}

#[test]
fn the_values_text_is_sent() {
    let label = Label("Fränkfurt \"am Main\"".into());
    let event = OwnText {
        user: user(),
        region: DataRegion {
            region: Region::UsEast,
            label: Some(Wrapped(&label)),
            neighbours: [Region::EuCentral, Region::UsEast].into(),
        },
        store: Store {
            key: Key(uuid::Uuid::nil()),
            code: Code::new("abc").unwrap(),
        },
        shown: Shown {
            id: Both::One,
            name: Text::truncated("name"),
        },
        regions: &[Region::EuCentral, Region::EuCentral],
        both: [Both::One, Both::One],
        labels: Some(vec![Wrapped(&label)]),
        group: Group {
            number: Number(7),
            codes: vec![Code::new("a").unwrap(), Code::new("b").unwrap()],
        },
    };
    let event = event.try_into_event(context()).unwrap();
    let targets = json!([
        {
            "type": "data_region", "id": "us \"east\"", "name": "Fränkfurt \"am Main\"",
            "metadata": {"neighbours": "eu-central,us \"east\""},
        },
        {"type": "store", "id": "00000000-0000-0000-0000-000000000000", "name": "abc", "metadata": {}},
        {"type": "both", "id": "shown", "name": "name", "metadata": {}},
    ]);
    assert_eq!(event.to_value()["targets"], targets);
    let expected = json!({
        "regions": "eu-central,eu-central", "both": "shown,shown", "labels": "Fränkfurt \"am Main\"", "number": 7, "codes": "a; b",
    });
    assert_eq!(metadata(&event), expected);
}

type Maybe<T> = Option<T>;

/// Text that is borrowed, and values behind pointers.
#[derive(AuditValue)]
struct Borrowed<'a>(&'a str);

#[derive(AuditEntity)]
#[audit(type = "shelf")]
struct Shelf<'a> {
    #[audit(id)]
    id: Borrowed<'a>,
    #[audit(name)]
    name: Maybe<Arc<Region>>,
    #[audit(metadata, join)]
    labels: Vec<Borrowed<'a>>,
}

#[derive(AuditEntity)]
#[audit(type = "rack")]
struct Rack<'a> {
    #[audit(id)]
    id: Cow<'a, Region>,
    #[audit(name)]
    name: Maybe<u32>,
    #[audit(metadata, join)]
    regions: [Rc<Region>; 1],
}

#[derive(AuditEvent)]
#[audit(action = "suite.borrowed_text", version = 1)]
struct BorrowedText<'a> {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    shelf: Shelf<'a>,
    #[audit(target)]
    rack: Rack<'a>,
    #[audit(join)]
    regions: [Box<Region>; 2],
}

/// An alias hides that a name is optional.
#[test]
fn borrowed_and_behind_pointers() {
    let targets = |name: Maybe<Arc<Region>>, number: Maybe<u32>| {
        let label = String::from("a \"b\"");
        let shelf = Shelf {
            id: Borrowed(&label),
            name,
            labels: vec![Borrowed(&label), Borrowed("c")],
        };
        let rack = Rack {
            id: Cow::Borrowed(&Region::UsEast),
            name: number,
            regions: [Rc::new(Region::EuCentral)],
        };
        let regions = [Box::new(Region::EuCentral), Box::new(Region::UsEast)];
        let event = BorrowedText {
            user: user(),
            shelf,
            rack,
            regions,
        }
        .try_into_event(context())
        .unwrap();
        assert_eq!(metadata(&event)["regions"], "eu-central,us \"east\"");
        event.to_value()["targets"].clone()
    };
    let (shelf, rack) = (
        json!({"labels": "a \"b\",c"}),
        json!({"regions": "eu-central"}),
    );
    let named = json!([
        {"type": "shelf", "id": "a \"b\"", "name": "eu-central", "metadata": shelf},
        {"type": "rack", "id": "us \"east\"", "name": "7", "metadata": rack},
    ]);
    assert_eq!(targets(Some(Arc::new(Region::EuCentral)), Some(7)), named);
    let unnamed = json!([
        {"type": "shelf", "id": "a \"b\"", "metadata": shelf},
        {"type": "rack", "id": "us \"east\"", "metadata": rack},
    ]);
    assert_eq!(targets(None, None), unnamed);
}

/// It has an `as_str` for something else.
#[derive(AuditValue)]
#[audit(as_str = false, rename_all = "lowercase")]
enum Own {
    Stored,
}

impl Own {
    fn as_str(&self) -> &'static str {
        match self {
            Self::Stored => "in the database",
        }
    }
}

#[derive(AuditEntity)]
#[audit(type = "own")]
struct OwnId {
    #[audit(id)]
    id: Own,
}

#[derive(AuditEvent)]
#[audit(action = "suite.own_as_str", version = 1, builder = false)]
struct OwnAsStr {
    #[audit(actor)]
    user: User,
    #[audit(target, split = "batch_id")]
    own: Vec<OwnId>,
    value: Own,
}

#[test]
fn a_method_of_the_enums_own_stays() {
    let own = (0..21).map(|_| OwnId { id: Own::Stored }).collect();
    let events = OwnAsStr {
        user: user(),
        own,
        value: Own::Stored,
    }
    .try_into_events(context())
    .unwrap();
    assert_eq!(events.len(), 2);
    assert_eq!(events[1].to_value()["targets"][0]["id"], "stored");
    assert_eq!(
        (metadata(&events[1])["value"].as_str(), Own::Stored.as_str()),
        (Some("stored"), "in the database")
    );
}

#[test]
fn enums_say_their_text() {
    const EAST: &str = Region::UsEast.as_str();
    assert_eq!(
        (EAST, Region::EuCentral.as_str(), Both::One.as_str()),
        ("us \"east\"", "eu-central", "One")
    );
}

#[derive(AuditEntity)]
enum Who<'a> {
    User(User),
    Store {
        store: Box<Store>,
    },
    Region(&'a DataRegion<'a>),
    Other(Actor),
    #[audit(type = "system", id = "cron")]
    Cron,
    /// Two of one type: neither is the one that is meant.
    First(Shown),
    Second(Shown),
}

#[derive(AuditEvent)]
#[audit(action = "suite.converted", version = 1)]
struct Converted<'a> {
    #[audit(actor)]
    who: Who<'a>,
    #[audit(target)]
    user: User,
}

#[test]
fn entities_convert_into_their_enum() {
    let region = DataRegion {
        region: Region::EuCentral,
        label: None,
        neighbours: BTreeSet::new(),
    };
    let stored = || Store {
        key: Key(uuid::Uuid::nil()),
        code: Code::new("abc").unwrap(),
    };
    let kinds = [
        Converted {
            who: user().into(),
            user: user(),
        },
        Converted {
            who: Box::new(stored()).into(),
            user: user(),
        },
        // Boxed by the enum.
        Converted {
            who: stored().into(),
            user: user(),
        },
        Converted {
            who: (&region).into(),
            user: user(),
        },
        Converted {
            who: Actor::new("partner", "acme").into(),
            user: user(),
        },
        Converted {
            who: Who::Cron,
            user: user(),
        },
        Converted {
            who: Who::First(Shown {
                id: Both::One,
                name: Text::truncated("1"),
            }),
            user: user(),
        },
        Converted {
            who: Who::Second(Shown {
                id: Both::One,
                name: Text::truncated("2"),
            }),
            user: user(),
        },
    ];
    let kinds = kinds
        .map(|value| value.try_into_event(context()).unwrap().to_value()["actor"]["type"].clone());
    assert_eq!(
        kinds,
        [
            "user",
            "store",
            "store",
            "data_region",
            "partner",
            "system",
            "both",
            "both"
        ]
    );
    let built = Converted::builder()
        .who(user())
        .user(user())
        .context(context())
        .try_build()
        .unwrap();
    assert_eq!(built.to_value()["actor"]["id"], "user_1");
}
