//! What types must be, mentioned in the body of a stub: where one field's tokens are wrong, the types of the others are still judged, so
//! that all mistakes of an item show at once.

use proc_macro2::TokenStream;
use syn::{Fields, Type};

use crate::check::event::callers_actor;
use crate::generics::{mentions_parameter, quote_hygienic};
use crate::idents;
use crate::model::{How, Member, Role, Value};
use crate::parse::{ParsedItem, ParsedVariant};
use crate::types;

/// The fields of an event, and the actor that the caller passes.
pub fn event(written: &ParsedItem, members: &[Member]) -> TokenStream {
    let private = idents::private();
    let mut mentions = fields(written, members);
    if let Some(ty) =
        callers_actor(&written.attributes).filter(|ty| types::option_inner(ty).is_none())
    {
        let ty = types::at_static(ty);
        mentions.extend(quote_hygienic!(let _ = <#ty as #private::AuditEntity>::SCHEMA;));
    }
    mentions
}

/// The fields whose own tokens are right. What a type parameter can be, its use decides.
pub fn fields(written: &ParsedItem, members: &[Member]) -> TokenStream {
    let has_no_errors = members.iter().filter(|member| {
        member.has_no_errors && !mentions_parameter(&written.generics, &member.ty)
    });
    has_no_errors.map(field).collect()
}

/// What the variants of an enum of entities hold.
pub fn variants(written: &ParsedItem, variants: &[ParsedVariant]) -> TokenStream {
    let private = idents::private();
    held(written, variants)
        .map(|ty| quote_hygienic!(let _ = <#ty as #private::AuditEntity>::SCHEMA;))
        .collect()
}

/// The types of which variants hold one, but for what has been reported and what only a use can judge.
pub fn held<'w>(
    written: &'w ParsedItem,
    variants: &'w [ParsedVariant],
) -> impl Iterator<Item = &'w Type> {
    let fields = variants.iter().filter_map(|variant| match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
        Fields::Named(fields) if fields.named.len() == 1 => fields.named.first(),
        _ => None,
    });
    let judged = |ty: &&Type| {
        !types::rustc_reports(ty, &written.generics) && !mentions_parameter(&written.generics, ty)
    };
    fields.map(|field| &field.ty).filter(judged)
}

fn field(member: &Member) -> TokenStream {
    let private = idents::private();
    let ty = &member.ty;
    let shown = types::option_inner(ty).unwrap_or(ty);
    match &member.role {
        Role::Actor => quote_hygienic!(let _ = <#ty as #private::AuditEntity>::SCHEMA;),
        Role::Target(_) => quote_hygienic!(let _ = <#ty as #private::TargetField>::ENTITY;),
        Role::Flatten(_) => quote_hygienic!(let _ = <#shown as #private::AuditMetadata>::KEYS;),
        Role::Context => quote_hygienic!(let _ = <#ty as #private::ContextField>::context;),
        Role::OccurredAt => quote_hygienic!(let _ = <#shown as #private::PointInTime>::timestamp;),
        Role::Id => own_text(ty, &quote_hygienic!(has_own_text), None),
        Role::Name => own_text(
            shown,
            &quote_hygienic!(has_own_name),
            Some(&quote_hygienic!(use #private::FormOptional as _;)),
        ),
        Role::Value(value) => self::value(value, shown),
        Role::Skip => TokenStream::new(),
    }
}

fn value(value: &Value, ty: &Type) -> TokenStream {
    match value.how {
        How::Display => text_form(ty),
        How::Plain => {
            let private = idents::private();
            quote_hygienic!(let _ = <#ty as #private::AuditValue>::TYPE;)
        }
        // What a function takes, or a list holds, is seen in code that runs.
        How::Join(_) | How::With(_) => TokenStream::new(),
    }
}

fn own_text(ty: &Type, check: &TokenStream, optional: Option<&TokenStream>) -> TokenStream {
    let (private, form) = (idents::private(), super::encode::form(ty));
    quote_hygienic! {{
        use #private::{FormDisplay as _, FormNone as _, FormValue as _};
        #optional
        #private::#check::<#ty, _>(#form);
    }}
}

fn text_form(ty: &Type) -> TokenStream {
    let private = idents::private();
    quote_hygienic!(let _ = #private::has_text_form::<#ty>;)
}
