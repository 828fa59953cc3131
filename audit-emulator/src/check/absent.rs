//! Optional members that are `null`: the vendor's PHP and older Python clients send them so, and they count as absent.

use serde_json::Value;

/// The optional members of an event, its context, its actor and its targets.
const OF_EVENT: [&str; 5] = ["version", "metadata", "location", "user_agent", "name"];

/// Removes them from an event.
pub fn in_event(event: &mut Value) {
    in_members(event, &OF_EVENT);
    for part in ["context", "actor"] {
        if let Some(part) = event.get_mut(part) {
            in_members(part, &OF_EVENT);
        }
    }
    in_targets(event, &OF_EVENT);
}

/// Removes them from a registration body: metadata, and an actor without any.
pub fn in_schema(body: &mut Value) {
    if let Some(actor) = body.get_mut("actor")
        && actor.get("metadata").is_some_and(Value::is_null)
    {
        *actor = Value::Null;
    }
    in_members(body, &["actor", "metadata"]);
    in_targets(body, &["metadata"]);
}

fn in_targets(body: &mut Value, optional: &[&str]) {
    let targets = body.get_mut("targets").and_then(Value::as_array_mut);
    for target in targets.into_iter().flatten() {
        in_members(target, optional);
    }
}

/// Removes them from an object.
pub fn in_members(body: &mut Value, optional: &[&str]) {
    if let Some(members) = body.as_object_mut() {
        members.retain(|name, value| !value.is_null() || !optional.contains(&name.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn optional_members_alone_may_be_null() {
        let mut event = json!({
            "action": null, "version": null, "metadata": null, "occurred_at": null,
            "actor": {"id": null, "type": "user", "name": null, "metadata": null},
            "targets": [{"id": "1", "type": null, "name": null, "metadata": {"a": null}}, null],
            "context": {"location": null, "user_agent": null},
        });
        in_event(&mut event);
        let expected = json!({
            "action": null, "occurred_at": null, "actor": {"id": null, "type": "user"},
            "targets": [{"id": "1", "type": null, "metadata": {"a": null}}, null], "context": {},
        });
        assert_eq!(event, expected);

        let mut body = json!({"actor": {"metadata": null}, "targets": [{"type": "a", "metadata": null}], "metadata": null});
        in_schema(&mut body);
        assert_eq!(body, json!({"targets": [{"type": "a"}]}));
        let mut body = json!({"actor": null, "targets": null, "metadata": {"default": null}});
        in_schema(&mut body);
        assert_eq!(
            body,
            json!({"targets": null, "metadata": {"default": null}})
        );
    }
}
