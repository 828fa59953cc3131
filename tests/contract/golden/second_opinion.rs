//! A second opinion: what `schemars` makes of the same struct.

use audit_core::{Actor, AuditEvent, AuditMetadata, AuditValue};
use schemars::JsonSchema;
use serde_json::Value;

use super::Team;

/// The same struct twice: with the feature `schemars` our derives make a `JsonSchema` too, and this is about the other one.
macro_rules! second {
    ($module:ident, $group:ident, $value:ident, $($attribute:tt)*) => {
        mod $module {
            #[derive(super::$group)]
            #[allow(dead_code, reason = "only its schema is read")]
            pub struct Second {
                text: String,
                optional: Option<String>,
                count: u32,
                wide: Option<i64>,
                ratio: f64,
                flag: bool,
                plan: Plan,
                letter: char,
            }

            #[derive(super::$value)]
            $($attribute)*
            #[allow(dead_code, reason = "only its schema is read")]
            pub enum Plan {
                PayAsYouGo,
                Free,
            }
        }
    };
}

second!(ours, AuditMetadata, AuditValue, #[audit(rename_all = "kebab-case")]);
second!(theirs, JsonSchema, JsonSchema, #[schemars(rename_all = "kebab-case", inline)]);

#[derive(AuditEvent)]
#[audit(action = "golden.second", version = 1, actor = Actor)]
struct SecondEvent {
    #[audit(target)]
    team: Team,
    #[audit(flatten)]
    second: ours::Second,
}

/// `schemars` writes an option as `["string", "null"]`, and formats and bounds that the service doesn't take.
fn plain(property: &Value) -> Value {
    let mut plain = property.clone();
    let fields = plain.as_object_mut().unwrap();
    for key in ["format", "minimum", "maximum", "minLength", "description"] {
        fields.remove(key);
    }
    if let Some(types) = property["type"].as_array() {
        fields.insert("type".into(), types[0].clone());
    }
    if let Some(values) = fields.get_mut("enum").and_then(Value::as_array_mut) {
        values.sort_by_key(ToString::to_string);
    }
    plain
}

#[test]
fn schemars_agrees() {
    let ours: Value = serde_json::from_str(SecondEvent::SCHEMA_JSON).unwrap();
    let ours = &ours["metadata"];
    let theirs = serde_json::to_value(schemars::schema_for!(theirs::Second)).unwrap();
    let properties = theirs["properties"].as_object().unwrap();
    assert_eq!(
        ours["properties"].as_object().unwrap().len(),
        properties.len()
    );
    for (key, property) in properties {
        assert_eq!(ours["properties"][key], plain(property), "{key}");
    }
    let sorted = |value: &Value| {
        let mut keys: Vec<_> = value["required"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| key.as_str().unwrap().to_owned())
            .collect();
        keys.sort_unstable();
        keys
    };
    assert_eq!(sorted(ours), sorted(&theirs));
}
