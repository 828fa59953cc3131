//! The attribute reference of the four derives, `audit-core/src/derive/*.md`, compared with the table of keys.

use std::collections::BTreeSet;

use audit_rules::case::CASES;

use crate::parse::keys::{Location, at};

/// The pages of a derive.
fn pages(files: &[&str]) -> String {
    let read = |file: &&str| {
        let path = format!(
            "{}/../audit-core/src/derive/{file}.md",
            env!("CARGO_MANIFEST_DIR")
        );
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    files.iter().map(read).collect()
}

/// The attributes that begin the rows of the tables under `heading`.
fn documented<'p>(pages: &'p str, heading: &str) -> BTreeSet<&'p str> {
    let mut found = BTreeSet::new();
    let mut is_under = false;
    for line in pages.lines() {
        if let Some(other) = line.strip_prefix("# ") {
            is_under = other == heading;
        }
        if let Some(row) = line.strip_prefix("| `").filter(|_| is_under) {
            found.extend(row.split([' ', '`']).next());
        }
    }
    found
}

#[test]
fn every_attribute_is_documented_where_it_may_stand() {
    let event = pages(&["event", "fields", "builder"]);
    let entity = pages(&["entity", "fields"]);
    let metadata = pages(&["metadata", "fields"]);
    let value = pages(&["value"]);
    let fields: &[_] = &["Roles of fields", "Metadata fields"];
    for (pages, location, headings) in [
        (&event, Location::Event, &["On the struct"][..]),
        (&event, Location::EventField, fields),
        (&entity, Location::Entity, &["On a struct", "On an enum"]),
        (&entity, Location::EntityField, fields),
        (&entity, Location::EntityVariant, &["On a unit variant"]),
        (&metadata, Location::Metadata, &["On the struct"]),
        (&metadata, Location::MetadataField, fields),
        (&value, Location::Value, &["On an enum", "On a newtype"]),
        (&value, Location::ValueVariant, &["On a variant"]),
    ] {
        let documented: BTreeSet<_> = headings
            .iter()
            .flat_map(|heading| documented(pages, heading))
            .collect();
        assert_eq!(
            documented,
            at(location).map(|key| key.name).collect(),
            "{location}"
        );
    }
    for pages in [event, entity, metadata, value] {
        for (case, _) in CASES {
            assert!(pages.contains(&format!("`{case}`")), "{case}");
        }
    }
}
