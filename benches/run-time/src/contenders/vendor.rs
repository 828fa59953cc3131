//! The vendor's own models: owned maps for metadata, every number a float; nothing is checked.

use std::collections::HashMap;

use workos::models::{
    AuditLogEvent, AuditLogEventActor, AuditLogEventActorMetadataOneOf as Value,
    AuditLogEventContext, AuditLogEventTarget,
};

use crate::input::{ACTION, Input, VERSION};

fn text(key: &str, text: &str) -> (String, Value) {
    (key.to_owned(), Value::String(text.to_owned()))
}

fn number(key: &str, number: f64) -> (String, Value) {
    (key.to_owned(), Value::F64(number))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the vendor's models hold floats"
)]
fn metadata(input: &Input<'_>) -> HashMap<String, Value> {
    let mut metadata = HashMap::from([
        text("build_id", input.build_id),
        text("approved_by", input.approved_by),
        text("request_path", input.request_path),
        text("request_id", input.request_id),
        text("region", input.region),
        text("strategy", input.strategy.name()),
        text("trigger", input.trigger.name()),
        number("artifact_bytes", input.artifact_bytes as f64),
        number("attempt", input.attempt.into()),
        number("error_rate", input.error_rate),
        ("canary".to_owned(), Value::Bool(input.canary)),
    ]);
    metadata.extend(input.reason.map(|reason| text("reason", reason)));
    metadata
}

fn target(
    kind: &str,
    id: &str,
    name: &str,
    metadata: HashMap<String, Value>,
) -> AuditLogEventTarget {
    AuditLogEventTarget {
        type_: kind.to_owned(),
        id: id.to_owned(),
        name: Some(name.to_owned()),
        metadata: Some(metadata),
    }
}

pub fn models(input: &Input<'_>, out: &mut Vec<u8>) {
    let person = HashMap::from([
        text("team", input.person_team),
        text("session_id", input.person_session_id),
    ]);
    let commit = HashMap::from([text("commit", input.deployment_commit)]);
    let event = AuditLogEvent {
        action: ACTION.to_owned(),
        version: Some(VERSION.into()),
        occurred_at: input.occurred_at.to_owned(),
        actor: AuditLogEventActor {
            type_: "user".to_owned(),
            id: input.person_id.to_owned(),
            name: Some(input.person_name.to_owned()),
            metadata: Some(person),
        },
        targets: vec![
            target(
                "deployment",
                input.deployment_id,
                input.deployment_name,
                commit,
            ),
            target(
                "environment",
                input.environment_id,
                input.environment_name,
                HashMap::new(),
            ),
        ],
        context: AuditLogEventContext {
            location: input.location.to_owned(),
            user_agent: Some(input.user_agent.to_owned()),
        },
        metadata: Some(metadata(input)),
    };
    *out = serde_json::to_vec(&event).expect("it is JSON");
}
