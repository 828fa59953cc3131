//! The stored form of an event: its keys in the order of the request.

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::body::BOM;

/// The keys of a value, as they were sent. A key that came twice has its first place.
#[derive(Deserialize)]
#[serde(untagged)]
enum Order {
    Object(IndexMap<String, Order>),
    Array(Vec<Order>),
    Plain(IgnoredAny),
}

/// A member of a body, as JSON with the keys in the body's order.
pub fn in_order(text: &[u8], member: &str, value: &Value) -> String {
    let text = text.strip_prefix(BOM).unwrap_or(text);
    let order: Option<IndexMap<String, Order>> = serde_json::from_slice(text).ok();
    match order.as_ref().and_then(|order| order.get(member)) {
        Some(order) => write(order, value),
        None => value.to_string(),
    }
}

/// Leaves out keys that the value lacks.
fn write(order: &Order, value: &Value) -> String {
    match (order, value) {
        (Order::Object(keys), Value::Object(members)) => {
            let members = keys.iter().filter_map(|(key, order)| {
                Some(format!(
                    "{}:{}",
                    json!(key),
                    write(order, members.get(key)?)
                ))
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        (Order::Array(orders), Value::Array(items)) => {
            let items = orders.iter().zip(items);
            let items = items.map(|(order, item)| write(order, item));
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        }
        (_, value) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_in_order_without_those_that_are_gone() {
        let text = r#"{"event":{"z":1.0,"b":[{"y":null,"x":true},3],"a":"é","z":2e0,"e":null}}"#;
        let read = json!({"a": "é", "b": [{"x": true}, 3], "z": 2});
        assert_eq!(
            in_order(text.as_bytes(), "event", &read),
            r#"{"z":2,"b":[{"x":true},3],"a":"é"}"#
        );
        assert_eq!(in_order(b"{}", "event", &Value::Null), "null");
    }
}
