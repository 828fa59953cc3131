//! Reads a registration body: which keys it declares where, of which types. And names it: by its SHA-256.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;
use sha2::{Digest, Sha256};

/// `POST /audit_logs/actions/{action}/schemas`
#[derive(Clone, Debug, Deserialize)]
pub struct Body {
    #[serde(default)]
    pub actor: Actor,
    #[serde(default)]
    pub metadata: Metadata,
    pub targets: Vec<Target>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Actor {
    #[serde(default)]
    pub metadata: Metadata,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Target {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub metadata: Metadata,
}

/// The schema of one metadata object, as far as it is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Metadata {
    #[serde(default)]
    pub properties: BTreeMap<String, Property>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Property {
    #[serde(rename = "type")]
    pub json: Json,
}

/// The types that a metadata value can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Json {
    String,
    Integer,
    Number,
    Boolean,
}

impl Json {
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
        }
    }
}

impl Body {
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// How many metadata keys it declares, wherever they stand.
    pub fn keys(&self) -> usize {
        let targets: usize = self.targets.iter().map(|target| target.metadata.properties.len()).sum();
        self.metadata.properties.len() + self.actor.metadata.properties.len() + targets
    }
}

/// A body's identity, in hexadecimal.
pub fn sha256(body: &str) -> String {
    Sha256::digest(body.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing into a `String` can't fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_service_takes() -> Result<(), serde_json::Error> {
        let body = Body::parse(
            r#"{"actor": {"metadata": {"properties": {"role": {"enum": ["admin"], "type": "string"}}, "required": ["role"], "type": "object"}},
               "targets": [{"type": "team"}, {"type": "user", "metadata": {"properties": {"n": {"type": "integer"}}}}]}"#,
        )?;
        assert_eq!(body.keys(), 2);
        assert!(body.metadata.properties.is_empty());
        assert_eq!(body.actor.metadata.properties["role"].json, Json::String);
        assert_eq!(body.targets[1].metadata.properties["n"].json, Json::Integer);
        assert!(Body::parse(r#"{"metadata": {}}"#).is_err(), "targets are required");
        Ok(())
    }

    #[test]
    fn hashes() {
        assert_eq!(sha256("hello\n"), "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
    }
}
