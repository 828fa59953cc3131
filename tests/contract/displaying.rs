//! `display` on a type that bounds its text.

use std::fmt;

use audit_core::{Actor, AuditEvent, AuditValue, Context};
use serde_json::Value;

use crate::fixtures::{Team, team};

#[derive(AuditValue)]
enum Level {
    Low,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("quite low, as levels go")
    }
}

#[derive(AuditEvent)]
#[audit(action = "suite.displayed", version = 1, actor = Actor)]
struct Displayed {
    #[audit(target)]
    team: Team,
    #[audit(display)]
    level: Level,
    #[audit(display, max_len = 5)]
    limited: Level,
}

/// The schema promises the longest value's length; a longer text is cut, because `build()` can't reject.
#[test]
fn displayed_enums_fit_their_schema() {
    let displayed = Displayed {
        team: team(),
        level: Level::Low,
        limited: Level::Low,
    };
    let event = displayed.into_event_with_actor(&Actor::new("system", "cron"), Context::empty());
    let schema: Value =
        serde_json::from_str(<Displayed as AuditEvent<Actor>>::SCHEMA_JSON).unwrap();
    for key in ["level", "limited"] {
        assert_eq!(
            schema["metadata"]["properties"][key]["maxLength"], 3,
            "{key}"
        );
        assert_eq!(event.to_value()["metadata"][key], "qu…", "{key}");
    }
    assert_eq!(event.truncated(), ["/metadata/level", "/metadata/limited"]);
}
