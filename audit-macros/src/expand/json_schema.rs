//! `schemars::JsonSchema`, with the feature of that name: the type's name, and its schema out of the same constants.

use proc_macro2::TokenStream;
use quote::quote;

use crate::generics;
use crate::idents;
use crate::model::Item;

/// The impl. `schema` is an expression; `given` are the bounds that it needs.
pub fn implement(item: &Item, given: Option<&TokenStream>, schema: &TokenStream) -> TokenStream {
    let private = idents::private();
    let ident = &item.ident;
    let name = ident.to_string();
    let (impl_generics, arguments, _) = item.generics.split_for_impl();
    let predicates = generics::predicates(&item.generics);
    let text = quote!(::std::borrow::Cow<'static, #private::str>);
    quote! {
        impl #impl_generics #private::schemars::JsonSchema for #ident #arguments where #predicates #given {
            fn schema_name() -> #text { ::std::borrow::Cow::Borrowed(#name) }
            fn schema_id() -> #text { ::std::borrow::Cow::Borrowed(::core::any::type_name::<Self>()) }
            fn json_schema(_: &mut #private::schemars::SchemaGenerator) -> #private::schemars::Schema { #schema }
        }
    }
}
