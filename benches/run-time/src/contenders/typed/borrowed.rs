//! With borrowed strings, and the context that the request was given when it came in.

use audit_core::{AuditEntity, AuditEvent, Context, Timestamp};

use crate::input::{Input, Strategy, Trigger};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct Person<'a> {
    #[audit(id)]
    id: &'a str,
    #[audit(name)]
    name: &'a str,
    #[audit(metadata)]
    team: &'a str,
    #[audit(metadata)]
    session_id: &'a str,
}

#[derive(AuditEntity)]
#[audit(type = "deployment")]
struct Deployment<'a> {
    #[audit(id)]
    id: &'a str,
    #[audit(name)]
    name: &'a str,
    #[audit(metadata)]
    commit: &'a str,
}

#[derive(AuditEntity)]
#[audit(type = "environment")]
struct Environment<'a> {
    #[audit(id)]
    id: &'a str,
    #[audit(name)]
    name: &'a str,
}

#[derive(AuditEvent)]
#[audit(action = "deployment.promoted", version = 4)]
struct DeploymentPromoted<'a> {
    #[audit(actor)]
    by: Person<'a>,
    #[audit(target)]
    deployment: Deployment<'a>,
    #[audit(target)]
    environment: Environment<'a>,
    #[audit(context)]
    context: &'a Context,
    #[audit(occurred_at)]
    at: Timestamp,
    build_id: &'a str,
    approved_by: &'a str,
    request_path: &'a str,
    request_id: &'a str,
    region: &'a str,
    reason: Option<&'a str>,
    strategy: Strategy,
    trigger: Trigger,
    artifact_bytes: i64,
    attempt: u32,
    error_rate: f64,
    canary: bool,
}

fn person<'a>(input: &Input<'a>) -> Person<'a> {
    Person {
        id: input.person_id,
        name: input.person_name,
        team: input.person_team,
        session_id: input.person_session_id,
    }
}

fn deployment<'a>(input: &Input<'a>) -> Deployment<'a> {
    Deployment {
        id: input.deployment_id,
        name: input.deployment_name,
        commit: input.deployment_commit,
    }
}

fn environment<'a>(input: &Input<'a>) -> Environment<'a> {
    Environment {
        id: input.environment_id,
        name: input.environment_name,
    }
}

/// The builder's type says what is set, and is too long to write.
macro_rules! built {
    ($input:ident) => {
        DeploymentPromoted::builder()
            .by(person($input))
            .deployment(deployment($input))
            .environment(environment($input))
            .context(&$input.context)
            .at($input.timestamp)
            .build_id($input.build_id)
            .approved_by($input.approved_by)
            .request_path($input.request_path)
            .request_id($input.request_id)
            .region($input.region)
            .maybe_reason($input.reason)
            .strategy($input.strategy)
            .trigger($input.trigger)
            .artifact_bytes($input.artifact_bytes)
            .attempt($input.attempt)
            .error_rate($input.error_rate)
            .canary($input.canary)
    };
}

fn value<'a>(input: &'a Input<'a>) -> DeploymentPromoted<'a> {
    DeploymentPromoted {
        by: person(input),
        deployment: deployment(input),
        environment: environment(input),
        context: &input.context,
        at: input.timestamp,
        build_id: input.build_id,
        approved_by: input.approved_by,
        request_path: input.request_path,
        request_id: input.request_id,
        region: input.region,
        reason: input.reason,
        strategy: input.strategy,
        trigger: input.trigger,
        artifact_bytes: input.artifact_bytes,
        attempt: input.attempt,
        error_rate: input.error_rate,
        canary: input.canary,
    }
}

pub fn builder(input: &Input<'_>, out: &mut Vec<u8>) {
    *out = built!(input)
        .try_build()
        .expect("it is within the limits")
        .into_json()
        .into_bytes();
}

pub fn builder_into(input: &Input<'_>, out: &mut Vec<u8>) {
    out.clear();
    built!(input)
        .encode_into(out)
        .expect("it is within the limits");
}

pub fn literal(input: &Input<'_>, out: &mut Vec<u8>) {
    *out = value(input)
        .try_into_event()
        .expect("it is within the limits")
        .into_json()
        .into_bytes();
}

pub fn literal_into(input: &Input<'_>, out: &mut Vec<u8>) {
    out.clear();
    // It has a context of its own.
    value(input)
        .encode_into(Context::empty(), out)
        .expect("it is within the limits");
}
