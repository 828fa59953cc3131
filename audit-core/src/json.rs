//! Reads an event's JSON without `serde_json`, whose features anyone in the build may turn on: they change what its parser gives to
//! serializers.

use std::borrow::Cow;

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

/// The text of one valid JSON value, without white space around it.
#[derive(Clone, Copy, Debug)]
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
            _ => self.scalar(serializer),
        }
    }
}

impl<'j> Json<'j> {
    fn scalar<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
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
        }
    }

    /// The members of a list, or the keys and values of an object in turn.
    pub fn parts(self) -> Parts<'j> {
        let inside = self
            .0
            .get(1..self.0.len().saturating_sub(1))
            .unwrap_or_default();
        Parts { rest: inside }
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
            unescaped(inside).map(Cow::Owned)
        } else {
            Some(Cow::Borrowed(inside))
        }
    }
}

/// [`Json::parts`]
#[derive(Debug)]
pub struct Parts<'j> {
    rest: &'j str,
}

impl<'j> Iterator for Parts<'j> {
    type Item = Json<'j>;

    fn next(&mut self) -> Option<Json<'j>> {
        let rest = self
            .rest
            .trim_start_matches([',', ':', ' ', '\t', '\n', '\r']);
        let (value, rest) = rest.split_at(value_end(rest.as_bytes())?);
        self.rest = rest;
        Some(Json(value))
    }
}

/// Where the value that the bytes begin with ends; none where there is no value.
fn value_end(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'"' => string_end(bytes, at)?,
            b'{' | b'[' => {
                depth += 1;
                at + 1
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                at + 1
            }
            b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' if depth == 0 => return Some(at),
            _ => {
                at += 1;
                continue;
            }
        };
        if depth == 0 {
            return Some(at);
        }
    }
    (at > 0 && depth == 0).then_some(at)
}

/// Where the string that begins at `from` ends.
fn string_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn unescaped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = rest[at + 1..].chars().next()?;
        rest = &rest[at + 1 + escape.len_utf8()..];
        out.push(match escape {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => code_point(&mut rest)?,
            '"' | '\\' | '/' => escape,
            _ => return None,
        });
    }
    out.push_str(rest);
    Some(out)
}

/// The character of a `\u` and four digits, or of two of them that are a surrogate pair.
fn code_point(rest: &mut &str) -> Option<char> {
    let unit = |rest: &mut &str| {
        let (digits, after) = rest.split_at_checked(4)?;
        *rest = after;
        u32::from_str_radix(digits, 16).ok()
    };
    let first = unit(rest)?;
    if !(0xD800..0xDC00).contains(&first) {
        return char::from_u32(first);
    }
    *rest = rest.strip_prefix("\\u")?;
    let second = unit(rest).filter(|second| (0xDC00..0xE000).contains(second))?;
    char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00))
}

#[cfg(test)]
mod tests;
