//! The block that all generated code stands in: unnameable from outside.
//!
//! It has no list of allowed lints (`parse/quiet.rs` says why): whatever a lint might look at has the derive's place.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

use crate::idents;

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
