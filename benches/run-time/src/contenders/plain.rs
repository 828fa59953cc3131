//! Structs of plain serde types, written by hand; nothing is checked.

use serde::Serialize;

use crate::input::{ACTION, Input, Strategy, Trigger, VERSION};

/// `S` is a string type, `L` a list of two targets.
#[derive(Serialize)]
pub struct Event<S, L> {
    pub action: &'static str,
    pub version: u32,
    pub occurred_at: S,
    pub actor: Entity<S, PersonMetadata<S>>,
    pub targets: L,
    pub context: Context<S>,
    pub metadata: Metadata<S>,
}

#[derive(Serialize)]
pub struct Entity<S, M> {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub id: S,
    pub name: Option<S>,
    pub metadata: M,
}

#[derive(Serialize)]
pub struct PersonMetadata<S> {
    pub team: S,
    pub session_id: S,
}

#[derive(Serialize)]
pub struct TargetMetadata<S> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<S>,
}

#[derive(Serialize)]
pub struct Context<S> {
    pub location: S,
    pub user_agent: S,
}

#[derive(Serialize)]
pub struct Metadata<S> {
    pub build_id: S,
    pub approved_by: S,
    pub request_path: S,
    pub request_id: S,
    pub region: S,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<S>,
    pub strategy: Strategy,
    pub trigger: Trigger,
    pub artifact_bytes: i64,
    pub attempt: u32,
    pub error_rate: f64,
    pub canary: bool,
}

pub type Target<S> = Entity<S, TargetMetadata<S>>;
pub type Owned = Event<String, Vec<Target<String>>>;
pub type Borrowed<'a> = Event<&'a str, [Target<&'a str>; 2]>;

pub fn build<'a, S: From<&'a str>, L>(
    input: &'a Input<'a>,
    list: impl Fn([Target<S>; 2]) -> L,
) -> Event<S, L> {
    let actor = Entity {
        kind: "user",
        id: input.person_id.into(),
        name: Some(input.person_name.into()),
        metadata: PersonMetadata {
            team: input.person_team.into(),
            session_id: input.person_session_id.into(),
        },
    };
    let deployment = Entity {
        kind: "deployment",
        id: input.deployment_id.into(),
        name: Some(input.deployment_name.into()),
        metadata: TargetMetadata {
            commit: Some(input.deployment_commit.into()),
        },
    };
    let environment = Entity {
        kind: "environment",
        id: input.environment_id.into(),
        name: Some(input.environment_name.into()),
        metadata: TargetMetadata { commit: None },
    };
    let metadata = Metadata {
        build_id: input.build_id.into(),
        approved_by: input.approved_by.into(),
        request_path: input.request_path.into(),
        request_id: input.request_id.into(),
        region: input.region.into(),
        reason: input.reason.map(Into::into),
        strategy: input.strategy,
        trigger: input.trigger,
        artifact_bytes: input.artifact_bytes,
        attempt: input.attempt,
        error_rate: input.error_rate,
        canary: input.canary,
    };
    Event {
        action: ACTION,
        version: VERSION,
        occurred_at: input.occurred_at.into(),
        actor,
        targets: list([deployment, environment]),
        context: Context {
            location: input.location.into(),
            user_agent: input.user_agent.into(),
        },
        metadata,
    }
}

pub fn build_owned(input: &Input<'_>) -> Owned {
    build(input, Into::into)
}

pub fn build_borrowed<'a>(input: &'a Input<'a>) -> Borrowed<'a> {
    build(input, |targets| targets)
}

pub fn owned(input: &Input<'_>, out: &mut Vec<u8>) {
    *out = serde_json::to_vec(&build_owned(input)).expect("it is JSON");
}

pub fn borrowed(input: &Input<'_>, out: &mut Vec<u8>) {
    *out = serde_json::to_vec(&build_borrowed(input)).expect("it is JSON");
}
