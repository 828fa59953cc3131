//! The proof behind `build()` and `into_event`: `impl AlwaysValid`, bounded by every field's type.
//!
//! Each bound stands behind `for<'__x>`, so that one that doesn't hold is an error where `build()` is called and not here
//! (<https://github.com/rust-lang/rust/issues/48214>).

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use super::entries::leaf_index;
use crate::generics;
use crate::idents;
use crate::model::{How, Item, Member, Role, TextRule, Value};
use crate::types;

/// `impl AlwaysValid for …`.
///
/// `keys` is an expression for the constants of the item's keys. `event` is what an event is called in its own proof; entities and groups
/// take the name of the event that they are in.
pub fn infallible(
    item: &Item,
    members: &[Member],
    keys: &TokenStream,
    event: Option<&Ident>,
    extra: Option<&TokenStream>,
) -> TokenStream {
    let ident = &item.ident;
    let private = idents::private_at(ident.span());
    let (_, arguments, _) = item.generics.split_for_impl();
    let given = generics::predicates(&item.generics);
    let within = event.cloned().unwrap_or_else(idents::within);
    let bounds = members
        .iter()
        .flat_map(|member| bounds(item, members, member, keys, &within));
    let parameters = generics::parameters(&item.generics);
    let (own, of) = if event.is_some() {
        (None, None)
    } else {
        (Some(&within), Some(quote!(<#within>)))
    };
    // At the user's own name: rustc advises against what is written by a derive.
    let infallible = quote_spanned!(ident.span()=> #private::AlwaysValid #of);
    quote! {
        impl <#(#parameters,)* #own> #infallible for #ident #arguments where #given #extra #(for<'__x> #bounds,)* {}
    }
}

/// Each stands at the field's type, where rustc shows what is in the way.
fn bounds(
    item: &Item,
    members: &[Member],
    member: &Member,
    keys: &TokenStream,
    within: &Ident,
) -> Vec<TokenStream> {
    let (span, ty) = (member.ty.span(), &member.ty);
    let private = idents::private_at(span);
    match &member.role {
        Role::Actor => vec![quote_spanned!(span=> #ty: #private::AlwaysValid<#within>)],
        Role::Flatten(_) => {
            let group = member.optional().unwrap_or(ty);
            vec![quote_spanned!(span=> #group: #private::AlwaysValid<#within>)]
        }
        Role::Target(_) => {
            let marker = idents::marker_at_field(&member.ident, &item.ident);
            vec![quote_spanned!(span=> #ty: #private::BoundedTargets<#marker, #within>)]
        }
        Role::Value(value) => {
            let leaf = leaf_index(members, member);
            value_bounds(item, member, value, within, &quote!(#keys, #leaf))
        }
        Role::Context | Role::OccurredAt | Role::Skip | Role::Id | Role::Name => Vec::new(),
    }
}

/// `leaf` are the arguments that name the key in the item's constants.
fn value_bounds(
    item: &Item,
    member: &Member,
    value: &Value,
    within: &Ident,
    leaf: &TokenStream,
) -> Vec<TokenStream> {
    let (span, ty) = (member.ty.span(), &member.ty);
    let private = idents::private_at(span);
    let shown = types::option_inner(ty).unwrap_or(ty);
    let marker = idents::marker_at_field(&member.ident, &item.ident);
    let bound = |rule: &str| {
        let rule = Ident::new(rule, span);
        quote_spanned!(span=> #private::#rule<#marker, #within>)
    };
    // A constant in a type can't depend on a type parameter: it counts as unproven.
    let proven = |condition: TokenStream, rule: &str| {
        let is_generic = generics::mentions_parameter(&item.generics, ty);
        let (condition, rule) = (
            if is_generic {
                quote!(false)
            } else {
                quote!({ #condition })
            },
            bound(rule),
        );
        quote_spanned!(span=> #private::Proven<#condition>: #rule)
    };
    let bounded = bound("Bounded");
    let plain = quote_spanned!(span=> #ty: #bounded);
    let fits = || proven(quote!(#private::fits(#leaf)), "MaxLenFits");
    match (&value.how, value.rule) {
        (_, TextRule::Truncate(_)) | (How::Display | How::Join(_), TextRule::CutIfFree) => {
            Vec::new()
        }
        (How::Join(_), _) => {
            let fits = bound("JoinFits");
            vec![quote_spanned!(span=> #private::Proven<false>: #fits)]
        }
        (How::Plain, TextRule::Free) => vec![plain],
        (How::Plain, TextRule::CutIfFree) => {
            vec![quote_spanned!(span=> #private::Cut<#ty>: #bounded)]
        }
        (How::Plain, TextRule::MaxLen(_)) => vec![plain, fits()],
        (How::Display, TextRule::Free) => {
            vec![quote_spanned!(span=> #private::Displayed<#shown>: #bounded)]
        }
        (How::Display, TextRule::MaxLen(_)) => vec![
            quote_spanned!(span=> #private::Displayed<#shown>: #bounded),
            fits(),
        ],
        (How::With(_), _) => vec![proven(
            quote!(#private::never_rejected(#leaf)),
            "NeverRejected",
        )],
    }
}

/// The markers that name fields in errors: `pub enum user_of_UserSignedIn {}`.
pub fn markers<'i>(owner: &Ident, fields: impl Iterator<Item = &'i Ident>) -> TokenStream {
    let markers = fields.map(|field| idents::marker(field, owner));
    quote!(#(pub enum #markers {})*)
}
