//! Every answer is one that the service's API document describes.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{Answer, ask, emulator, event};
use audit_emulator::Emulator;
use serde_json::{Value, json};

/// The document, which isn't part of this repository. `AUDIT_REQUIRE_SHARED=1` is for those who have it: without it nothing would be tested.
fn document() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/reference/workos-openapi-audit-logs.json");
    let Ok(text) = std::fs::read(&path) else {
        assert!(
            std::env::var_os("AUDIT_REQUIRE_SHARED").is_none_or(|value| value != "1"),
            "{} isn't there",
            path.display()
        );
        eprintln!(
            "SKIPPED: {} isn't there, so no response is compared with the API document",
            path.display()
        );
        return None;
    };
    let mut document = serde_json::from_slice(&text).unwrap();
    name_once(&mut document);
    Some(document)
}

/// `OrganizationList` requires `list_metadata` twice, which JSON Schema forbids, and the validator takes for two members.
fn name_once(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::Array(required)) = members.get_mut("required") {
                required.dedup();
            }
            members.values_mut().for_each(name_once);
        }
        Value::Array(items) => items.iter_mut().for_each(name_once),
        _ => {}
    }
}

/// Asks, and holds the answers against the document.
struct Check<'a> {
    document: &'a Value,
    emulator: &'a Emulator,
    /// `GET /organizations 200`
    seen: BTreeSet<String>,
}

impl Check<'_> {
    fn ask(
        &mut self,
        method: &str,
        template: &str,
        name: &str,
        query: &str,
        body: &Value,
        status: u16,
    ) -> Value {
        let path = format!("{}{query}", replace_parameter(template, name));
        let answer = ask(self.emulator, method, &path, body);
        assert_eq!(answer.status, status, "{method} {path} {body}: {answer:?}");
        self.hold(method, template, &answer);
        answer.json()
    }

    fn hold(&mut self, method: &str, template: &str, answer: &Answer) {
        let operation = &self.document["paths"][template][method.to_lowercase()];
        assert!(
            operation.is_object(),
            "the document has no {method} {template}"
        );
        let schema = &operation["responses"][answer.status.to_string()]["content"]["application/json"]
            ["schema"];
        if !schema.is_object() {
            // Not described there; every error has a message.
            assert!(
                answer.status >= 400 && answer.json()["message"].is_string(),
                "{method} {template} {answer:?}"
            );
            return;
        }
        let mut whole = schema.clone();
        whole["components"] = self.document["components"].clone();
        let validator = jsonschema::validator_for(&whole).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&answer.json())
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(
            errors.is_empty(),
            "{method} {template} {answer:?}: {errors:#?}"
        );
        self.seen
            .insert(format!("{method} {template} {}", answer.status));
    }
}

fn replace_parameter(template: &str, name: &str) -> String {
    match (template.find('{'), template.find('}')) {
        (Some(start), Some(end)) => format!("{}{name}{}", &template[..start], &template[end + 1..]),
        _ => template.to_owned(),
    }
}

const SCHEMAS: &str = "/audit_logs/actions/{actionName}/schemas";
const ACTIONS: &str = "/audit_logs/actions";
const EVENTS: &str = "/audit_logs/events";
const EXPORTS: &str = "/audit_logs/exports";
const EXPORT: &str = "/audit_logs/exports/{auditLogExportId}";
const ORGANIZATIONS: &str = "/organizations";
const RETENTION: &str = "/organizations/{id}/audit_logs_retention";
const CONFIGURATION: &str = "/organizations/{id}/audit_log_configuration";
const LINK: &str = "/portal/generate_link";

#[tokio::test]
async fn every_answer_is_described() {
    let Some(document) = document() else { return };
    let emulator = emulator().await;
    let mut check = Check {
        document: &document,
        emulator: &emulator,
        seen: BTreeSet::new(),
    };
    schemas(&mut check);
    events(&mut check);
    exports(&mut check);
    organizations(&mut check);

    // What is described, and what was seen: the rest is known.
    let mut described = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            for status in operation["responses"].as_object().unwrap().keys() {
                described.insert(format!("{} {path} {status}", method.to_uppercase()));
            }
        }
    }
    let unseen: Vec<&String> = described.difference(&check.seen).collect();
    // Actions are never missing; links have no permissions, and what is wrong with them is 422.
    assert_eq!(
        unseen,
        [
            "GET /audit_logs/actions 404",
            "POST /portal/generate_link 400",
            "POST /portal/generate_link 403"
        ],
    );
}

fn schemas(check: &mut Check<'_>) {
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let full = json!({"actor": {"metadata": schema}, "targets": [{"type": "x", "metadata": schema}, {"type": "y"}], "metadata": schema});
    check.ask("POST", SCHEMAS, "a.b", "", &full, 201);
    check.ask(
        "POST",
        SCHEMAS,
        "a.b",
        "",
        &json!({"targets": [{"type": "x"}]}),
        201,
    );
    check.ask("POST", SCHEMAS, "a.b", "", &json!({"targets": []}), 422);
    check.ask(
        "POST",
        SCHEMAS,
        "a.b",
        "",
        &json!({"targets": [{"type": "x", "metadata": {"kind": 1}}]}),
        422,
    );
    check.ask("GET", SCHEMAS, "a.b", "", &Value::Null, 200);
    check.ask(
        "GET",
        SCHEMAS,
        "a.b",
        "?limit=1&order=asc",
        &Value::Null,
        200,
    );
    check.ask("GET", SCHEMAS, "a.b", "?limit=0", &Value::Null, 422);
    check.ask("GET", SCHEMAS, "unknown", "", &Value::Null, 404);
    check.ask("GET", ACTIONS, "", "?limit=1", &Value::Null, 200);
    check.ask("GET", ACTIONS, "", "?after=x", &Value::Null, 422);
}

fn events(check: &mut Check<'_>) {
    let good = event(check.emulator);
    check.ask("POST", EVENTS, "", "", &good, 200);
    let with = |place: &str, value: Value| {
        let mut body = good.clone();
        *body.pointer_mut(place).unwrap() = value;
        body
    };
    for body in [
        with("/event/targets", json!([])),
        with("/event/action", json!("no.such")),
        with("/event/version", json!(9)),
    ] {
        let shown = check.ask("POST", EVENTS, "", "", &body, 400);
        // The document has two forms of a 400; an event that isn't accepted has the one with errors.
        assert!(shown["errors"][0]["instancePath"].is_string(), "{shown}");
    }
    check.ask(
        "POST",
        EVENTS,
        "",
        "",
        &with("/organization_id", json!("org_1")),
        404,
    );
    let shown = check.ask(
        "POST",
        EVENTS,
        "",
        "",
        &json!({"organization_id": "org_1", "event": {}}),
        422,
    );
    assert_eq!(
        (&shown["errors"][0]["code"], &shown["errors"][0]["field"]),
        (&json!("required"), &json!("event.action"))
    );
    check.ask(
        "POST",
        EVENTS,
        "",
        "",
        &with("/event/context", json!({"location": "x".repeat(102_400)})),
        413,
    );
    check.emulator.fault(
        "POST /audit_logs/events status=429 times=1"
            .parse()
            .unwrap(),
    );
    check.ask("POST", EVENTS, "", "", &good, 429);
}

fn exports(check: &mut Check<'_>) {
    let now = jiff::Timestamp::now();
    let order = |start: i64| {
        json!({
            "organization_id": check.emulator.organization(),
            "range_start": (now - jiff::SignedDuration::from_hours(24 * start)).to_string(),
            "range_end": now.to_string(),
        })
    };
    let (good, old) = (order(1), order(100));
    let ordered = check.ask("POST", EXPORTS, "", "", &good, 201);
    check.ask("POST", EXPORTS, "", "", &old, 400);
    check.ask("POST", EXPORTS, "", "", &json!({}), 400);
    let ready = check.ask(
        "GET",
        EXPORT,
        ordered["id"].as_str().unwrap(),
        "",
        &Value::Null,
        200,
    );
    assert!(ready["url"].is_string());
    check.ask("GET", EXPORT, "audit_log_export_1", "", &Value::Null, 404);
}

fn organizations(check: &mut Check<'_>) {
    let made = ask(
        check.emulator,
        "POST",
        ORGANIZATIONS,
        &json!({"name": "Acme", "domain_data": [{"domain": "a.example"}]}),
    );
    assert_eq!(made.status, 201);
    check.ask("GET", ORGANIZATIONS, "", "", &Value::Null, 200);
    check.ask("GET", ORGANIZATIONS, "", "?limit=1", &Value::Null, 200);
    check.ask("GET", ORGANIZATIONS, "", "?limit=1000", &Value::Null, 422);
    let id = check.emulator.organization().to_owned();
    check.ask("GET", RETENTION, &id, "", &Value::Null, 200);
    check.ask("GET", RETENTION, "org_1", "", &Value::Null, 404);
    check.ask(
        "PUT",
        RETENTION,
        &id,
        "",
        &json!({"retention_period_in_days": 365}),
        200,
    );
    check.ask(
        "PUT",
        RETENTION,
        &id,
        "",
        &json!({"retention_period_in_days": 1}),
        422,
    );
    check.ask(
        "PUT",
        RETENTION,
        "org_1",
        "",
        &json!({"retention_period_in_days": 30}),
        404,
    );
    check.ask("GET", CONFIGURATION, &id, "", &Value::Null, 200);
    check.ask("GET", CONFIGURATION, "org_1", "", &Value::Null, 404);
    check.ask(
        "POST",
        LINK,
        "",
        "",
        &json!({"organization": id, "intent": "log_streams"}),
        201,
    );
    check.ask(
        "POST",
        LINK,
        "",
        "",
        &json!({"organization": id, "intent": "tea"}),
        422,
    );
    check.ask("POST", LINK, "", "", &json!({"organization": "org_1"}), 404);
}
