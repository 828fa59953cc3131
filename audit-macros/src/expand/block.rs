//! The block that all generated code stands in: unnameable from outside, quiet under any lint.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

use crate::idents;

/// Wraps generated code once.
pub fn block(core: &Path, generated: &TokenStream) -> TokenStream {
    let private = idents::private();
    quote! {
        #[doc(hidden)]
        #[allow(
            // Only the builder, or only literals, may be used.
            dead_code,
            // Setters name the user's types, which may be less visible than the event.
            private_interfaces, private_bounds, unreachable_pub,
            // Names follow the user's fields; the docs stand on those.
            non_camel_case_types, non_snake_case, non_upper_case_globals, missing_docs, missing_debug_implementations,
            // A deprecated field is the user's business.
            deprecated,
            // Qualified names are what keeps shadowed ones out.
            unused_qualifications, unused_lifetimes, unused_imports, single_use_lifetimes, elided_lifetimes_in_paths,
            // A schema of many keys takes long, but only once.
            long_running_const_eval,
            let_underscore_drop, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction
        )]
        const _: () = {
            use #core::__private as #private;
            #generated
        };
    }
}
