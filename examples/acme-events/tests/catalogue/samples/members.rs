//! Who is in a workspace.

use acme_events::{
    Change, Invitation, InvitationSource, MemberBulkInvited, MemberRemoved, MembershipRoleChanged,
    Principal, Role,
};
use audit_core::Context;

use super::people::{by_key, by_user, raj, request, workspace, zoe};
use super::{Sample, own, sample};

pub const ACCEPT_TOKEN: &str = "accept-d41d8cd98f00b204e9800998";

pub fn samples() -> Vec<Sample> {
    let mut samples = vec![
        own(role_changed()),
        own(MembershipRoleChanged {
            by: Principal::DirectorySync,
            note: None,
            ..role_changed()
        }),
        own(MemberRemoved {
            by: by_user(),
            workspace: workspace(),
            member: raj(),
            heir: zoe(),
            files_transferred: 12,
            agents_transferred: 0,
        }),
        own(bulk_invited(19)),
    ];
    samples.extend(all_invited(60));
    samples
}

fn role_changed() -> MembershipRoleChanged {
    MembershipRoleChanged {
        by: by_user(),
        member: raj(),
        workspace: workspace(),
        role: Change {
            previous: Role::Guest,
            current: Role::Owner,
        },
        note: Some("é".repeat(501)),
        request: request(),
    }
}

pub fn invitation(number: usize) -> Invitation {
    Invitation {
        id: format!("inv_{number}"),
        email: format!("person{number}@initech.example"),
        role: Role::Member,
        token: ACCEPT_TOKEN.into(),
    }
}

/// More than 19 are more than one event can hold, beside the workspace.
pub fn bulk_invited(number: usize) -> MemberBulkInvited {
    MemberBulkInvited {
        by: by_key(),
        workspace: workspace(),
        invitations: (0..number).map(invitation).collect(),
        total: u32::try_from(number).expect("few are invited"),
        source: InvitationSource::CsvUpload,
        domains: (0..100)
            .map(|number| format!("domain{number}.example"))
            .collect(),
    }
}

fn all_invited(number: usize) -> Vec<Sample> {
    let value = bulk_invited(number);
    let events = MemberBulkInvited::builder()
        .by(value.by)
        .workspace(value.workspace)
        .invitations(value.invitations)
        .total(value.total)
        .source(value.source)
        .domains(value.domains)
        .context(Context::new("203.0.113.7"))
        .try_build_all();
    let events = events.expect("only the number of invitations is too large");
    assert_eq!(events.len(), 4, "60 invitations at 19 an event");
    events
        .into_iter()
        .map(|event| sample::<MemberBulkInvited>(Ok(event)))
        .collect()
}
