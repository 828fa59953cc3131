//! Checks at compile time of what only composed types can tell: constants that raise a problem where the user wrote its cause.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;

use super::{entries, event};
use crate::idents;
use crate::model::{Event, Member};

/// The checks of an event, each at its own token. Where nothing is wrong, which the layout knows, nothing is evaluated.
pub fn of_event(event: &Event) -> TokenStream {
    let parts = event::parts(event);
    let whole = check(event.item.ident.span(), &quote!(#parts.problem()));
    let targets = event
        .members
        .iter()
        .filter(|member| member.target().is_some())
        .enumerate();
    let targets = targets.map(|(index, member)| {
        check(
            type_span(&member.ty),
            &quote!(#parts.target_problem(#index)),
        )
    });
    let flatten = of_groups(
        &event.members,
        &|index| quote!(#parts.flatten_problem(#index)),
    );
    let text = entries::text_checks(&event.members, &quote!(&#parts.root));
    quote! {
        #whole
        #(#targets)*
        #flatten
        #text
    }
}

/// A constant that raises a problem at a span.
pub fn check(span: Span, problem: &TokenStream) -> TokenStream {
    // The call's tokens have the user's place, what it is given has the derive's: in `macro_rules!` hygiene differs, too.
    let private = idents::private_at(span);
    let call = quote_spanned!(span=> #private::raise(#problem));
    quote!(const _: () = #call;)
}

/// A check for every flattened group.
pub fn of_groups(members: &[Member], problem: &dyn Fn(usize) -> TokenStream) -> TokenStream {
    let checks = entries::flattened(members)
        .enumerate()
        .map(|(index, member)| check(member.ident.span(), &problem(index)));
    quote!(#(#checks)*)
}

fn type_span(ty: &Type) -> Span {
    let tokens = ty.to_token_stream();
    syn::Error::new_spanned(tokens, "").span()
}
