//! Reads a registration body as the service takes it, and says where one isn't as it should be.

mod examples;
pub mod keywords;
mod schema;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use audit_core::limits::MAX_TARGETS;
pub use audit_rules::folder::{MAX_BODY_BYTES, MAX_FILE_BYTES as MAX_BYTES};

use super::{Body, Metadata, Property};
use crate::json::{Node, Problem};

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
    // Asked before opening it: opening a pipe waits for its writer.
    let about = fs::metadata(path)?;
    if !about.is_file() {
        return Err(io::Error::other("not a file"));
    }
    // As large as it says and a byte more, so that reading it takes as few steps as it can.
    let mut bytes =
        Vec::with_capacity(usize::try_from(about.len().min(max_bytes)).unwrap_or_default() + 1);
    File::open(path)?
        .take(max_bytes + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max_bytes {
        let limit = max_bytes >> 20;
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("larger than {limit} MiB, which no schema is"),
        ));
    }
    Ok(bytes)
}

/// Reads the bytes of a file.
pub fn read_bytes(bytes: &[u8]) -> Reading {
    match Node::parse_bytes(bytes) {
        Ok(node) => read(node),
        Err(problem) => Reading {
            problems: vec![problem],
            ..Reading::default()
        },
    }
}

/// Reads a registration body.
pub fn read(node: Node<'_>) -> Reading {
    let mut reader = Reader::default();
    let body = reader.body(node, &[]);
    Reading {
        body,
        problems: reader.problems,
    }
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
        Self {
            problems: Vec::new(),
            more: 0,
            metadata,
        }
    }

    pub fn report(&mut self, node: Node<'_>, message: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(node.problem(message));
        } else {
            self.more += 1;
        }
    }

    pub fn mismatch(&mut self, node: Node<'_>, what: &str, expected: &str) {
        let message = format!("{what} must be {expected}, not {}", node.kind().name());
        self.report(node, message);
    }

    /// The members, each once; reports what stands twice.
    pub fn object<'t>(&mut self, node: Node<'t>, what: &str) -> Option<Vec<(String, Node<'t>)>> {
        let Some(members) = node.members() else {
            self.mismatch(node, what, "an object");
            return None;
        };
        let mut seen = BTreeSet::new();
        let (once, again): (Vec<_>, Vec<_>) = members
            .into_iter()
            .partition(|(key, _)| seen.insert(key.clone()));
        for (key, value) in again {
            self.report(value, format!("{what} has {key:?} twice"));
        }
        Some(once)
    }

    /// A body among `known` members; others are reported.
    pub fn body(&mut self, node: Node<'_>, known: &[&str]) -> Body {
        let mut body = Body::default();
        let Some(members) = self.object(node, "a registration body") else {
            return body;
        };
        for (key, value) in &members {
            match key.as_str() {
                "actor" => body.actor = self.actor(*value),
                "metadata" => body.metadata = (self.metadata)(self, *value, "`metadata`"),
                "targets" => body.targets = self.targets(*value),
                other if known.contains(&other) => {}
                other => self.report(
                    *value,
                    format!(
                        "a registration body has no {other:?}: it has actor, metadata, targets"
                    ),
                ),
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
            self.mismatch(node, "`targets`", "a list");
            return BTreeMap::new();
        };
        if items.is_empty() {
            self.report(
                node,
                format!("`targets` is empty: an event has 1 to {MAX_TARGETS} targets"),
            );
        }
        if items.len() > MAX_TARGETS {
            self.report(
                node,
                format!("{} target types, and an event has 1 to {MAX_TARGETS} targets, one of each type at least", items.len()),
            );
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
                        self.mismatch(value, "a target's `type`", "a string");
                        return None;
                    }
                }
                "metadata" => metadata = (self.metadata)(self, value, "a target's `metadata`"),
                other => self.report(
                    value,
                    format!("a target has no {other:?}: it has metadata, type"),
                ),
            }
        }
        if kind.is_none() {
            self.report(node, "a target needs a `type`");
        }
        Some((kind?, metadata))
    }
}

#[cfg(test)]
mod tests;
