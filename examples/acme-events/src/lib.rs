//! Acme's audit catalogue: everything that its customers' security teams can read about, one file an area.
//!
//! Acme is where companies keep files and let agents work on them. Its people, API keys and system jobs are the actors
//! ([`Principal`]); a workspace, what is in it and who may see it are the targets. Billing has a crate of its own, `acme-billing`.

mod access;
mod agents;
mod directory;
mod exports;
mod files;
mod identity;
mod integrations;
mod keys;
mod members;
mod people;
mod recorder;
mod shared;

pub use access::{
    CustomRole, RolePermissionsUpdated, SharingPolicy, WorkspaceSharingPolicyUpdated,
};
pub use agents::{
    Agent, AgentExecuted, AgentPublished, Job, JobExecuted, JobOutcome, RunStatus, Trigger,
    Visibility,
};
pub use directory::{
    ConnectionType, Directory, DirectoryUser, ScimGroupMembersAdded, ScimUserProvisioned,
    SsoConnection, SsoConnectionUpdated,
};
pub use exports::{AuditLogExported, DataExported, ExportFormat};
pub use files::{File, FileMoved, FileShared, FileVersion, Folder, Link, LinkScope};
pub use identity::{
    CountryCode, Email, FailureReason, SignInMethod, SignInMethodV1, UserSignInFailed,
    UserSignedIn, UserSignedInV1, email_domain,
};
pub use integrations::{Webhook, WebhookCreated};
pub use keys::{ApiKeyCreated, ApiKeyRevoked, RevocationReason, Scope};
pub use members::{
    Invitation, InvitationSource, MemberBulkInvited, MemberRemoved, MembershipRoleChanged,
};
pub use people::{ApiKey, DataRegion, Principal, Role, User, Workspace};
pub use recorder::{RecordError, Recorder};
pub use shared::{Change, Client, RequestMeta};
