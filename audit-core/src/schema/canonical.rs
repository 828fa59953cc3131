//! Writes the canonical registration body. **Frozen**: one byte that changes here breaks the build of everyone with committed
//! schemas; `tests/golden.rs` holds it.

use super::bytes::{Writer, digits};
use super::entry::{Keys, Merged, View};
use super::value_type::{JsonType, ValueType};

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

/// `"enum": […], "maxLength": N, "type": "…"}`: the brace before it ends the key's fragment.
const fn property_len(ty: &ValueType) -> usize {
    let mut len = type_json(ty.json()).len();
    if let Some(values) = ty.values {
        len += values.json.len();
    }
    if ty.max_len() != 0 {
        len += MAX_LENGTH.len() + digits(ty.max_len() as u32) + 2;
    }
    len
}

const fn write_property(out: &mut Writer<'_>, ty: &ValueType) {
    if let Some(values) = ty.values {
        out.str(values.json);
    }
    if ty.max_len() != 0 {
        out.str(MAX_LENGTH);
        out.decimal(ty.max_len() as u32);
        out.str(", ");
    }
    out.str(type_json(ty.json()));
}

/// A metadata schema: closed, a property a line, `required` left out when empty. `properties` and `required` are the lengths of all
/// that stands in them.
const fn metadata_len(keys: usize, properties: usize, required: usize) -> usize {
    let mut len = OPEN.len() + properties + CLOSE.len();
    // The first line has no comma; the closing brace has its own line.
    len += if keys > 0 { END_PROPERTIES.len() - 1 } else { "}".len() };
    if required > 0 {
        // The first key has no `, `.
        len += REQUIRED.len() + required - 2 + "]".len();
    }
    len
}

pub(crate) const fn measure(view: View<'_>) -> usize {
    match view {
        View::Plain(keys) => {
            let (mut slots, mut i) = (0, 0);
            while i < keys.slots() {
                slots += property_len(&keys.slot(i).ty);
                i += 1;
            }
            metadata_len(keys.properties().len(), keys.properties().len() + slots, keys.required().len())
        }
        View::Merged(merged) => {
            let (mut properties, mut required, mut i) = (0, 0, 0);
            while i < merged.len() {
                let (field, is_required) = merged.get(i);
                properties += field.line.len() + property_len(&field.ty);
                if is_required {
                    required += field.quoted_key().len() + 2;
                }
                i += 1;
            }
            metadata_len(merged.len(), properties, required)
        }
    }
}

pub(crate) const fn write_metadata(out: &mut Writer<'_>, view: View<'_>) {
    out.str(OPEN);
    match view {
        View::Plain(keys) => write_plain(out, keys),
        View::Merged(merged) => write_merged(out, merged),
    }
    out.str(CLOSE);
}

const fn write_plain(out: &mut Writer<'_>, keys: &Keys) {
    let properties = keys.properties();
    if properties.is_empty() {
        out.str("}");
        return;
    }
    // Behind the first comma.
    let (mut from, mut i) = (1, 0);
    while i < keys.slots() {
        let slot = keys.slot(i);
        out.range(properties, from, slot.in_properties);
        write_property(out, &slot.ty);
        from = slot.in_properties;
        i += 1;
    }
    out.range(properties, from, properties.len());
    out.str(END_PROPERTIES);
    let required = keys.required();
    if !required.is_empty() {
        out.str(REQUIRED);
        out.range(required, 2, required.len());
        out.str("]");
    }
}

const fn write_merged(out: &mut Writer<'_>, merged: &Merged) {
    let (mut i, mut any_required) = (0, false);
    while i < merged.len() {
        let (field, is_required) = merged.get(i);
        let from = if i == 0 { 1 } else { 0 };
        out.range(field.line.as_bytes(), from, field.line.len());
        write_property(out, &field.ty);
        any_required |= is_required;
        i += 1;
    }
    out.str(if merged.len() == 0 { "}" } else { END_PROPERTIES });
    if any_required {
        write_required(out, merged);
    }
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

/// One target of the body: its declared type and its metadata schema, rendered.
#[derive(Clone, Copy)]
pub(crate) struct BodyTarget {
    pub(crate) type_name: &'static str,
    pub(crate) metadata: &'static str,
}

const ACTOR: &str = "{\n  \"actor\": {\"metadata\": ";
const ROOT: &str = "},\n  \"metadata\": ";
const TARGETS: &str = ",\n  \"targets\": [\n";
const TARGET: &str = "    {\"metadata\": ";
const TARGET_TYPE: &str = ", \"type\": \"";
const TARGET_CLOSE: &str = "\"}";
const END: &str = "\n  ]\n}\n";

/// The registration body. `targets` is sorted by type, each type once.
pub(crate) const fn body_len(actor: &str, root: usize, targets: &[BodyTarget]) -> usize {
    let mut len = ACTOR.len() + actor.len() + ROOT.len() + root + TARGETS.len() + END.len();
    let mut i = 0;
    while i < targets.len() {
        let target = &targets[i];
        len += TARGET.len() + target.metadata.len() + TARGET_TYPE.len() + target.type_name.len() + TARGET_CLOSE.len();
        i += 1;
    }
    len + 2 * i.saturating_sub(1)
}

pub(crate) const fn write_body(out: &mut Writer<'_>, actor: &str, root: View<'_>, targets: &[BodyTarget]) {
    out.str(ACTOR);
    out.str(actor);
    out.str(ROOT);
    write_metadata(out, root);
    out.str(TARGETS);
    let mut i = 0;
    while i < targets.len() {
        if i > 0 {
            out.str(",\n");
        }
        out.str(TARGET);
        out.str(targets[i].metadata);
        out.str(TARGET_TYPE);
        out.str(targets[i].type_name);
        out.str(TARGET_CLOSE);
        i += 1;
    }
    out.str(END);
}
