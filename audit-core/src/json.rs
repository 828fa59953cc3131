//! Reads an event's JSON. `serde_json` finds its values and never makes them: the features that anyone in the build may turn on change
//! what its parser gives to serializers.

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Deserializer;

/// The text of one valid JSON value, without white space around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json<'j>(pub &'j str);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_bytes().first() {
            Some(b'{') => {
                let mut map = serializer.serialize_map(Some(self.members().count()))?;
                for (key, value) in self.members() {
                    map.serialize_entry(&key, &value)?;
                }
                map.end()
            }
            Some(b'[') => {
                let mut list = serializer.serialize_seq(Some(self.parts().count()))?;
                for part in self.parts() {
                    list.serialize_element(&part)?;
                }
                list.end()
            }
            Some(b'"') => serializer.serialize_str(
                &self
                    .text()
                    .ok_or_else(|| S::Error::custom("not a JSON string"))?,
            ),
            _ => match self.0 {
                "null" => serializer.serialize_unit(),
                "true" => serializer.serialize_bool(true),
                "false" => serializer.serialize_bool(false),
                number => {
                    if let Ok(number) = number.parse::<u64>() {
                        serializer.serialize_u64(number)
                    } else if let Ok(number) = number.parse::<i64>() {
                        serializer.serialize_i64(number)
                    } else {
                        serializer.serialize_f64(number.parse().map_err(S::Error::custom)?)
                    }
                }
            },
        }
    }
}

impl<'j> Json<'j> {
    /// The members of a list, or the keys and values of an object in turn.
    pub fn parts(self) -> impl Iterator<Item = Self> {
        let inside = self.0.get(1..self.0.len().saturating_sub(1));
        let mut rest = inside.unwrap_or_default();
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches([',', ':', ' ', '\t', '\n', '\r']);
            let mut values = Deserializer::from_str(rest).into_iter::<IgnoredAny>();
            values.next()?.ok()?;
            let (value, behind) = rest.split_at(values.byte_offset());
            rest = behind;
            Some(Self(value))
        })
    }

    /// The keys and values of an object.
    pub fn members(self) -> impl Iterator<Item = (Self, Self)> {
        let mut parts = self.parts();
        std::iter::from_fn(move || parts.next().zip(parts.next()))
    }

    /// What a string's literal says.
    pub fn text(self) -> Option<Cow<'j, str>> {
        let inside = self.0.strip_prefix('"')?.strip_suffix('"')?;
        if inside.contains('\\') {
            serde_json::from_str(self.0).ok().map(Cow::Owned)
        } else {
            Some(Cow::Borrowed(inside))
        }
    }
}

#[cfg(test)]
mod tests;
