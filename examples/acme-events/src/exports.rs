//! What leaves Acme in bulk. Both events know themselves when and where they happened, because an export ends long after its request.

use std::time::SystemTime;

use audit_core::{AuditEvent, AuditValue, Context};

use crate::people::{User, Workspace};

/// The format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(rename_all = "lowercase")]
pub enum ExportFormat {
    /// Comma-separated values.
    Csv,
    /// One JSON object a line.
    Ndjson,
}

/// Somebody exported the audit log itself.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "audit_log.exported", version = 1)]
pub struct AuditLogExported {
    /// Who exported it.
    #[audit(actor)]
    pub by: User,
    /// Whose log it is.
    #[audit(target)]
    pub workspace: Workspace,
    /// Where the request came from.
    #[audit(context)]
    pub context: Context,
    /// When the export was ready.
    #[audit(occurred_at)]
    pub at: SystemTime,
    /// The format of the exported file.
    pub format: ExportFormat,
    /// Events in the export.
    pub events: u32,
    /// The actions that were asked for; left out when it was all of them.
    #[audit(join)]
    pub actions: Option<Vec<String>>,
}

/// Somebody exported two workspaces' files and conversations, to move them from the first to the second.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "data.exported", version = 1)]
pub struct DataExported {
    /// Who exported it.
    #[audit(actor)]
    pub by: User,
    /// The workspaces: from the first to the second.
    #[audit(target)]
    pub workspaces: [Workspace; 2],
    /// When the export was ready; now, when it is left out.
    #[audit(occurred_at)]
    pub at: Option<SystemTime>,
    /// The format of the exported files.
    pub format: ExportFormat,
    /// Files in the export.
    pub files: u32,
    /// The size of the export in bytes, as text: petabytes are more than a JSON number holds exactly.
    #[audit(display)]
    pub bytes: u64,
}
