//! What a builder can set: each field, and what the struct has no field for.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::Ident;

use super::builder::actor_lifetime;
use crate::idents;
use crate::model::{Event, How, Member, Role};
use crate::types;

/// What can be set: a field, or what the struct has no field for.
pub struct Setter {
    pub ident: Ident,
    /// The field's own, as attributes.
    pub docs: TokenStream,
    /// The field's type in the builder.
    pub held: TokenStream,
    /// What the setter takes, and how that becomes the held value.
    pub argument: TokenStream,
    pub convert: TokenStream,
    pub is_required: bool,
    /// For a field written `Option<V>`.
    pub maybe: Option<TokenStream>,
    /// What must be set before the event is built.
    pub label: TokenStream,
}

/// What is called so in the builder, where the struct has no field for it. Without a builder a field of the struct may have the name.
pub fn implied_name(event: &Event, name: &str) -> Ident {
    if event.has_builder {
        Ident::new(name, Span::call_site())
    } else {
        format_ident!("__audit_{}", name, span = Span::call_site())
    }
}

/// The setters for what the struct has no field for.
pub fn implied(event: &Event) -> Vec<Setter> {
    let private = idents::private();
    let mut setters = Vec::new();
    let mut add = |name: &str,
                   doc: &str,
                   held: TokenStream,
                   argument: TokenStream,
                   convert: TokenStream,
                   required: bool| {
        let ident = implied_name(event, name);
        let marker = idents::marker(&ident, &event.item.ident);
        let label = if required {
            quote!(#marker)
        } else {
            quote!(#private::Any)
        };
        setters.push(Setter {
            ident,
            docs: quote!(#[doc = #doc]),
            held,
            argument,
            convert,
            is_required: required,
            maybe: None,
            label,
        });
    };
    if event.callers_actor.is_some() {
        let (lifetime, ty) = (actor_lifetime(), super::event::callers_actor(event));
        let actor = quote!(&#lifetime #ty);
        add(
            "actor",
            "Sets the actor. Required.",
            quote!(#private::Option<#actor>),
            actor.clone(),
            quote!(field_value),
            true,
        );
    }
    let into = |ty: &TokenStream| quote!(impl #private::Into<#ty>);
    let converted = quote!(#private::Into::into(field_value));
    if !event.has_context() {
        let context = quote!(#private::Context);
        add(
            "context",
            "Sets the context. Required.",
            quote!(#private::Option<#context>),
            into(&context),
            converted.clone(),
            true,
        );
    }
    if !event.has_occurred_at() {
        let timestamp = quote!(#private::Timestamp);
        add(
            "occurred_at",
            "Sets the time of the event; now by default.",
            quote!(#private::Option<#timestamp>),
            into(&timestamp),
            converted,
            false,
        );
    }
    setters
}

impl Setter {
    pub fn of_member(member: &Member, owner: &Ident) -> Self {
        let (private, checked) = (idents::private(), idents::checked());
        let (ty, doc_attributes) = (&member.ty, &member.doc_attributes);
        let optional = member.optional();
        let value = optional.unwrap_or(ty);
        let marker = idents::marker(&member.ident, owner);
        let marker = quote!(#marker);
        let plain = matches!(&member.role, Role::Value(value) if matches!(value.how, How::Plain));
        let known = types::is_primitive(value) || types::is_string(value);
        let label = match &member.role {
            _ if optional.is_some() => quote!(#private::Any),
            Role::Value(_) if plain && !known => quote!(#private::ByType<#value, #marker>),
            _ => marker,
        };
        let (argument, convert) = if types::is_primitive(value) {
            (quote!(#value), quote!(field_value))
        } else if plain && !known {
            (
                quote!(impl #private::Accepts<#value, #checked>),
                quote!(#private::Accepts::into_field(field_value)),
            )
        } else {
            (
                quote!(impl #private::Into<#value>),
                quote!(#private::Into::into(field_value)),
            )
        };
        Self {
            ident: member.ident.clone(),
            docs: quote!(#(#doc_attributes)*),
            held: quote!(#private::Option<#value>),
            argument,
            convert,
            is_required: optional.is_none(),
            maybe: optional.map(|inner| quote!(#inner)),
            label,
        }
    }
}
