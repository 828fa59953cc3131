//! What changed between two bodies: each change is named by its rule, and classed in both directions.

use serde::Serialize;

use crate::finding::Location;

/// One change between two bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The rule's name: `key-removed`.
    pub rule: &'static str,
    /// The metadata object: `metadata`, `actor.metadata`, `targets[team].metadata`, or `targets`.
    pub place: String,
    pub key: Option<String>,
    /// What happened to what: `` `role` of the actor became required ``.
    pub message: String,
    /// Every event that the old body accepts is accepted by the new one, as far as this change goes.
    pub backward: bool,
    /// Every event that the new body accepts is accepted by the old one, as far as this change goes.
    pub forward: bool,
    /// The struct field, where code has it.
    #[serde(flatten)]
    pub location: Location,
}
