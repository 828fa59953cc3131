//! The block that all generated code stands in: unnameable from outside.
//!
//! It has no list of allowed lints (`parse/quiet.rs` says why): whatever a lint might look at has the derive's place.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

use crate::generics;
use crate::idents;
use crate::model::Item;

/// Wraps generated code once. `allowed` are the lints that the user allows on the item.
pub fn block(core: &Path, allowed: &TokenStream, generated: &TokenStream) -> TokenStream {
    let private = idents::private();
    quote! {
        #[doc(hidden)]
        #allowed
        const _: () = {
            use #core::__private as #private;
            #generated
        };
    }
}

/// A mention of a type that no constant is about, so that one which is only declared isn't called dead, as an event or entity isn't.
pub fn mention(item: &Item) -> TokenStream {
    if item.generics.type_params().next().is_some() || item.generics.const_params().next().is_some()
    {
        return TokenStream::new();
    }
    let (private, ident, arguments) = (
        idents::private(),
        &item.ident,
        generics::at_static(&item.generics),
    );
    quote!(const _: #private::PhantomData<#ident #arguments> = #private::PhantomData;)
}
