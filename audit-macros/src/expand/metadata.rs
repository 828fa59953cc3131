//! A group of metadata keys: its entries and its encoding. It may be generic, so what needs a constant outside an impl is left to the
//! events that flatten it.

use proc_macro2::TokenStream;
use quote::quote;

use super::event::flatten_checks;
use super::{block, bounds, encode, entries};
use crate::idents;
use crate::model::{Group, How, Role};

pub fn expand(group: &Group) -> TokenStream {
    let generic = group.item.generics.type_params().next().is_some() || group.item.generics.const_params().next().is_some();
    let checks = if generic { TokenStream::new() } else { checks(group) };
    let parts = [
        bounds::markers(&group.item.ident, group.members.iter().map(|member| &member.ident)),
        implementation(group, generic),
        checks,
        bounds::infallible(&group.item, &group.members, parameter_bounds(group).as_ref()),
        json_schema(group),
    ];
    block::block(&group.item.core, &parts.into_iter().collect())
}

fn implementation(group: &Group, generic: bool) -> TokenStream {
    let private = idents::private();
    let ident = &group.item.ident;
    let (generics, arguments, where_clause) = group.item.generics.split_for_impl();
    let given = where_clause.map(|clause| {
        let predicates = &clause.predicates;
        quote!(#predicates,)
    });
    let bounds = parameter_bounds(group);
    let keys = if generic || entries::flattened(&group.members).next().is_none() {
        let keys = entries::keys(&group.members, true, None);
        quote!(&#keys)
    } else {
        quote!(#private::keys_unless_duplicate(<Self as #private::Described>::PARTS))
    };
    let fields = encode::fields_of_self(&group.members);
    let skipped = group.members.iter().filter(|member| matches!(member.role, Role::Skip)).map(|member| &member.ident);
    quote! {
        impl #generics #private::AuditMetadata for #ident #arguments where #given #bounds {
            const KEYS: &'static #private::Keys = #keys;
            fn encode(&self, __audit_out: &mut #private::Encoder) {
                #(let _ = &self.#skipped;)*
                #fields
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
        .filter(|member| bounds::mentions_parameter(&group.item, &member.ty))
        .filter_map(|member| {
            let ty = &member.ty;
            match &member.role {
                Role::Value(value) if matches!(value.how, How::Plain) => Some(quote!(#ty: #private::AuditValue)),
                Role::Value(value) if matches!(value.how, How::Display) => {
                    let shown = crate::types::option_inner(ty).unwrap_or(ty);
                    Some(quote!(#shown: ::core::fmt::Display))
                }
                Role::Flatten => Some(quote!(#ty: #private::AuditMetadata)),
                _ => None,
            }
        })
        .collect();
    (!bounds.is_empty()).then(|| quote!(#(#bounds,)*))
}

fn checks(group: &Group) -> TokenStream {
    let private = idents::private();
    let (ident, name) = (&group.item.ident, group.item.ident.to_string());
    let lifetimes = group.item.generics.lifetimes().map(|_| quote!('static));
    let raw = entries::keys(&group.members, true, None);
    let (generics, arguments, where_clause) = group.item.generics.split_for_impl();
    let entries = quote! {
        impl #generics #private::Described for #ident #arguments #where_clause {
            type Parts = &'static #private::Keys;
            const PARTS: &'static #private::Keys = &#raw;
        }
        const __AUDIT_KEYS: &#private::Keys = <#ident <#(#lifetimes),*> as #private::Described>::PARTS;
    };
    let flattened = entries::flattened(&group.members).next().is_some();
    let checks = flatten_checks(&group.members, &|index| quote!(#private::flatten_problem(#name, __AUDIT_KEYS, #index)));
    let text = entries::text_checks(&group.members);
    if flattened { quote!(#entries #checks #text) } else { text }
}

/// The schema for an API description.
#[cfg(feature = "schemars")]
fn json_schema(group: &Group) -> TokenStream {
    let private = idents::private();
    let schema = quote!(#private::json_schema::metadata(<Self as #private::AuditMetadata>::KEYS));
    super::json_schema::implement(&group.item, parameter_bounds(group).as_ref(), &schema)
}

#[cfg(not(feature = "schemars"))]
fn json_schema(_: &Group) -> TokenStream {
    TokenStream::new()
}
