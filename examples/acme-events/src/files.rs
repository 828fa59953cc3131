//! Files and folders.

use audit_core::{AuditEntity, AuditEvent, AuditMetadata, AuditValue};

use crate::people::{Principal, User, Workspace};
use crate::shared::{Change, RequestMeta};

/// A file, at one of its versions.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "file")]
pub struct File {
    /// `file_…`
    #[audit(id)]
    pub id: String,
    /// Its name, without folders.
    #[audit(name)]
    pub name: String,
    /// What is in it.
    #[audit(metadata, truncate = 127)]
    pub media_type: String,
    /// Its size and version.
    #[audit(flatten)]
    pub version: FileVersion,
    /// Where its bytes are, signed: whoever has it can read them.
    pub download_url: String,
}

/// A state of a file.
#[derive(Clone, Copy, Debug, AuditMetadata)]
pub struct FileVersion {
    /// Counted from 1.
    #[audit(rename = "version")]
    pub number: u32,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A folder.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "folder")]
pub struct Folder {
    /// The folder's number.
    #[audit(id)]
    pub id: u64,
    /// Its name, without its parents'.
    #[audit(name)]
    pub name: String,
    /// Whether everyone in the workspace sees what is in it.
    #[audit(metadata)]
    pub open: bool,
}

/// A file was moved to another folder, whose members can see it now.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "file.moved", version = 1)]
pub struct FileMoved<'a> {
    /// Who moved it.
    #[audit(actor)]
    pub by: &'a Principal,
    /// The file that was moved.
    #[audit(target)]
    pub file: &'a File,
    /// Where it was.
    #[audit(target, type = "source_folder")]
    pub from: &'a Folder,
    /// Where it is now.
    #[audit(target, type = "destination_folder")]
    pub to: &'a Folder,
    /// The path before and after.
    #[audit(flatten)]
    pub path: Change<&'a str>,
    /// The request.
    #[audit(flatten)]
    pub request: &'a RequestMeta,
}

/// Who can open a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "lowercase")]
pub enum LinkScope {
    /// Only who is named.
    Private,
    /// Everyone in the workspace.
    Workspace,
    /// Everyone who has it.
    Public,
}

/// A link to a file. Whoever has its address can open it, so only the id leaves the process.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "link")]
pub struct Link {
    /// `lnk_…`
    #[audit(id)]
    pub id: String,
    /// Who can open the link.
    #[audit(metadata)]
    pub scope: LinkScope,
    /// The part of the address that can't be guessed.
    pub token: String,
}

/// A file was shared with people, by a link that they got by email.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "file.shared", version = 1, strings = "truncate")]
pub struct FileShared<'a> {
    /// Who shared it.
    #[audit(actor)]
    pub by: &'a User,
    /// The workspace that the file belongs to.
    #[audit(target)]
    pub workspace: &'a Workspace,
    /// The file that was shared.
    #[audit(target)]
    pub file: &'a File,
    /// The link that was sent.
    #[audit(target)]
    pub link: &'a Link,
    /// The people that it was sent to.
    #[audit(target, type = "recipient")]
    pub recipients: &'a [User],
    /// What was written to them.
    pub message: Option<&'a str>,
    /// Days until the link stops working.
    pub expires_in_days: Option<u16>,
}
