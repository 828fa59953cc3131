//! The derives of `audit-core`, where they are documented. This file is their surface; `pipeline` has the stages:
//!
//! ```text
//! user's item → parse → as written → check → as legal → expand → builder + spanned const checks + schema bytes
//! ```

use proc_macro::TokenStream;

#[allow(dead_code, reason = "the whole of a copy that a test compares")]
mod action;
mod case;
mod check;
mod conflict;
mod diag;
mod environment;
mod expand;
mod generics;
mod idents;
mod limits;
mod model;
mod parse;
mod pipeline;
mod sha256;
mod suggest;
#[cfg(test)]
mod tests;
mod types;

/// Makes a struct an audit event: a typed builder, the limits, the schema and its comparison with the committed file.
#[proc_macro_derive(AuditEvent, attributes(audit))]
pub fn derive_event(item: TokenStream) -> TokenStream {
    pipeline::event(item.into()).into()
}

/// Makes a struct, or an enum of entities, an actor or a target.
#[proc_macro_derive(AuditEntity, attributes(audit))]
pub fn derive_entity(item: TokenStream) -> TokenStream {
    pipeline::entity(item.into()).into()
}

/// Makes a struct a reusable group of metadata keys.
#[proc_macro_derive(AuditMetadata, attributes(audit))]
pub fn derive_metadata(item: TokenStream) -> TokenStream {
    pipeline::metadata(item.into()).into()
}

/// Makes a fieldless enum or a newtype a metadata value.
#[proc_macro_derive(AuditValue, attributes(audit))]
pub fn derive_value(item: TokenStream) -> TokenStream {
    pipeline::value(item.into()).into()
}
