//! Events and derived types in an API description, behind the feature `schemars`.

use audit_core::{Actor, AuditEntity, AuditEvent, AuditMetadata, AuditValue, Event, Text};
use schemars::{JsonSchema, schema_for};
use serde_json::{Value, json};

use crate::fixtures::{Team, context, team};

#[derive(AuditValue)]
#[audit(rename_all = "snake_case")]
enum Method {
    Password,
    MagicLink,
}

#[derive(AuditValue)]
#[audit(max_len = 2)]
struct Country(String);

#[derive(AuditMetadata)]
struct Page<T> {
    cursor: T,
    country: Option<Country>,
}

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User {
    #[audit(id)]
    id: u32,
    #[audit(metadata)]
    region: Text<9>,
}

#[derive(AuditEntity)]
enum Who {
    User(User),
    #[audit(type = "system", id = "cron")]
    System,
}

#[derive(AuditEvent)]
#[audit(action = "suite.described", version = 1)]
struct Described {
    #[audit(actor)]
    who: Who,
    #[audit(target)]
    team: Team,
    method: Method,
    #[audit(flatten)]
    page: Page<u32>,
}

fn schema<T: JsonSchema>() -> Value {
    schema_for!(T).to_value()
}

#[test]
fn values_are_described() {
    let method = schema::<Method>();
    assert_eq!(
        (&method["type"], &method["enum"]),
        (&json!("string"), &json!(["magic_link", "password"]))
    );
    assert_eq!(method["title"], "Method");
    assert_eq!(schema::<Country>()["maxLength"], 2);
    assert_eq!(schema::<Text<7>>()["maxLength"], 7);
}

/// The description of an event's metadata and its registered schema are two renderings of one constant.
#[test]
fn events_are_described_as_they_are_registered() {
    let registered: Value = serde_json::from_str(Described::SCHEMA_JSON).unwrap();
    let described = schema::<Described>();
    let metadata = &described["properties"]["metadata"];
    assert_eq!(metadata["properties"], registered["metadata"]["properties"]);
    assert_eq!(metadata["required"], registered["metadata"]["required"]);
    assert_eq!(
        described["properties"]["action"],
        json!({"const": "suite.described"})
    );
    let who = described["properties"]["actor"]["oneOf"]
        .as_array()
        .unwrap();
    assert_eq!(
        who[0]["properties"]["metadata"]["properties"]["region"],
        json!({"type": "string", "maxLength": 9})
    );
    assert_eq!(who[1]["properties"]["type"], json!({"const": "system"}));
    assert_eq!(
        schema::<Page<u32>>()["properties"]["cursor"],
        json!({"type": "integer"})
    );
}

#[derive(AuditEntity)]
enum Either {
    #[expect(dead_code, reason = "only its schema is looked at")]
    Owner(User),
    #[expect(dead_code, reason = "only its schema is looked at")]
    Admin(User),
}

/// Variants of one type accept the same values, which no `oneOf` would.
#[test]
fn variants_of_one_type_are_no_alternative() {
    let described = schema::<Either>();
    assert_eq!(described.get("oneOf"), None);
    assert_eq!(
        described["anyOf"].as_array().map(Vec::len),
        Some(2),
        "{described}"
    );
}

#[test]
fn any_event_has_the_fields_of_one() {
    let described = schema::<Event>();
    let user = User {
        id: 1,
        region: Text::truncated("eu"),
    };
    for (who, method) in [
        (Who::System, Method::Password),
        (Who::User(user), Method::MagicLink),
    ] {
        let value = Described {
            who,
            team: team(),
            method,
            page: Page {
                cursor: 1,
                country: None,
            },
        };
        let event = value.into_event(context()).to_value();
        let properties = described["properties"].as_object().unwrap();
        assert!(
            event
                .as_object()
                .unwrap()
                .keys()
                .all(|key| properties.contains_key(key)),
            "{described}"
        );
        for schema in [&described, &schema::<Described>()] {
            let required = schema["required"].as_array().unwrap();
            assert!(required.contains(&"metadata".into()), "{schema}");
            assert!(
                required
                    .iter()
                    .all(|key| event.get(key.as_str().unwrap()).is_some()),
                "{schema}"
            );
        }
    }
    assert_eq!(
        schema::<Actor>()["required"],
        json!(["type", "id", "metadata"])
    );
    let variants = schema::<Who>();
    assert_eq!(
        variants["oneOf"][1]["required"],
        json!(["type", "id", "metadata"]),
        "{variants}"
    );
}
