//! What a failed derive leaves behind, so that one mistake is one error: impls that fit everywhere, and a builder that takes anything.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::block;
use crate::check::event::{TAKEN, callers_actor};
use crate::check::item::core;
use crate::idents;
use crate::parse::{Body, Written, WrittenField};
use crate::types;

pub fn entity(written: &Written) -> TokenStream {
    let private = idents::private();
    implement(
        written,
        &quote! {
            #private::AuditEntity {
                const SCHEMA: &'static #private::EntitySchema = &#private::EntitySchema::__broken();
                fn encode(&self, _: &mut #private::Encoder) {}
            }
            #private::Infallible {}
        },
    )
}

pub fn metadata(written: &Written) -> TokenStream {
    let private = idents::private();
    implement(
        written,
        &quote! {
            #private::AuditMetadata {
                const KEYS: &'static #private::Keys = &#private::Keys::__broken();
                fn encode(&self, _: &mut #private::Encoder) {}
            }
            #private::Infallible {}
        },
    )
}

pub fn value(written: &Written) -> TokenStream {
    let private = idents::private();
    let ident = &written.ident;
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    let parameters: Vec<_> = written.generics.params.iter().collect();
    let constructor = match &written.body {
        Body::Tuple(types) if written.attributes.get("max_len").is_some() => types.first().map(|ty| {
            quote! {
                impl #generics #ident #arguments #where_clause {
                    pub fn new(_: impl #private::Into<#ty>) -> #private::Result<Self, #private::TooLong> { #private::unreachable() }
                }
                impl #generics #private::TryFrom<#ty> for #ident #arguments #where_clause {
                    type Error = #private::TooLong;
                    fn try_from(_: #ty) -> #private::Result<Self, #private::TooLong> { #private::unreachable() }
                }
                impl #generics #private::TryFrom<&#private::str> for #ident #arguments #where_clause {
                    type Error = #private::TooLong;
                    fn try_from(_: &#private::str) -> #private::Result<Self, #private::TooLong> { #private::unreachable() }
                }
            }
        }),
        _ => None,
    };
    let code = quote! {
        impl #generics #private::AuditValue for #ident #arguments #where_clause {
            const TYPE: #private::ValueType = #private::ValueType::__broken();
            type Kind = #private::kind::Converts;
            fn encode(&self, _: #private::ValueEncoder<'_>) {}
        }
        impl <#(#parameters,)* __F, __E> #private::Bounded<__F, __E> for #ident #arguments #where_clause {}
        impl <#(#parameters,)* __F, __E> #private::BoundedWhenCut<__F, __E> for #ident #arguments #where_clause {}
        #constructor
    };
    block::block(&core(&written.attributes), &code)
}

/// `impl Trait {…}` for the item, each trait followed by its body.
fn implement(written: &Written, traits: &TokenStream) -> TokenStream {
    let ident = &written.ident;
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    let mut code = TokenStream::new();
    let mut path = TokenStream::new();
    for token in traits.clone() {
        if matches!(&token, proc_macro2::TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::Brace) {
            code.extend(quote!(impl #generics #path for #ident #arguments #where_clause #token));
            path = TokenStream::new();
        } else {
            path.extend([token]);
        }
    }
    block::block(&core(&written.attributes), &code)
}

pub fn event(written: &Written) -> TokenStream {
    let private = idents::private();
    let ident = &written.ident;
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    let actor = callers_actor(&written.attributes).map_or_else(
        || quote!(#private::OwnActor),
        |ty| {
            let ty = types::at_static(ty);
            quote!(#ty)
        },
    );
    let fields: &[WrittenField] = if let Body::Struct(fields) = &written.body { fields } else { &[] };
    let builder = stub_builder(written, fields);
    let own = own_context(written, fields);
    let code = quote! {
        impl #generics #private::AuditEvent<#actor> for #ident #arguments #where_clause {
            const ACTION: &'static #private::str = "";
            const VERSION: #private::u32 = 0;
            const SCHEMA_JSON: &'static #private::str = "";
            const HEAD: #private::Head = #private::Head { action: "", version: 0, prefix: "" };
            fn __encode(self, _: #private::Option<&#actor>, _: #private::Envelope, _: #private::Mode) -> #private::Encoder {
                #private::unreachable()
            }
        }
        impl #generics #private::Infallible for #ident #arguments #where_clause {}
        #own
        #builder
    };
    block::block(&core(&written.attributes), &code)
}

fn stub_builder(written: &Written, fields: &[WrittenField]) -> TokenStream {
    let private = idents::private();
    let (ident, name) = (&written.ident, idents::builder(&written.ident));
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    // A field whose setter would be one of these has been reported.
    let taken = |field: &&WrittenField| {
        let name = field.name();
        let maybe = name.strip_prefix("maybe_").is_some_and(|other| fields.iter().any(|field| field.name() == other));
        !maybe && (!TAKEN.contains(&name.as_str()) || field.attributes.first_of(&["actor", "context", "occurred_at"]).is_some())
    };
    let setters = fields.iter().filter(taken).map(setter);
    let implied = ["actor", "context", "occurred_at"].map(|name| Ident::new(name, proc_macro2::Span::call_site()));
    let of_role = |name: &Ident| {
        fields.iter().any(|field| field.ident == *name && field.attributes.first_of(&["actor", "context", "occurred_at"]).is_some())
    };
    let implied = implied.iter().filter(|name| !of_role(name));
    quote! {
        pub struct #name;
        impl #generics #ident #arguments #where_clause {
            pub fn builder() -> #name { #name }
        }
        impl #name {
            #(#setters)*
            #(pub fn #implied<__V>(self, _: __V) -> Self { self })*
            pub fn try_build(self) -> #private::Result<#private::Event, #private::BuildError> { #private::unreachable() }
            pub fn build(self) -> #private::Event { #private::unreachable() }
            pub fn try_build_all(self) -> #private::Result<#private::Vec<#private::Event>, #private::BuildError> { #private::unreachable() }
        }
    }
}

fn setter(field: &WrittenField) -> TokenStream {
    let (ident, docs) = (&field.ident, &field.doc_attributes);
    let inner = types::option_inner(&field.ty).unwrap_or(&field.ty);
    let maybe = types::option_inner(&field.ty).map(|_| {
        let (maybe, ty) = (Ident::new(&format!("maybe_{}", field.name()), ident.span()), &field.ty);
        quote!(pub fn #maybe(self, _: #ty) -> Self { self })
    });
    let setter = if types::is_primitive(inner) {
        quote!(pub fn #ident(self, _: #inner) -> Self { self })
    } else {
        quote!(pub fn #ident<__V>(self, _: __V) -> Self { self })
    };
    quote!(#(#docs)* #setter #maybe)
}

fn own_context(written: &Written, fields: &[WrittenField]) -> TokenStream {
    let private = idents::private();
    if !fields.iter().any(|field| field.attributes.get("context").is_some()) {
        return TokenStream::new();
    }
    let ident = &written.ident;
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    quote! {
        impl #generics #ident #arguments #where_clause {
            pub fn try_into_event(self) -> #private::Result<#private::Event, #private::BuildError> { #private::unreachable() }
            pub fn into_event(self) -> #private::Event { #private::unreachable() }
        }
    }
}
