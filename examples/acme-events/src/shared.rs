//! Metadata that many events share.

use audit_core::{AuditMetadata, AuditValue, Text};

/// The request that caused an event.
#[derive(Clone, Debug, AuditMetadata)]
pub struct RequestMeta {
    /// Finds the request in our logs; support asks for it.
    pub request_id: Text<36>,
    /// How often the client had tried before, 0 the first time.
    pub attempt: u32,
    /// The W3C trace, when the client sent one.
    pub trace_id: Option<Text<32>>,
    /// What sent the request.
    pub client: Client,
}

/// What sent a request. More of them come with every integration, so the schema promises no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AuditValue)]
#[audit(open, rename_all = "kebab-case")]
pub enum Client {
    /// The web application.
    WebApp,
    /// The desktop application.
    Desktop,
    /// Something that speaks HTTP to our API.
    PublicApi,
}

/// A setting before and after.
#[derive(Clone, Copy, Debug, AuditMetadata)]
pub struct Change<T: AuditValue> {
    /// What it was.
    pub previous: T,
    /// What it is now.
    pub current: T,
}
