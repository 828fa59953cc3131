//! Writes the canonical registration body. **Frozen**: one byte that changes here breaks the build of everyone with committed
//! schemas; `tests/golden.rs` holds it.

use super::JsonType;
use super::bytes::{Writer, digits};
use super::event::EventParts;
use super::merged::{Merged, View};
use super::value_type::ValueType;

const OPEN: &str = r#"{"additionalProperties": false, "properties": {"#;
const REQUIRED: &str = r#", "required": ["#;
const CLOSE: &str = r#", "type": "object"}"#;
const MAX_LENGTH: &str = r#""maxLength": "#;
const END_PROPERTIES: &str = "\n    }";

const fn type_json(json: JsonType) -> &'static str {
    match json {
        JsonType::String => r#""type": "string"}"#,
        JsonType::Integer => r#""type": "integer"}"#,
        JsonType::Number => r#""type": "number"}"#,
        JsonType::Boolean => r#""type": "boolean"}"#,
    }
}

/// What closes a property's line, after its brace: `"enum": […], "type": "…"}` or `"maxLength": N, "type": "…"}`.
const fn property_len(ty: &ValueType) -> usize {
    if let Some(values) = ty.values {
        return size_of_val(values.json);
    }
    let len = type_json(ty.json()).len();
    if ty.max_len() == 0 {
        len
    } else {
        len + MAX_LENGTH.len() + digits(ty.max_len() as u32) + 2
    }
}

const fn write_property(out: &mut Writer<'_>, ty: &ValueType) {
    if let Some(values) = ty.values {
        return out.str(values.json);
    }
    if ty.max_len() != 0 {
        out.str(MAX_LENGTH);
        out.decimal(ty.max_len() as u32);
        out.str(", ");
    }
    out.str(type_json(ty.json()));
}

/// The schema of an object without keys.
pub(crate) const NO_KEYS: &str =
    r#"{"additionalProperties": false, "properties": {}, "type": "object"}"#;

/// A metadata schema: closed, a property a line, `required` left out when empty.
pub(crate) const fn metadata_len(view: View<'_>) -> usize {
    match view {
        View::Plain(keys) => {
            let (mut len, mut i, slots) = (size_of_val(keys.json), 0, keys.slots());
            while i < slots {
                len += property_len(&keys.slot(i).ty);
                i += 1;
            }
            len
        }
        View::Merged(merged) => merged_len(merged),
    }
}

pub(crate) const fn write_metadata(out: &mut Writer<'_>, view: View<'_>) {
    match view {
        View::Plain(keys) => {
            let (mut from, mut i, slots) = (0, 0, keys.slots());
            while i < slots {
                let slot = keys.slot(i);
                out.range(keys.json.as_bytes(), from, slot.in_json);
                write_property(out, &slot.ty);
                from = slot.in_json;
                i += 1;
            }
            out.range(keys.json.as_bytes(), from, size_of_val(keys.json));
        }
        View::Merged(merged) => write_merged(out, merged),
    }
}

const fn merged_len(merged: &Merged) -> usize {
    if merged.len() == 0 {
        return NO_KEYS.len();
    }
    let (mut len, mut required, mut i) =
        (OPEN.len() + END_PROPERTIES.len() + CLOSE.len() - 1, 0, 0);
    while i < merged.len() {
        let (field, is_required) = merged.get(i);
        len += 1 + field.line.len() + property_len(&field.ty);
        if is_required {
            required += field.quoted_key().len() + 2;
        }
        i += 1;
    }
    // The first key has no `, `.
    if required == 0 {
        len
    } else {
        len + REQUIRED.len() + required - 2 + "]".len()
    }
}

const fn write_merged(out: &mut Writer<'_>, merged: &Merged) {
    if merged.len() == 0 {
        return out.str(NO_KEYS);
    }
    out.str(OPEN);
    let (mut i, mut any_required) = (0, false);
    while i < merged.len() {
        let (field, is_required) = merged.get(i);
        out.str(if i == 0 { "" } else { "," });
        out.str(field.line);
        write_property(out, &field.ty);
        any_required |= is_required;
        i += 1;
    }
    out.str(END_PROPERTIES);
    if any_required {
        write_required(out, merged);
    }
    out.str(CLOSE);
}

const fn write_required(out: &mut Writer<'_>, merged: &Merged) {
    out.str(REQUIRED);
    let (mut i, mut first) = (0, true);
    while i < merged.len() {
        let (field, is_required) = merged.get(i);
        if is_required {
            out.str(if first { "" } else { ", " });
            out.str(field.quoted_key());
            first = false;
        }
        i += 1;
    }
    out.str("]");
}

const ACTOR: &str = "{\n  \"actor\": {\"metadata\": ";
const ROOT: &str = "},\n  \"metadata\": ";
const TARGETS: &str = ",\n  \"targets\": [\n";
const BETWEEN_TARGETS: &str = ",\n";
const TARGET: &str = "    {\"metadata\": ";
const TARGET_TYPE: &str = ", \"type\": \"";
const TARGET_CLOSE: &str = "\"}";
const END: &str = "\n  ]\n}\n";

/// Where a target's metadata begins in what [`write_target`] writes.
pub(crate) const TARGET_HEAD: usize = TARGET.len();

/// One target: its metadata schema, of which the length is given, and its declared type.
pub(crate) const fn target_len(metadata: usize, type_name: &str) -> usize {
    TARGET.len() + metadata + TARGET_TYPE.len() + size_of_val(type_name) + TARGET_CLOSE.len()
}

/// An entity's own, which it renders once for all events.
pub(crate) const fn write_target(out: &mut Writer<'_>, metadata: View<'_>, type_name: &str) {
    out.str(TARGET);
    write_metadata(out, metadata);
    write_target_end(out, type_name);
}

/// The same of a field that gives its target another type.
pub(crate) const fn write_retyped_target(out: &mut Writer<'_>, metadata: &str, type_name: &str) {
    out.str(TARGET);
    out.str(metadata);
    write_target_end(out, type_name);
}

const fn write_target_end(out: &mut Writer<'_>, type_name: &str) {
    out.str(TARGET_TYPE);
    out.str(type_name);
    out.str(TARGET_CLOSE);
}

/// What [`write_body`] writes, of lengths: the actor's metadata schema, the root's, the targets, and how many these are.
pub(crate) const fn body_len(actor: usize, root: usize, targets: usize, types: usize) -> usize {
    let between = if types == 0 {
        0
    } else {
        BETWEEN_TARGETS.len() * (types - 1)
    };
    ACTOR.len() + actor + ROOT.len() + root + TARGETS.len() + targets + between + END.len()
}

/// The registration body: targets sorted by type, each type once.
pub(crate) const fn write_body(out: &mut Writer<'_>, event: &EventParts, root: View<'_>) {
    out.str(ACTOR);
    out.str(event.actor.metadata);
    out.str(ROOT);
    write_metadata(out, root);
    out.str(TARGETS);
    let (mut i, types) = (0, event.layout.types);
    while i < types {
        if i > 0 {
            out.str(BETWEEN_TARGETS);
        }
        event.targets[event.layout.order[i]].write_body(out);
        i += 1;
    }
    out.str(END);
}
