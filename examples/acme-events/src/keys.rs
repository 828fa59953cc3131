//! API keys. The key is a target when it is made or revoked, and an actor when it is used.

use std::fmt;
use std::num::NonZeroU16;

use audit_core::{AuditEvent, AuditValue};

use crate::people::{ApiKey, Principal, User, Workspace};
use crate::shared::RequestMeta;

/// What a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Read files.
    FilesRead,
    /// Add, change and remove files.
    FilesWrite,
    /// Start agents.
    AgentsRun,
    /// Read the audit log.
    AuditLogRead,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FilesRead => "files:read",
            Self::FilesWrite => "files:write",
            Self::AgentsRun => "agents:run",
            Self::AuditLogRead => "audit_log:read",
        })
    }
}

/// A person made an API key.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "api_key.created", version = 1)]
pub struct ApiKeyCreated<'a> {
    /// Who made it.
    #[audit(actor)]
    pub by: &'a User,
    /// The key that was made.
    #[audit(target)]
    pub key: &'a ApiKey,
    /// Where it is valid.
    #[audit(target)]
    pub workspace: &'a Workspace,
    /// What it may do.
    #[audit(join = " ")]
    pub scopes: Vec<Scope>,
    /// Days until it stops working; left out when it never does.
    pub expires_in_days: Option<NonZeroU16>,
    /// The request.
    #[audit(flatten)]
    pub request: &'a RequestMeta,
}

/// Why a key was revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "snake_case")]
pub enum RevocationReason {
    /// It isn't needed any more.
    NoLongerUsed,
    /// It was found where it doesn't belong.
    Leaked,
    /// Whoever made it has left.
    OwnerRemoved,
    /// A newer one takes its place.
    Rotated,
}

/// An API key was revoked: by a person, by another key, or by the scheduler when its owner left.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "api_key.revoked", version = 1)]
pub struct ApiKeyRevoked<'a> {
    /// Who revoked it.
    #[audit(actor)]
    pub by: &'a Principal,
    /// The key that was revoked.
    #[audit(target)]
    pub key: &'a ApiKey,
    /// Where it was valid.
    #[audit(target)]
    pub workspace: &'a Workspace,
    /// Why the key was revoked.
    pub reason: RevocationReason,
    /// Requests made with it since it was made.
    pub requests_made: u64,
    /// The code host that reported the leak.
    #[audit(max_len = 100)]
    pub reported_by: Option<&'a str>,
}
