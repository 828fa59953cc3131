//! Where and in which order a file declares what a body holds sorted.

use super::object::{How, Written, wrapped_twice};
use crate::body::Place;
use crate::json::{Node, Position};

/// So many keys and targets have places, which take a while to find: more than an event can have, so that a few wrong ones do no harm.
const MAX_PLACES: usize = 400;

/// The places of a declaration. Empty where it comes from code.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub file: Option<String>,
    pub at: Option<Position>,
    /// A map of types says nothing about keys that it doesn't mention, and nothing about what is required.
    pub flat: bool,
    root: Object,
    actor: Object,
    targets: Vec<Target>,
}

#[derive(Clone, Debug)]
struct Target {
    kind: String,
    at: Position,
    metadata: Object,
}

/// A metadata object.
#[derive(Clone, Debug, Default)]
pub struct Object {
    pub how: How,
    pub at: Option<Position>,
    pub keys: Vec<Key>,
}

#[derive(Clone, Debug)]
pub struct Key {
    pub name: String,
    pub at: Position,
    pub wrapped_twice: bool,
}

impl Layout {
    pub fn of(node: &Node<'_>, file: &str) -> Self {
        let targets = node
            .member("targets")
            .and_then(|targets| targets.items())
            .unwrap_or_default();
        let mut layout = Self {
            file: Some(file.into()),
            at: Some(node.position()),
            flat: false,
            root: object(node.member("metadata")),
            actor: object(
                node.member("actor")
                    .and_then(|actor| actor.member("metadata")),
            ),
            targets: targets.iter().take(MAX_PLACES).filter_map(target).collect(),
        };
        let has = |wanted: &[How]| {
            layout
                .objects()
                .any(|(_, object)| wanted.contains(&object.how))
        };
        let says_schema = has(&[How::Schema, How::Mangled]);
        layout.flat = has(&[How::Flat]) || (!says_schema && node.member("action").is_some());
        layout
    }

    /// Every object, in the order of an event.
    pub fn objects(&self) -> impl Iterator<Item = (Place<'_>, &Object)> {
        let targets = self
            .targets
            .iter()
            .map(|target| (Place::Target(&target.kind), &target.metadata));
        [(Place::Actor, &self.actor)]
            .into_iter()
            .chain(targets)
            .chain([(Place::Root, &self.root)])
    }

    /// The object of a place, an empty one where the file has none.
    pub fn object(&self, place: Place<'_>) -> Option<&Object> {
        self.objects()
            .find(|(other, _)| *other == place)
            .map(|(_, object)| object)
    }

    /// Where a target stands among the others, and in its file.
    pub fn target(&self, kind: &str) -> Option<(usize, Position)> {
        self.targets
            .iter()
            .enumerate()
            .find(|(_, target)| target.kind == kind)
            .map(|(index, target)| (index, target.at))
    }
}

impl Object {
    /// Where a key stands among the others, and in its file.
    pub fn key(&self, name: &str) -> Option<(usize, Position)> {
        self.keys
            .iter()
            .enumerate()
            .find(|(_, key)| key.name == name)
            .map(|(index, key)| (index, key.at))
    }
}

fn target(node: &Node<'_>) -> Option<Target> {
    Some(Target {
        kind: node.member("type")?.string()?,
        at: node.position(),
        metadata: object(node.member("metadata")),
    })
}

fn object(node: Option<Node<'_>>) -> Object {
    let Some(node) = node else {
        return Object::default();
    };
    let written = Written::of(&node);
    let how = written.how;
    let key = |(name, schema): (String, Node<'_>)| Key {
        name,
        at: schema.position(),
        wrapped_twice: how != How::Flat && wrapped_twice(&schema).is_some(),
    };
    Object {
        how,
        at: Some(node.position()),
        keys: written
            .keys()
            .into_iter()
            .take(MAX_PLACES)
            .map(key)
            .collect(),
    }
}
