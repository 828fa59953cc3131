//! Events of more targets than one can have.

use std::collections::HashSet;
use std::time::SystemTime;

use audit_core::{Actor, AuditEvent, Context, Envelope, Event, Limit};
use serde_json::Value;

use crate::fixtures::{
    Document, Team, User, broken, context, document, repeated, team, timeless, user,
};

#[derive(AuditEvent)]
#[audit(action = "suite.bulk", version = 1)]
struct Bulk {
    #[audit(actor)]
    user: User,
    #[audit(target, split = "batch_id")]
    documents: Vec<Document>,
    flag: bool,
}

#[derive(AuditEvent)]
#[audit(action = "suite.bulk_beside", version = 1, actor = Actor)]
struct BulkBeside {
    #[audit(target)]
    team: Team,
    #[audit(target, split = "batch_id")]
    documents: Vec<Document>,
    #[audit(target, type = "pair")]
    pair: [Team; 2],
}

#[derive(AuditEvent)]
#[audit(action = "suite.bulk_bare", version = 1, builder = false)]
struct BulkBare {
    #[audit(actor)]
    user: User,
    #[audit(target, split = "batch_id")]
    documents: Vec<Document>,
}

fn numbered(count: u32) -> Vec<Document> {
    (0..count)
        .map(|id| Document {
            id,
            owner: "o".into(),
        })
        .collect()
}

fn bulk(count: u32) -> Vec<Event> {
    Bulk::builder()
        .user(user())
        .documents(numbered(count))
        .flag(true)
        .context(context())
        .try_build_all()
        .unwrap()
}

fn ids(event: &Event, of_type: &str) -> Vec<String> {
    let targets = event.to_value()["targets"].as_array().unwrap().clone();
    targets
        .iter()
        .filter(|target| target["type"] == of_type)
        .map(|target| target["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn as_many_events_as_it_takes() {
    for (count, sizes) in [
        (1, vec![1]),
        (20, vec![20]),
        (21, vec![20, 1]),
        (45, vec![20, 20, 5]),
        (400, vec![20; 20]),
    ] {
        let events = bulk(count);
        let found: Vec<_> = events
            .iter()
            .map(|event| ids(event, "document").len())
            .collect();
        assert_eq!(found, sizes, "{count} targets");
        let all: Vec<_> = events
            .iter()
            .flat_map(|event| ids(event, "document"))
            .collect();
        assert_eq!(all, (0..count).map(|id| id.to_string()).collect::<Vec<_>>());
    }
}

#[test]
fn one_id_links_them() {
    let batch = |event: &Event| {
        event.to_value()["metadata"]["batch_id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let (first, second) = (bulk(45), bulk(45));
    let first: HashSet<_> = first.iter().map(batch).collect();
    assert_eq!(first.len(), 1, "the events of one list share it");
    let second: HashSet<_> = second.iter().map(batch).collect();
    assert!(first.is_disjoint(&second), "two lists don't");
    assert!(uuid::Uuid::parse_str(first.iter().next().unwrap()).is_ok());
}

#[test]
fn they_share_everything_else() {
    let events = bulk(45);
    let rest = |event: &Event| {
        let mut value = event.to_value();
        value["targets"] = Value::Null;
        value
    };
    assert_eq!(rest(&events[0]), rest(&events[1]), "occurred_at included");
    assert_eq!(rest(&events[0]), rest(&events[2]));
}

#[test]
fn others_take_their_places_in_each() {
    let actor = Actor::new("system", "cron");
    let pair = [Team { id: 1 }, Team { id: 2 }];
    let events = BulkBeside::builder()
        .actor(&actor)
        .team(team())
        .documents(numbered(40))
        .pair(pair)
        .context(context())
        .try_build_all()
        .unwrap();
    let sizes: Vec<_> = events
        .iter()
        .map(|event| ids(event, "document").len())
        .collect();
    assert_eq!(sizes, [17, 17, 6]);
    for event in &events {
        assert_eq!(
            (ids(event, "team"), ids(event, "pair")),
            (vec!["7".to_owned()], vec!["1".to_owned(), "2".to_owned()])
        );
    }
}

#[test]
fn none_is_rejected() {
    let result = Bulk::builder()
        .user(user())
        .documents(Vec::new())
        .flag(true)
        .context(context())
        .try_build_all();
    let broken = broken(result);
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0].0, "/targets");
}

#[test]
fn a_broken_target_rejects_all() {
    let mut documents = numbered(45);
    documents[44] = document(&repeated('a', 501));
    let result = Bulk::builder()
        .user(user())
        .documents(documents)
        .flag(true)
        .context(context())
        .try_build_all();
    assert!(!broken(result).is_empty());
}

#[derive(AuditEvent)]
#[audit(action = "suite.bulk_at", version = 1, actor = Actor)]
struct BulkAt<'a> {
    #[audit(target, split = "batch_id")]
    documents: Vec<Document>,
    #[audit(context)]
    context: &'a Context,
    #[audit(occurred_at)]
    at: Option<SystemTime>,
}

#[derive(AuditEvent)]
#[audit(action = "suite.bulk_here", version = 1)]
struct BulkHere {
    #[audit(actor)]
    user: User,
    #[audit(target, split = "batch_id")]
    documents: Vec<Document>,
    #[audit(context)]
    context: Context,
}

/// Without the time and the id, which differ from one list to the next.
fn comparable(events: &[Event]) -> Vec<Value> {
    let mut values: Vec<_> = events.iter().map(timeless).collect();
    for value in &mut values {
        assert!(value["metadata"]["batch_id"].take().is_string());
    }
    values
}

#[test]
fn a_struct_makes_what_its_builder_makes() {
    for count in [1, 20, 45] {
        let value = Bulk {
            user: user(),
            documents: numbered(count),
            flag: true,
        };
        let events = value.try_into_events(context()).unwrap();
        assert_eq!(comparable(&events), comparable(&bulk(count)));
        let times: HashSet<_> = events
            .iter()
            .map(|event| event.to_value()["occurred_at"].to_string())
            .collect();
        assert_eq!(times.len(), 1);
    }
}

#[test]
fn the_caller_passes_the_actor_of_a_struct() {
    let actor = Actor::new("system", "cron");
    let value = || BulkBeside {
        team: team(),
        documents: numbered(40),
        pair: [Team { id: 1 }, Team { id: 2 }],
    };
    let events = value()
        .try_into_events_with_actor(&actor, context())
        .unwrap();
    let sizes: Vec<_> = events
        .iter()
        .map(|event| ids(event, "document").len())
        .collect();
    assert_eq!(sizes, [17, 17, 6]);
    assert!(
        events
            .iter()
            .all(|event| event.to_value()["actor"]["id"] == "cron")
    );
}

#[test]
fn a_struct_has_its_own_context_and_time() {
    let (actor, own) = (Actor::new("system", "cron"), Context::new("198.51.100.1"));
    let value = |at| BulkAt {
        documents: numbered(21),
        context: &own,
        at,
    };
    let location = |events: &[Event]| {
        events
            .iter()
            .all(|event| event.to_value()["context"]["location"] == "198.51.100.1")
    };
    let time = |events: &[Event]| {
        events
            .iter()
            .all(|event| event.to_value()["occurred_at"] == "1970-01-01T00:00:00.000Z")
    };
    let events = value(Some(SystemTime::UNIX_EPOCH))
        .try_into_events_with_actor(&actor)
        .unwrap();
    assert!(events.len() == 2 && location(&events) && time(&events));
    // Through the trait, where a recorder passes both all the same.
    let envelope = || Envelope::new(context()).occurred_at(SystemTime::UNIX_EPOCH);
    let events = AuditEvent::try_into_events_with_actor(value(None), &actor, envelope()).unwrap();
    assert!(location(&events) && time(&events));
    let events = BulkHere {
        user: user(),
        documents: numbered(21),
        context: own.clone(),
    }
    .try_into_events()
    .unwrap();
    assert!(events.len() == 2 && location(&events));
}

#[derive(AuditEvent)]
#[audit(action = "suite.single", version = 1)]
struct Single {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    documents: Vec<Document>,
}

/// So a recorder can make all the events of any type.
#[test]
fn an_event_without_a_split_is_one() {
    let value = |count| Single {
        user: user(),
        documents: numbered(count),
    };
    let events = value(20).try_into_events(context()).unwrap();
    assert_eq!(
        events.iter().map(timeless).collect::<Vec<_>>(),
        [timeless(&value(20).try_into_event(context()).unwrap())]
    );
    assert_eq!(
        broken(value(21).try_into_events(context())),
        [("/targets".into(), Limit::Targets)]
    );
}

#[test]
fn too_many_for_one_event_says_how_to_make_several() {
    let error = Bulk {
        user: user(),
        documents: numbered(46),
        flag: true,
    }
    .try_into_event(context())
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "/targets: 46 targets, 1 to 20 targets are allowed; `try_into_events` and `try_build_all` make several events of them"
    );
    assert_eq!(error.violations()[0].limit(), Limit::Targets);
    let beside = BulkBeside {
        team: team(),
        documents: numbered(46),
        pair: [team(), team()],
    };
    let error = beside
        .try_into_event_with_actor(&Actor::new("system", "cron"), context())
        .unwrap_err();
    assert!(
        error.to_string().ends_with(
            "; `try_into_events_with_actor` and `try_build_all` make several events of them"
        ),
        "{error}"
    );
    let error = BulkBare {
        user: user(),
        documents: numbered(46),
    }
    .try_into_event(context())
    .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("; `try_into_events` makes several events of them"),
        "{error}"
    );
    let error = Single {
        user: user(),
        documents: numbered(46),
    }
    .try_into_event(context())
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "/targets: 46 targets, 1 to 20 targets are allowed"
    );
}

/// A single event of the same type has the key too: it is declared and required.
#[test]
fn one_event_has_the_key() {
    let one = Bulk {
        user: user(),
        documents: numbered(2),
        flag: true,
    }
    .try_into_event(context())
    .unwrap();
    let declared: Value = serde_json::from_str(Bulk::SCHEMA_JSON).unwrap();
    assert_eq!(
        declared["metadata"]["properties"]["batch_id"]["type"],
        "string"
    );
    let required = declared["metadata"]["required"]
        .as_array()
        .unwrap()
        .contains(&"batch_id".into());
    assert!(
        !required || one.to_value()["metadata"].get("batch_id").is_some(),
        "a required key is always there"
    );
    let built = Bulk::builder()
        .user(user())
        .documents(numbered(2))
        .flag(true)
        .context(context())
        .try_build()
        .unwrap();
    assert!(!required || built.to_value()["metadata"].get("batch_id").is_some());
}

#[derive(AuditEvent)]
#[audit(action = "suite.bulk_noted", version = 1)]
struct BulkNoted {
    #[audit(actor)]
    user: User,
    #[audit(target, split = "batch_id")]
    documents: Vec<Document>,
    note: String,
}

/// All violations, of all the events that the list is split into; what they share is rejected once.
#[test]
fn a_split_reports_every_violation() {
    let mut documents = numbered(45);
    documents[3].owner = "o".repeat(501);
    documents[44].owner = "o".repeat(502);
    let bulk = BulkNoted::builder()
        .user(user())
        .documents(documents)
        .note("n".repeat(503))
        .context(context());
    let error = bulk.try_build_all().unwrap_err();
    let found: Vec<_> = error
        .violations()
        .iter()
        .map(|violation| (violation.path(), violation.found()))
        .collect();
    let expected = [
        ("/targets/3/metadata/owner", "501 characters"),
        ("/targets/44/metadata/owner", "502 characters"),
        ("/metadata/note", "503 characters"),
    ];
    assert_eq!(found, expected, "{error}");
}
