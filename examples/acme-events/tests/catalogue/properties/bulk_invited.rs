//! Targets: none, few, 20, 21; and the metadata of each.

use acme_events::{Invitation, InvitationSource, MemberBulkInvited, Principal, Role};
use audit_core::AuditEvent;
use proptest::prelude::*;
use proptest::sample::select;
use serde::Serialize;

use super::inputs::{Expected, text};
use super::{Twin, TwinEntity, config, envelope, judge, schemas};
use crate::samples::people::{KEY_SECRET, workspace};

#[derive(Serialize)]
struct KeyMetadata {
    prefix: String,
    role: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Target {
    Workspace(TwinEntity<WorkspaceMetadata>),
    Invitation(TwinEntity<InvitationMetadata>),
}

#[derive(Serialize)]
struct WorkspaceMetadata {
    data_region: &'static str,
}

#[derive(Serialize)]
struct InvitationMetadata {
    email: String,
    role: &'static str,
}

#[derive(Serialize)]
struct Metadata {
    total: u32,
    source: &'static str,
    domains: String,
}

/// 0, 1, 2, or just about as many as fit beside the workspace.
fn emails() -> impl Strategy<Value = Vec<String>> {
    select(vec![0, 1, 2, 18, 19, 20, 21])
        .prop_flat_map(|number| prop::collection::vec(text(254), number))
}

fn twin(
    label: &str,
    id: &str,
    emails: &[String],
    total: u32,
    domains: &[String],
) -> impl Serialize {
    let metadata = KeyMetadata {
        prefix: "ak_live_7f3a".into(),
        role: "member",
    };
    let actor = TwinEntity {
        r#type: "api_key",
        id: id.into(),
        name: Some(label.into()),
        metadata,
    };
    let metadata = WorkspaceMetadata {
        data_region: "eu-central",
    };
    let space = TwinEntity {
        r#type: "workspace",
        id: u64::MAX.to_string(),
        name: Some("Initech".into()),
        metadata,
    };
    let invitations = emails.iter().map(|email| {
        let metadata = InvitationMetadata {
            email: email.clone(),
            role: "guest",
        };
        Target::Invitation(TwinEntity {
            r#type: "invitation",
            id: id.into(),
            name: None,
            metadata,
        })
    });
    let targets = std::iter::once(Target::Workspace(space))
        .chain(invitations)
        .collect();
    Twin::of::<MemberBulkInvited>(
        actor,
        targets,
        Metadata {
            total,
            source: "api",
            domains: domains.join(", "),
        },
    )
}

fn event(
    label: &str,
    id: &str,
    emails: &[String],
    total: u32,
    domains: &[String],
) -> MemberBulkInvited {
    let (label, prefix, secret) = (
        label.to_owned(),
        "ak_live_7f3a".to_owned(),
        KEY_SECRET.to_owned(),
    );
    let invitation = |email: &String| Invitation {
        id: id.into(),
        email: email.clone(),
        role: Role::Guest,
        token: String::new(),
    };
    MemberBulkInvited {
        by: Principal::ApiKey(acme_events::ApiKey {
            id: id.into(),
            label,
            prefix,
            role: Role::Member,
            secret,
        }),
        workspace: workspace(),
        invitations: emails.iter().map(invitation).collect(),
        total,
        source: InvitationSource::Api,
        domains: domains.to_vec(),
    }
}

fn expected(emails: &[String]) -> Vec<String> {
    let mut expected = Expected::default();
    for (index, email) in emails.iter().enumerate() {
        // The workspace is target 0.
        expected.text(format!("/targets/{}/metadata/email", index + 1), email, 254);
    }
    expected
        .unless("/targets", (1..=19).contains(&emails.len()))
        .paths()
}

#[test]
fn bulk_invited_is_accepted_as_its_schema_says() {
    let schemas = schemas::<MemberBulkInvited>();
    // Names and ids have no limit.
    let inputs = (
        text(1000),
        text(1000),
        emails(),
        any::<u32>(),
        prop::collection::vec(text(20), 0..4),
    );
    proptest!(config(), |((label, id, emails, total, domains) in inputs)| {
        let built = event(&label, &id, &emails, total, &domains).try_into_event(envelope());
        judge(&schemas, built, &twin(&label, &id, &emails, total, &domains), expected(&emails))?;
    });
}
