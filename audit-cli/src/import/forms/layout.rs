//! The positions and the order of a file's keys and targets, which a body sorts.

use super::object::{Members, Notation};
use crate::body::Scope;
use crate::json::{Node, Position};

/// The maximum number of keys and of targets with positions: more than an event can have.
const MAX_POSITIONS: usize = 400;

/// The metadata objects of a declaration. Empty for one from code.
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
    pub notation: Notation,
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
        let has = |notation| {
            layout
                .objects()
                .any(|(_, object)| object.notation == notation)
        };
        let has_schema = has(Notation::Schema) || has(Notation::Mangled);
        layout.flat = has(Notation::Flat) || (!has_schema && node.member("action").is_some());
        layout
    }

    /// Every object, in the order of an event.
    pub fn objects(&self) -> impl Iterator<Item = (Scope<'_>, &Object)> {
        let targets = self.targets.iter();
        let targets = targets.map(|(kind, object)| (Scope::Target(kind), object));
        [(Scope::Actor, &self.actor)]
            .into_iter()
            .chain(targets)
            .chain([(Scope::Root, &self.root)])
    }

    pub fn object(&self, place: Scope<'_>) -> Option<&Object> {
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
    metadata.at.get_or_insert(node.at);
    Some((node.member("type")?.string()?, metadata))
}

fn object(node: Option<Node<'_>>) -> Object {
    let Some(node) = node else {
        return Object::default();
    };
    let object = Members::of(&node);
    let notation = object.notation;
    let keys = object.keys().into_iter().take(MAX_POSITIONS);
    Object {
        notation,
        at: Some(node.at),
        keys: keys.map(|(name, schema)| (name, schema.at)).collect(),
    }
}
