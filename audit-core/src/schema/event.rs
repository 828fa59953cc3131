//! Puts an event's schema together: actor, targets and root metadata, the body, the record, and what is wrong with the whole.

use super::bytes::{Writer, as_str, compare, str_equal};
use super::canonical::{self, BodyTarget};
use super::entity::{EntitySchema, keys_problem};
use super::entry::{Entry, Slots, flatten_duplicate};
use super::message::Message;
use super::record::{tag, write as record};
use crate::limits::MAX_TARGETS;

/// How many targets a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub enum Count {
    /// `T`, `&T`, `[T; N]`
    Exactly(usize),
    /// `Vec<T>`, `&[T]`
    Any,
    /// `Option<T>`, which is refused.
    Optional,
}

/// One target field.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub struct TargetPart {
    pub entity: &'static EntitySchema,
    pub count: Count,
    /// `type = "…"` on the field, or empty.
    pub type_override: &'static str,
    /// The record part that opens it.
    pub note: &'static [u8],
}

impl TargetPart {
    pub const fn type_name(&self) -> &'static str {
        if self.type_override.is_empty() { self.entity.type_name } else { self.type_override }
    }
}

/// What a derive knows of an event before it is rendered.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub struct EventParts {
    pub name: &'static str,
    /// The `EVENT` part.
    pub note: &'static [u8],
    pub actor: &'static EntitySchema,
    pub targets: &'static [TargetPart],
    pub root: &'static [Entry],
}

/// Sorted, counted and measured. Where something is wrong `total` is 0 and nothing is rendered.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub struct EventLayout {
    root: Slots,
    targets: [BodyTarget; MAX_TARGETS],
    target_types: usize,
    body: usize,
    parts: usize,
    /// The record's length.
    pub total: usize,
    /// Whether anything is wrong here or below: the comparison with the committed file is left out then.
    pub broken: bool,
}

const ACTOR_NOTE: &[u8] = &[tag::ACTOR, 0, 0, 0, 0];
const ROOT_NOTE: &[u8] = &[tag::ROOT, 0, 0, 0, 0];

impl EventParts {
    pub const fn layout(&self) -> EventLayout {
        let root = Slots::of_entries(self.root);
        let (targets, target_types) = self.body_targets();
        let broken = root.broken
            || root.duplicate.is_some()
            || keys_problem(&root, self.name).is_some()
            || self.actor.broken
            || self.any_target_broken();
        if broken {
            return EventLayout { root, targets, target_types, body: 0, parts: 0, total: 0, broken };
        }
        let body = canonical::body_len(self.actor.metadata, &root, first(&targets, target_types));
        let parts = self.note.len()
            + record::part_len(body)
            + record::role_len(ACTOR_NOTE, self.actor)
            + self.targets_len()
            + ROOT_NOTE.len()
            + record::entries_len(self.root)
            + record::END_LEN;
        EventLayout { root, targets, target_types, body, parts, total: record::record_len(parts), broken }
    }

    const fn any_target_broken(&self) -> bool {
        let mut i = 0;
        while i < self.targets.len() {
            if self.targets[i].entity.broken || self.target_problem(i).is_some() {
                return true;
            }
            i += 1;
        }
        self.targets_problem().is_some()
    }

    const fn targets_len(&self) -> usize {
        let (mut i, mut len) = (0, 0);
        while i < self.targets.len() {
            len += record::role_len(self.targets[i].note, self.targets[i].entity);
            i += 1;
        }
        len
    }

    /// The declared types, sorted, each once.
    const fn body_targets(&self) -> ([BodyTarget; MAX_TARGETS], usize) {
        let mut sorted = [BodyTarget { type_name: "", metadata: "" }; MAX_TARGETS];
        let (mut len, mut i) = (0, 0);
        while i < self.targets.len() && len < MAX_TARGETS {
            let one = BodyTarget { type_name: self.targets[i].type_name(), metadata: self.targets[i].entity.metadata };
            let mut at = len;
            while at > 0 && compare(one.type_name.as_bytes(), sorted[at - 1].type_name.as_bytes()) < 0 {
                at -= 1;
            }
            if at == 0 || !str_equal(sorted[at - 1].type_name, one.type_name) {
                let mut from = len;
                while from > at {
                    sorted[from] = sorted[from - 1];
                    from -= 1;
                }
                sorted[at] = one;
                len += 1;
            }
            i += 1;
        }
        (sorted, len)
    }

    pub const fn render<const N: usize>(&self, layout: &EventLayout) -> [u8; N] {
        let mut out = Writer::new();
        if layout.total == 0 {
            return out.finish();
        }
        record::write_head(&mut out, layout.parts);
        out.bytes(self.note);
        record::open(&mut out, tag::BODY, layout.body);
        canonical::write_body(
            &mut out,
            self.actor.metadata,
            &layout.root,
            first(&layout.targets, layout.target_types),
        );
        record::write_role(&mut out, ACTOR_NOTE, self.actor);
        let mut i = 0;
        while i < self.targets.len() {
            record::write_role(&mut out, self.targets[i].note, self.targets[i].entity);
            i += 1;
        }
        out.bytes(ROOT_NOTE);
        record::write_entries(&mut out, self.root);
        record::end(&mut out);
        record::write_padding(&mut out, layout.parts);
        out.finish()
    }

    /// The canonical body inside a rendered record.
    pub const fn body(&self, layout: &EventLayout, rendered: &'static [u8]) -> &'static str {
        if layout.total == 0 {
            return "";
        }
        let from = record::RECORD_HEAD + self.note.len() + record::part_len(0);
        // SAFETY: `render` put these bytes together from whole `str`s.
        unsafe { as_str(super::bytes::part(rendered, from, layout.body)) }
    }

    /// What is wrong with the root metadata as a whole, for the event's name.
    pub const fn keys_problem(&self, layout: &EventLayout) -> Option<Message> {
        keys_problem(&layout.root, self.name)
    }

    /// What is wrong with the flattened group at `index` of the root's entries, for that field.
    pub const fn flatten_problem(&self, index: usize) -> Option<Message> {
        match flatten_duplicate(self.root, index) {
            Some(key) => Some(flatten_message(self.name, key)),
            None => None,
        }
    }

    /// What is wrong with the targets as a whole, for the event's name.
    pub const fn targets_problem(&self) -> Option<Message> {
        let (mut i, mut known) = (0, 0);
        while i < self.targets.len() {
            known += match self.targets[i].count {
                Count::Exactly(count) => count,
                Count::Any | Count::Optional => 0,
            };
            i += 1;
        }
        if known > MAX_TARGETS {
            return Some(
                Message::new("audit[A0210]: `")
                    .str(self.name)
                    .str("` always has ")
                    .number(known)
                    .str(" targets, the service takes at most ")
                    .number(MAX_TARGETS)
                    .str("\n  help: record several events, or put what is less important into metadata"),
            );
        }
        None
    }

    /// What is wrong with the target field at `index`, for that field's type.
    pub const fn target_problem(&self, index: usize) -> Option<Message> {
        let target = &self.targets[index];
        if target.entity.broken {
            return None;
        }
        if matches!(target.count, Count::Optional) {
            return Some(Message::new(
                "audit[A0308]: a target can't be optional: the service requires every declared target type in every event\n  \
                 help: make it required, or declare a second event without it",
            ));
        }
        if matches!(target.count, Count::Exactly(0)) {
            return Some(Message::new(
                "audit[A0211]: an array of no targets declares a type that no event could have\n  help: write [T; 1] or more, or remove the field",
            ));
        }
        if target.entity.is_enum() {
            return Some(
                Message::new("audit[A0310]: `")
                    .str(target.entity.identity.name)
                    .str("`, an enum of entities, can be an actor but not a target: the service requires every declared target type in every event\n  \
                          help: use one entity type a target field, or one event a variant"),
            );
        }
        if target.type_name().is_empty() {
            return Some(Message::new(
                "audit[A0318]: `Actor` can't be a target: its type is known only at run time\n  help: derive `AuditEntity` on a struct of your own, or give the field #[audit(target, type = \"…\")]",
            ));
        }
        self.shared_type_problem(index)
    }

    const fn shared_type_problem(&self, index: usize) -> Option<Message> {
        let target = &self.targets[index];
        let mut i = 0;
        while i < index {
            let other = &self.targets[i];
            if str_equal(other.type_name(), target.type_name()) && !other.entity.identity.is(&target.entity.identity) {
                return Some(
                    Message::new("audit[A0309]: two different entities, `")
                        .str(other.entity.identity.name)
                        .str("` and `")
                        .str(target.entity.identity.name)
                        .str("`, share the target type \"")
                        .str(target.type_name())
                        .str("\" in this event, and a type has one metadata schema\n  help: give one field a type of its own: #[audit(target, type = \"…\")]"),
                );
            }
            i += 1;
        }
        None
    }
}

/// The message for a key that a flattened group brings a second time.
pub(crate) const fn flatten_message(name: &str, key: &str) -> Message {
    Message::new("audit[A0204]: the flattened group brings the metadata key `")
        .str(key)
        .str("`, which `")
        .str(name)
        .str("` has already\n  help: rename one of the two with #[audit(rename = \"…\")]")
}

const fn first(targets: &[BodyTarget], len: usize) -> &[BodyTarget] {
    targets.split_at(len).0
}
