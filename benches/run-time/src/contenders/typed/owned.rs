//! With owned strings, as most programs hold them.

use audit_core::{AuditEntity, AuditEvent, Context, Envelope};

use crate::input::{Input, Strategy, Trigger};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct Person {
    #[audit(id)]
    id: String,
    #[audit(name)]
    name: String,
    #[audit(metadata)]
    team: String,
    #[audit(metadata)]
    session_id: String,
}

#[derive(AuditEntity)]
#[audit(type = "deployment")]
struct Deployment {
    #[audit(id)]
    id: String,
    #[audit(name)]
    name: String,
    #[audit(metadata)]
    commit: String,
}

#[derive(AuditEntity)]
#[audit(type = "environment")]
struct Environment {
    #[audit(id)]
    id: String,
    #[audit(name)]
    name: String,
}

#[derive(AuditEvent)]
#[audit(action = "deployment.promoted", version = 4)]
struct DeploymentPromoted {
    #[audit(actor)]
    by: Person,
    #[audit(target)]
    deployment: Deployment,
    #[audit(target)]
    environment: Environment,
    build_id: String,
    approved_by: String,
    request_path: String,
    request_id: String,
    region: String,
    reason: Option<String>,
    strategy: Strategy,
    trigger: Trigger,
    artifact_bytes: i64,
    attempt: u32,
    error_rate: f64,
    canary: bool,
}

fn person(input: &Input<'_>) -> Person {
    Person {
        id: input.person_id.into(),
        name: input.person_name.into(),
        team: input.person_team.into(),
        session_id: input.person_session_id.into(),
    }
}

fn deployment(input: &Input<'_>) -> Deployment {
    Deployment {
        id: input.deployment_id.into(),
        name: input.deployment_name.into(),
        commit: input.deployment_commit.into(),
    }
}

fn environment(input: &Input<'_>) -> Environment {
    Environment {
        id: input.environment_id.into(),
        name: input.environment_name.into(),
    }
}

fn context(input: &Input<'_>) -> Context {
    Context::new(input.location).user_agent(input.user_agent)
}

pub fn builder(input: &Input<'_>, out: &mut Vec<u8>) {
    let event = DeploymentPromoted::builder()
        .by(person(input))
        .deployment(deployment(input))
        .environment(environment(input))
        .build_id(input.build_id)
        .approved_by(input.approved_by)
        .request_path(input.request_path)
        .request_id(input.request_id)
        .region(input.region)
        .maybe_reason(input.reason.map(Into::into))
        .strategy(input.strategy)
        .trigger(input.trigger)
        .artifact_bytes(input.artifact_bytes)
        .attempt(input.attempt)
        .error_rate(input.error_rate)
        .canary(input.canary)
        .context(context(input))
        .occurred_at(input.timestamp)
        .try_build();
    *out = event
        .expect("it is within the limits")
        .into_json()
        .into_bytes();
}

pub fn literal(input: &Input<'_>, out: &mut Vec<u8>) {
    let value = DeploymentPromoted {
        by: person(input),
        deployment: deployment(input),
        environment: environment(input),
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
    let event = value.try_into_event(Envelope::new(context(input)).occurred_at(input.timestamp));
    *out = event
        .expect("it is within the limits")
        .into_json()
        .into_bytes();
}
