//! Actions as the service already has them.

use audit_core::{Actor, AuditEvent, Registrations};

use crate::fixtures::{Team, context, team};

macro_rules! events {
    ($($name:ident $action:literal;)*) => {
        $(
            #[derive(AuditEvent)]
            #[audit(action = $action, version = 1, as_registered, actor = Actor)]
            struct $name {
                #[audit(target)]
                team: Team,
            }
        )*

        #[test]
        fn the_action_is_what_was_written() {
            $(
                let event = $name { team: team() }.try_into_event_with_actor(&Actor::new("system", "cron"), context()).expect("it is valid");
                assert_eq!($name::ACTION, $action);
                assert_eq!(event.action(), $action);
                assert_eq!(event.to_value()["action"], $action);
                let registrations = serde_json::json!({$action: {"1": {"server": 47, "sha256": ""}}}).to_string();
                let wire = event.to_wire(&Registrations::from_json(&registrations).expect("they are valid")).expect("it is registered");
                let wire: serde_json::Value = serde_json::from_str(&wire).expect("it is JSON");
                assert_eq!(wire["action"], $action);
                assert_eq!(wire["version"], 47);
                let mut expected = event.to_value();
                expected["version"] = 47.into();
                assert_eq!(wire, expected);
            )*
        }
    };
}

events! {
    Dashed "workflow-run.completed";
    Camel "ingestionKey.mint";
    Colon "agents:create";
    Upper "USER_REGISTERED";
    Word "login";
    Quoted "say\"hi\"<&>%'`";
    Device "con.aux";
    File "index.txt";
    Conventional "suite.conventional";
}
