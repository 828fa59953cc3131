//! Who acts: people, API keys and the system; and the workspace that most of it happens in.

use audit_core::{AuditEntity, AuditValue};

/// What a member may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "snake_case")]
pub enum Role {
    /// Everything, the bill included.
    Owner,
    /// Everything but the bill.
    Admin,
    /// Builds agents and works with files.
    Member,
    /// Sees what is shared with them.
    Guest,
}

/// A person with an account.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "user")]
pub struct User {
    /// `usr_…`
    #[audit(id)]
    pub id: String,
    /// As the person writes it.
    #[audit(name)]
    pub full_name: Option<String>,
    /// The role at the time of the event.
    #[audit(metadata)]
    pub role: Role,
    /// The address that the person signs in with.
    #[audit(metadata, truncate = 254)]
    pub email: String,
    /// The password's hash. Not marked, so it never leaves the process.
    pub password_hash: String,
    /// The seed of the person's one-time codes.
    pub totp_seed: Option<String>,
}

/// A key that programs use instead of signing in.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "api_key")]
pub struct ApiKey {
    /// `key_…`
    #[audit(id)]
    pub id: String,
    /// What its maker called it.
    #[audit(name)]
    pub label: String,
    /// What the key begins with, so that its owner recognises it.
    #[audit(metadata, truncate = 12)]
    pub prefix: String,
    /// The role that the key acts with.
    #[audit(metadata)]
    pub role: Role,
    /// The key itself.
    pub secret: String,
}

/// Who or what did something.
#[derive(Clone, Debug, AuditEntity)]
pub enum Principal {
    /// A person.
    User(User),
    /// A program with a key.
    ApiKey(ApiKey),
    /// Acme's own scheduler.
    #[audit(type = "system", id = "scheduler")]
    Scheduler,
    /// A customer's directory, by way of SCIM.
    #[audit(type = "system", id = "directory_sync")]
    DirectorySync,
}

/// Where a workspace's data is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "kebab-case")]
pub enum DataRegion {
    /// Frankfurt.
    EuCentral,
    /// Virginia.
    UsEast,
}

/// A customer's space: its members, files and agents.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "workspace")]
pub struct Workspace {
    /// The workspace's number.
    #[audit(id)]
    pub id: u64,
    /// The company's name.
    #[audit(name)]
    pub name: String,
    /// Where its data is kept.
    #[audit(metadata)]
    pub data_region: DataRegion,
    /// Encrypts the workspace's files.
    pub encryption_key: String,
}
