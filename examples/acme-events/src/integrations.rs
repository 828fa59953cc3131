//! Other services that Acme calls.

use audit_core::{AuditEntity, AuditEvent};

use crate::people::{Principal, Workspace};
use crate::shared::RequestMeta;

/// An address that is called when something happens.
#[derive(Clone, Debug, AuditEntity)]
#[audit(type = "webhook")]
pub struct Webhook {
    /// `whk_…`
    #[audit(id)]
    pub id: String,
    /// The address, without its query, which often holds a secret.
    #[audit(metadata, truncate)]
    pub url: String,
    /// Signs what is sent.
    pub signing_secret: String,
}

/// A webhook was created: events leave Acme from now on.
#[derive(Clone, Debug, AuditEvent)]
#[audit(action = "webhook.created", version = 1)]
pub struct WebhookCreated {
    /// Who created it.
    #[audit(actor)]
    pub by: Principal,
    /// The workspace whose events are sent.
    #[audit(target)]
    pub workspace: Workspace,
    /// The webhook that was created.
    #[audit(target)]
    pub webhook: Webhook,
    /// What it is called for.
    #[audit(join, rename = "events")]
    pub subscribed: Vec<&'static str>,
    /// The request.
    #[audit(flatten)]
    pub request: RequestMeta,
}
