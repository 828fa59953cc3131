//! How an event is kept: as it was read, with its keys in the order in which they were sent.

use indexmap::IndexMap;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The keys of a value, as they were sent. A key that came twice has its first place.
#[derive(Deserialize)]
#[serde(untagged)]
enum Order {
    Object(IndexMap<String, Order>),
    Array(Vec<Order>),
    Plain(IgnoredAny),
}

/// A value whose keys have an order.
#[derive(Serialize)]
#[serde(untagged)]
enum Ordered<'a> {
    Object(IndexMap<&'a str, Ordered<'a>>),
    Array(Vec<Ordered<'a>>),
    Plain(&'a Value),
}

/// The value that was read of a text, as JSON in the text's order.
pub fn in_order(text: &[u8], member: &str, read: &Value) -> String {
    let order: Option<IndexMap<String, Order>> = serde_json::from_slice(text).ok();
    let written = match order.as_ref().and_then(|order| order.get(member)) {
        Some(order) => serde_json::to_string(&arrange(order, read)),
        None => serde_json::to_string(read),
    };
    written.unwrap_or_else(|_| read.to_string())
}

/// Leaves out what isn't part of the value.
fn arrange<'a>(order: &'a Order, value: &'a Value) -> Ordered<'a> {
    match (order, value) {
        (Order::Object(keys), Value::Object(members)) => Ordered::Object(
            keys.iter()
                .filter_map(|(key, order)| Some((key.as_str(), arrange(order, members.get(key)?))))
                .collect(),
        ),
        (Order::Array(orders), Value::Array(items)) => Ordered::Array(
            orders
                .iter()
                .zip(items)
                .map(|(order, item)| arrange(order, item))
                .collect(),
        ),
        (_, value) => Ordered::Plain(value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
