//! Keeps lints about the user's item from being raised once more by what is generated from it.
//!
//! The generated code has no list of allowed lints: under `#![forbid(…)]` each would be an error (E0453). Lints don't look at what has the
//! derive's own place; so names that they are about get it here, and what the user allows on the item is repeated. An `allow` that stands
//! there already can't be forbidden.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Attribute, Data, DeriveInput, GenericParam, LifetimeParam, Meta};

/// The item with its names given the derive's place, where a lint may be about them.
pub fn names(input: &mut DeriveInput) {
    let hide_if = |ident: &mut Ident, attributes: &[Attribute], is_odd: bool| {
        let mut paths = attributes.iter().map(Attribute::path);
        if is_odd || paths.any(|path| path.is_ident("deprecated")) {
            hide(ident);
        }
    };
    hide_if(&mut input.ident, &input.attrs, false);
    for parameter in &mut input.generics.params {
        match parameter {
            GenericParam::Lifetime(LifetimeParam { lifetime, .. }) => {
                lifetime.set_span(Span::call_site().located_at(lifetime.span()));
            }
            GenericParam::Type(parameter) if is_odd_type(&parameter.ident) => {
                hide(&mut parameter.ident);
            }
            // Names of values are told apart by the macro that they come from, which is lost here.
            GenericParam::Type(_) | GenericParam::Const(_) => {}
        }
    }
    match &mut input.data {
        Data::Struct(data) => {
            for field in &mut data.fields {
                if let Some(ident) = &mut field.ident {
                    let is_odd = is_odd_field(ident);
                    hide_if(ident, &field.attrs, is_odd);
                }
            }
        }
        Data::Enum(data) => {
            for variant in &mut data.variants {
                hide_if(&mut variant.ident, &variant.attrs, false);
            }
        }
        Data::Union(_) => {}
    }
}

/// Whether a field has a name that isn't in snake case.
fn is_odd_field(ident: &Ident) -> bool {
    let name = ident.to_string();
    name.contains(char::is_uppercase) || name.contains("__")
}

/// Whether a type parameter has a name that isn't in camel case.
fn is_odd_type(ident: &Ident) -> bool {
    let name = ident.to_string();
    name.starts_with(char::is_lowercase) || name.contains('_')
}

/// The same name at the same place, but as the derive's own word.
fn hide(ident: &mut Ident) {
    ident.set_span(Span::call_site().located_at(ident.span()));
}

/// What the item, its fields and its variants allow, as attributes for the generated code.
pub fn allowed(input: &DeriveInput) -> TokenStream {
    let of_data: Vec<&Attribute> = match &input.data {
        Data::Struct(data) => data.fields.iter().flat_map(|field| &field.attrs).collect(),
        Data::Enum(data) => data
            .variants
            .iter()
            .flat_map(|variant| &variant.attrs)
            .collect(),
        Data::Union(_) => Vec::new(),
    };
    let lists = input
        .attrs
        .iter()
        .chain(of_data)
        .filter_map(|attribute| match &attribute.meta {
            Meta::List(list) if list.path.is_ident("allow") || list.path.is_ident("expect") => {
                Some(&list.tokens)
            }
            _ => None,
        });
    lists
        .map(|lints| own(lints.clone()))
        .map(|lints| quote!(#[allow(#lints)]))
        .collect()
}

/// The tokens at the derive's place: what is wrong with them has been said where they stand.
fn own(tokens: TokenStream) -> TokenStream {
    let at_derive = tokens.into_iter().map(|mut token| {
        token.set_span(Span::call_site());
        token
    });
    at_derive.collect()
}
