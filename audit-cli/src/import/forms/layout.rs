//! Where and in which order a file declares what a body holds sorted.

use super::object::{How, Written};
use crate::body::Place;
use crate::json::{Node, Position};

/// The number of keys and of targets whose positions are kept, as finding one takes a while: more than an event can have.
const MAX_POSITIONS: usize = 400;

/// The metadata objects of a declaration. Empty where it comes from code.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// A map of types has no list of required keys, and doesn't exclude others.
    pub flat: bool,
    root: Object,
    actor: Object,
    /// By type.
    targets: Vec<(String, Object)>,
}

/// A metadata object.
#[derive(Clone, Debug, Default)]
pub struct Object {
    pub how: How,
    pub at: Option<Position>,
    pub keys: Vec<(String, Position)>,
}

impl Layout {
    pub fn of(node: &Node<'_>) -> Self {
        let targets = node.member("targets").and_then(|targets| targets.items());
        let targets = targets.unwrap_or_default().into_iter().take(MAX_POSITIONS);
        let actor = node.member("actor");
        let mut layout = Self {
            flat: false,
            root: object(node.member("metadata")),
            actor: object(actor.and_then(|actor| actor.member("metadata"))),
            targets: targets.filter_map(|node| target(&node)).collect(),
        };
        let has = |how| layout.objects().any(|(_, object)| object.how == how);
        let has_schema = has(How::Schema) || has(How::Mangled);
        layout.flat = has(How::Flat) || (!has_schema && node.member("action").is_some());
        layout
    }

    /// Every object, in the order of an event.
    pub fn objects(&self) -> impl Iterator<Item = (Place<'_>, &Object)> {
        let targets = self.targets.iter();
        let targets = targets.map(|(kind, object)| (Place::Target(kind), object));
        [(Place::Actor, &self.actor)]
            .into_iter()
            .chain(targets)
            .chain([(Place::Root, &self.root)])
    }

    pub fn object(&self, place: Place<'_>) -> Option<&Object> {
        let mut objects = self.objects();
        objects
            .find(|(other, _)| *other == place)
            .map(|(_, object)| object)
    }

    /// The index of a target in its file.
    pub fn target(&self, kind: &str) -> Option<usize> {
        self.targets.iter().position(|(own, _)| own == kind)
    }
}

impl Object {
    /// The index of a key among the others, and its position in the file.
    pub fn key(&self, name: &str) -> Option<(usize, Position)> {
        let index = self.keys.iter().position(|(key, _)| key == name)?;
        Some((index, self.keys[index].1))
    }
}

fn target(node: &Node<'_>) -> Option<(String, Object)> {
    let mut metadata = object(node.member("metadata"));
    metadata.at.get_or_insert_with(|| node.at);
    Some((node.member("type")?.string()?, metadata))
}

fn object(node: Option<Node<'_>>) -> Object {
    let Some(node) = node else {
        return Object::default();
    };
    let written = Written::of(&node);
    let how = written.how;
    let keys = written.keys().into_iter().take(MAX_POSITIONS);
    Object {
        how,
        at: Some(node.at),
        keys: keys.map(|(name, schema)| (name, schema.at)).collect(),
    }
}
