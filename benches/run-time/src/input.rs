//! What a program has in hand when something happened: borrowed text, numbers, the request's context and the time.

use std::time::{Duration, SystemTime};

use audit_core::{AuditValue, Context, Timestamp};
use serde::Serialize;

/// The event's action.
pub const ACTION: &str = "deployment.promoted";
/// The version that the code declares.
pub const VERSION: u32 = 4;

/// How a deployment reaches its machines.
#[derive(Clone, Copy, Debug, AuditValue, Serialize)]
#[audit(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "their names say it")]
pub enum Strategy {
    AllAtOnce,
    RollingUpdate,
    BlueGreen,
}

/// What set it off.
#[derive(Clone, Copy, Debug, AuditValue, Serialize)]
#[audit(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "their names say it")]
pub enum Trigger {
    Manual,
    Schedule,
    PipelineSucceeded,
}

impl Strategy {
    /// Its name in the event.
    pub fn name(self) -> &'static str {
        match self {
            Self::AllAtOnce => "all_at_once",
            Self::RollingUpdate => "rolling_update",
            Self::BlueGreen => "blue_green",
        }
    }
}

impl Trigger {
    /// Its name in the event.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Schedule => "schedule",
            Self::PipelineSucceeded => "pipeline_succeeded",
        }
    }
}

/// One event's values.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "they are the event's fields")]
pub struct Input<'a> {
    /// Peers get the time as text, and needn't format it.
    pub occurred_at: &'a str,
    pub timestamp: Timestamp,
    pub person_id: &'a str,
    pub person_name: &'a str,
    pub person_team: &'a str,
    pub person_session_id: &'a str,
    pub deployment_id: &'a str,
    pub deployment_name: &'a str,
    pub deployment_commit: &'a str,
    pub environment_id: &'a str,
    pub environment_name: &'a str,
    pub location: &'a str,
    pub user_agent: &'a str,
    /// The same two as one value, made when the request came in.
    pub context: Context,
    pub build_id: &'a str,
    pub approved_by: &'a str,
    pub request_path: &'a str,
    pub request_id: &'a str,
    pub region: &'a str,
    pub reason: Option<&'a str>,
    pub strategy: Strategy,
    pub trigger: Trigger,
    pub artifact_bytes: i64,
    pub attempt: u32,
    pub error_rate: f64,
    pub canary: bool,
}

/// The event that is measured: 1,094 bytes of JSON.
pub fn sample() -> Input<'static> {
    let location = "2001:db8:85a3::8a2e:370:7334";
    let user_agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";
    Input {
        occurred_at: "2026-09-21T14:13:20.123Z",
        timestamp: (SystemTime::UNIX_EPOCH + Duration::from_millis(1_790_000_000_123)).into(),
        person_id: "usr_01J9Z6Q4T7V2X5B8D1F3H6K9M2",
        person_name: "Zoë Ashworth",
        person_team: "platform-engineering",
        person_session_id: "ses_01J9Z7A3C6E9G2J5L8N1P4R7T0",
        deployment_id: "dep_01J9Z7M4P7R0T3V6X9Z2B5D8F1",
        deployment_name: "uploads 2026.38.217",
        deployment_commit: "8f3c1d9a7be24056",
        environment_id: "env_01J2K5M8P1R4T7V0X3Z6B9D2F5",
        environment_name: "Production (EU)",
        location,
        user_agent,
        context: Context::new(location).user_agent(user_agent),
        build_id: "bld_01J9Z7K1N4Q7S0U3W6Y9A2C5E8",
        approved_by: "noor.el-amrani@initech.example",
        request_path: "/v1/projects/prj_4711/deployments/promote",
        request_id: "3f0b7c52-91de-4a86-b7c4-0d5e2a9f8613",
        region: "eu-central-1",
        reason: Some("Hotfix for the \"stuck\" uploads of this morning; agreed."),
        strategy: Strategy::BlueGreen,
        trigger: Trigger::PipelineSucceeded,
        artifact_bytes: 148_904_217,
        attempt: 2,
        error_rate: 0.0375,
        canary: true,
    }
}
