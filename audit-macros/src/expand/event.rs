//! An event: builder, encoding, schema, record, checks.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Lifetime, Type};

use super::{block, bounds, builder, drift, encode, entries, note};
use crate::diag::Errors;
use crate::idents;
use crate::model::{Event, Member, Role};
use crate::types;

pub fn expand(event: &Event, errors: &mut Errors) -> TokenStream {
    let drift = drift::expand(event, errors);
    let names = builder::setter_names(event);
    let parts = [
        bounds::markers(&event.item.ident, names.iter()),
        described(event),
        constants(event),
        checks(event),
        drift,
        encode::event(event),
        implementation(event),
        own_context(event),
        bounds::infallible(&event.item, &event.members, callers_actor_bound(event).as_ref()),
        builder::expand(event),
        json_schema(event),
    ];
    block::block(&event.item.core, &parts.into_iter().collect())
}

/// The event's parts, in an impl where its lifetimes are in scope.
fn described(event: &Event) -> TokenStream {
    let private = idents::private();
    let ident = &event.item.ident;
    let (generics, arguments, where_clause) = event.item.generics.split_for_impl();
    let name = ident.to_string();
    let note = note::event(event);
    let actor = actor_type(event);
    let targets = event.members.iter().filter_map(target_part);
    let split = event.split().map(|(member, split)| {
        let note = note::field(&member.ident, &split.key, "Links the events of one operation.", false);
        (split.key.as_str(), entries::leaf(&split.key, &quote!(#private::ValueType::string().optional()), &note))
    });
    let root = entries::keys(&event.members, false, split);
    quote! {
        impl #generics #private::Described for #ident #arguments #where_clause {
            type Parts = #private::EventParts;
            const PARTS: #private::EventParts = #private::EventParts {
                name: #name,
                note: #note,
                actor: <#actor as #private::AuditEntity>::SCHEMA,
                targets: &[#(#targets),*],
                root: &#root,
            };
        }
    }
}

/// The actor's type, for constants.
pub fn actor_type(event: &Event) -> Type {
    match (&event.callers_actor, event.members.iter().find(|member| matches!(member.role, Role::Actor))) {
        (Some(ty), _) => types::at_static(ty),
        (None, Some(member)) => member.ty.clone(),
        // The check has made sure that there is one.
        (None, None) => Type::Verbatim(TokenStream::new()),
    }
}

fn target_part(member: &Member) -> Option<TokenStream> {
    let private = idents::private();
    let target = member.target()?;
    let ty = &member.ty;
    let type_override = target.type_override.as_deref().unwrap_or_default();
    let note = note::target(member, target.type_override.as_deref());
    Some(quote! {
        #private::TargetPart {
            entity: <#ty as #private::TargetField>::ENTITY,
            count: <#ty as #private::TargetField>::COUNT,
            type_override: #type_override,
            note: #note,
        }
    })
}

/// The event's parts, for constants: `<Event<'static> as Described>::PARTS`.
pub fn parts(event: &Event) -> TokenStream {
    let private = idents::private();
    let ident = &event.item.ident;
    let lifetimes = event.item.generics.lifetimes().map(|_| quote!('static));
    quote!(<#ident <#(#lifetimes),*> as #private::Described>::PARTS)
}

fn constants(event: &Event) -> TokenStream {
    let private = idents::private();
    let parts = parts(event);
    let (action, version) = (event.action.value(), Literal::u32_unsuffixed(event.number));
    let prefix = format!("{{\"action\":\"{action}\",\"version\":{},\"occurred_at\":\"", event.number);
    quote! {
        const __AUDIT_LAYOUT: #private::EventLayout = #parts.layout();
        #[used]
        #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__audit_ev"))]
        #[cfg_attr(windows, unsafe(link_section = ".auditev"))]
        #[cfg_attr(not(any(target_vendor = "apple", windows, target_family = "wasm")), unsafe(link_section = ".note.audit"))]
        static __AUDIT_NOTE: #private::Note<{ __AUDIT_LAYOUT.total }> = #parts.render(&__AUDIT_LAYOUT);
        const __AUDIT_SCHEMA: &str = #parts.body(&__AUDIT_LAYOUT, &__AUDIT_NOTE);
        const __AUDIT_HEAD: #private::Head = #private::Head { action: #action, version: #version, prefix: #prefix };
    }
}

/// What only composed types can tell, each at its own token. Where nothing is wrong, which the layout knows, nothing is evaluated.
fn checks(event: &Event) -> TokenStream {
    let parts = parts(event);
    let whole = check(event.item.ident.span(), &quote!(#parts.problem()));
    let targets = event.members.iter().filter(|member| member.target().is_some()).enumerate().map(|(index, member)| {
        let check = check(type_span(&member.ty), &quote!(#parts.target_problem(#index)));
        quote!(const _: () = if __AUDIT_LAYOUT.broken { #check };)
    });
    let flatten = flatten_checks(&event.members, &|index| quote!(#parts.flatten_problem(#index)));
    let text = entries::text_checks(&event.members);
    quote! {
        const _: () = if __AUDIT_LAYOUT.broken { #whole };
        #(#targets)*
        #flatten
        #text
    }
}

/// Raises a problem at a span.
pub fn check(span: proc_macro2::Span, problem: &TokenStream) -> TokenStream {
    let private = idents::private();
    let panic = quote_spanned!(span=> ::core::panic!("{}", __audit_problem.as_str()));
    quote!(if let #private::Some(__audit_problem) = #problem { #panic })
}

/// A check for every flattened group.
pub fn flatten_checks(members: &[Member], problem: &dyn Fn(usize) -> TokenStream) -> TokenStream {
    let checks = entries::flattened(members).enumerate().map(|(index, member)| check(member.ident.span(), &problem(index)));
    quote!(#(const _: () = #checks;)*)
}

fn type_span(ty: &Type) -> proc_macro2::Span {
    let tokens = ty.to_token_stream();
    syn::Error::new_spanned(tokens, "").span()
}

fn implementation(event: &Event) -> TokenStream {
    let private = idents::private();
    let ident = &event.item.ident;
    let (_, arguments, where_clause) = event.item.generics.split_for_impl();
    let lifetimes = event.item.generics.lifetimes();
    let name = Lifetime::new("'__actor", proc_macro2::Span::call_site());
    let (of_actor, extra) = match &event.callers_actor {
        Some(ty) => {
            let (ty, named) = types::with_named_lifetimes(ty, &name);
            (quote!(#ty), named.then(|| quote!(#name,)))
        }
        None => (quote!(#private::OwnActor), None),
    };
    let (action, version) = (event.action.value(), Literal::u32_unsuffixed(event.number));
    let skipped = event.members.iter().filter(|member| matches!(member.role, Role::Skip)).map(|member| &member.ident);
    let fields = idents::builder_fields(ident);
    let held = encode::sent(event).map(|member| {
        let ident = &member.ident;
        let optional = member.value().is_some() && types::option_inner(&member.ty).is_some();
        if optional { quote!(#ident: self.#ident) } else { quote!(#ident: #private::Some(self.#ident)) }
    });
    let (at, own_at) = occurred_at(event);
    let caller = event.callers_actor.as_ref().map(|_| quote!(actor: __audit_actor,));
    let context = (!event.has_context()).then(|| quote!(context: #private::Some(__audit_context),));
    let split = event.split().map(|_| quote!(, #private::None));
    quote! {
        impl <#extra #(#lifetimes),*> #private::AuditEvent<#of_actor> for #ident #arguments #where_clause {
            const ACTION: &'static str = #action;
            const VERSION: u32 = #version;
            const SCHEMA_JSON: &'static str = __AUDIT_SCHEMA;
            const HEAD: #private::Head = __AUDIT_HEAD;
            fn __encode(
                self,
                __audit_actor: #private::Option<&#of_actor>,
                __audit_envelope: #private::Envelope,
                __audit_mode: #private::Mode,
            ) -> #private::Encoder {
                #(let _ = &self.#skipped;)*
                let (__audit_context, __audit_at) = __audit_envelope.__into_parts();
                let mut out = #private::Encoder::new(__audit_mode, &__AUDIT_HEAD, #at);
                __audit_encode(
                    &mut out,
                    &#fields { #(#held,)* #caller #context #own_at __audit_of: #private::PhantomData }
                    #split
                );
                out
            }
        }
    }
}

/// When it occurred, and what the builder's fields hold of it then.
fn occurred_at(event: &Event) -> (TokenStream, TokenStream) {
    let private = idents::private();
    let Some(member) = event.members.iter().find(|member| matches!(member.role, Role::OccurredAt)) else {
        return (quote!(__audit_at), quote!(occurred_at: #private::None,));
    };
    let ident = &member.ident;
    let into = quote!(#private::Into::<#private::Timestamp>::into);
    let at = if types::option_inner(&member.ty).is_some() {
        quote!(#private::Option::or(#private::Option::map(self.#ident, |__audit_own| #into(__audit_own)), __audit_at))
    } else {
        quote!(#private::Some(#into(self.#ident)))
    };
    (at, quote!(#ident: #private::None,))
}

/// `try_into_event()` and `into_event()` without an argument, where the struct has a context field: they come before the trait's.
fn own_context(event: &Event) -> TokenStream {
    if !event.has_context() {
        return TokenStream::new();
    }
    let private = idents::private();
    let ident = &event.item.ident;
    let (generics, arguments, where_clause) = event.item.generics.split_for_impl();
    let (suffix, parameter, argument, of_actor) = match &event.callers_actor {
        Some(ty) => ("_by", quote!(actor: &#ty), quote!(#private::Some(actor)), quote!(<_>)),
        None => ("", TokenStream::new(), quote!(#private::None), quote!(<#private::OwnActor>)),
    };
    let (try_into, into) = (quote::format_ident!("try_into_event{suffix}"), quote::format_ident!("into_event{suffix}"));
    let encode = |mode: TokenStream| quote!(<Self as #private::AuditEvent #of_actor>::__encode(self, #argument, #private::Envelope::new(#private::Context::empty()), #mode));
    let (refuse, cut) = (encode(quote!(#private::Mode::Refuse)), encode(quote!(#private::Mode::Cut)));
    quote! {
        impl #generics #ident #arguments #where_clause {
            /// The event, with the value's own context.
            ///
            /// # Errors
            /// `BuildError` with every limit that the value breaks.
            pub fn #try_into(self, #parameter) -> #private::Result<#private::Event, #private::BuildError> {
                #refuse.finish(&__AUDIT_HEAD)
            }
            /// The event, with the value's own context, where the types prove that nothing can be refused.
            pub fn #into(self, #parameter) -> #private::Event where for<'__x> Self: #private::Infallible {
                #cut.finish_cut(&__AUDIT_HEAD)
            }
        }
    }
}

fn callers_actor_bound(event: &Event) -> Option<TokenStream> {
    let private = idents::private();
    let ty = types::at_static(event.callers_actor.as_ref()?);
    Some(quote!(for<'__x> #ty: #private::Infallible,))
}

/// The schema for an API description.
#[cfg(feature = "schemars")]
fn json_schema(event: &Event) -> TokenStream {
    let (private, parts, action) = (idents::private(), parts(event), event.action.value());
    super::json_schema::implement(&event.item, None, &quote!(#private::json_schema::event(&#parts, #action)))
}

#[cfg(not(feature = "schemars"))]
fn json_schema(_: &Event) -> TokenStream {
    TokenStream::new()
}
