//! Writes the canonical registration body. **Frozen**: one byte that changes here breaks the build of everyone with committed
//! schemas; `tests/golden.rs` holds it.

use super::bytes::{Writer, digits, part};
use super::entry::View;
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
    let mut len = type_json(ty.json).len();
    if let Some(values) = ty.values {
        len += values.json.len();
    }
    if ty.max_len != 0 {
        len += MAX_LENGTH.len() + digits(ty.max_len as u32) + 2;
    }
    len
}

const fn write_property(out: &mut Writer<'_>, ty: &ValueType) {
    if let Some(values) = ty.values {
        out.str(values.json);
    }
    if ty.max_len != 0 {
        out.str(MAX_LENGTH);
        out.decimal(ty.max_len as u32);
        out.str(", ");
    }
    out.str(type_json(ty.json));
}

/// The length of a metadata schema, and the flags of all its types.
#[derive(Clone, Copy)]
pub(crate) struct Metadata {
    pub(crate) len: usize,
    pub(crate) flags: u8,
}

/// A metadata schema: closed, a property a line, `required` left out when empty.
pub(crate) const fn measure(view: View<'_>) -> Metadata {
    let mut len = OPEN.len() + 1 + CLOSE.len();
    let (mut i, mut required, mut flags) = (0, 0, 0);
    let count = view.len();
    while i < count {
        let (field, is_required) = view.get(i);
        len += field.line.len() + property_len(&field.ty);
        flags |= field.ty.flags;
        if is_required {
            required += field.required.len();
        }
        i += 1;
    }
    if count > 0 {
        // The first line has no comma; the closing brace has its own line.
        len += END_PROPERTIES.len() - 2;
    }
    if required > 0 {
        // The first key has no `, `.
        len += REQUIRED.len() + required - 2 + 1;
    }
    Metadata { len, flags }
}

pub(crate) const fn write_metadata(out: &mut Writer<'_>, view: View<'_>) {
    out.str(OPEN);
    let (mut i, mut any_required) = (0, false);
    let count = view.len();
    while i < count {
        let (field, is_required) = view.get(i);
        if i == 0 {
            out.bytes(part(field.line.as_bytes(), 1, field.line.len() - 1));
        } else {
            out.str(field.line);
        }
        write_property(out, &field.ty);
        any_required |= is_required;
        i += 1;
    }
    out.str(if count == 0 { "}" } else { END_PROPERTIES });
    if any_required {
        write_required(out, view);
    }
    out.str(CLOSE);
}

const fn write_required(out: &mut Writer<'_>, view: View<'_>) {
    out.str(REQUIRED);
    let (mut i, mut first) = (0, true);
    let count = view.len();
    while i < count {
        let (field, is_required) = view.get(i);
        if is_required && first {
            out.bytes(part(field.required.as_bytes(), 2, field.required.len() - 2));
            first = false;
        } else if is_required {
            out.str(field.required);
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
pub(crate) const fn body_len(actor: &str, root: Metadata, targets: &[BodyTarget]) -> usize {
    let mut len = ACTOR.len() + actor.len() + ROOT.len() + root.len + TARGETS.len() + END.len();
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
