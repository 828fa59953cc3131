//! Every name that generated code introduces into the user's scope, once.

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::ext::IdentExt;

/// `audit_core::__private`, for the generated block.
pub fn private() -> Ident {
    Ident::new("__audit", Span::call_site())
}

/// The module of the field markers.
pub fn fields() -> Ident {
    Ident::new("__field", Span::call_site())
}

/// The marker of a field. Its name goes with the type's, because rustc shortens only names that are unique in the crate:
/// "field `session_id_of_UserSignedIn` isn't set".
pub fn marker(field: &Ident, owner: &Ident) -> Ident {
    format_ident!("{}_of_{}", field.unraw(), owner.unraw(), span = Span::call_site())
}

/// The builder's type: `UserSignedInBuilder`.
pub fn builder(event: &Ident) -> Ident {
    format_ident!("{}Builder", event, span = Span::call_site())
}

/// The builder's fields, without its state.
pub fn builder_fields(event: &Ident) -> Ident {
    format_ident!("__Audit{}Fields", event, span = Span::call_site())
}

/// The state of one group of eight fields.
pub fn group(index: usize) -> Ident {
    format_ident!("__G{}", index)
}
