//! The fields of a struct.

use proc_macro2::TokenStream;
use quote::quote;

use super::{attribute, doc_comment, ident};
use crate::import::plan::{KeyField, TargetField, ValueType};

pub fn target(
    TargetField {
        ident: name,
        entity,
        docs,
    }: &TargetField,
) -> TokenStream {
    let (docs, name, entity) = (doc_comment(docs), ident(name), ident(entity));
    quote! {
        #docs
        #[audit(target)]
        pub #name: #entity
    }
}

/// A metadata field; those of entities are marked.
pub fn key(
    KeyField {
        named,
        docs,
        value,
        optional,
    }: &KeyField,
    is_marked: bool,
) -> TokenStream {
    let (docs, name) = (doc_comment(docs), ident(&named.ident));
    let max_len = match value {
        ValueType::Text(Some(limit)) => {
            let limit = proc_macro2::Literal::u16_unsuffixed(*limit);
            Some(quote!(max_len = #limit))
        }
        _ => None,
    };
    let about = attribute([
        is_marked.then(|| quote!(metadata)),
        rename(named.rename.as_deref()),
        max_len,
    ]);
    let value = value_type(value);
    let value = if *optional {
        quote!(Option<#value>)
    } else {
        value
    };
    quote! {
        #docs
        #about
        pub #name: #value
    }
}

pub fn rename(rename: Option<&str>) -> Option<TokenStream> {
    rename.map(|rename| quote!(rename = #rename))
}

fn value_type(value: &ValueType) -> TokenStream {
    match value {
        ValueType::Text(_) => quote!(String),
        ValueType::Integer => quote!(i64),
        ValueType::Number => quote!(f64),
        ValueType::Boolean => quote!(bool),
        ValueType::Choice(name) => {
            let name = ident(name);
            quote!(#name)
        }
    }
}
