//! Makes a [`Node`] of a JSON Schema, and refuses what Ajv's strict mode refuses.

mod containers;
mod strict;
mod values;

use serde_json::{Map, Value};

use super::node::{Node, Pattern, Rules};
use super::words::{fragment, pointer};

/// What is wrong with a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where: a JSON pointer.
    pub at: String,
    /// What, beginning with a verb or the keyword.
    pub message: String,
}

/// Compiles a schema that stands at `path` (`#` for the root); all that is wrong with it otherwise.
pub fn compile(schema: &Value, path: &str) -> Result<Node, Vec<Refused>> {
    let mut compiler = Compiler::default();
    let node = compiler.node(schema, &Place { schema: path.to_owned(), pointer: String::new() });
    if compiler.refused.is_empty() { Ok(node) } else { Err(compiler.refused) }
}

/// Where a schema stands.
struct Place {
    /// In the fragment of a URL, as errors show it.
    schema: String,
    /// As a pointer, for those who read what we refuse.
    pointer: String,
}

impl Place {
    fn below(&self, segment: &str) -> Self {
        Self { schema: format!("{}/{}", self.schema, fragment(segment)), pointer: format!("{}/{}", self.pointer, pointer(segment)) }
    }
}

#[derive(Default)]
struct Compiler {
    refused: Vec<Refused>,
}

impl Compiler {
    fn refuse(&mut self, place: &Place, message: impl Into<String>) {
        self.refused.push(Refused { at: place.pointer.clone(), message: message.into() });
    }

    fn node(&mut self, schema: &Value, place: &Place) -> Node {
        match schema {
            Value::Bool(valid) => Node::Bool { valid: *valid, path: place.schema.clone() },
            Value::Object(keywords) => Node::Rules(Box::new(self.rules(keywords, place))),
            _ => {
                self.refuse(place, "isn't a schema: an object or a boolean");
                Node::Bool { valid: true, path: place.schema.clone() }
            }
        }
    }

    fn rules(&mut self, keywords: &Map<String, Value>, place: &Place) -> Rules {
        self.strict(keywords, place);
        let mut rules = Rules {
            path: place.schema.clone(),
            types: self.types(keywords, place),
            common: Vec::new(),
            number: Vec::new(),
            string: Vec::new(),
            array: Vec::new(),
            object: Vec::new(),
        };
        self.common(keywords, place, &mut rules.common);
        self.number(keywords, place, &mut rules.number);
        self.string(keywords, place, &mut rules.string);
        self.array(keywords, place, &mut rules.array);
        self.object(keywords, place, &mut rules.object);
        rules
    }

    pub(super) fn list(&mut self, value: &Value, place: &Place) -> Vec<Node> {
        match value.as_array() {
            Some(list) if !list.is_empty() => {
                list.iter().enumerate().map(|(index, schema)| self.node(schema, &place.below(&index.to_string()))).collect()
            }
            _ => {
                self.refuse(place, "must be array with at least 1 item");
                Vec::new()
            }
        }
    }

    pub(super) fn count(&mut self, keywords: &Map<String, Value>, keyword: &str, place: &Place) -> Option<u64> {
        let value = keywords.get(keyword)?;
        let count = value.as_u64();
        if count.is_none() {
            self.refuse(&place.below(keyword), "must be integer >= 0");
        }
        count
    }

    pub(super) fn schemas(&mut self, keywords: &Map<String, Value>, keyword: &str, place: &Place) -> Vec<(String, Node)> {
        let at = place.below(keyword);
        match keywords.get(keyword) {
            None => Vec::new(),
            Some(Value::Object(members)) => {
                members.iter().map(|(name, schema)| (name.clone(), self.node(schema, &at.below(name)))).collect()
            }
            Some(_) => {
                self.refuse(&at, "must be object");
                Vec::new()
            }
        }
    }

    pub(super) fn pattern(&mut self, source: &str, at: &Place) -> Option<Pattern> {
        match regress::Regex::with_flags(source, "u") {
            Ok(expression) => Some(Pattern { source: source.to_owned(), expression }),
            Err(error) => {
                self.refuse(at, format!("Invalid regular expression: /{source}/u: {error}"));
                None
            }
        }
    }

    pub(super) fn names(&mut self, value: &Value, place: &Place) -> Vec<String> {
        let names: Option<Vec<String>> =
            value.as_array().and_then(|list| list.iter().map(|name| name.as_str().map(str::to_owned)).collect());
        match names {
            None => self.refuse(place, "must be array of strings"),
            Some(names) if value.as_array().is_some_and(|list| has_twice(list)) => {
                self.refuse(place, format!("must NOT have duplicate items: {}", names.join(", ")));
            }
            Some(names) => return names,
        }
        Vec::new()
    }
}

fn has_twice(list: &[Value]) -> bool {
    list.iter().enumerate().any(|(index, value)| list[..index].contains(value))
}
