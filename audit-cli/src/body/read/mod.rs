//! Reads a registration body as the service accepts it, and reports its problems.

pub mod keywords;
mod schema;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use audit_core::limits::{MAX_TARGETS, MIN_TARGETS};
pub use audit_rules::folder::{MAX_BODY_BYTES, MAX_FILE_BYTES as MAX_BYTES};

use super::{Body, Metadata, Property};
use crate::json::{Node, Problem};

/// The number of problems of one file that are reported.
const MAX_PROBLEMS: usize = 20;

/// The body in a file, as far as it can be read, and the problems of the rest.
#[derive(Debug, Default)]
pub struct Reading {
    pub body: Body,
    pub problems: Vec<Problem>,
}

impl Body {
    /// Reads a text; the error is its first problem.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let Reading { body, problems } = read(Node::parse(text)?);
        match problems.into_iter().next() {
            Some(problem) => Err(problem),
            None => Ok(body),
        }
    }
}

/// A file's bytes, at most `max_bytes`.
pub fn bytes_of(path: &Path, max_bytes: u64) -> io::Result<Vec<u8>> {
    // Asked before opening it: opening a pipe waits for its writer.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("not a file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(max_bytes + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max_bytes {
        let message = format!("exceeds {} MiB", max_bytes >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
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

/// Reads one metadata object; the text is its name in messages.
pub type ReadMetadata = fn(&mut Reader, Node<'_>, &str) -> Metadata;

/// Reads the schema of one key.
pub type ReadProperty = fn(&mut Reader, &str, Node<'_>) -> Option<Property>;

/// Collects problems, and goes on.
pub struct Reader {
    pub problems: Vec<Problem>,
    /// The number of problems beyond those.
    pub more: usize,
    metadata: ReadMetadata,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new(Self::schema)
    }
}

impl Reader {
    /// A reader of bodies whose metadata objects `metadata` reads.
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

    /// The members, each once; reports duplicates.
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

    /// The `known` members; reports others.
    fn known<'t>(
        &mut self,
        node: Node<'t>,
        what: &str,
        known: &[&str],
    ) -> Option<BTreeMap<String, Node<'t>>> {
        let mut members = BTreeMap::new();
        for (key, value) in self.object(node, what)? {
            if known.contains(&key.as_str()) {
                members.insert(key, value);
            } else {
                self.report(
                    value,
                    format!("{what} has no {key:?}: expected {}", known.join(", ")),
                );
            }
        }
        Some(members)
    }

    /// A body; `besides` are members that are ignored.
    pub fn body(&mut self, node: Node<'_>, besides: &[&str]) -> Body {
        let known = [&["actor", "metadata", "targets"], besides].concat();
        let Some(members) = self.known(node, "a registration body", &known) else {
            return Body::default();
        };
        if !members.contains_key("targets") {
            self.report(node, "a registration body needs `targets`");
        }
        let actor = members.get("actor").map(|node| self.actor(*node));
        let targets = members.get("targets").map(|node| self.targets(*node));
        Body {
            actor: actor.unwrap_or_default(),
            metadata: self.metadata_of(&members, "`metadata`"),
            targets: targets.unwrap_or_default(),
        }
    }

    fn metadata_of(&mut self, members: &BTreeMap<String, Node<'_>>, what: &str) -> Metadata {
        let metadata = members.get("metadata");
        let metadata = metadata.map(|node| (self.metadata)(self, *node, what));
        metadata.unwrap_or_default()
    }

    fn actor(&mut self, node: Node<'_>) -> Metadata {
        let members = self.known(node, "`actor`", &["metadata"]);
        self.metadata_of(&members.unwrap_or_default(), "the actor's `metadata`")
    }

    fn targets(&mut self, node: Node<'_>) -> BTreeMap<String, Metadata> {
        let Some(items) = node.items() else {
            self.mismatch(node, "`targets`", "a list");
            return BTreeMap::new();
        };
        let count = items.len();
        if !(MIN_TARGETS..=MAX_TARGETS).contains(&count) {
            self.report(
                node,
                format!("{count} target types, expected {MIN_TARGETS} to {MAX_TARGETS}"),
            );
        }
        let mut targets = BTreeMap::new();
        for item in items {
            if let Some((kind, metadata)) = self.target(item)
                && targets.insert(kind.clone(), metadata).is_some()
            {
                self.report(item, format!("duplicate target type {kind:?}"));
            }
        }
        targets
    }

    fn target(&mut self, node: Node<'_>) -> Option<(String, Metadata)> {
        let members = self.known(node, "a target", &["metadata", "type"])?;
        let mut metadata = self.metadata_of(&members, "a target's `metadata`");
        metadata.at.0.get_or_insert(node.at);
        let Some(kind) = members.get("type") else {
            self.report(node, "a target needs a `type`");
            return None;
        };
        let text = kind.string();
        if text.is_none() {
            self.mismatch(*kind, "a target's `type`", "a string");
        }
        Some((text?, metadata))
    }
}

#[cfg(test)]
mod tests;
