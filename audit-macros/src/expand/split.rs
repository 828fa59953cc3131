//! An event whose list of targets may be longer than one event can hold: the code that makes as many as it takes.

use proc_macro2::TokenStream;
use quote::quote;

use super::builder;
use crate::idents;
use crate::model::{Event, Member, Role};

/// `__audit_build_all` of the builder's fields, for an event with `split`: the builder and the event's values call it.
pub fn expand(event: &Event) -> TokenStream {
    let Some((split, _)) = event.split() else {
        return TokenStream::new();
    };
    let private = idents::private();
    let (ident, fields, split_ident) = (
        &event.item.ident,
        idents::builder_fields(&event.item.ident),
        &split.ident,
    );
    let (_, arguments, where_clause) = event.item.generics.split_for_impl();
    let (parameters, lifetimes) = builder::lifetimes(event);
    let own = event.members.iter().find(|member| matches!(member.role, Role::OccurredAt)).map(|Member { ident, .. }| {
        // Taken out of the fields once: the events of a split have one time.
        quote!(let __audit_at = #private::Option::or(#private::Option::map(#private::Option::take(&mut self.#ident), #private::Into::into), __audit_at);)
    });
    let others = event.members.iter().filter(|member| member.target().is_some() && member.ident != split.ident).map(|member| {
        let (ident, ty) = (&member.ident, &member.ty);
        quote!(+ #private::Option::map_or(#private::Option::as_ref(&self.#ident), 0, <#ty as #private::TargetField>::count))
    });
    quote! {
        impl <#parameters> #fields <#lifetimes> #where_clause {
            fn __audit_build_all(
                &mut self,
                __audit_at: #private::Option<#private::Timestamp>,
            ) -> #private::Result<#private::Vec<#private::Event>, #private::BuildError> {
                #own
                let __audit_at = #private::Some(#private::Option::unwrap_or_else(__audit_at, #private::Timestamp::now));
                let __audit_count = #private::Option::map_or(#private::Option::as_ref(&self.#split_ident), 0, #private::Vec::len);
                let __audit_others = 0 #(#others)*;
                #private::build_all(__audit_count, __audit_others, |__audit_split| {
                    (<#ident #arguments as #private::DescribedEvent<'_>>::ENCODE)(#private::Mode::Reject, self, __audit_at, #private::Some(__audit_split))
                })
            }
        }
    }
}
