//! Example values in place of types: `{"limit": 10}`, which the vendor's Node SDK makes `{"limit": {"type": 10}}` of.

use super::Reader;
use crate::body::Types;
use crate::json::{Kind, Node};

/// How many of them are named in a sentence.
const NAMED: usize = 5;

/// The values among the keys of an object, and the types that they are of.
pub struct Examples<'t>(Vec<(String, Node<'t>, Types)>);

impl<'t> Examples<'t> {
    /// In a flat map booleans and texts are no schemas: texts that name no type are examples among others.
    pub fn of(members: &[(String, Node<'t>)], is_flat: bool) -> Self {
        let names_a_type = |(_, node): &(String, Node<'_>)| {
            node.string()
                .is_some_and(|name| Types::named(&name).is_some())
        };
        let plain = |(key, node): &(String, Node<'t>)| {
            let value = node.member("type").unwrap_or(*node);
            let is_example = match (node.kind(), value.kind()) {
                (_, Kind::Number) | (Kind::Object, Kind::Boolean) => true,
                (Kind::Boolean, _) => is_flat,
                _ => false,
            };
            is_example.then(|| (key.clone(), value, type_of(value)))
        };
        let mut found: Vec<_> = members.iter().filter_map(plain).collect();
        if is_flat && !found.is_empty() && !members.iter().any(names_a_type) {
            let texts = members.iter().filter(|(_, node)| node.kind() == Kind::Text);
            found.extend(texts.map(|(key, node)| (key.clone(), *node, Types::STRING)));
        }
        Self(found)
    }

    /// The type that a key's example is of.
    pub fn types(&self, key: &str) -> Option<Types> {
        self.0
            .iter()
            .find(|(own, ..)| own == key)
            .map(|(_, _, types)| *types)
    }

    /// Says so once for all of them.
    pub fn report(&self, reader: &mut Reader, what: &str) {
        let Some((_, first, _)) = self.0.first() else {
            return;
        };
        let shown = |(key, node, types): &(String, Node<'_>, Types)| {
            format!(
                "{key:?} is {}, {} was meant",
                node.value().unwrap_or_default(),
                types.words()
            )
        };
        let named: Vec<_> = self.0.iter().take(NAMED).map(shown).collect();
        let more = if self.0.len() > NAMED {
            format!("; and {} more", self.0.len() - NAMED)
        } else {
            String::new()
        };
        reader.report(
            *first,
            format!(
                "{what} has example values in place of types: {}{more}",
                named.join("; ")
            ),
        );
    }
}

fn type_of(value: Node<'_>) -> Types {
    let is_whole = value
        .value()
        .is_some_and(|value| value.is_i64() || value.is_u64());
    match value.kind() {
        Kind::Boolean => Types::BOOLEAN,
        Kind::Number if is_whole => Types::INTEGER,
        Kind::Number => Types::NUMBER,
        _ => Types::STRING,
    }
}
