//! An event: builder, encoding, schema, record, checks.

use audit_rules::limits::MAX_TARGETS;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Lifetime, Type};

use super::setter::implied_name;
use super::value::escaped;
use super::{block, bounds, builder, checks, drift, encode, keys, note, record, split};
use crate::diag::Errors;
use crate::generics;
use crate::idents;
use crate::model::{Event, Member, Role};
use crate::types;

pub fn expand(event: &Event, errors: &mut Errors) -> TokenStream {
    let drift = drift::expand(event, errors);
    let parts = parts(event);
    let generated = [
        described(event),
        constants(event, errors),
        checks::of_event(event),
        drift,
        implementation(event),
        own_context(event),
        proof(event, &parts),
        builder::expand(event),
        split::expand(event),
        json_schema(event),
    ];
    block::block(
        &event.item.core,
        &event.item.allowed,
        &generated.into_iter().collect(),
    )
}

/// What the event is and how it is written, in an impl where its lifetimes are in scope.
fn described(event: &Event) -> TokenStream {
    let private = idents::private();
    let ident = &event.item.ident;
    let (_, arguments, _) = event.item.generics.split_for_impl();
    let lifetimes = event.item.generics.lifetimes();
    let caller = builder::actor_lifetime();
    let given = generics::predicates(&event.item.generics);
    // A reference to an actor lives no longer than what the actor borrows.
    let borrowed = |lifetime: &&Lifetime| {
        event
            .callers_actor
            .as_ref()
            .is_some_and(|ty| types::mentions_lifetime(ty, lifetime))
    };
    let outlive = event
        .item
        .generics
        .lifetimes()
        .map(|parameter| &parameter.lifetime)
        .filter(borrowed)
        .map(|lifetime| quote!(#lifetime: #caller));
    let name = ident.to_string();
    let note = note::event(event);
    let actor = match event
        .members
        .iter()
        .find(|member| matches!(member.role, Role::Actor))
    {
        Some(member) => member.ty.clone(),
        None => callers_actor(event),
    };
    let targets = event.members.iter().filter_map(target_part);
    let root = keys::keys(&event.members, None);
    let (struct_name, (_, field_arguments)) =
        (idents::builder_fields(ident), builder::lifetimes(event));
    let fields = quote!(#struct_name<#field_arguments>);
    let encode = encode::event(event, &fields);
    quote! {
        impl <#(#lifetimes,)* #caller> #private::DescribedEvent<#caller> for #ident #arguments where #given #(#outlive,)* {
            type Fields = #fields;
            const CODE: #private::EventCode<#fields> = #private::EventCode {
                parts: &#private::EventParts::new(
                    #name,
                    #note,
                    <#actor as #private::AuditEntity>::SCHEMA,
                    &[#(#targets),*],
                    #root,
                ),
                encode: #encode,
            };
        }
    }
}

/// The type of the actor that the caller passes, with its lifetimes named.
pub fn callers_actor(event: &Event) -> Type {
    match &event.callers_actor {
        Some(ty) => types::with_named_lifetimes(ty, &builder::actor_lifetime()).0,
        // The check has made sure that there is one where no field is the actor.
        None => Type::Verbatim(TokenStream::new()),
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

/// The event's parts, for constants.
pub fn parts(event: &Event) -> TokenStream {
    let private = idents::private();
    let (ident, arguments) = (&event.item.ident, generics::at_static(&event.item.generics));
    quote!(<#ident #arguments as #private::DescribedEvent<'static>>::CODE.parts)
}

/// The record, and the name that bounds have for the event.
fn constants(event: &Event, errors: &mut Errors) -> TokenStream {
    let (private, checked, parts) = (idents::private(), idents::checked(), parts(event));
    let record = record::expand(event, errors);
    quote! {
        // The record's length, 0 where anything is wrong. A static, because older compilers (Rust 1.85) evaluate a constant once more for each set of bounds that names it.
        static __AUDIT_TOTAL: #private::usize = #parts.layout.total;
        type #checked = #private::Checked<{ __AUDIT_TOTAL != 0 }>;
        type __AuditNote = #private::Note<{ __AUDIT_TOTAL }>;
        // A constant and not the static, which clippy couldn't read through `SCHEMA_JSON`.
        const __AUDIT_RECORD: __AuditNote = #parts.render();
        #record
    }
}

/// The event as an `AuditEvent`, for constants.
pub fn as_event(event: &Event) -> TokenStream {
    let private = idents::private();
    let (ident, arguments) = (&event.item.ident, generics::at_static(&event.item.generics));
    let of_actor = event.callers_actor.as_ref().map(|ty| {
        let ty = types::at_static(ty);
        quote!(<#ty>)
    });
    quote!(<#ident #arguments as #private::AuditEvent #of_actor>)
}

fn implementation(event: &Event) -> TokenStream {
    let private = idents::private();
    let ident = &event.item.ident;
    let (_, arguments, where_clause) = event.item.generics.split_for_impl();
    let lifetimes = event.item.generics.lifetimes();
    let named = event
        .callers_actor
        .as_ref()
        .is_some_and(|ty| types::with_named_lifetimes(ty, &builder::actor_lifetime()).1);
    let extra = named.then(builder::actor_lifetime).into_iter();
    let of_actor = if event.callers_actor.is_some() {
        callers_actor(event).to_token_stream()
    } else {
        quote!(#private::ActorInField)
    };
    let (action, version) = (event.action.value(), Literal::u32_unsuffixed(event.number));
    let prefix = format!(
        "{{\"action\":\"{}\",\"version\":{},\"occurred_at\":\"",
        escaped(&action),
        event.number
    );
    let parts = parts(event);
    let (taken, take) = take(event, &of_actor);
    let all = event.split().map(|_| {
        quote! {
            fn __build_all(
                self,
                __audit_actor: #private::Option<&#of_actor>,
                __audit_envelope: #private::Envelope,
            ) -> #private::Result<#private::Vec<#private::Event>, #private::BuildError> {
                #take
                __audit_fields.__audit_build_all(__audit_at)
            }
        }
    });
    quote! {
        #taken
        impl <#(#extra,)* #(#lifetimes),*> #private::AuditEvent<#of_actor> for #ident #arguments #where_clause {
            const HEAD: #private::Head = #private::Head { action: #action, version: #version, prefix: #prefix };
            const SCHEMA_JSON: &'static #private::str = #parts.body(#private::Note::description(&__AUDIT_RECORD));
            fn __encode(
                self,
                __audit_actor: #private::Option<&#of_actor>,
                __audit_envelope: #private::Envelope,
                __audit_mode: #private::Mode,
            ) -> #private::Encoder {
                #take
                (<Self as #private::DescribedEvent<'_>>::ENCODE)(__audit_mode, &mut __audit_fields, __audit_at, #private::None)
            }
            #all
        }
    }
}

/// How the struct's fields get into the builder's: statements that do it, and where two methods need them the function that they call then.
/// Each body that moves fields out of a type with an `impl Drop` is an error.
fn take(event: &Event, of_actor: &TokenStream) -> (TokenStream, TokenStream) {
    let take = take_fields(event);
    if event.split().is_none() {
        return (TokenStream::new(), take);
    }
    let private = idents::private();
    let ident = &event.item.ident;
    let (generics, arguments, where_clause) = event.item.generics.split_for_impl();
    let (fields, (_, field_arguments)) = (idents::builder_fields(ident), builder::lifetimes(event));
    let lifetime = event
        .callers_actor
        .as_ref()
        .map(|_| builder::actor_lifetime())
        .into_iter();
    let parameters = lifetime.clone();
    let taken = quote! {
        impl #generics #ident #arguments #where_clause {
            fn __audit_take #(<#parameters>)* (
                self,
                __audit_actor: #private::Option<& #(#lifetime)* #of_actor>,
                __audit_envelope: #private::Envelope,
            ) -> (#fields<#field_arguments>, #private::Option<#private::Timestamp>) {
                #take
                (__audit_fields, __audit_at)
            }
        }
    };
    (
        taken,
        quote!(let (mut __audit_fields, __audit_at) = Self::__audit_take(self, __audit_actor, __audit_envelope);),
    )
}

fn take_fields(event: &Event) -> TokenStream {
    let private = idents::private();
    let fields = idents::builder_fields(&event.item.ident);
    let skipped = event
        .members
        .iter()
        .filter(|member| matches!(member.role, Role::Skip))
        .map(|member| &member.ident);
    let held = event
        .members
        .iter()
        .filter(|member| !matches!(member.role, Role::Skip))
        .map(|member| {
            let ident = &member.ident;
            if member.optional().is_some() {
                quote!(#ident: self.#ident)
            } else {
                quote!(#ident: #private::Some(self.#ident))
            }
        });
    let [actor, context, at] =
        ["actor", "context", "occurred_at"].map(|name| implied_name(event, name));
    let at = (!event.has_occurred_at()).then(|| quote!(#at: #private::None,));
    let caller = event
        .callers_actor
        .as_ref()
        .map(|_| quote!(#actor: __audit_actor,));
    let context =
        (!event.has_context()).then(|| quote!(#context: #private::Some(__audit_context),));
    let of = gives_fields(event);
    let mutable = event.split().is_none().then(|| quote!(mut));
    quote! {
        use #private::WithoutDrop as _;
        #(let _ = &self.#skipped;)*
        let (__audit_context, __audit_at) = __audit_envelope.__into_parts();
        let #mutable __audit_fields = #fields { #(#held,)* #caller #context #at __audit_of: #of };
    }
}

/// The marker that the builder's fields end with, from a call that doesn't compile where the event implements `Drop`.
fn gives_fields(event: &Event) -> TokenStream {
    let span = event.item.ident.span();
    let private = idents::private_at(span);
    let (ident, (_, arguments, _)) = (&event.item.ident, event.item.generics.split_for_impl());
    quote_spanned!(span=> #private::GivesFields::<#ident #arguments>::__audit_away())
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
        Some(ty) => (
            "_with_actor",
            quote!(event_actor: &#ty),
            quote!(#private::Some(event_actor)),
            quote!(<_>),
        ),
        None => (
            "",
            TokenStream::new(),
            quote!(#private::None),
            quote!(<#private::ActorInField>),
        ),
    };
    let name = |verb: &str| quote::format_ident!("{verb}{suffix}");
    let (try_into, into, all) = (
        name("try_into_event"),
        name("into_event"),
        name("try_into_events"),
    );
    let envelope = quote!(#private::Envelope::new(#private::Context::empty()));
    let encode = |mode: TokenStream| quote!(<Self as #private::AuditEvent #of_actor>::__encode(self, #argument, #envelope, #mode));
    let (reject, cut) = (
        encode(quote!(#private::Mode::Reject)),
        encode(quote!(#private::Mode::Cut)),
    );
    let all = event.split().map(|_| {
        let docs = format!(
            "Makes as many events as the targets need at {MAX_TARGETS} each, linked by one id, with the value's own context.\n\n# Errors\n`BuildError` with every violation."
        );
        quote! {
            #[doc = #docs]
            pub fn #all(self, #parameter) -> #private::Result<#private::Vec<#private::Event>, #private::BuildError> {
                <Self as #private::AuditEvent #of_actor>::__build_all(self, #argument, #envelope)
            }
        }
    });
    quote! {
        impl #generics #ident #arguments #where_clause {
            #[doc = "Makes the event, with the value's own context.\n\n# Errors\n`BuildError` with every violation."]
            pub fn #try_into(self, #parameter) -> #private::Result<#private::Event, #private::BuildError> {
                #reject.finish()
            }
            /// Makes the event, with the value's own context. Available where the types prove that nothing can be rejected.
            pub fn #into(self, #parameter) -> #private::Event where for<'__x> Self: #private::AlwaysValid {
                #cut.finish_cut()
            }
            #all
        }
    }
}

/// `impl AlwaysValid`.
fn proof(event: &Event, parts: &TokenStream) -> TokenStream {
    let (private, checked) = (idents::private(), idents::checked());
    let callers_actor = event.callers_actor.as_ref().map(|ty| {
        let ty = types::at_static(ty);
        quote!(for<'__x> #ty: #private::AlwaysValid<#checked>,)
    });
    bounds::infallible(
        &event.item,
        &event.members,
        &quote!(&#parts.root),
        Some(&checked),
        callers_actor.as_ref(),
    )
}

/// The schema for an API description.
#[cfg(feature = "schemars")]
fn json_schema(event: &Event) -> TokenStream {
    let (private, parts, action) = (idents::private(), parts(event), event.action.value());
    super::json_schema::implement(
        &event.item,
        None,
        &quote!(#private::json_schema::event(&#parts, #action)),
    )
}

#[cfg(not(feature = "schemars"))]
fn json_schema(_: &Event) -> TokenStream {
    TokenStream::new()
}
