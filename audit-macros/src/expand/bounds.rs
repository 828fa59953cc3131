//! The proof behind `build()` and `into_event`: `impl Infallible`, bounded by every field's type.
//!
//! Each bound stands behind `for<'__x>`, so that one that doesn't hold is an error where `build()` is called and not here
//! (<https://github.com/rust-lang/rust/issues/48214>).

use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericParam, Type};

use super::entries::leaf_index;
use crate::generics;
use crate::idents;
use crate::model::{How, Item, Member, Role, TextRule, Value};
use crate::types;

/// `impl Infallible for …`.
///
/// `keys` is an expression for the constants of the item's keys.
pub fn infallible(item: &Item, members: &[Member], keys: &TokenStream, extra: Option<&TokenStream>) -> TokenStream {
    let private = idents::private();
    let ident = &item.ident;
    let (impl_generics, arguments, _) = item.generics.split_for_impl();
    let given = generics::predicates(&item.generics);
    let bounds = members.iter().flat_map(|member| bounds(item, members, member, keys));
    quote! {
        impl #impl_generics #private::Infallible for #ident #arguments where #given #extra #(for<'__x> #bounds,)* {}
    }
}

fn bounds(item: &Item, members: &[Member], member: &Member, keys: &TokenStream) -> Vec<TokenStream> {
    let private = idents::private();
    let (fields, ty) = (idents::fields(), &member.ty);
    let (_, arguments, _) = item.generics.split_for_impl();
    let (name, marker) = (&item.ident, idents::marker(&member.ident, &item.ident));
    let of = quote!(<#fields::#marker, #name #arguments>);
    match &member.role {
        Role::Actor | Role::Flatten => vec![quote!(#ty: #private::Infallible)],
        Role::Target(_) => vec![quote!(#ty: #private::BoundedTargets #of)],
        Role::Value(value) => {
            let leaf = leaf_index(members, member);
            value_bounds(item, member, value, &of, &quote!(#keys, #leaf))
        }
        Role::Context | Role::OccurredAt | Role::Skip | Role::Id | Role::Name => Vec::new(),
    }
}

/// `leaf` are the arguments that name the key in the item's constants.
fn value_bounds(item: &Item, member: &Member, value: &Value, of: &TokenStream, leaf: &TokenStream) -> Vec<TokenStream> {
    let private = idents::private();
    let ty = &member.ty;
    let shown = types::option_inner(ty).unwrap_or(ty);
    let fits = || proven(item, member, &quote!(#private::fits(#leaf)), "MaxLenFits", of);
    match (&value.how, value.rule) {
        (How::Join(_), _) | (_, TextRule::Truncate(_)) | (How::Display, TextRule::CutIfFree) => Vec::new(),
        (How::Plain, TextRule::Free) => vec![quote!(#ty: #private::Bounded #of)],
        (How::Plain, TextRule::CutIfFree) => vec![quote!(#private::Cut<#ty>: #private::Bounded #of)],
        (How::Plain, TextRule::MaxLen(_)) if types::is_string(shown) => vec![quote!(#ty: #private::Bounded #of)],
        (How::Plain, TextRule::MaxLen(_)) => vec![quote!(#ty: #private::Bounded #of), fits()],
        (How::Display, TextRule::Free) => vec![quote!(#private::Displayed<#shown>: #private::Bounded #of)],
        (How::Display, TextRule::MaxLen(_)) => vec![quote!(#private::Displayed<#shown>: #private::Bounded #of), fits()],
        (How::With(_), _) => vec![proven(item, member, &quote!(#private::never_refused(#leaf)), "NeverRefused", of)],
    }
}

/// A condition as a bound. Where it depends on a type parameter, which a constant in a type can't, it counts as unproven.
fn proven(item: &Item, member: &Member, condition: &TokenStream, rule: &str, of: &TokenStream) -> TokenStream {
    let (private, rule) = (idents::private(), quote::format_ident!("{rule}"));
    if mentions_parameter(item, &member.ty) {
        return quote!(#private::Proven<false>: #private::#rule #of);
    }
    quote!(#private::Proven<{ #condition }>: #private::#rule #of)
}

/// Whether a type mentions one of the item's type or const parameters.
pub fn mentions_parameter(item: &Item, ty: &Type) -> bool {
    struct Search<'i>(&'i Item, bool);
    impl syn::visit::Visit<'_> for Search<'_> {
        fn visit_ident(&mut self, ident: &syn::Ident) {
            self.1 |= self.0.generics.params.iter().any(|parameter| match parameter {
                GenericParam::Type(parameter) => parameter.ident == *ident,
                GenericParam::Const(parameter) => parameter.ident == *ident,
                GenericParam::Lifetime(_) => false,
            });
        }
    }
    let mut search = Search(item, false);
    syn::visit::Visit::visit_type(&mut search, ty);
    search.1
}

/// The markers that name fields in errors: `mod __field { pub struct user_of_UserSignedIn; … }`.
pub fn markers<'i>(owner: &syn::Ident, fields: impl Iterator<Item = &'i syn::Ident>) -> TokenStream {
    let module = idents::fields();
    let markers = fields.map(|field| idents::marker(field, owner));
    quote! {
        mod #module {
            #(pub struct #markers;)*
        }
    }
}
