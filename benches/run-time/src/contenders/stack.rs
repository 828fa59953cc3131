//! What is usually put together for such events: builders by bon, limits by garde, JSON by serde.

use bon::Builder;
use garde::Validate;
use serde::Serialize;

use crate::input::{ACTION, Input, Strategy, Trigger, VERSION};

#[derive(Builder, Serialize, Validate)]
struct Event {
    #[garde(skip)]
    action: &'static str,
    #[garde(skip)]
    version: u32,
    #[builder(into)]
    #[garde(skip)]
    occurred_at: String,
    #[garde(dive)]
    actor: Person,
    #[garde(length(min = 1, max = 20), dive)]
    targets: Vec<Target>,
    #[garde(skip)]
    context: Context,
    #[garde(dive)]
    metadata: Metadata,
}

#[derive(Builder, Serialize, Validate)]
struct Person {
    #[serde(rename = "type")]
    #[garde(skip)]
    kind: &'static str,
    #[builder(into)]
    #[garde(skip)]
    id: String,
    #[builder(into)]
    #[garde(skip)]
    name: String,
    #[garde(dive)]
    metadata: PersonMetadata,
}

#[derive(Builder, Serialize, Validate)]
struct PersonMetadata {
    #[builder(into)]
    #[garde(length(chars, max = 500))]
    team: String,
    #[builder(into)]
    #[garde(length(chars, max = 500))]
    session_id: String,
}

#[derive(Builder, Serialize, Validate)]
struct Target {
    #[serde(rename = "type")]
    #[garde(skip)]
    kind: &'static str,
    #[builder(into)]
    #[garde(skip)]
    id: String,
    #[builder(into)]
    #[garde(skip)]
    name: String,
    #[garde(dive)]
    metadata: TargetMetadata,
}

#[derive(Builder, Serialize, Validate)]
struct TargetMetadata {
    #[builder(into)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[garde(length(chars, max = 500))]
    commit: Option<String>,
}

#[derive(Builder, Serialize)]
struct Context {
    #[builder(into)]
    location: String,
    #[builder(into)]
    user_agent: String,
}

#[derive(Builder, Serialize, Validate)]
struct Metadata {
    #[builder(into)]
    #[garde(length(chars, max = 500))]
    build_id: String,
    #[builder(into)]
    #[garde(length(chars, max = 500))]
    approved_by: String,
    #[builder(into)]
    #[garde(length(chars, max = 500))]
    request_path: String,
    #[builder(into)]
    #[garde(length(chars, max = 500))]
    request_id: String,
    #[builder(into)]
    #[garde(length(chars, max = 500))]
    region: String,
    #[builder(into)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[garde(length(chars, max = 500))]
    reason: Option<String>,
    #[garde(skip)]
    strategy: Strategy,
    #[garde(skip)]
    trigger: Trigger,
    #[garde(range(min = -9_007_199_254_740_991, max = 9_007_199_254_740_991))]
    artifact_bytes: i64,
    #[garde(skip)]
    attempt: u32,
    #[garde(custom(finite))]
    error_rate: f64,
    #[garde(skip)]
    canary: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "garde passes a reference"
)]
fn finite(number: &f64, (): &()) -> garde::Result {
    if number.is_finite() {
        Ok(())
    } else {
        Err(garde::Error::new("not finite"))
    }
}

fn build(input: &Input<'_>) -> Event {
    let person = PersonMetadata::builder()
        .team(input.person_team)
        .session_id(input.person_session_id)
        .build();
    let commit = TargetMetadata::builder()
        .commit(input.deployment_commit)
        .build();
    let deployment = Target::builder()
        .kind("deployment")
        .id(input.deployment_id)
        .name(input.deployment_name);
    let environment = Target::builder()
        .kind("environment")
        .id(input.environment_id)
        .name(input.environment_name);
    let metadata = Metadata::builder()
        .build_id(input.build_id)
        .approved_by(input.approved_by)
        .request_path(input.request_path)
        .request_id(input.request_id)
        .region(input.region)
        .maybe_reason(input.reason)
        .strategy(input.strategy)
        .trigger(input.trigger)
        .artifact_bytes(input.artifact_bytes)
        .attempt(input.attempt)
        .error_rate(input.error_rate)
        .canary(input.canary)
        .build();
    Event::builder()
        .action(ACTION)
        .version(VERSION)
        .occurred_at(input.occurred_at)
        .actor(
            Person::builder()
                .kind("user")
                .id(input.person_id)
                .name(input.person_name)
                .metadata(person)
                .build(),
        )
        .targets(vec![
            deployment.metadata(commit).build(),
            environment
                .metadata(TargetMetadata::builder().build())
                .build(),
        ])
        .context(
            Context::builder()
                .location(input.location)
                .user_agent(input.user_agent)
                .build(),
        )
        .metadata(metadata)
        .build()
}

pub fn owned(input: &Input<'_>, out: &mut Vec<u8>) {
    let event = build(input);
    event.validate().expect("it is within the limits");
    *out = serde_json::to_vec(&event).expect("it is JSON");
}
