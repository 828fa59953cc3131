//! Pieces of an item's generics for generated impls.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Generics;

/// The item's own predicates, each with a comma behind.
pub fn predicates(generics: &Generics) -> TokenStream {
    let predicates = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    quote!(#(#predicates,)*)
}

/// `<'static, …>`, for constants.
pub fn at_static(generics: &Generics) -> TokenStream {
    let lifetimes = generics.lifetimes().map(|_| quote!('static));
    quote!(<#(#lifetimes),*>)
}

/// The place of a user's token with the derive's own hygiene: an error lands there, and a name still means what the derive means.
pub fn placed(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// `quote!` for code with local names: the user's own tokens in it (`with = split`) don't see them.
macro_rules! quote_hygienic {
    ($($tokens:tt)*) => {
        ::quote::quote_spanned!(::proc_macro2::Span::mixed_site()=> $($tokens)*)
    };
}
pub(crate) use quote_hygienic;
