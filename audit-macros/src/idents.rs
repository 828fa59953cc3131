//! Every name that generated code introduces into the user's scope, once.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::Path;
use syn::ext::IdentExt;

use crate::generics::named;

/// `audit_core::__private`, for the generated block.
pub fn private() -> Ident {
    Ident::new("__audit", Span::call_site())
}

/// The same at a user's token, so that rustc shows that and not the derive.
pub fn private_at(span: Span) -> Ident {
    Ident::new("__audit", span)
}

/// What a `with` function is called with, named at its path: rustc's advice about the call then stands there, and not at the derive.
pub fn held(path: &Path) -> Ident {
    Ident::new("__audit_held", named(path))
}

/// The marker of a field. Its name goes with the type's, because rustc shortens only names that are unique in the crate:
/// "field `session_id_of_UserSignedIn` isn't set".
pub fn marker(field: &Ident, owner: &Ident) -> Ident {
    format_ident!(
        "{}_of_{}",
        field.unraw(),
        owner.unraw(),
        span = Span::call_site()
    )
}

/// The event in the bounds of its builder and its proof: `Checked<…>`.
pub fn checked() -> Ident {
    Ident::new("__AuditChecked", Span::call_site())
}

/// The event that an entity or a group is a part of, in its proof.
pub fn within() -> Ident {
    Ident::new("__In", Span::call_site())
}

/// What delays a bound, `for<'__x>`. It has no use, which a lint says at a user's token only.
pub fn any_lifetime() -> TokenStream {
    quote!(for<'__x>)
}

/// The same at the field, for bounds that rustc shows there.
pub fn marker_at_field(field: &Ident, owner: &Ident) -> Ident {
    let mut marker = marker(field, owner);
    marker.set_span(field.span());
    marker
}

/// The builder's type: `UserSignedInBuilder`, which errors show. Where the event's own `tokens` say that of something else it would hide that.
pub fn builder(event: &Ident, tokens: TokenStream) -> Ident {
    let name = format_ident!("{}Builder", event, span = Span::call_site());
    if mentions(tokens, &name) {
        format_ident!("__Audit{}", name)
    } else {
        name
    }
}

/// Whether the tokens hold the identifier.
pub fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The builder's fields, without its state.
pub fn builder_fields(event: &Ident) -> Ident {
    format_ident!("__Audit{}Fields", event, span = Span::call_site())
}

/// The state of one group of eight fields.
pub fn group(index: usize) -> Ident {
    format_ident!("__G{}", index)
}
