//! A group of metadata keys: its entries and its encoding. It may be generic, so what needs a constant outside an impl is left to the
//! events that flatten it.

use proc_macro2::TokenStream;

use super::checks;
use super::{block, bounds, encode, entries, keys};
use crate::generics::{self, quote_hygienic};
use crate::idents;
use crate::model::{Group, How, Role};

pub fn expand(group: &Group) -> TokenStream {
    let generic = group.item.generics.type_params().next().is_some()
        || group.item.generics.const_params().next().is_some();
    let private = idents::private();
    let (ident, at_static) = (&group.item.ident, generics::at_static(&group.item.generics));
    let keys = quote_hygienic!(<#ident #at_static as #private::DescribedGroup>::CODE.keys);
    let parts = [
        block::mention(&group.item),
        bounds::markers(
            &group.item.ident,
            group.members.iter().map(|member| &member.ident),
        ),
        implementation(group, generic),
        if generic {
            TokenStream::new()
        } else {
            checks(group, &keys)
        },
        bounds::infallible(&group.item, &group.members, &keys, None, None),
        json_schema(group),
    ];
    block::block(
        &group.item.core,
        &group.item.allowed,
        &parts.into_iter().collect(),
    )
}

fn implementation(group: &Group, generic: bool) -> TokenStream {
    let private = idents::private();
    let ident = &group.item.ident;
    let (impl_generics, arguments, _) = group.item.generics.split_for_impl();
    let given = generics::predicates(&group.item.generics);
    let bounds = parameter_bounds(group);
    let keys = keys::keys(&group.members, Some(ident));
    let own_keys = quote_hygienic!(<Self as #private::DescribedGroup>::CODE.keys);
    // What a generic group's flattened groups collide with is known only where it is flattened itself.
    let checked_keys = if generic || entries::flattened(&group.members).next().is_none() {
        own_keys
    } else {
        quote_hygienic!(#private::keys_unless_wrong(#own_keys))
    };
    let fields = encode::fields_of_value(&group.members);
    let skipped = group
        .members
        .iter()
        .filter(|member| matches!(member.role, Role::Skip))
        .map(|member| &member.ident);
    quote_hygienic! {
        impl #impl_generics #private::DescribedGroup for #ident #arguments where #given #bounds {
            const CODE: #private::GroupCode<Self> = #private::GroupCode {
                keys: &#keys,
                encode: |__audit_value: &Self, __audit_out: &mut #private::Encoder| {
                    #(let _ = &__audit_value.#skipped;)*
                    #fields
                },
            };
        }
        impl #impl_generics #private::AuditMetadata for #ident #arguments where #given #bounds {
            const KEYS: &'static #private::Keys = #checked_keys;
            fn encode(&self, __audit_out: &mut #private::Encoder) {
                (<Self as #private::DescribedGroup>::CODE.encode)(self, __audit_out);
            }
        }
    }
}

/// What a generic group needs of its parameters: that its fields are what they are there for.
fn parameter_bounds(group: &Group) -> Option<TokenStream> {
    let private = idents::private();
    let bounds: Vec<TokenStream> = group
        .members
        .iter()
        .filter(|member| generics::mentions_parameter(&group.item.generics, &member.ty))
        .filter_map(|member| {
            let ty = &member.ty;
            match &member.role {
                Role::Value(value) if matches!(value.how, How::Plain) => {
                    let held = crate::types::option_inner(ty).unwrap_or(ty);
                    Some(quote_hygienic!(#held: #private::AuditValue))
                }
                Role::Value(value) if matches!(value.how, How::Display) => {
                    let shown = crate::types::option_inner(ty).unwrap_or(ty);
                    Some(quote_hygienic!(#shown: ::core::fmt::Display))
                }
                Role::Flatten(_) => {
                    let group = member.optional().unwrap_or(ty);
                    Some(quote_hygienic!(#group: #private::AuditMetadata))
                }
                _ => None,
            }
        })
        .collect();
    (!bounds.is_empty()).then(|| quote_hygienic!(#(#bounds,)*))
}

fn checks(group: &Group, keys: &TokenStream) -> TokenStream {
    let (private, name) = (idents::private(), group.item.ident.to_string());
    let flatten = checks::of_groups(
        &group.members,
        &|index| quote_hygienic!(#private::flatten_problem(#name, #keys, #index)),
    );
    let text = entries::text_checks(&group.members, keys);
    quote_hygienic!(#flatten #text)
}

/// The schema for an API description.
#[cfg(feature = "schemars")]
fn json_schema(group: &Group) -> TokenStream {
    let private = idents::private();
    let schema =
        quote_hygienic!(#private::json_schema::metadata(<Self as #private::AuditMetadata>::KEYS));
    super::json_schema::implement(&group.item, parameter_bounds(group).as_ref(), &schema)
}

#[cfg(not(feature = "schemars"))]
fn json_schema(_: &Group) -> TokenStream {
    TokenStream::new()
}
