//! Reads declarations of events: registration bodies, flat maps, responses of the list endpoints. Decides which form a file has.

mod name;
mod object;

use audit_core::limits::is_action;

use crate::body::read::Reader;
use crate::body::{Body, Notation};
use crate::import::warning::{self, Origin, Warning};
use crate::json::{Kind, Node, Position, Problem};

/// The maximum size of a file: a page of a list endpoint has 100 schemas of some 100 KiB.
pub const MAX_BYTES: u64 = 32 << 20;

/// The maximum size of a schema: 22 metadata objects of 50 keys come to some 100 KiB.
const MAX_SCHEMA_BYTES: usize = 1 << 20;

/// The number of invalid items of a list that are reported.
const MAX_ITEMS_REPORTED: usize = 20;

const NO_SCHEMA: &str =
    "neither a registration body, nor a map of targets and metadata, nor a list of schemas";

/// Members of bodies, maps and responses besides the body itself.
const BESIDES: [&str; 7] = [
    "action",
    "created_at",
    "description",
    "id",
    "object",
    "updated_at",
    "version",
];

/// One version of an action, as a file declares it.
#[derive(Clone, Debug)]
pub struct Declared {
    pub origin: Origin,
    pub body: Body,
    /// The description of the event.
    pub docs: String,
    /// A map of types has no list of required keys, and doesn't exclude others.
    pub flat: bool,
}

impl Declared {
    /// A declaration in code, without a file.
    pub fn from_body(action: &str, version: u32, body: &Body) -> Self {
        Self {
            origin: Origin {
                action: action.into(),
                version,
                file: None,
                at: None,
            },
            body: body.clone(),
            docs: String::new(),
            flat: false,
        }
    }
}

/// The content of a file.
#[derive(Debug, Default)]
pub struct Reading {
    pub declared: Vec<Declared>,
    pub warnings: Vec<Warning>,
}

/// Reads the bytes of a file; `file` is its path, with `/` between names. An error is a file that holds no schema at all.
pub fn read(file: &str, bytes: &[u8]) -> Result<Reading, Problem> {
    let node = Node::parse_bytes(bytes)?;
    let mut forms = Forms {
        file,
        named: name::parse(file),
        reading: Reading::default(),
    };
    match (node.kind(), list_of(&node)) {
        (Kind::List, _) => forms.list(&node)?,
        (_, Some(items)) => forms.list(&items)?,
        _ => forms.schema(&node)?,
    }
    Ok(forms.reading)
}

/// The items of `{"object": "list", "data": […]}`.
fn list_of<'t>(node: &Node<'t>) -> Option<Node<'t>> {
    let data = node
        .member("data")
        .filter(|data| data.kind() == Kind::List)?;
    let object = node.member("object").and_then(|object| object.string());
    let is_list = object.as_deref() == Some("list");
    (is_list || node.member("targets").is_none()).then_some(data)
}

struct Forms<'f> {
    file: &'f str,
    /// Action and version.
    named: (Option<String>, Option<u32>),
    reading: Reading,
}

impl Forms<'_> {
    fn list(&mut self, items: &Node<'_>) -> Result<(), Problem> {
        let nodes = items.items().unwrap_or_default();
        if nodes.is_empty() {
            return Err(items.problem("the list is empty"));
        }
        let problems: Vec<_> = nodes
            .iter()
            .filter_map(|item| self.schema(item).err())
            .collect();
        for problem in problems.iter().take(MAX_ITEMS_REPORTED) {
            self.warning(
                problem.at,
                format!("item not imported: {}", problem.message),
            );
        }
        let more = problems.len().saturating_sub(MAX_ITEMS_REPORTED);
        if more > 0 {
            self.warning(items.at, format!("{more} more items not imported"));
        }
        Ok(())
    }

    /// A body or a map, an action with its schema, or a schema.
    fn schema(&mut self, node: &Node<'_>) -> Result<(), Problem> {
        if node.kind() != Kind::Object {
            return Err(node.problem(format!("{NO_SCHEMA}, but {}", node.kind().name())));
        }
        if node.bytes() > MAX_SCHEMA_BYTES {
            return Err(node.problem(format!("schema exceeds {} MiB", MAX_SCHEMA_BYTES >> 20)));
        }
        if node.member("targets").is_some() {
            return self.body(node, node.member("action"));
        }
        match node.member("schema") {
            Some(schema) if schema.kind() == Kind::Object => {
                self.body(&schema, node.member("name"))
            }
            _ => Err(node.problem(format!("{NO_SCHEMA}: it has no `targets`"))),
        }
    }

    fn body(&mut self, node: &Node<'_>, action: Option<Node<'_>>) -> Result<(), Problem> {
        let (action, version) = (self.action(node, action)?, self.version(node)?);
        let mut reader = Reader::new(object::metadata);
        let body = reader.body(*node, &BESIDES);
        let Reader { problems, more, .. } = reader;
        let description = node.member("description");
        let origin = Origin {
            action,
            version,
            file: Some(self.file.into()),
            at: Some(node.at),
        };
        let warnings = &mut self.reading.warnings;
        let problems = problems.into_iter();
        warnings.extend(problems.map(|problem| origin.warning(Some(problem.at), problem.message)));
        if more > 0 {
            warnings.push(origin.warning(None, format!("{more} more problems like these")));
        }
        let has = |notation| has_notation(&body, notation);
        let has_schema = has(Notation::Schema) || has(Notation::Mangled);
        let flat = has(Notation::Flat) || (!has_schema && node.member("action").is_some());
        let named = self.named.0.as_deref();
        if let Some(other) = named.filter(|named| *named != origin.action && is_action(named)) {
            let message = format!("the file name has a different action: {other:?}");
            warnings.push(origin.warning(None, message));
        }
        self.reading.declared.push(Declared {
            origin,
            body,
            docs: description
                .and_then(|docs| docs.string())
                .unwrap_or_default(),
            flat,
        });
        Ok(())
    }

    fn action(&self, node: &Node<'_>, action: Option<Node<'_>>) -> Result<String, Problem> {
        if let Some(action) = action {
            let kind = action.kind().name();
            return action
                .string()
                .ok_or_else(|| action.problem(format!("`action` must be a string, not {kind}")));
        }
        self.named.0.clone().ok_or_else(|| {
            node.problem("no action: add `\"action\": \"user.signed_in\"`, or name the file user.signed_in.json or user.signed_in/v1.json")
        })
    }

    /// The version in the schema, or else in the file's name, or else the first.
    fn version(&self, node: &Node<'_>) -> Result<u32, Problem> {
        let Some(version) = node.member("version") else {
            return Ok(self.named.1.unwrap_or(1));
        };
        let number = version.read().filter(|number| *number > 0);
        number.ok_or_else(|| {
            version.problem(format!(
                "`version` must be a whole number from 1 to {}",
                u32::MAX
            ))
        })
    }

    fn warning(&mut self, at: Position, message: String) {
        self.reading.warnings.push(Warning {
            location: warning::location(Some(self.file), Some(at)),
            event: None,
            message,
        });
    }
}

/// Whether a JSON Schema in a body was registered as a map of types.
pub fn is_mangled(body: &Node<'_>) -> bool {
    let body = Reader::new(object::metadata).body(*body, &BESIDES);
    has_notation(&body, Notation::Mangled)
}

fn has_notation(body: &Body, notation: Notation) -> bool {
    let mut scopes = body.scopes();
    scopes.any(|(_, metadata)| metadata.notation == notation)
}

#[cfg(test)]
mod tests;
