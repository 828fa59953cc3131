//! Puts an event's schema together: actor, targets and root metadata, the body, the record, and what is wrong with the whole.

use super::bytes::{Writer, as_str, compare, str_equal};
use super::canonical;
use super::entity::{EntitySchema, keys_problem};
use super::keys::Keys;
use super::merged::{Merged, View};
use super::message::Message;
use super::record::tag;
use super::record::write::{self as record, Note};
use crate::limits::{KEY_CHARS, MAX_TARGETS};

/// How many targets a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub enum Count {
    /// `T`, `&T`, `[T; N]`
    Exactly(usize),
    /// `Vec<T>`, `&[T]`
    Any,
    /// `Option<T>`, which is rejected.
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
        if self.type_override.is_empty() {
            self.entity.type_name
        } else {
            self.type_override
        }
    }

    const fn body_len(&self) -> usize {
        if self.type_override.is_empty() {
            size_of_val(self.entity.target)
        } else {
            canonical::target_len(size_of_val(self.entity.metadata), self.type_override)
        }
    }

    /// Its declared type in the body.
    pub(crate) const fn write_body(&self, out: &mut Writer<'_>) {
        if self.type_override.is_empty() {
            out.str(self.entity.target);
        } else {
            canonical::write_retyped_target(out, self.entity.metadata, self.type_override);
        }
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
    pub root: Keys,
    pub layout: EventLayout,
}

/// The lengths of what [`EventParts`] render to. Where something is wrong `total` is 0 and nothing is rendered.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub struct EventLayout {
    body: usize,
    parts: usize,
    /// The declared types: the target fields that are the first of each, sorted by type.
    pub(crate) order: [usize; MAX_TARGETS],
    /// How many these are.
    pub(crate) types: usize,
    /// The record's length: 0 where anything is wrong here or below.
    pub total: usize,
}

impl EventLayout {
    const BROKEN: Self = Self {
        body: 0,
        parts: 0,
        order: [0; MAX_TARGETS],
        types: 0,
        total: 0,
    };
}

/// What is wrong with a target field.
#[derive(Clone, Copy)]
enum Fault {
    Optional,
    Empty,
    Enum,
    AnyType,
    /// Another entity has the type already.
    Shared(&'static EntitySchema),
}

const ACTOR_NOTE: &[u8] = &[tag::ACTOR, 0, 0, 0, 0];
const ROOT_NOTE: &[u8] = &[tag::ROOT, 0, 0, 0, 0];

impl EventParts {
    /// Puts them together, and computes the lengths of what they render to.
    pub const fn new(
        name: &'static str,
        note: &'static [u8],
        actor: &'static EntitySchema,
        targets: &'static [TargetPart],
        root: Keys,
    ) -> Self {
        let mut parts = Self {
            name,
            note,
            actor,
            targets,
            root,
            layout: EventLayout::BROKEN,
        };
        if parts.root.plain {
            parts.layout = parts.layout_of(View::Plain(&parts.root), false);
        } else {
            let merged = Merged::of_keys(&parts.root);
            parts.layout =
                parts.layout_of(View::Merged(&merged), merged.broken || merged.is_wrong());
        }
        parts
    }

    const fn layout_of(&self, root: View<'_>, broken: bool) -> EventLayout {
        if broken || self.actor.broken || self.targets_broken() {
            return EventLayout::BROKEN;
        }
        let (order, types) = self.declared_types();
        let (mut i, mut in_body, mut in_notes, fields) = (0, 0, 0, self.targets.len());
        while i < fields {
            let target = &self.targets[i];
            in_notes += record::role_len(target.note, target.entity);
            i += 1;
        }
        i = 0;
        while i < types {
            in_body += self.targets[order[i]].body_len();
            i += 1;
        }
        let body = canonical::body_len(
            size_of_val(self.actor.metadata),
            canonical::metadata_len(root),
            in_body,
            types,
        );
        let parts = size_of_val(self.note)
            + record::part_len(body)
            + record::role_len(ACTOR_NOTE, self.actor)
            + in_notes
            + ROOT_NOTE.len()
            + record::fields_len(root)
            + record::END_LEN;
        EventLayout {
            body,
            parts,
            order,
            types,
            total: record::record_len(parts),
        }
    }

    const fn targets_broken(&self) -> bool {
        let (mut i, mut known, fields) = (0, 0, self.targets.len());
        while i < fields {
            if self.targets[i].entity.broken || self.fault(i).is_some() {
                return true;
            }
            known += self.at_least(i);
            i += 1;
        }
        known > MAX_TARGETS
    }

    /// [`EventLayout::order`]
    const fn declared_types(&self) -> ([usize; MAX_TARGETS], usize) {
        let mut order = [0; MAX_TARGETS];
        let (mut types, mut i, fields) = (0, 0, self.targets.len());
        while i < fields && types < MAX_TARGETS {
            let name = self.targets[i].type_name().as_bytes();
            let (mut at, mut known) = (types, false);
            while at > 0 {
                let other = compare(name, self.targets[order[at - 1]].type_name().as_bytes());
                if other >= 0 {
                    known = other == 0;
                    break;
                }
                at -= 1;
            }
            if !known {
                let mut from = types;
                while from > at {
                    order[from] = order[from - 1];
                    from -= 1;
                }
                order[at] = i;
                types += 1;
            }
            i += 1;
        }
        (order, types)
    }

    pub const fn render<const N: usize>(&self) -> Note<N> {
        let mut rendered = [0; N];
        if self.layout.total != 0 {
            if self.root.plain {
                self.write(View::Plain(&self.root), &mut rendered);
            } else {
                self.write(View::Merged(&Merged::of_keys(&self.root)), &mut rendered);
            }
        }
        Note::new(rendered)
    }

    const fn write(&self, root: View<'_>, to: &mut [u8]) {
        let layout = &self.layout;
        let mut out = Writer::new(to);
        record::write_head(&mut out, layout.parts);
        out.bytes(self.note);
        record::open(&mut out, tag::BODY, layout.body);
        canonical::write_body(&mut out, self, root);
        record::write_role(&mut out, ACTOR_NOTE, self.actor);
        let (mut i, fields) = (0, self.targets.len());
        while i < fields {
            record::write_role(&mut out, self.targets[i].note, self.targets[i].entity);
            i += 1;
        }
        out.bytes(ROOT_NOTE);
        record::write_fields(&mut out, root);
        record::write_end(&mut out, layout.parts);
        out.finish();
    }

    /// The canonical body inside a rendered record.
    pub const fn body(&self, rendered: &'static [u8]) -> &'static str {
        if self.layout.total == 0 {
            return "";
        }
        let from = record::RECORD_HEAD + self.note.len() + record::part_len(0);
        // SAFETY: `render` put these bytes together from whole `str`s.
        unsafe { as_str(super::bytes::part(rendered, from, self.layout.body)) }
    }

    /// What is wrong with the event as a whole, for its name.
    pub const fn problem(&self) -> Option<Message> {
        if self.layout.total != 0 {
            return None;
        }
        if let Some(message) = keys_problem(&Merged::of_keys(&self.root), self.name) {
            return Some(message);
        }
        let (mut i, mut known) = (0, 0);
        while i < self.targets.len() {
            known += self.at_least(i);
            i += 1;
        }
        if known <= MAX_TARGETS {
            return None;
        }
        Some(
            Message::new("audit[A0210]: `")
                .str(self.name)
                .str("` always has at least ")
                .number(known)
                .str(" targets, the service takes at most ")
                .number(MAX_TARGETS)
                .str("\n  help: hold a `Vec` marked `split`, which makes several events, or put what is less important into metadata"),
        )
    }

    /// How many targets a field always adds: a list at least one, where nothing else has its type.
    const fn at_least(&self, index: usize) -> usize {
        if let Count::Exactly(count) = self.targets[index].count {
            return count;
        }
        let mut i = 0;
        while i < self.targets.len() {
            if i != index && str_equal(self.targets[i].type_name(), self.targets[index].type_name())
            {
                return 0;
            }
            i += 1;
        }
        1
    }

    const fn fault(&self, index: usize) -> Option<Fault> {
        let target = &self.targets[index];
        match target.count {
            Count::Optional => return Some(Fault::Optional),
            Count::Exactly(0) => return Some(Fault::Empty),
            Count::Exactly(_) | Count::Any => {}
        }
        if target.entity.broken {
            return None;
        }
        if target.entity.is_enum() {
            return Some(Fault::Enum);
        }
        if target.entity.type_name.is_empty() {
            return Some(Fault::AnyType);
        }
        let mut i = 0;
        while i < index {
            let other = &self.targets[i];
            if str_equal(other.type_name(), target.type_name())
                && !other.entity.identity.is(&target.entity.identity)
            {
                return Some(Fault::Shared(other.entity));
            }
            i += 1;
        }
        None
    }

    /// What is wrong with the target field at `index`, for that field's type.
    pub const fn target_problem(&self, index: usize) -> Option<Message> {
        if self.layout.total != 0 {
            return None;
        }
        let Some(fault) = self.fault(index) else {
            return None;
        };
        let target = &self.targets[index];
        Some(match fault {
            Fault::Optional => Message::new(
                "audit[A0308]: a target can't be optional: the service requires every declared target type in every event\n  \
                 help: make it required; for when it is missing, declare a second event with another target",
            ),
            Fault::Empty => Message::new(
                "audit[A0211]: an array of no targets declares a type that no event could have\n  help: write [T; 1] or more",
            ),
            Fault::Enum => Message::new("audit[A0310]: `")
                .str(target.entity.identity.name)
                .str("`, an enum of entities, can be an actor but not a target: the service requires every declared target type in every event\n  \
                      help: give the event a target field for each entity that it always has, or write one event for each variant"),
            Fault::AnyType => Message::new(
                "audit[A0318]: `Actor` can't be a target: its type is known only at run time\n  help: derive `AuditEntity` on a struct of your own",
            ),
            Fault::Shared(other) => Message::new("audit[A0309]: two different entities, `")
                .str(other.identity.name)
                .str("` and `")
                .str(target.entity.identity.name)
                .str("`, share the target type \"")
                .str(target.type_name())
                .str("\" in this event, and a type has one metadata schema\n  help: give one field a type of its own: #[audit(target, type = \"…\")]"),
        })
    }

    /// What is wrong with the flattened group at `index`, for that field.
    pub const fn flatten_problem(&self, index: usize) -> Option<Message> {
        flatten_problem(self.name, &self.root, index)
    }
}

/// What is wrong with a flattened group: a key that its prefix makes too long, or that stands elsewhere too.
#[doc(hidden)]
pub const fn flatten_problem(name: &str, keys: &Keys, index: usize) -> Option<Message> {
    if let Some(key) = keys.too_long_in_group(index) {
        return Some(
            Message::new("audit[A0202]: the prefix makes the metadata key `")
                .str(key)
                .str("`, which has ")
                .number(key.len())
                .str(" characters, the limit is ")
                .number(KEY_CHARS)
                .str("\n  help: write a shorter prefix, or give the key a shorter one with `rename`, where it is declared"),
        );
    }
    let Some(key) = keys.duplicate_in_group(index) else {
        return None;
    };
    Some(
        Message::new("audit[A0204]: the flattened group brings the metadata key `")
            .str(key)
            .str("`, which `")
            .str(name)
            .str("` has already\n  help: give one of the two another key with `rename`, where it is declared; an event or a group can put a prefix before a group's keys: #[audit(flatten, prefix = \"…\")]"),
    )
}
