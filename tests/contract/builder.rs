//! The builder, literals, and the trait that both end in.

use audit_core::{Actor, AuditEvent, BuildError, Context, Envelope, Event};
use serde_json::json;

use crate::fixtures::{Team, User, context, team, timeless, user};

/// A user joined.
#[derive(AuditEvent, Clone)]
#[audit(action = "suite.joined", version = 4)]
struct Joined {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    seats: u32,
    #[audit(skip)]
    cached: bool,
}

#[derive(AuditEvent)]
#[audit(action = "suite.closed", version = 1, actor = Actor)]
struct Closed {
    #[audit(target)]
    team: Team,
}

#[derive(AuditEvent)]
#[audit(action = "suite.seen", version = 1)]
struct Seen {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
    #[audit(context)]
    from: Context,
}

#[derive(AuditEvent)]
#[audit(action = "suite.removed", version = 1, actor = User)]
struct Removed<'a> {
    #[audit(target)]
    teams: &'a [Team],
    #[audit(context)]
    from: &'a Context,
}

fn joined() -> Joined {
    Joined {
        user: user(),
        team: team(),
        seats: 3,
        cached: false,
    }
}

#[test]
fn constants() {
    assert_eq!((Joined::ACTION, Joined::VERSION), ("suite.joined", 4));
    assert_eq!(
        (
            <Closed as AuditEvent<Actor>>::ACTION,
            <Closed as AuditEvent<Actor>>::VERSION
        ),
        ("suite.closed", 1)
    );
    const { assert!(!Joined::SCHEMA_JSON.is_empty()) };
}

#[test]
fn literal_and_builder_make_the_same_event() {
    let expected = json!({
        "action": "suite.joined",
        "version": 4,
        "actor": {"type": "user", "id": "user_1", "name": "Zoë", "metadata": {"admin": true}},
        "targets": [{"type": "team", "id": "7", "metadata": {}}],
        "context": {"location": "203.0.113.7", "user_agent": "Mozilla/5.0"},
        "metadata": {"seats": 3},
    });
    let built = Joined::builder()
        .seats(3)
        .context(context())
        .team(team())
        .user(user())
        .build();
    assert_eq!(timeless(&built), expected);
    let tried = Joined::builder()
        .user(user())
        .team(team())
        .seats(3)
        .context(context())
        .try_build()
        .unwrap();
    assert_eq!(timeless(&tried), expected);
    assert!(!joined().cached);
    assert_eq!(timeless(&joined().into_event(context())), expected);
    assert_eq!(
        timeless(&joined().try_into_event(context()).unwrap()),
        expected
    );
}

#[test]
fn the_context_may_be_borrowed_or_enveloped() {
    let context = context();
    let expected = timeless(&joined().into_event(&context));
    assert_eq!(
        timeless(&joined().into_event(Envelope::new(&context))),
        expected
    );
    assert_eq!(
        timeless(
            &Joined::builder()
                .user(user())
                .team(team())
                .seats(3)
                .context(&context)
                .build()
        ),
        expected
    );
}

#[test]
fn the_caller_passes_the_actor() {
    let cron = Actor::new("system", "cron").name("Nightly jobs");
    let actor = json!({"type": "system", "id": "cron", "name": "Nightly jobs", "metadata": {}});
    let event = Closed { team: team() }.into_event_with_actor(&cron, context());
    assert_eq!(event.to_value()["actor"], actor);
    let event = Closed { team: team() }
        .try_into_event_with_actor(&cron, context())
        .unwrap();
    assert_eq!(event.to_value()["actor"], actor);
    let event = Closed::builder()
        .actor(&cron)
        .team(team())
        .context(context())
        .build();
    assert_eq!(event.to_value()["actor"], actor);
    assert_eq!(event.to_value()["metadata"], json!({}));
}

/// Without the argument `context`; through the trait, where a recorder passes one all the same, the value's own wins.
#[test]
fn a_context_of_its_own_wins() {
    let seen = || Seen {
        user: user(),
        team: team(),
        from: Context::new("198.51.100.1"),
    };
    let own = json!({"location": "198.51.100.1"});
    assert_eq!(seen().into_event().to_value()["context"], own);
    assert_eq!(seen().try_into_event().unwrap().to_value()["context"], own);
    assert_eq!(
        record(seen(), &context()).unwrap().to_value()["context"],
        own
    );
    assert_eq!(
        Seen::builder()
            .user(user())
            .team(team())
            .from(Context::empty())
            .build()
            .to_value()["context"],
        json!({})
    );
    let from = Context::empty();
    let event = Removed::builder()
        .actor(&user())
        .teams(&[team()][..])
        .from(&from)
        .try_build()
        .unwrap();
    assert_eq!(event.to_value()["context"], json!({}));
    let removed = Removed {
        teams: &[team()],
        from: &from,
    };
    assert_eq!(
        removed
            .try_into_event_with_actor(&user())
            .unwrap()
            .to_value()["context"],
        json!({})
    );
}

fn record(value: impl AuditEvent, context: &Context) -> Result<Event, BuildError> {
    value.try_into_event(context)
}

fn record_by<A>(
    value: impl AuditEvent<A>,
    actor: &A,
    context: &Context,
) -> Result<Event, BuildError>
where
    A: audit_core::AuditEntity,
{
    value.try_into_event_with_actor(actor, context)
}

#[test]
fn a_recorder_takes_any_event() {
    let events = [
        record(joined(), &context()).unwrap(),
        record(
            Seen {
                user: user(),
                team: team(),
                from: context(),
            },
            &Context::empty(),
        )
        .unwrap(),
        record_by(Closed { team: team() }, &Actor::new("a", "b"), &context()).unwrap(),
        record_by(
            Removed {
                teams: &[team()],
                from: &context(),
            },
            &user(),
            &context(),
        )
        .unwrap(),
    ];
    let actions: Vec<_> = events.iter().map(Event::action).collect();
    assert_eq!(
        actions,
        [
            "suite.joined",
            "suite.seen",
            "suite.closed",
            "suite.removed"
        ]
    );
}

#[test]
fn events_travel() {
    fn travels<T: Clone + std::fmt::Debug + Send + Sync + 'static>(_: &T) {}
    let event = joined().into_event(context());
    travels(&event);
    assert_eq!((event.action(), event.version()), ("suite.joined", 4));
    assert_eq!(event.clone().as_json(), event.as_json());
}

#[test]
fn nothing_unmarked_leaves() {
    let event = joined().into_event(context());
    assert!(!event.as_json().contains("s3cret"));
    assert!(!Joined::SCHEMA_JSON.contains("password"));
    assert!(!event.as_json().contains("cached"));
}
