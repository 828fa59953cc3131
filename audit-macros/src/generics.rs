//! Pieces of an item's generics for generated impls.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{GenericParam, Generics, Path, Type};

use crate::idents;

/// The item's own predicates, each with a comma behind.
pub fn predicates(generics: &Generics) -> TokenStream {
    let predicates = generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates);
    quote!(#(#predicates,)*)
}

/// The item's parameters for an impl, without their defaults.
pub fn parameters(generics: &Generics) -> Vec<TokenStream> {
    let parameter = |parameter: &GenericParam| match parameter {
        GenericParam::Lifetime(parameter) => quote!(#parameter),
        GenericParam::Type(parameter) => {
            let (ident, bounds) = (&parameter.ident, &parameter.bounds);
            quote!(#ident: #bounds)
        }
        GenericParam::Const(parameter) => {
            let (ident, ty) = (&parameter.ident, &parameter.ty);
            quote!(const #ident: #ty)
        }
    };
    generics.params.iter().map(parameter).collect()
}

/// `<'static, …>`, for constants.
pub fn at_static(generics: &Generics) -> TokenStream {
    let lifetimes = generics.lifetimes().map(|_| quote!('static));
    quote!(<#(#lifetimes),*>)
}

/// Whether a type mentions one of the type or const parameters.
pub fn mentions_parameter(generics: &Generics, ty: &Type) -> bool {
    let types = generics.type_params().map(|parameter| &parameter.ident);
    let consts = generics.const_params().map(|parameter| &parameter.ident);
    let mut names = types.chain(consts);
    names.any(|name| idents::mentions(ty.to_token_stream(), name))
}

/// The place of a user's token with the derive's own hygiene: an error lands there, and a name still means what the derive means.
pub fn placed(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// Where an error about a path belongs: what it names, and not the crate that it begins with.
pub fn named(path: &Path) -> Span {
    path.segments
        .last()
        .map_or_else(Span::call_site, |segment| segment.ident.span())
}

/// `quote!` for code with local names: the user's own tokens in it (`with = split`) don't see them.
macro_rules! quote_hygienic {
    ($($tokens:tt)*) => {
        ::quote::quote_spanned!(::proc_macro2::Span::mixed_site()=> $($tokens)*)
    };
}
pub(crate) use quote_hygienic;
