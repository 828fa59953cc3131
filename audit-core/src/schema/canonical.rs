//! Writes the canonical registration body. **Frozen**: one byte that changes here breaks the build of everyone with committed
//! schemas; `tests/golden.rs` holds it.

use super::bytes::{Writer, digits};
use super::entry::Slots;
use super::value_type::{JsonType, ValueType};

const OPEN: &str = r#"{"additionalProperties": false, "properties": {"#;
const REQUIRED: &str = r#", "required": ["#;
const CLOSE: &str = r#", "type": "object"}"#;
const MAX_LENGTH: &str = r#""maxLength": "#;

const fn type_json(json: JsonType) -> &'static str {
    match json {
        JsonType::String => r#""type": "string"}"#,
        JsonType::Integer => r#""type": "integer"}"#,
        JsonType::Number => r#""type": "number"}"#,
        JsonType::Boolean => r#""type": "boolean"}"#,
    }
}

pub(crate) const fn same_property(a: &ValueType, b: &ValueType) -> bool {
    a.renders_like(b)
}

/// `{"enum": […], "maxLength": N, "type": "…"}`.
const fn property_len(ty: &ValueType) -> usize {
    let limit = if ty.max_len == 0 { 0 } else { MAX_LENGTH.len() + digits(ty.max_len as u32) + 2 };
    1 + ty.enum_json.len() + limit + type_json(ty.json).len()
}

const fn write_property<const N: usize>(out: &mut Writer<N>, ty: &ValueType) {
    out.str("{");
    if !ty.enum_json.is_empty() {
        out.str(ty.enum_json);
    }
    if ty.max_len != 0 {
        out.str(MAX_LENGTH);
        out.decimal(ty.max_len as u32);
        out.str(", ");
    }
    out.str(type_json(ty.json));
}

/// A metadata schema: closed, a property a line, `required` left out when empty.
pub(crate) const fn metadata_len(slots: &Slots) -> usize {
    let mut len = OPEN.len() + 1 + CLOSE.len();
    let (mut i, mut required) = (0, 0);
    while i < slots.len {
        let slot = slots.get(i);
        len += slot.field.head.len() + property_len(&slot.field.ty);
        if slot.required {
            required += slot.field.key.len() + 4;
        }
        i += 1;
    }
    if i > 0 {
        // a line break before the first, `,` and a break between, a break and the brace's indentation at the end
        len += 1 + 2 * (i - 1) + 5;
    }
    if required > 0 {
        len += REQUIRED.len() + required - 2 + 1;
    }
    len
}

pub(crate) const fn write_metadata<const N: usize>(out: &mut Writer<N>, slots: &Slots) {
    out.str(OPEN);
    let (mut i, mut any_required) = (0, false);
    while i < slots.len {
        let slot = slots.get(i);
        out.str(if i == 0 { "\n" } else { ",\n" });
        out.str(slot.field.head);
        write_property(out, &slot.field.ty);
        any_required |= slot.required;
        i += 1;
    }
    out.str(if i == 0 { "}" } else { "\n    }" });
    if any_required {
        write_required(out, slots);
    }
    out.str(CLOSE);
}

const fn write_required<const N: usize>(out: &mut Writer<N>, slots: &Slots) {
    out.str(REQUIRED);
    let (mut i, mut first) = (0, true);
    while i < slots.len {
        let slot = slots.get(i);
        if slot.required {
            if !first {
                out.str(", ");
            }
            first = false;
            // The key in its quotes, as it stands in `      "key": `.
            let head = slot.field.head.as_bytes();
            out.bytes(super::bytes::part(head, 6, slot.field.key.len() + 2));
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
pub(crate) const fn body_len(actor: &str, root: &Slots, targets: &[BodyTarget]) -> usize {
    let mut len = ACTOR.len() + actor.len() + ROOT.len() + metadata_len(root) + TARGETS.len() + END.len();
    let mut i = 0;
    while i < targets.len() {
        let target = &targets[i];
        len += TARGET.len() + target.metadata.len() + TARGET_TYPE.len() + target.type_name.len() + TARGET_CLOSE.len();
        i += 1;
    }
    len + 2 * i.saturating_sub(1)
}

pub(crate) const fn write_body<const N: usize>(out: &mut Writer<N>, actor: &str, root: &Slots, targets: &[BodyTarget]) {
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
