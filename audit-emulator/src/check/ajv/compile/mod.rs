//! Makes a [`Node`] of a JSON Schema, and refuses what Ajv's strict mode refuses.

mod containers;
mod strict;
mod values;

use serde_json::{Map, Value};

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::budget::Budget;
use super::node::{Node, Rules};
use super::path::Place;
use super::pattern::Pattern;
use super::words::canonical;

/// How deep a schema may be nested, counted in steps of its paths.
const MAX_DEPTH: usize = 100;
/// Of how many schemas it may be made.
const MAX_NODES: usize = 10_000;
/// How much memory all of its patterns may take, in bytes: about 250 small ones. The same one in several places is one.
const MAX_PATTERNS: usize = 8 * 1024 * 1024;
/// What one of its schemas takes, about, in bytes.
const NODE: usize = 400;
/// No more is said once what is wrong takes so many bytes.
const MAX_SAID: usize = 64 * 1024;

/// What is wrong with a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where: a JSON pointer.
    pub at: String,
    /// What, beginning with a verb or the keyword.
    pub message: String,
}

/// A schema that is ready to be held against data.
#[derive(Debug)]
pub struct Compiled {
    /// The schema.
    pub(super) root: Node,
    /// How much memory it takes, about, in bytes.
    pub size: usize,
}

/// Compiles a schema; what is wrong with it otherwise.
pub fn compile(schema: &Value) -> Result<Compiled, Vec<Refused>> {
    let mut compiler = Compiler {
        refused: Vec::new(),
        said: 0,
        nodes: 0,
        known: HashMap::new(),
        patterns: 0,
        values: 0,
        too_large: false,
        described_only: false,
        budget: Budget::new(),
    };
    let root = compiler.node(schema, &Place::root());
    if compiler.refused.is_empty() {
        Ok(Compiled {
            root,
            size: compiler.nodes * NODE + compiler.patterns + compiler.values,
        })
    } else {
        Err(compiler.refused)
    }
}

struct Compiler {
    refused: Vec<Refused>,
    /// How many bytes that is.
    said: usize,
    /// How many schemas were read.
    nodes: usize,
    /// The patterns so far: the same one often stands in several places.
    known: HashMap<String, Arc<Pattern>>,
    /// How many bytes they take.
    patterns: usize,
    /// How many bytes `const`, `enum` and lists of names take.
    values: usize,
    /// Then the rest isn't looked at.
    too_large: bool,
    /// Within `definitions`, which Ajv holds against the schema of schemas and doesn't compile.
    described_only: bool,
    budget: Budget,
}

impl Compiler {
    fn refuse(&mut self, place: &Place, message: impl Into<String>) {
        if self.said >= MAX_SAID {
            return;
        }
        let refused = Refused {
            at: place.pointer(),
            message: message.into(),
        };
        self.said += refused.at.len() + refused.message.len();
        self.refused.push(refused);
    }

    /// What only strict mode refuses.
    fn refuse_strictly(&mut self, place: &Place, message: impl Into<String>) {
        if !self.described_only {
            self.refuse(place, message);
        }
    }

    fn stop(&mut self, place: &Place, why: &str) {
        if !self.too_large {
            self.too_large = true;
            self.refuse(place, format!("this emulator takes no schema that {why}"));
        }
    }

    fn node(&mut self, schema: &Value, place: &Place) -> Node {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            self.stop(place, &format!("is made of more than {MAX_NODES} schemas"));
        }
        if place.depth() > MAX_DEPTH {
            self.stop(
                place,
                &format!("is nested more than {MAX_DEPTH} levels deep"),
            );
        }
        match schema {
            _ if self.too_large => Node::Bool {
                valid: true,
                path: place.clone(),
            },
            Value::Bool(valid) => Node::Bool {
                valid: *valid,
                path: place.clone(),
            },
            Value::Object(keywords) => Node::Rules(Box::new(self.rules(keywords, place))),
            _ => {
                self.refuse(place, "isn't a schema: an object or a boolean");
                Node::Bool {
                    valid: true,
                    path: place.clone(),
                }
            }
        }
    }

    fn rules(&mut self, keywords: &Map<String, Value>, place: &Place) -> Rules {
        self.strict(keywords, place);
        let mut rules = Rules {
            path: place.clone(),
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
            Some(list) if !list.is_empty() => list
                .iter()
                .enumerate()
                .map(|(index, schema)| self.node(schema, &place.below(&index.to_string())))
                .collect(),
            _ => {
                self.refuse(place, "must be array with at least 1 item");
                Vec::new()
            }
        }
    }

    pub(super) fn count(
        &mut self,
        keywords: &Map<String, Value>,
        keyword: &str,
        place: &Place,
    ) -> Option<u64> {
        let value = keywords.get(keyword)?;
        let count = value.as_u64();
        if count.is_none() {
            self.refuse(&place.below(keyword), "must be integer >= 0");
        }
        count
    }

    pub(super) fn schemas(
        &mut self,
        keywords: &Map<String, Value>,
        keyword: &str,
        place: &Place,
    ) -> Vec<(String, Node)> {
        let at = place.below(keyword);
        match keywords.get(keyword) {
            None => Vec::new(),
            Some(Value::Object(members)) => {
                // Ajv passes over what a JavaScript object can't have as a key.
                let named = members.iter().filter(|(name, _)| *name != "__proto__");
                named
                    .map(|(name, schema)| (name.clone(), self.node(schema, &at.below(name))))
                    .collect()
            }
            Some(_) => {
                self.refuse(&at, "must be object");
                Vec::new()
            }
        }
    }

    pub(super) fn pattern(&mut self, source: &str, at: &Place) -> Option<Arc<Pattern>> {
        if self.too_large || self.described_only {
            return None;
        }
        if let Some(known) = self.known.get(source) {
            return Some(Arc::clone(known));
        }
        match Pattern::new(source) {
            Ok(pattern) => {
                let pattern = Arc::new(pattern);
                self.known.insert(source.to_owned(), Arc::clone(&pattern));
                self.patterns += pattern.size();
                if self.patterns > MAX_PATTERNS {
                    self.stop(at, &format!("has patterns of more than {MAX_PATTERNS} bytes once they are spelled out"));
                }
                Some(pattern)
            }
            Err(why) => {
                self.refuse(at, why);
                None
            }
        }
    }

    pub(super) fn names(&mut self, value: &Value, place: &Place) -> Vec<String> {
        let names: Option<Vec<String>> = value.as_array().and_then(|list| {
            list.iter()
                .map(|name| name.as_str().map(str::to_owned))
                .collect()
        });
        match names {
            None => self.refuse(place, "must be array of strings"),
            Some(names) if value.as_array().is_some_and(|list| has_twice(list)) => {
                self.refuse(
                    place,
                    format!("must NOT have duplicate items: {}", names.join(", ")),
                );
            }
            Some(names) => {
                self.values += names.iter().map(|name| name.len() + 24).sum::<usize>();
                return names;
            }
        }
        Vec::new()
    }
}

fn has_twice(list: &[Value]) -> bool {
    let mut seen = HashSet::new();
    list.iter().any(|value| !seen.insert(canonical(value)))
}
