//! Real events of every type, each judged by four schemas.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::{fs, io};

use audit_core::Context;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::rules;
use crate::samples::{self, Sample};

/// Every sample that `judge` complains about, with what it says.
fn refused(judge: impl Fn(&Sample, &Value) -> Vec<String>) -> Vec<String> {
    let samples = samples::all();
    assert!(!samples.is_empty());
    let judged = samples.iter().flat_map(|sample| {
        let event = sample.event.to_value();
        let name = format!(
            "{} version {}",
            sample.event.action(),
            sample.event.version()
        );
        judge(sample, &event)
            .into_iter()
            .map(move |complaint| format!("{name}: {complaint}"))
    });
    judged.collect()
}

fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn every_event_type_has_a_sample() {
    let mut declared = BTreeSet::new();
    for package in ["acme-events", "acme-billing"] {
        find_events(
            &Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("..")
                .join(package)
                .join("src"),
            &mut declared,
        );
    }
    let sampled = samples::all()
        .iter()
        .map(|sample| (sample.event.action().to_owned(), sample.event.version()))
        .collect();
    assert!(declared.len() >= 18);
    assert_eq!(declared, sampled);
}

/// The actions and versions in a package's source.
fn find_events(folder: &Path, found: &mut BTreeSet<(String, u32)>) {
    for entry in fs::read_dir(folder).expect("the package has a source folder") {
        let text = fs::read_to_string(entry.expect("the folder can be read").path())
            .expect("all sources stand in one folder");
        for line in text.lines() {
            let Some((action, rest)) = line
                .strip_prefix("#[audit(action = \"")
                .and_then(|line| line.split_once("\", version = "))
            else {
                continue;
            };
            let digits = rest
                .chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>();
            assert!(
                found.insert((
                    action.to_owned(),
                    digits.parse().expect("a version is a number")
                )),
                "{action} is declared twice"
            );
        }
    }
}

#[test]
fn events_are_valid_under_their_exported_schemas() {
    assert_none(&refused(|sample, event| {
        match rules::exported(sample.event.action(), sample.event.version()) {
            Some(schema) => rules::complaints(&rules::validator(&schema), event),
            None => {
                vec!["its schema isn't exported: run `cargo audit-schema export -p acme`".into()]
            }
        }
    }));
}

#[test]
fn events_are_valid_under_their_registration_bodies() {
    assert_none(&refused(|sample, event| {
        rules::complaints(&rules::validator(&rules::registered(sample.body)), event)
    }));
}

#[test]
fn events_obey_the_service() {
    let service = rules::validator(&rules::service());
    assert_none(&refused(|_, event| rules::complaints(&service, event)));
}

/// The API document isn't ours to copy, so it is read from beside the repository, where it is there.
#[test]
fn events_obey_the_services_api_document() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/reference/workos-openapi-audit-logs.json");
    let Ok(text) = fs::read_to_string(&path) else {
        // Written past the test harness, which would keep it to itself.
        let _ = writeln!(
            io::stderr(),
            "SKIPPED events_obey_the_services_api_document: there is no {}",
            path.display()
        );
        return;
    };
    let document: Value = serde_json::from_str(&text).expect("the API document is JSON");
    let event = api_document(&document);
    assert_none(&refused(|_, value| rules::complaints(&event, value)));
}

fn api_document(document: &Value) -> Validator {
    rules::validator(
        &json!({"$ref": "#/components/schemas/AuditLogEventDto", "components": document["components"]}),
    )
}

#[test]
fn an_empty_context_is_an_object() {
    let event = samples::with_context(Context::empty()).event.to_value();
    assert_eq!(event["context"], json!({}));
    assert_none(&rules::complaints(
        &rules::validator(&rules::service()),
        &event,
    ));
}

/// The rules are only worth something if they refuse what the service refuses.
#[test]
fn the_rules_refuse_what_the_service_refuses() {
    let service = rules::validator(&rules::service());
    let good = samples::all()[0].event.to_value();
    assert!(service.is_valid(&good));
    let broken: [(&str, Value); 11] = [
        ("/metadata", json!({"list": []})),
        ("/metadata", json!({"nothing": null})),
        ("/metadata", json!({"nested": {}})),
        ("/metadata", json!({"": "empty key"})),
        ("/metadata", json!({"a key": true})),
        ("/metadata", json!({"long": "é".repeat(501)})),
        (
            "/actor/metadata",
            (0..51)
                .map(|number| (format!("key_{number}"), json!(number)))
                .collect(),
        ),
        ("/actor/metadata", json!({"k".repeat(41): 1})),
        ("/targets", json!([])),
        ("/targets", vec![good["targets"][0].clone(); 21].into()),
        ("/occurred_at", json!("2026-02-30T00:00:00.000Z")),
    ];
    for (pointer, value) in broken {
        let mut event = good.clone();
        *event
            .pointer_mut(pointer)
            .expect("the sample has all three metadata objects") = value;
        assert!(
            !service.is_valid(&event),
            "{pointer} is {}",
            event.pointer(pointer).expect("it was there")
        );
    }
    for required in [
        "action",
        "version",
        "occurred_at",
        "actor",
        "targets",
        "context",
    ] {
        let mut event = good.clone();
        event
            .as_object_mut()
            .expect("an event is an object")
            .remove(required);
        assert!(!service.is_valid(&event), "without {required}");
    }
}
