//! Reads what declares events: registration bodies, flat maps, answers of the list endpoints. Decides which of them a file is.

mod layout;
mod name;
mod object;

use crate::body::Body;
use crate::body::read::Reader;
use crate::import::warning::{self, Warning};
use crate::json::{Kind, Node, Position, Problem};
pub use layout::Layout;
use name::Named;
pub use object::How;

/// A file that is larger is no answer of a list endpoint: 100 schemas of some 100 KiB are one page.
pub const MAX_BYTES: u64 = 32 << 20;

/// One schema that is larger describes no event: 22 metadata objects of 50 keys come to some 100 KiB.
const MAX_SCHEMA_BYTES: usize = 1 << 20;

/// How many items of a list that are no schemas are worth reading of.
const MAX_ITEMS_REPORTED: usize = 20;

const NO_SCHEMA: &str =
    "neither a registration body, nor a map of targets and metadata, nor a list of schemas";

/// What bodies, maps and answers hold besides the body itself.
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
    pub action: String,
    pub version: u32,
    pub body: Body,
    /// What the file says the event is.
    pub docs: String,
    pub layout: Layout,
}

impl Declared {
    /// What code declares already, without a file.
    pub fn from_body(action: &str, version: u32, body: &Body) -> Self {
        Self {
            action: action.into(),
            version,
            body: body.clone(),
            docs: String::new(),
            layout: Layout::default(),
        }
    }

    pub fn warning(&self, position: Option<Position>, message: impl Into<String>) -> Warning {
        let location = warning::at(self.layout.file.as_deref(), position.or(self.layout.at));
        Warning {
            location,
            event: Some((self.action.clone(), self.version)),
            message: message.into(),
        }
    }
}

/// What a file holds.
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
        named: Named::by(file),
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
    let says_list = node
        .member("object")
        .and_then(|object| object.string())
        .is_some_and(|object| object == "list");
    (says_list || node.member("targets").is_none()).then_some(data)
}

struct Forms<'f> {
    file: &'f str,
    named: Named,
    reading: Reading,
}

impl Forms<'_> {
    fn list(&mut self, items: &Node<'_>) -> Result<(), Problem> {
        let (mut total, mut refused) = (0, 0);
        items.each_item(|item| {
            total += 1;
            if let Err(Problem { at, message, .. }) = self.schema(&item) {
                refused += 1;
                if refused <= MAX_ITEMS_REPORTED {
                    self.warning(at, format!("an item isn't imported: {message}"));
                }
            }
        });
        if total == 0 {
            return Err(items.problem("the list is empty, so there is nothing to import"));
        }
        if refused > MAX_ITEMS_REPORTED {
            self.warning(
                items.position(),
                format!(
                    "{} more items of the list aren't imported",
                    refused - MAX_ITEMS_REPORTED
                ),
            );
        }
        Ok(())
    }

    /// A body or a map, an action with its schema, or a schema.
    fn schema(&mut self, node: &Node<'_>) -> Result<(), Problem> {
        if node.kind() != Kind::Object {
            return Err(node.problem(format!("{NO_SCHEMA}, but {}", node.kind().name())));
        }
        if node.bytes() > MAX_SCHEMA_BYTES {
            return Err(node.problem(format!(
                "one schema of more than {} MiB, which describes no event",
                MAX_SCHEMA_BYTES >> 20
            )));
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
        let layout = Layout::of(node, self.file);
        let docs = node
            .member("description")
            .and_then(|docs| docs.string())
            .unwrap_or_default();
        let declared = Declared {
            action,
            version,
            body,
            docs,
            layout,
        };
        let mut warnings: Vec<_> = problems
            .into_iter()
            .map(|problem| declared.warning(Some(problem.at), problem.message))
            .collect();
        if more > 0 {
            warnings.push(declared.warning(None, format!("{more} more problems like these")));
        }
        if let Some(other) = self.named.other_than(&declared.action) {
            warnings.push(declared.warning(
                None,
                format!("the file is named after {other:?}; what it says holds"),
            ));
        }
        warnings.extend(written_wrong(&declared));
        self.reading.warnings.extend(warnings);
        self.reading.declared.push(declared);
        Ok(())
    }

    fn action(&self, node: &Node<'_>, said: Option<Node<'_>>) -> Result<String, Problem> {
        match said {
            Some(said) => said.string().ok_or_else(|| said.problem(format!("an action is a string, not {}", said.kind().name()))),
            None => self.named.action.clone().ok_or_else(|| {
                node.problem(
                    "it doesn't say its action: add `\"action\": \"user.signed_in\"`, or name the file user.signed_in.json or user.signed_in/v1.json",
                )
            }),
        }
    }

    /// What the schema says, or else the file's name, or else the first.
    fn version(&self, node: &Node<'_>) -> Result<u32, Problem> {
        let Some(said) = node.member("version") else {
            return Ok(self.named.version.unwrap_or(1));
        };
        let number = said
            .whole_number()
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| *number > 0);
        number.ok_or_else(|| {
            said.problem(format!(
                "a version is a whole number from 1 to {}",
                u32::MAX
            ))
        })
    }

    fn warning(&mut self, at: Position, message: String) {
        self.reading.warnings.push(Warning {
            location: warning::at(Some(self.file), Some(at)),
            event: None,
            message,
        });
    }
}

/// Whether a JSON Schema in a body was taken for a map of types.
pub fn is_mangled(body: &Node<'_>) -> bool {
    let layout = Layout::of(body, "");
    layout
        .objects()
        .any(|(_, object)| object.how == How::Mangled)
}

/// What was meant otherwise than it is written.
fn written_wrong(declared: &Declared) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (place, object) in declared.layout.objects() {
        if object.how == How::Mangled {
            let message = format!(
                "the metadata schema{} was wrapped into itself: somebody gave a JSON Schema to the vendor's Node SDK, which takes a map of types. \
                 What was meant is imported, and isn't what is registered",
                place.words()
            );
            warnings.push(declared.warning(object.at, message));
        }
        for key in object.keys.iter().filter(|key| key.wrapped_twice) {
            let message = format!(
                "the type of {:?}{} was wrapped into itself: the vendor's Node SDK takes \"string\", not {{\"type\": \"string\"}}. \
                 What was meant is imported, and isn't what is registered",
                key.name,
                place.words()
            );
            warnings.push(declared.warning(Some(key.at), message));
        }
    }
    warnings
}

#[cfg(test)]
mod tests;
