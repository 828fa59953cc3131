//! Agents, jobs, directories, integrations, exports, permissions.

use std::time::{Duration, SystemTime};

use acme_events::{
    Agent, AgentExecuted, AgentPublished, AuditLogExported, Change, ConnectionType, CustomRole,
    DataExported, Directory, DirectoryUser, ExportFormat, Job, JobExecuted, JobOutcome, Principal,
    Role, RolePermissionsUpdated, RunStatus, ScimGroupMembersAdded, ScimUserProvisioned,
    SharingPolicy, SsoConnection, SsoConnectionUpdated, Trigger, Visibility, Webhook,
    WebhookCreated, Workspace, WorkspaceSharingPolicyUpdated,
};
use audit_core::{Context, Text};

use super::people::{by_key, by_user, request, workspace, zoe};
use super::{Sample, by, own};

pub const INSTRUCTIONS: &str = "Never mention the Hooli acquisition.";
pub const SIGNING_SECRET: &str = "whsec_2f7c1e0b9d";
pub const BEARER_TOKEN: &str = "scim-bearer-1c9a77";
pub const CLIENT_SECRET: &str = "oidc-client-secret-88af";

pub fn samples() -> Vec<Sample> {
    [runs(), directories(), exports(), access()]
        .into_iter()
        .flatten()
        .collect()
}

pub fn agent() -> Agent {
    Agent {
        id: "agt_1".into(),
        name: "Contract reader".into(),
        model: "large-3".repeat(100),
        revision: 14,
        instructions: INSTRUCTIONS.into(),
    }
}

pub fn executed() -> AgentExecuted {
    AgentExecuted {
        by: by_user(),
        workspace: workspace(),
        agent: agent(),
        run: Text::truncated("run_1"),
        parent: None,
        trigger: Trigger::Conversation,
        status: RunStatus::Succeeded,
        duration: Duration::from_millis(48_210),
        steps: 7,
        input_tokens: 91_422,
        output_tokens: 0,
        credits: 0.1 + 0.2,
        tools: vec!["search_files".into(); 40],
        error: None,
    }
}

pub fn job() -> JobExecuted {
    JobExecuted {
        by: Principal::Scheduler,
        workspace: workspace(),
        job: Job {
            name: "expire_links",
            max_attempts: 5,
        },
        run_id: Text::truncated("run_2"),
        attempt: 1.try_into().expect("not 0"),
        outcome: JobOutcome {
            records_read: u32::MAX,
            records_changed: 31,
            records_failed: 0,
            incomplete: false,
        },
        duration: Duration::MAX,
    }
}

fn runs() -> Vec<Sample> {
    let failed = AgentExecuted {
        by: by_key(),
        parent: Some(Text::truncated("run_0")),
        trigger: Trigger::Webhook,
        status: RunStatus::TimedOut,
        credits: 1e-300,
        tools: vec![],
        error: Some("\u{0}\u{1f}\u{7f}".into()),
        ..executed()
    };
    let visibility = Change {
        previous: Visibility::Hidden,
        current: Visibility::Workspace,
    };
    let published = AgentPublished {
        by: &by_key(),
        workspace: &workspace(),
        agent: &agent(),
        visibility,
    };
    vec![
        own(executed()),
        own(failed),
        own(published),
        own(job()),
        own(JobExecuted {
            by: by_user(),
            ..job()
        }),
    ]
}

pub fn directory() -> Directory {
    Directory {
        id: "dir_1".into(),
        provider: "Okta".into(),
        bearer_token: BEARER_TOKEN.into(),
    }
}

pub fn connection() -> SsoConnection {
    SsoConnection {
        id: "conn_1".into(),
        name: "Okta".into(),
        kind: ConnectionType::Oidc,
        client_secret: CLIENT_SECRET.into(),
    }
}

fn person(number: u32) -> DirectoryUser {
    DirectoryUser {
        external_id: format!("00u{number}"),
        display_name: (number > 1).then(|| "Raj Anand".into()),
        user_name: "raj@initech.example".into(),
        department: (number > 2).then(|| "Data ".repeat(200)),
        active: true,
    }
}

fn directories() -> Vec<Sample> {
    let by_directory = || Principal::DirectorySync;
    let updated = SsoConnectionUpdated {
        by: by_user(),
        workspace: workspace(),
        connection: connection(),
        changed: vec!["client_secret", "enforced"],
        enforced: true,
        certificate_days: Some(-3),
    };
    vec![
        own(ScimUserProvisioned {
            by: by_directory(),
            workspace: workspace(),
            directory: directory(),
            person: person(1),
            role: Role::Member,
            sync_id: Text::truncated("sync_1"),
        }),
        own(ScimGroupMembersAdded {
            by: by_directory(),
            directory: directory(),
            people: (1..=19).map(person).collect(),
            group: "Data".into(),
        }),
        own(SsoConnectionUpdated {
            certificate_days: None,
            ..updated.clone()
        }),
        own(updated),
    ]
}

pub fn webhook() -> Webhook {
    Webhook {
        id: "whk_1".into(),
        url: "https://initech.example/hook".into(),
        signing_secret: SIGNING_SECRET.into(),
    }
}

fn exports() -> Vec<Sample> {
    let log = AuditLogExported {
        by: zoe(),
        workspace: workspace(),
        context: Context::new("198.51.100.4"),
        at: SystemTime::UNIX_EPOCH,
        format: ExportFormat::Csv,
        events: 81_200,
        actions: Some(vec!["user.signed_in".into(), "file.moved".into()]),
    };
    let data = DataExported {
        by: zoe(),
        workspaces: [
            workspace(),
            Workspace {
                id: 2,
                ..workspace()
            },
        ],
        at: Some(SystemTime::UNIX_EPOCH),
        format: ExportFormat::Ndjson,
        files: 12,
        bytes: u64::MAX,
    };
    vec![
        own(AuditLogExported {
            actions: None,
            ..log.clone()
        }),
        own(log),
        own(DataExported {
            at: None,
            ..data.clone()
        }),
        own(data),
    ]
}

fn access() -> Vec<Sample> {
    let permissions = RolePermissionsUpdated {
        workspace: workspace(),
        role: CustomRole {
            slug: "auditor".into(),
            label: "Auditor".into(),
        },
        granted: vec!["audit_log:read"; 60],
        revoked: vec![],
        members: usize::MAX,
    };
    let policy = WorkspaceSharingPolicyUpdated {
        by: by_user(),
        workspace: workspace(),
        policy: Change {
            previous: SharingPolicy::Anyone,
            current: SharingPolicy::MembersOnly,
        },
        links_revoked: 31,
    };
    let webhook = WebhookCreated {
        by: by_key(),
        workspace: workspace(),
        webhook: webhook(),
        subscribed: vec!["file.created", "file.deleted"],
        request: request(),
    };
    vec![by(&zoe(), permissions), own(policy), own(webhook)]
}
