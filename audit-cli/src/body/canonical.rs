//! Writes the canonical form of a body that was read, to find files that code didn't render. The form
//! itself is frozen in `audit-core/src/schema/canonical.rs`; a test compares the two.

use serde_json::Value;

use super::{Body, Metadata, Notation, Property};

/// The text that code with this schema renders; `None` if no code can have it.
pub fn render(body: &Body) -> Option<String> {
    let targets = body.targets.iter().map(|(kind, metadata)| {
        Some(format!(
            "    {{\"metadata\": {}, \"type\": {}}}",
            self::metadata(metadata)?,
            quoted(kind)
        ))
    });
    let targets: Vec<String> = targets.collect::<Option<_>>()?;
    Some(format!(
        "{{\n  \"actor\": {{\"metadata\": {}}},\n  \"metadata\": {},\n  \"targets\": [\n{}\n  ]\n}}\n",
        metadata(&body.actor)?,
        metadata(&body.metadata)?,
        targets.join(",\n"),
    ))
}

fn metadata(metadata: &Metadata) -> Option<String> {
    let Metadata {
        notation,
        at: _,
        properties,
        required,
        open,
        constraints,
        annotations,
    } = metadata;
    if *notation == Notation::Absent || *open || !constraints.is_empty() || !annotations.is_empty()
    {
        return None;
    }
    let line = |(key, property): (&String, &Property)| {
        let schema = self::property(property)?;
        Some(format!("\n      {}: {schema}", quoted(key)))
    };
    let mut lines = properties
        .iter()
        .map(line)
        .collect::<Option<Vec<_>>>()?
        .join(",");
    if !lines.is_empty() {
        lines += "\n    ";
    }
    let keys: Vec<_> = required.iter().map(|key| quoted(key)).collect();
    let required = match keys.join(", ") {
        keys if keys.is_empty() => keys,
        keys => format!("\"required\": [{keys}], "),
    };
    Some(format!(
        "{{\"additionalProperties\": false, \"properties\": {{{lines}}}, {required}\"type\": \"object\"}}"
    ))
}

fn property(property: &Property) -> Option<String> {
    let Property {
        at: _,
        types,
        values,
        max_len,
        constraints,
        annotations,
    } = property;
    if !constraints.is_empty() || !annotations.is_empty() {
        return None;
    }
    let names = match values {
        Some(_) => {
            let names: Vec<_> = property.names()?.into_iter().map(quoted).collect();
            format!("\"enum\": [{}], ", names.join(", "))
        }
        None => String::new(),
    };
    let max_len = max_len.map(|max_len| format!("\"maxLength\": {max_len}, "));
    let (max_len, name) = (max_len.unwrap_or_default(), types.name()?);
    Some(format!("{{{names}{max_len}\"type\": \"{name}\"}}"))
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::golden_bodies;

    #[test]
    fn gives_back_what_the_derives_write() {
        let bodies = golden_bodies();
        assert!(bodies.len() > 20);
        for (path, text) in bodies {
            let body = Body::parse(&text).unwrap_or_else(|problem| panic!("{path}:{problem}"));
            assert_eq!(render(&body).as_deref(), Some(text.as_str()), "{path}");
        }
    }

    #[test]
    fn knows_what_no_derive_writes() {
        for text in [
            r#"{"targets": [{"type": "team"}]}"#,
            r#"{"actor": {"metadata": {"additionalProperties": false}}, "metadata": {"additionalProperties": false, "title": "x"}, "targets": []}"#,
        ] {
            assert_eq!(
                Body::parse(text).ok().and_then(|body| render(&body)),
                None,
                "{text}"
            );
        }
    }
}
