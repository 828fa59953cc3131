//! The derives of `audit-core`, which documents them: `audit-core/src/derive/*.md`. `pipeline` has the stages:
//!
//! ```text
//! user's item → parse → as written → check → as legal → expand → builder + spanned const checks + schema bytes
//! ```

use proc_macro::TokenStream;

mod check;
mod diag;
mod environment;
mod expand;
mod generics;
mod idents;
mod model;
mod parse;
mod pipeline;
mod suggest;
#[cfg(test)]
mod tests;
mod types;

/// Every attribute, with examples: <https://docs.rs/audit-core/latest/audit_core/derive.AuditEvent.html>
#[proc_macro_derive(AuditEvent, attributes(audit))]
pub fn derive_event(item: TokenStream) -> TokenStream {
    pipeline::event(item.into()).into()
}

/// Every attribute, with examples: <https://docs.rs/audit-core/latest/audit_core/derive.AuditEntity.html>
#[proc_macro_derive(AuditEntity, attributes(audit))]
pub fn derive_entity(item: TokenStream) -> TokenStream {
    pipeline::entity(item.into()).into()
}

/// Every attribute, with examples: <https://docs.rs/audit-core/latest/audit_core/derive.AuditMetadata.html>
#[proc_macro_derive(AuditMetadata, attributes(audit))]
pub fn derive_metadata(item: TokenStream) -> TokenStream {
    pipeline::metadata(item.into()).into()
}

/// Every attribute, with examples: <https://docs.rs/audit-core/latest/audit_core/derive.AuditValue.html>
#[proc_macro_derive(AuditValue, attributes(audit))]
pub fn derive_value(item: TokenStream) -> TokenStream {
    pipeline::value(item.into()).into()
}
