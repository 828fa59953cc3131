//! What roles and workspaces allow.

use audit_core::{AuditEntity, AuditEvent, AuditValue};

use crate::people::{Principal, User, Workspace};
use crate::shared::Change;

/// A role that a customer defined.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "role")]
pub struct CustomRole {
    /// The role's name in the API.
    #[audit(id)]
    pub slug: String,
    /// What people call it.
    #[audit(name)]
    pub label: String,
}

/// A role's permissions changed, for everyone who has it. The workspace's owner did it: nobody else may.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "role.permissions_updated", version = 1, actor = User)]
pub struct RolePermissionsUpdated {
    /// The workspace that the role belongs to.
    #[audit(target)]
    pub workspace: Workspace,
    /// The role that was changed.
    #[audit(target)]
    pub role: CustomRole,
    /// Permissions that it has now and had not.
    #[audit(join, truncate)]
    pub granted: Vec<&'static str>,
    /// Permissions that it had and has no longer.
    #[audit(join, truncate)]
    pub revoked: Vec<&'static str>,
    /// Members that it concerns.
    #[audit(display)]
    pub members: usize,
}

/// How far a workspace's files may be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "snake_case")]
pub enum SharingPolicy {
    /// With members only.
    MembersOnly,
    /// With everyone at the company's domains.
    VerifiedDomains,
    /// With everyone.
    Anyone,
}

/// How far a workspace's files may be shared was changed.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "workspace.sharing_policy_updated", version = 1)]
pub struct WorkspaceSharingPolicyUpdated {
    /// Who changed it.
    #[audit(actor)]
    pub by: Principal,
    /// Whose policy it is.
    #[audit(target)]
    pub workspace: Workspace,
    /// The policy before and after.
    #[audit(flatten)]
    pub policy: Change<SharingPolicy>,
    /// Links that stopped working with the change.
    pub links_revoked: u32,
}
