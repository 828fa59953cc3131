//! What a failed derive leaves behind, so that one mistake is one error: impls that fit everywhere, and a builder that takes anything.
//! `mentions` are the types that are still to be judged.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::{block, type_probes};
use crate::check::event::callers_actor;
use crate::check::item::core;
use crate::check::setters::TAKEN;
use crate::generics;
use crate::idents;
use crate::parse::{Body, ParsedField, ParsedItem};
use crate::types;

pub fn entity(written: &ParsedItem, probes: &TokenStream) -> TokenStream {
    let private = idents::private();
    let ident = &written.ident;
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    let conversions = conversions(written);
    let code = quote! {
        impl #generics #private::AuditEntity for #ident #arguments #where_clause {
            const SCHEMA: &'static #private::EntitySchema = &#private::EntitySchema::__broken();
            fn encode(&self, _: &mut #private::Encoder) { #probes }
        }
        #conversions
    };
    finish(written, code)
}

/// Those into an enum of entities.
fn conversions(written: &ParsedItem) -> TokenStream {
    let Body::Enum(variants) = &written.body else {
        return TokenStream::new();
    };
    if !written.attributes.makes("from") {
        return TokenStream::new();
    }
    let private = idents::private();
    let ident = &written.ident;
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    let all: Vec<_> = type_probes::held(written, variants).collect();
    let only = all.iter().filter(|ty| types::is_alone(ty, &all));
    only.flat_map(|ty| [Some(*ty), types::unboxed(ty, &all)])
        .flatten()
        .map(|ty| {
            quote! {
                impl #generics #private::From<#ty> for #ident #arguments #where_clause {
                    fn from(_: #ty) -> Self { #private::unreachable() }
                }
            }
        })
        .collect()
}

pub fn metadata(written: &ParsedItem, probes: &TokenStream) -> TokenStream {
    let private = idents::private();
    let ident = &written.ident;
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    let code = quote! {
        impl #generics #private::AuditMetadata for #ident #arguments #where_clause {
            const KEYS: &'static #private::Keys = &#private::Keys::__broken();
            fn encode(&self, _: &mut #private::Encoder) { #probes }
        }
    };
    finish(written, code)
}

/// With the proof that lets `build()` stand.
fn finish(written: &ParsedItem, mut code: TokenStream) -> TokenStream {
    let (private, within) = (idents::private(), idents::within());
    let ident = &written.ident;
    let (_, arguments, where_clause) = written.generics.split_for_impl();
    let parameters = generics::parameters(&written.generics);
    code.extend(quote! {
        impl <#(#parameters,)* #within> #private::AlwaysValid<#within> for #ident #arguments #where_clause {}
    });
    block::block(&core(&written.attributes), &written.allowed, &code)
}

pub fn value(written: &ParsedItem, probes: &TokenStream) -> TokenStream {
    let private = idents::private();
    let ident = &written.ident;
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    let parameters = generics::parameters(&written.generics);
    let constructors = constructors(written);
    let has_as_str = matches!(written.body, Body::Enum(_)) && written.attributes.makes("as_str");
    let as_str = has_as_str.then(|| {
        quote! {
            impl #generics #ident #arguments #where_clause {
                pub const fn as_str(&self) -> &'static #private::str { "" }
            }
        }
    });
    let code = quote! {
        impl #generics #private::AuditValue for #ident #arguments #where_clause {
            const TYPE: #private::ValueType = #private::ValueType::__broken();
            type Setter = #private::setter::ByInto;
            fn encode(&self, _: #private::ValueEncoder<'_>) { #probes }
        }
        impl <#(#parameters,)* __F, __E> #private::Bounded<__F, __E> for #ident #arguments #where_clause {}
        impl <#(#parameters,)* __F, __E> #private::BoundedWhenCut<__F, __E> for #ident #arguments #where_clause {}
        impl #generics #private::ValueText for #ident #arguments #where_clause {
            fn value_text(&self) -> #private::Cow<'_, #private::str> { #private::unreachable() }
        }
        #as_str
        #constructors
    };
    block::block(&core(&written.attributes), &written.allowed, &code)
}

/// Those of a newtype that was meant to have a limit. They mention none of its types, which may be what is wrong.
fn constructors(written: &ParsedItem) -> Option<TokenStream> {
    let private = idents::private();
    let ident = &written.ident;
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    let is_limited = written.attributes.get("max_len").is_some() || written.attributes.is_damaged();
    if !is_limited
        || !written.attributes.makes("new")
        || matches!(written.body, Body::Enum(_))
        || written.is_unsized()
    {
        return None;
    }
    let try_from = |text: &TokenStream| {
        quote! {
            impl #generics #private::TryFrom<#text> for #ident #arguments #where_clause {
                type Error = #private::TooLong;
                fn try_from(_: #text) -> #private::Result<Self, #private::TooLong> { #private::unreachable() }
            }
        }
    };
    let (from_string, from_str) = (
        try_from(&quote!(#private::String)),
        try_from(&quote!(&#private::str)),
    );
    Some(quote! {
        impl #generics #ident #arguments #where_clause {
            pub fn new<__V>(_: __V) -> #private::Result<Self, #private::TooLong> { #private::unreachable() }
        }
        #from_string
        #from_str
    })
}

pub fn event(written: &ParsedItem, probes: &TokenStream) -> TokenStream {
    let private = idents::private();
    let ident = &written.ident;
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    let actor = callers_actor(&written.attributes).map_or_else(
        || quote!(#private::ActorInField),
        |ty| {
            let ty = types::at_static(ty);
            quote!(#ty)
        },
    );
    let fields: &[ParsedField] = if let Body::Struct(fields) = &written.body {
        fields
    } else {
        &[]
    };
    let builder = stub_builder(written, fields);
    if written.is_unsized() {
        return block::block(
            &core(&written.attributes),
            &written.allowed,
            &unsized_event(written, &builder),
        );
    }
    let own = own_context(written, fields);
    let code = quote! {
        impl #generics #private::AuditEvent<#actor> for #ident #arguments #where_clause {
            const SCHEMA_JSON: &'static #private::str = "";
            const HEAD: #private::Head = #private::Head { action: "", version: 0, prefix: "" };
            fn __encode(self, _: #private::Option<&#actor>, _: #private::Envelope, _: #private::Mode) -> #private::Encoder {
                #probes
                #private::unreachable()
            }
        }
        impl #generics #private::AlwaysValid for #ident #arguments #where_clause {}
        #own
        #builder
    };
    block::block(&core(&written.attributes), &written.allowed, &code)
}

/// An event is moved, so one without a size has no impl; its constants are plain ones.
fn unsized_event(written: &ParsedItem, builder: &TokenStream) -> TokenStream {
    let private = idents::private();
    let ident = &written.ident;
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    quote! {
        impl #generics #ident #arguments #where_clause {
            pub const ACTION: &'static #private::str = "";
            pub const VERSION: #private::u32 = 0;
            pub const SCHEMA_JSON: &'static #private::str = "";
        }
        #builder
    }
}

fn stub_builder(written: &ParsedItem, fields: &[ParsedField]) -> TokenStream {
    if !written.attributes.makes("builder") {
        return TokenStream::new();
    }
    let private = idents::private();
    let (ident, name) = (&written.ident, &written.builder);
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    // A field whose setter would be one of these has been reported.
    let taken = |field: &&ParsedField| {
        let name = field.name();
        let maybe = name
            .strip_prefix("maybe_")
            .is_some_and(|other| fields.iter().any(|field| field.name() == other));
        !maybe
            && (!TAKEN.contains(&name.as_str())
                || field
                    .attributes
                    .first_of(&["actor", "context", "occurred_at"])
                    .is_some())
    };
    let setters = fields.iter().filter(taken).map(setter);
    let implied = ["actor", "context", "occurred_at"]
        .map(|name| Ident::new(name, proc_macro2::Span::call_site()));
    let of_role = |name: &Ident| {
        fields.iter().any(|field| {
            field.ident == *name
                && field
                    .attributes
                    .first_of(&["actor", "context", "occurred_at"])
                    .is_some()
        })
    };
    let implied = implied.iter().filter(|name| !of_role(name));
    quote! {
        pub struct #name #generics (#private::PhantomData<fn() -> #ident #arguments>) #where_clause;
        impl #generics #ident #arguments #where_clause {
            pub fn builder() -> #name #arguments { #name(#private::PhantomData) }
        }
        impl #generics #name #arguments #where_clause {
            #(#setters)*
            #(pub fn #implied<__V>(self, _: __V) -> Self { self })*
            pub fn try_build(self) -> #private::Result<#private::Event, #private::BuildError> { #private::unreachable() }
            pub fn build(self) -> #private::Event { #private::unreachable() }
            pub fn encode_into(self, _: &mut #private::Vec<#private::u8>) -> #private::Result<#private::Vec<#private::String>, #private::BuildError> { #private::unreachable() }
            pub fn try_build_all(self) -> #private::Result<#private::Vec<#private::Event>, #private::BuildError> { #private::unreachable() }
        }
    }
}

fn setter(field: &ParsedField) -> TokenStream {
    let (ident, docs) = (&field.ident, &field.doc_attributes);
    let inner = types::option_inner(&field.ty).unwrap_or(&field.ty);
    let maybe = types::option_inner(&field.ty).map(|_| {
        let (maybe, ty) = (
            Ident::new(&format!("maybe_{}", field.name()), ident.span()),
            &field.ty,
        );
        if field.rustc_reports {
            quote!(#(#docs)* pub fn #maybe<__V>(self, _: __V) -> Self { self })
        } else {
            quote!(#(#docs)* pub fn #maybe(self, _: #ty) -> Self { self })
        }
    });
    let setter = if types::is_primitive(inner) {
        quote!(pub fn #ident(self, _: #inner) -> Self { self })
    } else {
        quote!(pub fn #ident<__V>(self, _: __V) -> Self { self })
    };
    quote!(#(#docs)* #setter #maybe)
}

fn own_context(written: &ParsedItem, fields: &[ParsedField]) -> TokenStream {
    let private = idents::private();
    if !fields
        .iter()
        .any(|field| field.attributes.get("context").is_some())
    {
        return TokenStream::new();
    }
    let ident = &written.ident;
    let (generics, arguments, where_clause) = written.generics.split_for_impl();
    let (suffix, of_actor, actor) = match callers_actor(&written.attributes) {
        Some(_) => ("_with_actor", quote!(<__V>), quote!(_: __V)),
        None => ("", TokenStream::new(), TokenStream::new()),
    };
    let [try_into, into, all] = ["try_into_event", "into_event", "try_into_events"]
        .map(|verb| format_ident!("{verb}{suffix}"));
    quote! {
        impl #generics #ident #arguments #where_clause {
            pub fn #try_into #of_actor(self, #actor) -> #private::Result<#private::Event, #private::BuildError> { #private::unreachable() }
            pub fn #into #of_actor(self, #actor) -> #private::Event { #private::unreachable() }
            pub fn #all #of_actor(self, #actor) -> #private::Result<#private::Vec<#private::Event>, #private::BuildError> { #private::unreachable() }
        }
    }
}
