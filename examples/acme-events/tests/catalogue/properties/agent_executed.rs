//! Free text, 64-bit integers, floats and optional keys in one event.

use std::time::Duration;

use acme_events::{AgentExecuted, RunStatus, Trigger};
use audit_core::{AuditEvent, Text};
use proptest::option;
use proptest::prelude::*;
use serde::Serialize;

use super::inputs::{Expected, fitting, float, text, unsigned};
use super::{Twin, TwinEntity, config, envelope, judge, same, schemas};
use crate::samples::people::workspace;
use crate::samples::work::{agent, executed};

#[derive(Serialize)]
struct UserMetadata {
    role: &'static str,
    email: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum TargetMetadata {
    Workspace { data_region: &'static str },
    Agent { model: String, revision: u32 },
}

#[derive(Clone, Debug, Serialize)]
struct Metadata {
    run_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_run_id: Option<String>,
    trigger: &'static str,
    status: &'static str,
    duration_ms: u32,
    steps: u16,
    input_tokens: u64,
    output_tokens: u64,
    credits: f64,
    tools: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

fn metadata() -> impl Strategy<Value = Metadata> {
    let runs = (fitting(36), option::of(fitting(36)));
    let numbers = (any::<u32>(), any::<u16>(), unsigned(), unsigned(), float());
    (runs, numbers, text(200), option::of(text(500))).prop_map(
        |((run_id, parent_run_id), numbers, tools, error)| {
            let (duration_ms, steps, input_tokens, output_tokens, credits) = numbers;
            let tools = tools.chars().take(200).collect();
            let (trigger, status) = ("schedule", "timed_out");
            Metadata {
                run_id,
                parent_run_id,
                trigger,
                status,
                duration_ms,
                steps,
                input_tokens,
                output_tokens,
                credits,
                tools,
                error,
            }
        },
    )
}

fn event(metadata: Metadata) -> AgentExecuted {
    let run = |text| Text::new(text).expect("it fits");
    AgentExecuted {
        run: run(metadata.run_id),
        parent: metadata.parent_run_id.map(run),
        trigger: Trigger::Schedule,
        status: RunStatus::TimedOut,
        duration: Duration::from_millis(metadata.duration_ms.into()),
        steps: metadata.steps,
        input_tokens: metadata.input_tokens,
        output_tokens: metadata.output_tokens,
        credits: metadata.credits,
        tools: vec![metadata.tools],
        error: metadata.error,
        agent: acme_events::Agent {
            model: "large-3".into(),
            ..agent()
        },
        ..executed()
    }
}

fn twin(metadata: Metadata) -> impl Serialize {
    let user = UserMetadata {
        role: "admin",
        email: "zoe@initech.example",
    };
    let actor = TwinEntity {
        r#type: "user",
        id: "usr_zoe".into(),
        name: Some("Zoë \"Zed\" Ashworth".into()),
        metadata: user,
    };
    let region = TargetMetadata::Workspace {
        data_region: "eu-central",
    };
    let model = TargetMetadata::Agent {
        model: "large-3".into(),
        revision: 14,
    };
    let targets = vec![
        TwinEntity {
            r#type: "workspace",
            id: workspace().id.to_string(),
            name: Some("Initech".into()),
            metadata: region,
        },
        TwinEntity {
            r#type: "agent",
            id: "agt_1".into(),
            name: Some("Contract reader".into()),
            metadata: model,
        },
    ];
    Twin::of::<AgentExecuted>(actor, targets, metadata)
}

fn expected(metadata: &Metadata) -> Vec<String> {
    Expected::default()
        .integer("/metadata/input_tokens", metadata.input_tokens)
        .integer("/metadata/output_tokens", metadata.output_tokens)
        .unless("/metadata/credits", metadata.credits.is_finite())
        .text(
            "/metadata/error",
            metadata.error.as_deref().unwrap_or_default(),
            500,
        )
        .paths()
}

#[test]
fn agent_executed_is_accepted_as_its_schema_says() {
    let schemas = schemas::<AgentExecuted>();
    proptest!(config(), |(metadata in metadata())| {
        let expected = expected(&metadata);
        let built = event(metadata.clone()).try_into_event(envelope());
        if let Ok(event) = &built {
            // Its floats are `f64`, whose digits come back as they were.
            same("Serialize", &serde_json::to_string(event).expect("events serialize"), event.as_json())?;
        }
        judge(&schemas, built, &twin(metadata), expected)?;
    });
}
