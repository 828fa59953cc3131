//! Who is in a workspace, and as what.

use audit_core::{AuditEntity, AuditEvent, AuditValue};

use crate::people::{Principal, Role, User, Workspace};
use crate::shared::{Change, RequestMeta};

/// A member got another role.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "membership.role_changed", version = 1)]
pub struct MembershipRoleChanged {
    /// Who changed it.
    #[audit(actor)]
    pub by: Principal,
    /// The member whose role changed.
    #[audit(target)]
    pub member: User,
    /// The workspace that the role is for.
    #[audit(target)]
    pub workspace: Workspace,
    /// The role before and after.
    #[audit(flatten)]
    pub role: Change<Role>,
    /// What the administrator wrote about it.
    #[audit(truncate)]
    pub note: Option<String>,
    /// The request.
    #[audit(flatten)]
    pub request: RequestMeta,
}

/// An invitation that waits to be accepted.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "invitation")]
pub struct Invitation {
    /// `inv_…`
    #[audit(id)]
    pub id: String,
    /// Who is invited.
    #[audit(metadata, max_len = 254)]
    pub email: String,
    /// The role that waits for them.
    #[audit(metadata)]
    pub role: Role,
    /// Whoever has it can accept.
    pub token: String,
}

/// Where a list of people came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "snake_case")]
pub enum InvitationSource {
    /// Typed into a form.
    Form,
    /// An uploaded file.
    CsvUpload,
    /// The public API.
    Api,
}

/// Many people were invited at once. More than an event can hold become several, linked by `batch_id`.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "member.bulk_invited", version = 1)]
pub struct MemberBulkInvited {
    /// Who invited them.
    #[audit(actor)]
    pub by: Principal,
    /// The workspace that they were invited to.
    #[audit(target)]
    pub workspace: Workspace,
    /// The invitations, one for each person.
    #[audit(target, split = "batch_id")]
    pub invitations: Vec<Invitation>,
    /// How many there were in all.
    pub total: u32,
    /// Where the list came from.
    pub source: InvitationSource,
    /// The domains of the addresses.
    #[audit(join = ", ", truncate)]
    pub domains: Vec<String>,
}

/// A member was removed; what they owned belongs to somebody else now.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "member.removed", version = 1)]
pub struct MemberRemoved {
    /// Who removed them.
    #[audit(actor)]
    pub by: Principal,
    /// The workspace that the member was removed from.
    #[audit(target)]
    pub workspace: Workspace,
    /// Who is gone.
    #[audit(target, type = "removed_user")]
    pub member: User,
    /// Who has their files now.
    #[audit(target, type = "heir")]
    pub heir: User,
    /// Files that changed hands.
    pub files_transferred: u32,
    /// Agents that changed hands.
    pub agents_transferred: u32,
}
