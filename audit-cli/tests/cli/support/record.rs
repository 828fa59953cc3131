//! Writes records without the derives: by the grammar in `audit_core::schema::record`.

use std::fmt::Write;

use audit_core::schema::record::{FORMAT, MAGIC, NOTE_NAME, attribute, tag};

/// An event type in the making: one target `team`, an actor of any type, root metadata.
#[derive(Clone, Debug)]
pub struct Record {
    action: String,
    version: u32,
    docs: String,
    file: String,
    line: u32,
    package: String,
    actor: Vec<u8>,
    targets: Vec<(String, Vec<u8>, bool)>,
    fields: Vec<Field>,
}

/// A metadata key in the making.
#[derive(Clone, Debug)]
pub struct Field {
    key: String,
    docs: String,
    json: u8,
    optional: bool,
    max_len: u16,
    range: (i64, i64),
    values: Vec<(String, String)>,
    /// Where it stands; the event's file where none is said.
    place: Vec<u8>,
}

/// The types as a record numbers them.
pub const STRING: u8 = 0;
pub const INTEGER: u8 = 1;
pub const NUMBER: u8 = 2;
pub const BOOLEAN: u8 = 3;

/// Bounds that are written out.
const CUSTOM_BOUNDS: u8 = 4;

pub fn field(key: &str, json: u8) -> Field {
    Field {
        key: key.into(),
        docs: String::new(),
        json,
        optional: false,
        max_len: 0,
        range: (-9_007_199_254_740_991, 9_007_199_254_740_991),
        values: Vec::new(),
        place: Vec::new(),
    }
}

impl Field {
    pub fn at(mut self, file: &str, line: u32) -> Self {
        self.place = [
            text(attribute::FILE, file),
            attribute(attribute::LINE, &line.to_le_bytes()),
        ]
        .concat();
        self
    }

    /// Declared by a group, which was flattened with this before its keys.
    pub fn of_group(mut self, name: &str, prefix: &str) -> Self {
        self.place.extend(
            [
                text(attribute::GROUP, name),
                text(attribute::PREFIX, prefix),
            ]
            .concat(),
        );
        self
    }

    pub fn docs(mut self, docs: &str) -> Self {
        self.docs = docs.into();
        self
    }

    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    pub fn max_len(mut self, max_len: u16) -> Self {
        self.max_len = max_len;
        self
    }

    pub fn range(mut self, min: i64, max: i64) -> Self {
        self.range = (min, max);
        self
    }

    pub fn value(mut self, name: &str, docs: &str) -> Self {
        self.values.push((name.into(), docs.into()));
        self
    }

    fn encode(&self) -> Vec<u8> {
        let note = [
            text(attribute::NAME, &self.key),
            text(attribute::DOCS, &self.docs),
            self.place.clone(),
        ];
        let mut bytes = part(tag::FIELD, &note.concat());
        let flags = u8::from(self.optional) | u8::from(!self.values.is_empty()) << 2;
        let mut kind = vec![self.json, flags];
        kind.extend(self.max_len.to_le_bytes());
        kind.extend([CUSTOM_BOUNDS, 0]);
        kind.extend(self.range.0.to_le_bytes());
        kind.extend(self.range.1.to_le_bytes());
        bytes.extend(part(tag::TYPE, &kind));
        for (name, docs) in &self.values {
            bytes.extend(part(
                tag::VARIANT,
                &[text(attribute::NAME, name), text(attribute::DOCS, docs)].concat(),
            ));
        }
        bytes
    }

    /// As the canonical body says it, enough of it for a reader.
    fn property(&self) -> String {
        let kind = ["string", "integer", "number", "boolean"][usize::from(self.json)];
        let mut values: Vec<_> = self
            .values
            .iter()
            .map(|(name, _)| format!("{name:?}"))
            .collect();
        values.sort_unstable();
        let values = if values.is_empty() {
            String::new()
        } else {
            format!("\"enum\": [{}], ", values.join(", "))
        };
        let limit = if self.max_len == 0 {
            String::new()
        } else {
            format!("\"maxLength\": {}, ", self.max_len)
        };
        format!("{:?}: {{{values}{limit}\"type\": \"{kind}\"}}", self.key)
    }
}

/// An entity's parts. `inner` are fields' or variants' parts.
pub fn entity(
    type_name: Option<&str>,
    rust_name: &str,
    docs: &str,
    id: Option<&str>,
    inner: &[Vec<u8>],
) -> Vec<u8> {
    let mut attributes = text(attribute::RUST_NAME, rust_name);
    attributes.extend(text(attribute::DOCS, docs));
    attributes.extend(
        type_name
            .map(|name| text(attribute::NAME, name))
            .unwrap_or_default(),
    );
    attributes.extend(id.map(|id| text(attribute::ID, id)).unwrap_or_default());
    [
        part(tag::ENTITY, &attributes),
        inner.concat(),
        part(tag::END, &[]),
    ]
    .concat()
}

/// Fields as an entity holds them.
pub fn fields(fields: &[Field]) -> Vec<u8> {
    fields.iter().flat_map(Field::encode).collect()
}

pub fn event(action: &str, version: u32) -> Record {
    Record {
        action: action.into(),
        version,
        docs: String::new(),
        file: "src/lib.rs".into(),
        line: 1,
        package: "acme".into(),
        actor: Vec::new(),
        targets: vec![(
            "team".into(),
            entity(Some("team"), "Team", "", None, &[]),
            false,
        )],
        fields: Vec::new(),
    }
}

impl Record {
    pub fn docs(mut self, docs: &str) -> Self {
        self.docs = docs.into();
        self
    }

    pub fn at(mut self, file: &str, line: u32) -> Self {
        self.file = file.into();
        self.line = line;
        self
    }

    pub fn package(mut self, name: &str) -> Self {
        self.package = name.into();
        self
    }

    pub fn actor(mut self, entity: Vec<u8>) -> Self {
        self.actor = entity;
        self
    }

    pub fn without_targets(mut self) -> Self {
        self.targets.clear();
        self
    }

    pub fn target(mut self, type_name: &str, entity: Vec<u8>) -> Self {
        self.targets.push((type_name.into(), entity, false));
        self
    }

    /// A target field that is a list.
    pub fn targets(mut self, type_name: &str, entity: Vec<u8>) -> Self {
        self.targets.push((type_name.into(), entity, true));
        self
    }

    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    pub fn string(self, key: &str) -> Self {
        self.field(field(key, STRING))
    }

    pub fn integer(self, key: &str) -> Self {
        self.field(field(key, INTEGER))
    }

    fn body(&self) -> String {
        let mut properties: Vec<_> = self.fields.iter().map(Field::property).collect();
        properties.sort_unstable();
        let mut targets: Vec<_> = self
            .targets
            .iter()
            .map(|(name, ..)| format!("{{\"type\": {name:?}}}"))
            .collect();
        targets.sort_unstable();
        targets.dedup();
        let mut body = String::from("{\n");
        // Writing into a `String` can't fail.
        let _ = writeln!(
            body,
            "  \"metadata\": {{\"properties\": {{{}}}, \"type\": \"object\"}},",
            properties.join(", ")
        );
        let _ = writeln!(body, "  \"targets\": [{}]\n}}", targets.join(", "));
        body
    }

    /// The record, as it lies in a section after its frame.
    pub fn bytes(&self) -> Vec<u8> {
        let mut parts = part(tag::EVENT, &self.attributes());
        parts.extend(part(tag::BODY, self.body().as_bytes()));
        parts.extend(
            [
                part(tag::ACTOR, &[]),
                self.actor.clone(),
                part(tag::END, &[]),
            ]
            .concat(),
        );
        for (name, entity, is_list) in &self.targets {
            let list = if *is_list {
                attribute(attribute::LIST, &[])
            } else {
                Vec::new()
            };
            let note = [
                text(attribute::NAME, name),
                text(attribute::RUST_NAME, name),
                list,
            ]
            .concat();
            parts.extend(
                [
                    part(tag::TARGET, &note),
                    entity.clone(),
                    part(tag::END, &[]),
                ]
                .concat(),
            );
        }
        parts.extend(
            [
                part(tag::ROOT, &[]),
                fields(&self.fields),
                part(tag::END, &[]),
            ]
            .concat(),
        );
        let len = u32::try_from(parts.len()).expect("a test's record is small");
        let mut record = [
            MAGIC.as_slice(),
            &FORMAT.to_le_bytes(),
            &len.to_le_bytes(),
            &parts,
        ]
        .concat();
        record.resize(record.len().next_multiple_of(4), 0);
        record
    }

    fn attributes(&self) -> Vec<u8> {
        [
            text(attribute::NAME, &self.action),
            attribute(attribute::VERSION, &self.version.to_le_bytes()),
            text(attribute::RUST_NAME, "Tested"),
            text(attribute::DOCS, &self.docs),
            text(attribute::FILE, &self.file),
            attribute(attribute::LINE, &self.line.to_le_bytes()),
            text(attribute::PACKAGE, &self.package),
            text(attribute::PACKAGE_VERSION, "0.1.0"),
        ]
        .concat()
    }

    /// The record in its frame: an ELF note of little-endian objects.
    pub fn note(&self) -> Vec<u8> {
        let record = self.bytes();
        let len = u32::try_from(record.len()).expect("a test's record is small");
        [
            6_u32.to_le_bytes().as_slice(),
            &len.to_le_bytes(),
            &1_u32.to_le_bytes(),
            &NOTE_NAME,
            &record,
        ]
        .concat()
    }
}

fn part(tag: u8, content: &[u8]) -> Vec<u8> {
    let len = u32::try_from(content.len()).expect("a test's part is small");
    [&[tag], len.to_le_bytes().as_slice(), content].concat()
}

/// Attributes are parts themselves.
fn attribute(tag: u8, content: &[u8]) -> Vec<u8> {
    part(tag, content)
}

fn text(tag: u8, content: &str) -> Vec<u8> {
    attribute(tag, content.as_bytes())
}
