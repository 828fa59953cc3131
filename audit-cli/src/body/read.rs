//! Reads a registration body as the service takes it, and says where one isn't as it should be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use audit_core::limits::{METADATA_KEYS, is_key};
use serde_json::Value;

use super::{Body, Keywords, Metadata, Property, Types};
use crate::json::{Node, Problem};

/// A file of schemas that is larger holds something else: 22 metadata objects of 50 keys come to some 100 KiB.
pub const MAX_BYTES: u64 = 16 << 20;

/// What says something to people only.
const ANNOTATIONS: [&str; 10] =
    ["$comment", "$id", "$schema", "default", "deprecated", "description", "examples", "readOnly", "title", "writeOnly"];

/// How many problems of one file are worth reading.
const MAX_PROBLEMS: usize = 20;

/// What a file says, as far as it can be read, and what is wrong with the rest.
#[derive(Debug, Default)]
pub struct Reading {
    pub body: Body,
    pub problems: Vec<Problem>,
}

impl Body {
    /// Reads a text in which nothing may be wrong.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let Reading { body, problems } = read(Node::parse(text)?);
        match problems.into_iter().next() {
            Some(problem) => Err(problem),
            None => Ok(body),
        }
    }
}

/// A file's bytes, unless it is too large to be what it should be.
pub fn bytes_of(path: &Path, max_bytes: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(max_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max_bytes {
        let limit = max_bytes >> 20;
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {limit} MiB, which no schema is")));
    }
    Ok(bytes)
}

/// Reads the bytes of a file.
pub fn read_bytes(bytes: &[u8]) -> Reading {
    match Node::parse_bytes(bytes) {
        Ok(node) => read(node),
        Err(problem) => Reading { problems: vec![problem], ..Reading::default() },
    }
}

/// Reads a registration body.
pub fn read(node: Node<'_>) -> Reading {
    let mut reader = Reader::default();
    let body = reader.body(node, &["actor", "metadata", "targets"]);
    Reading { body, problems: reader.problems }
}

/// Reads one metadata object; the text is what to call it.
pub type ReadMetadata = fn(&mut Reader, Node<'_>, &str) -> Metadata;

/// Reads the schema of one key.
pub type ReadProperty = fn(&mut Reader, &str, Node<'_>) -> Option<Property>;

/// Collects what is wrong, and goes on.
pub struct Reader {
    pub problems: Vec<Problem>,
    /// How many problems there are beyond those.
    pub more: usize,
    metadata: ReadMetadata,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new(Self::schema)
    }
}

impl Reader {
    /// A reader of bodies whose metadata objects are written in another way.
    pub fn new(metadata: ReadMetadata) -> Self {
        Self { problems: Vec::new(), more: 0, metadata }
    }

    pub fn report(&mut self, node: Node<'_>, message: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(node.problem(message));
        } else {
            self.more += 1;
        }
    }

    /// The members, each once; reports what stands twice.
    pub fn object<'t>(&mut self, node: Node<'t>, what: &str) -> Option<Vec<(String, Node<'t>)>> {
        let Some(members) = node.members() else {
            self.report(node, format!("{what} must be an object, not {}", node.kind().name()));
            return None;
        };
        let mut seen = BTreeSet::new();
        let mut once = Vec::with_capacity(members.len());
        for (key, value) in members {
            if seen.insert(key.clone()) {
                once.push((key, value));
            } else {
                self.report(value, format!("{what} has {key:?} twice"));
            }
        }
        Some(once)
    }

    /// A body among `known` members; others are reported.
    pub fn body(&mut self, node: Node<'_>, known: &[&str]) -> Body {
        let mut body = Body::default();
        let Some(members) = self.object(node, "a registration body") else { return body };
        for (key, value) in &members {
            match key.as_str() {
                "actor" => body.actor = self.actor(*value),
                "metadata" => body.metadata = (self.metadata)(self, *value, "`metadata`"),
                "targets" => body.targets = self.targets(*value),
                other if known.contains(&other) => {}
                other => self.report(*value, format!("a registration body has no {other:?}: it has actor, metadata, targets")),
            }
        }
        if !members.iter().any(|(key, _)| key == "targets") {
            self.report(node, "a registration body needs `targets`");
        }
        body
    }

    fn actor(&mut self, node: Node<'_>) -> Metadata {
        let mut metadata = Metadata::default();
        for (key, value) in self.object(node, "`actor`").unwrap_or_default() {
            match key.as_str() {
                "metadata" => metadata = (self.metadata)(self, value, "the actor's `metadata`"),
                other => self.report(value, format!("`actor` has no {other:?}: it has metadata")),
            }
        }
        metadata
    }

    fn targets(&mut self, node: Node<'_>) -> BTreeMap<String, Metadata> {
        let Some(items) = node.items() else {
            self.report(node, format!("`targets` must be a list, not {}", node.kind().name()));
            return BTreeMap::new();
        };
        if items.is_empty() {
            self.report(node, "`targets` is empty: an event has 1 to 20 targets");
        }
        let mut targets = BTreeMap::new();
        for item in items {
            if let Some((kind, metadata)) = self.target(item)
                && targets.insert(kind.clone(), metadata).is_some()
            {
                self.report(item, format!("the target type {kind:?} stands there twice"));
            }
        }
        targets
    }

    fn target(&mut self, node: Node<'_>) -> Option<(String, Metadata)> {
        let (mut kind, mut metadata) = (None, Metadata::default());
        let members = self.object(node, "a target")?;
        for (key, value) in members {
            match key.as_str() {
                "type" => {
                    kind = value.string();
                    if kind.is_none() {
                        self.report(value, format!("a target's `type` must be a string, not {}", value.kind().name()));
                        return None;
                    }
                }
                "metadata" => metadata = (self.metadata)(self, value, "a target's `metadata`"),
                other => self.report(value, format!("a target has no {other:?}: it has metadata, type")),
            }
        }
        if kind.is_none() {
            self.report(node, "a target needs a `type`");
        }
        Some((kind?, metadata))
    }

    /// A JSON Schema of one metadata object.
    pub fn schema(&mut self, node: Node<'_>, what: &str) -> Metadata {
        let members = self.object(node, what).unwrap_or_default();
        self.schema_of(node, &members, what, Self::property)
    }

    /// The same of its members.
    pub fn schema_of(&mut self, node: Node<'_>, members: &[(String, Node<'_>)], what: &str, property: ReadProperty) -> Metadata {
        let mut metadata = Metadata::default();
        let mut named = BTreeSet::new();
        for (keyword, value) in members.iter().map(|(keyword, value)| (keyword, *value)) {
            match keyword.as_str() {
                "type" if value.string().as_deref() == Some("object") => {}
                "type" => self.report(value, format!("{what} must be of type \"object\"")),
                "properties" => metadata.properties = self.properties(value, "`properties`", property, &mut named),
                "required" => metadata.required = self.required(value),
                "additionalProperties" => self.additional(value, &mut metadata),
                _ => self.keyword(keyword, value, &mut metadata.constraints, &mut metadata.annotations),
            }
        }
        if !metadata.open
            && let Some(key) = metadata.required.iter().find(|key| !named.contains(*key))
        {
            self.report(
                node,
                format!("`required` names {key:?}, which isn't among the properties of a closed object: no event could be valid"),
            );
        }
        metadata
    }

    fn additional(&mut self, node: Node<'_>, metadata: &mut Metadata) {
        match (node.boolean(), node.value()) {
            (Some(open), _) => metadata.open = open,
            (None, Some(Value::Object(schema))) if schema.is_empty() => metadata.open = true,
            (None, Some(schema @ Value::Object(_))) => {
                metadata.constraints.insert("additionalProperties".into(), schema);
            }
            _ => self.report(node, "`additionalProperties` must be a boolean or a schema"),
        }
    }

    fn required(&mut self, node: Node<'_>) -> BTreeSet<String> {
        let Some(items) = node.items() else {
            self.report(node, format!("`required` must be a list of keys, not {}", node.kind().name()));
            return BTreeSet::new();
        };
        let mut keys = BTreeSet::new();
        for item in items {
            match item.string() {
                Some(key) => drop(keys.insert(key)),
                None => self.report(item, format!("`required` lists keys, not {}", item.kind().name())),
            }
        }
        keys
    }

    /// The keys that a value can have, each read by `property`; `named` gets the others, too, which are reported.
    pub fn properties(
        &mut self,
        node: Node<'_>,
        what: &str,
        property: ReadProperty,
        named: &mut BTreeSet<String>,
    ) -> BTreeMap<String, Property> {
        let members = self.object(node, what).unwrap_or_default();
        if members.len() > METADATA_KEYS {
            self.report(node, format!("{} keys, at most {METADATA_KEYS} are allowed", members.len()));
        }
        let mut properties = BTreeMap::new();
        for (key, value) in members {
            named.insert(key.clone());
            if !is_key(&key) {
                self.report(value, format!("the key {key:?} isn't possible: a key has 1 to 40 letters, digits, `_` or `-`"));
            } else if let Some(property) = property(self, &key, value) {
                properties.insert(key, property);
            }
        }
        properties
    }

    /// The schema of one value; `None` where no value can be that.
    pub fn property(&mut self, key: &str, node: Node<'_>) -> Option<Property> {
        let members = self.object(node, &format!("the schema of {key:?}"))?;
        let mut property = Property::of(Types::ANY);
        for (keyword, value) in members {
            match keyword.as_str() {
                "type" => property.types = self.types(key, value)?,
                "properties" | "items" | "prefixItems" => {
                    self.report(value, format!("{key:?} is nested: a metadata value is a string, a number or a boolean"));
                    return None;
                }
                "enum" => property.values = self.values(key, value),
                "maxLength" => match value.whole_number() {
                    Some(max_len) => property.max_len = Some(max_len),
                    None => self.report(value, format!("`maxLength` of {key:?} must be a whole number")),
                },
                _ => self.keyword(&keyword, value, &mut property.constraints, &mut property.annotations),
            }
        }
        Some(property)
    }

    fn types(&mut self, key: &str, node: Node<'_>) -> Option<Types> {
        let names: Vec<Option<String>> = match node.items() {
            Some(items) => items.iter().map(Node::string).collect(),
            None => vec![node.string()],
        };
        let mut types = Types(0);
        for name in names.iter().flatten() {
            match (name.as_str(), Types::named(name)) {
                (_, Some(one)) => types = types.and(one),
                // The service refuses `null` whatever the schema says.
                ("null", None) => {}
                ("object" | "array", None) => {
                    self.report(node, format!("{key:?} is nested: a metadata value is a string, a number or a boolean"));
                    return None;
                }
                (other, None) => {
                    self.report(node, format!("{key:?} has the type {other:?}, which JSON Schema doesn't know"));
                    return None;
                }
            }
        }
        if types.is_empty() {
            self.report(node, format!("{key:?} can have no value: its type must be string, integer, number or boolean"));
            return None;
        }
        Some(types)
    }

    fn values(&mut self, key: &str, node: Node<'_>) -> Option<Vec<Value>> {
        let values = node.items().map(|items| items.iter().map(Node::value).collect::<Option<Vec<_>>>());
        let Some(Some(mut values)) = values else {
            self.report(node, format!("`enum` of {key:?} must be a list of values"));
            return None;
        };
        if values.iter().any(|value| value.is_object() || value.is_array()) {
            self.report(node, format!("`enum` of {key:?} holds a value that is nested: no metadata value is"));
        }
        values.sort_by_cached_key(|value| value.as_str().map_or_else(|| (1, value.to_string()), |text| (0, text.into())));
        values.dedup();
        Some(values)
    }

    fn keyword(&mut self, keyword: &str, node: Node<'_>, constraints: &mut Keywords, annotations: &mut Keywords) {
        let Some(value) = node.value() else {
            self.report(node, format!("`{keyword}` is nested too deeply"));
            return;
        };
        let place = if ANNOTATIONS.contains(&keyword) { annotations } else { constraints };
        place.insert(keyword.into(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        read_bytes(text.as_bytes()).problems.iter().map(ToString::to_string).collect()
    }

    fn property(schema: &str) -> Vec<String> {
        problems(&format!("{{\"targets\": [{{\"type\": \"team\"}}],\n\"metadata\": {{\"properties\": {{\n\"a\": {schema}}}}}}}"))
    }

    #[test]
    fn reads_what_the_service_takes() -> Result<(), Problem> {
        let body = Body::parse(
            r#"{"actor": {"metadata": {"properties": {"role": {"enum": ["b", "a", "b"], "type": "string"}}, "required": ["role"], "type": "object"}},
               "targets": [{"type": "team"}, {"type": "user", "metadata": {"properties": {"n": {"type": ["integer", "null"]}}, "additionalProperties": false}}]}"#,
        )?;
        assert_eq!(body.keys(), 2);
        assert!(body.metadata.properties.is_empty() && body.metadata.open);
        assert_eq!(body.actor.properties["role"].names(), Some(vec!["a", "b"]));
        assert_eq!(body.targets["user"].properties["n"].types, Types::INTEGER);
        assert!(!body.targets["user"].open);
        Ok(())
    }

    #[test]
    fn keeps_what_it_knows_no_place_for() -> Result<(), Problem> {
        let body = Body::parse(
            r#"{"targets": [{"type": "team"}], "metadata": {"description": "d", "minProperties": 1, "additionalProperties": {"type": "string"},
               "properties": {"a": {"type": "string", "pattern": "^x", "title": "A"}}}}"#,
        )?;
        let a = &body.metadata.properties["a"];
        assert_eq!((a.constraints.len(), a.annotations.len()), (1, 1));
        assert_eq!(body.metadata.constraints.keys().collect::<Vec<_>>(), ["additionalProperties", "minProperties"]);
        assert!(body.metadata.open && body.metadata.annotations.contains_key("description"));
        Ok(())
    }

    #[test]
    fn says_where_a_body_is_none() {
        assert_eq!(problems("[]"), ["1:1: a registration body must be an object, not a list"]);
        assert_eq!(problems("{\n}"), ["1:1: a registration body needs `targets`"]);
        assert_eq!(problems("{\"targets\": []}"), ["1:13: `targets` is empty: an event has 1 to 20 targets"]);
        assert_eq!(
            problems("{\"targets\": [{}, {\"type\": 1}, {\"type\": \"a\"}, {\"type\": \"a\"}],\n\"aktor\": {}}"),
            [
                "1:14: a target needs a `type`",
                "1:27: a target's `type` must be a string, not a number",
                "1:46: the target type \"a\" stands there twice",
                "2:10: a registration body has no \"aktor\": it has actor, metadata, targets",
            ]
        );
    }

    #[test]
    fn says_where_a_property_is_none() {
        let nested = "\"a\" is nested: a metadata value is a string, a number or a boolean";
        assert_eq!(property(r#"{"type": "object"}"#), [format!("3:15: {nested}")]);
        assert_eq!(property(r#"{"items": {}}"#), [format!("3:16: {nested}")]);
        assert_eq!(property(r#"{"type": "text"}"#), ["3:15: \"a\" has the type \"text\", which JSON Schema doesn't know"]);
        assert_eq!(property("true"), ["3:6: the schema of \"a\" must be an object, not a boolean"]);
        assert_eq!(property("{}, \"a\": {}"), ["3:15: `properties` has \"a\" twice"]);
        assert_eq!(
            property("{}, \"b c\": {}"),
            ["3:17: the key \"b c\" isn't possible: a key has 1 to 40 letters, digits, `_` or `-`"]
        );
    }

    #[test]
    fn deep_and_long_files_end_in_a_few_problems() {
        let deep = format!("{{\"targets\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(problems(&deep).len(), 1);
        let many = format!("{{\"targets\": [{}1]}}", "1,".repeat(100_000));
        assert_eq!(problems(&many).len(), MAX_PROBLEMS);
    }
}
