//! How a fault's settings are written as JSON.

use serde::Deserialize;

/// `3` and `"3"` are the same.
pub fn seconds_or_text<'de, D: serde::Deserializer<'de>>(
    from: D,
) -> Result<Option<String>, D::Error> {
    match serde_json::Value::deserialize(from)? {
        serde_json::Value::Null => Ok(None),
        serde_json::Value::String(text) => Ok(Some(text)),
        serde_json::Value::Number(seconds) if seconds.is_u64() => Ok(Some(seconds.to_string())),
        other => Err(serde::de::Error::custom(format!(
            "`retry_after` is a number of seconds, 0 or more, or a date, not `{other}`"
        ))),
    }
}

/// Durations in JSON are milliseconds.
pub mod millis {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(duration: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_millis)
    }
}
