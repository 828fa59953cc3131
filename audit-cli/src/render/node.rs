//! A call of the vendor's Node SDK that registers the schema, as far as that SDK can express it.

use crate::body::{Body, Metadata, Types};

const NOTE: &str = "\
// The SDK accepts a type for each key: required keys, enums and lengths are lost.
// `cargo audit-schema show --as body` has all of it, for POST /audit_logs/actions/<action>/schemas.
";

pub fn render(action: &str, body: &Body) -> String {
    let of = |metadata: &Metadata, indent: &str| {
        let has_keys = !metadata.properties.is_empty();
        has_keys.then(|| format!("metadata: {}", map(metadata, indent)))
    };
    let actor = of(&body.actor, "  ");
    let actor = actor.map_or_else(String::new, |of| format!("  actor: {{ {of} }},\n"));
    let targets = body.targets.iter().map(|(kind, metadata)| {
        let of = of(metadata, "    ").map_or_else(String::new, |of| format!(", {of}"));
        format!("    {{ type: {}{of} }},\n", quoted(kind))
    });
    let targets = targets.collect::<Vec<_>>().concat();
    let metadata = of(&body.metadata, "  ");
    let metadata = metadata.map_or_else(String::new, |of| format!("  {of},\n"));
    let action = quoted(action);
    format!(
        "{NOTE}await workos.auditLogs.createSchema({{\n  action: {action},\n{actor}  targets: [\n{targets}  ],\n{metadata}}});\n"
    )
}

fn map(metadata: &Metadata, indent: &str) -> String {
    let entries = metadata
        .properties
        .iter()
        .map(|(key, property)| format!("{indent}  {}: '{}',\n", name(key), kind(property.types)));
    format!("{{\n{}{indent}}}", entries.collect::<String>())
}

/// JavaScript has one type of numbers.
fn kind(types: Types) -> &'static str {
    if types.within(Types::NUMBER) {
        "number"
    } else {
        types.name().unwrap_or("string")
    }
}

/// Keys with a `-`, or that begin with a digit, need quotes.
fn name(key: &str) -> String {
    let plain = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { key.into() } else { quoted(key) }
}

fn quoted(text: &str) -> String {
    format!(
        "'{}'",
        text.replace('\\', "\\\\")
            .replace('\'', "\\'")
            .replace('\n', "\\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{entry, event};

    #[test]
    fn renders_the_sdk_call() {
        let entry = entry(
            event("user.signed_in", 1)
                .string("method")
                .integer("attempt-no"),
        );
        let text = render("user.signed_in", &entry.body);
        let code = text.strip_prefix(NOTE).unwrap_or_default();
        assert_eq!(
            code,
            "await workos.auditLogs.createSchema({\n  action: 'user.signed_in',\n  targets: [\n    { type: 'team' },\n  ],\n  metadata: {\n    \
             'attempt-no': 'number',\n    method: 'string',\n  },\n});\n"
        );
    }

    #[test]
    fn escapes() {
        assert_eq!(quoted("it's\\"), "'it\\'s\\\\'");
        assert_eq!(name("3d"), "'3d'");
    }
}
