//! Agents and jobs: what works when nobody looks.

use std::num::NonZeroU8;
use std::time::Duration;

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue, Text};

use crate::people::{Principal, Workspace};
use crate::shared::Change;

/// Something that works with the workspace's files by itself.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "agent", strings = "truncate")]
pub struct Agent {
    /// `agt_…`
    #[audit(id)]
    pub id: String,
    /// What its maker called it.
    #[audit(name)]
    pub name: String,
    /// The language model behind it.
    #[audit(metadata)]
    pub model: String,
    /// Counts the agent's published configurations.
    #[audit(metadata)]
    pub revision: u32,
    /// What it is told to do: the customer's property.
    pub instructions: String,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "snake_case")]
pub enum RunStatus {
    /// It did what it was asked for.
    Succeeded,
    /// It gave up.
    Failed,
    /// Somebody stopped it.
    Cancelled,
    /// It took too long.
    TimedOut,
}

/// What started a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "snake_case")]
pub enum Trigger {
    /// Somebody wrote to it.
    Conversation,
    /// A schedule.
    Schedule,
    /// A webhook of another service.
    Webhook,
}

/// Whole milliseconds; what doesn't fit into 32 bits, 49 days, counts as that.
fn milliseconds(duration: &Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}

/// An agent did a piece of work.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "agent.executed", version = 1)]
pub struct AgentExecuted {
    /// On whose behalf.
    #[audit(actor)]
    pub by: Principal,
    /// The workspace that the agent worked in.
    #[audit(target)]
    pub workspace: Workspace,
    /// The agent that worked.
    #[audit(target)]
    pub agent: Agent,
    /// The id of the run, which its log is found by.
    #[audit(rename = "run_id")]
    pub run: Text<36>,
    /// The run that started this one.
    #[audit(rename = "parent_run_id")]
    pub parent: Option<Text<36>>,
    /// What started it.
    pub trigger: Trigger,
    /// How the run ended.
    pub status: RunStatus,
    /// How long it took, in milliseconds.
    #[audit(with = milliseconds, rename = "duration_ms")]
    pub duration: Duration,
    /// Steps it took.
    pub steps: u16,
    /// Tokens that went into the model.
    pub input_tokens: u64,
    /// Tokens that came out of it.
    pub output_tokens: u64,
    /// What the run cost, in credits.
    pub credits: f64,
    /// The tools that it used.
    #[audit(join, truncate = 200)]
    pub tools: Vec<String>,
    /// What went wrong, as the agent says it.
    pub error: Option<String>,
}

/// Who can use an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "snake_case")]
pub enum Visibility {
    /// Its editors.
    Hidden,
    /// Everyone in the workspace.
    Workspace,
}

/// An agent was published: others can use it from now on.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "agent.published", version = 1)]
pub struct AgentPublished<'a> {
    /// Who published it.
    #[audit(actor)]
    pub by: &'a Principal,
    /// The workspace that the agent belongs to.
    #[audit(target)]
    pub workspace: &'a Workspace,
    /// The agent that was published.
    #[audit(target)]
    pub agent: &'a Agent,
    /// Who could use it before, and who can now.
    #[audit(flatten)]
    pub visibility: Change<Visibility>,
}

/// Work that the system does on a schedule.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "job")]
pub struct Job {
    /// The job's name in code, which never changes.
    #[audit(id)]
    pub name: &'static str,
    /// How often it may be tried.
    #[audit(metadata)]
    pub max_attempts: u8,
}

/// What a job did.
#[derive(Clone, Copy, Debug, AuditMetadata)]
pub struct JobOutcome {
    /// What it looked at.
    pub records_read: u32,
    /// What it changed.
    pub records_changed: u32,
    /// What it left alone because of an error.
    pub records_failed: u32,
    /// Whether it must run again.
    pub incomplete: bool,
}

/// A scheduled job ran in a workspace.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "job.executed", version = 1)]
pub struct JobExecuted {
    /// The scheduler, or whoever started the job by hand.
    #[audit(actor)]
    pub by: Principal,
    /// The workspace that the job worked on.
    #[audit(target)]
    pub workspace: Workspace,
    /// The job that ran.
    #[audit(target)]
    pub job: Job,
    /// The id of the run, which its log is found by.
    pub run_id: Text<36>,
    /// Which try it was, counted from 1.
    pub attempt: NonZeroU8,
    /// What it did.
    #[audit(flatten)]
    pub outcome: JobOutcome,
    /// How long it took, in milliseconds.
    #[audit(with = milliseconds, rename = "duration_ms")]
    pub duration: Duration,
}
