//! Single sign-on, and people that a customer's directory sends.

use audit_core::{AuditEntity, AuditEvent, AuditValue, Text};

use crate::people::{Principal, Role, Workspace};

/// A customer's directory, as connected by SCIM.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "directory")]
pub struct Directory {
    /// `dir_…`
    #[audit(id)]
    pub id: String,
    /// Who runs it.
    #[audit(metadata, max_len = 40)]
    pub provider: String,
    /// What the directory shows us to prove who it is.
    pub bearer_token: String,
}

/// A person as the directory describes them.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "directory_user", strings = "truncate")]
pub struct DirectoryUser {
    /// The person's id in the directory.
    #[audit(id)]
    pub external_id: String,
    /// As the directory writes it.
    #[audit(name)]
    pub display_name: Option<String>,
    /// The name that the person signs in with.
    #[audit(metadata)]
    pub user_name: String,
    /// The department, where the directory has them.
    #[audit(metadata)]
    pub department: Option<String>,
    /// Whether the directory lets them in.
    #[audit(metadata)]
    pub active: bool,
}

/// A directory created a person's account.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "scim.user_provisioned", version = 1)]
pub struct ScimUserProvisioned {
    /// The directory sync, or whoever started it by hand.
    #[audit(actor)]
    pub by: Principal,
    /// The workspace that the person can use now.
    #[audit(target)]
    pub workspace: Workspace,
    /// The directory that sent the person.
    #[audit(target)]
    pub directory: Directory,
    /// Who has an account now.
    #[audit(target)]
    pub person: DirectoryUser,
    /// The role that the directory's groups give them.
    pub role: Role,
    /// The sync run that did it.
    pub sync_id: Text<36>,
}

/// A directory added people to a group.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "scim.group_members_added", version = 1)]
pub struct ScimGroupMembersAdded {
    /// The directory sync, or whoever started it by hand.
    #[audit(actor)]
    pub by: Principal,
    /// The directory that the group belongs to.
    #[audit(target)]
    pub directory: Directory,
    /// Who was added.
    #[audit(target, split = "batch_id")]
    pub people: Vec<DirectoryUser>,
    /// The group, as the directory calls it.
    pub group: String,
}

/// The protocol of an identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "UPPERCASE")]
pub enum ConnectionType {
    /// Security Assertion Markup Language.
    Saml,
    /// `OpenID` Connect.
    Oidc,
}

/// A connection to a customer's identity provider.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "sso_connection")]
pub struct SsoConnection {
    /// `conn_…`
    #[audit(id)]
    pub id: String,
    /// What administrators call it.
    #[audit(name)]
    pub name: String,
    /// The protocol that both sides speak.
    #[audit(metadata, rename = "type")]
    pub kind: ConnectionType,
    /// What we show the provider to prove who we are.
    pub client_secret: String,
}

/// A connection to an identity provider was changed.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "sso.connection_updated", version = 1)]
pub struct SsoConnectionUpdated {
    /// Who changed it.
    #[audit(actor)]
    pub by: Principal,
    /// Whose connection it is.
    #[audit(target)]
    pub workspace: Workspace,
    /// The connection that was changed.
    #[audit(target)]
    pub connection: SsoConnection,
    /// The settings that changed, by name: their values may be secret.
    #[audit(join)]
    pub changed: Vec<&'static str>,
    /// Whether members must sign in through it from now on.
    pub enforced: bool,
    /// Days until the provider's certificate expires; negative when it has.
    #[audit(rename = "certificate_expires_in_days")]
    pub certificate_days: Option<i16>,
}
