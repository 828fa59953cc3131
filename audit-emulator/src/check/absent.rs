//! Optional members that are `null`: the vendor's PHP and older Python clients send them so, and they count as absent.

use serde_json::{Map, Value};

/// Of an event: its version, what entities and its context need not say, metadata.
pub fn in_event(event: &mut Value) {
    let Some(members) = event.as_object_mut() else {
        return;
    };
    remove(members, &["version", "metadata"]);
    let context = members.get_mut("context").and_then(Value::as_object_mut);
    if let Some(context) = context {
        remove(context, &["location", "user_agent"]);
    }
    let entities = |value: &mut Value| {
        if let Some(entity) = value.as_object_mut() {
            remove(entity, &["name", "metadata"]);
        }
    };
    members.get_mut("actor").into_iter().for_each(entities);
    items(members, "targets").for_each(entities);
}

/// Of a registration body: metadata, and an actor that has none.
pub fn in_schema(body: &mut Value) {
    let Some(members) = body.as_object_mut() else {
        return;
    };
    if members
        .get("actor")
        .is_some_and(|actor| actor.get("metadata").is_some_and(Value::is_null))
    {
        members.remove("actor");
    }
    remove(members, &["actor", "metadata"]);
    items(members, "targets")
        .filter_map(Value::as_object_mut)
        .for_each(|target| remove(target, &["metadata"]));
}

/// Of any object.
pub fn in_members(body: &mut Value, optional: &[&str]) {
    if let Some(members) = body.as_object_mut() {
        remove(members, optional);
    }
}

fn items<'a>(
    members: &'a mut Map<String, Value>,
    list: &str,
) -> impl Iterator<Item = &'a mut Value> {
    members
        .get_mut(list)
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
}

fn remove(members: &mut Map<String, Value>, optional: &[&str]) {
    members.retain(|name, value| !value.is_null() || !optional.contains(&name.as_str()));
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
