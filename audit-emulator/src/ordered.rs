//! JSON with its members in the order that a JavaScript server keeps: whole numbers first, rising, then the others as they came.
//! What is exported is shown so.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::{Number, Value};

use crate::number::as_doubles;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Ordered {
    /// Anything that has no members.
    Plain(Value),
    /// `[…]`
    Array(Vec<Ordered>),
    /// `{…}`
    Object(Vec<(String, Ordered)>),
}

impl Ordered {
    /// Reads what was kept.
    pub fn read(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    /// Leaves out the members that the same value without them lacks.
    pub fn retain(&mut self, kept: &Value) {
        match self {
            Self::Plain(_) => {}
            Self::Array(items) => {
                items
                    .iter_mut()
                    .zip(kept.as_array().into_iter().flatten())
                    .for_each(|(item, kept)| item.retain(kept));
            }
            Self::Object(members) => {
                members.retain_mut(|(name, value)| {
                    kept.get(name.as_str())
                        .inspect(|kept| value.retain(kept))
                        .is_some()
                });
            }
        }
    }

    /// The member of an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value),
            Self::Plain(_) | Self::Array(_) => None,
        }
    }
}

/// `4294967294` is the last number that JavaScript takes for the place of something in an object.
fn place(key: &str) -> Option<u32> {
    key.parse()
        .ok()
        .filter(|place: &u32| *place < u32::MAX && place.to_string() == key)
}

impl Serialize for Ordered {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(value) => value.serialize(to),
            Self::Array(items) => to.collect_seq(items),
            Self::Object(members) => {
                to.collect_map(members.iter().map(|(key, value)| (key, value)))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

struct Reader;

impl Reader {
    fn plain(value: impl Into<Value>) -> Ordered {
        let mut value = value.into();
        as_doubles(&mut value);
        Ordered::Plain(value)
    }
}

impl<'de> Visitor<'de> for Reader {
    type Value = Ordered;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Ordered, E> {
        Ok(Ordered::Plain(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Ordered, E> {
        Ok(Self::plain(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Ordered, E> {
        Ok(Self::plain(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Ordered, E> {
        Ok(Self::plain(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Ordered, E> {
        Ok(Self::plain(
            Number::from_f64(value).map_or(Value::Null, Value::Number),
        ))
    }

    fn visit_str<E>(self, value: &str) -> Result<Ordered, E> {
        Ok(Self::plain(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Ordered, A::Error> {
        let mut read = Vec::new();
        while let Some(item) = items.next_element()? {
            read.push(item);
        }
        Ok(Ordered::Array(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Ordered, A::Error> {
        let mut read: Vec<(String, Ordered)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        while let Some((key, value)) = members.next_entry::<String, Ordered>()? {
            match places.entry(key.clone()) {
                // A key that comes twice keeps its first place and its last value.
                Entry::Occupied(known) => read[*known.get()].1 = value,
                Entry::Vacant(free) => {
                    free.insert(read.len());
                    read.push((key, value));
                }
            }
        }
        // Stable, so that those without a place stay as they came.
        read.sort_by_key(|(key, _)| place(key).unwrap_or(u32::MAX));
        Ok(Ordered::Object(read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_that_javascript_keeps() {
        let text = r#"{"z":1.0,"10":9007199254740993,"b":[{"y":null,"x":true}],"2":"é","z":2e0,"01":-0,"4294967295":0}"#;
        let read = Ordered::read(text).unwrap();
        let written = serde_json::to_string(&read).unwrap();
        assert_eq!(
            written,
            r#"{"2":"é","10":9007199254740992,"z":2,"b":[{"y":null,"x":true}],"01":0,"4294967295":0}"#
        );
        assert_eq!(Ordered::read(&written).unwrap(), read);
        assert_eq!(read.get("z"), Some(&Ordered::Plain(2.into())));
    }

    #[test]
    fn leaves_out_what_another_value_lacks() {
        let mut read =
            Ordered::read(r#"{"b":{"y":1,"x":null},"a":[{"d":null,"c":2},3],"e":null}"#).unwrap();
        read.retain(&serde_json::json!({"a": [{"c": 2}, 3], "b": {"y": 1}}));
        assert_eq!(
            serde_json::to_string(&read).unwrap(),
            r#"{"b":{"y":1},"a":[{"c":2},3]}"#
        );
    }
}
