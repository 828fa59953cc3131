//! An event: builder, encoding, schema, record, checks.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Lifetime, Type};

use super::{block, bounds, builder, drift, encode, entries, keys, note, record};
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
        checks(event),
        drift,
        implementation(event),
        own_context(event),
        proof(event, &parts),
        builder::expand(event),
        json_schema(event),
    ];
    block::block(&event.item.core, &generated.into_iter().collect())
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
    let borrowed = |lifetime: &&Lifetime| event.callers_actor.as_ref().is_some_and(|ty| types::mentions_lifetime(ty, lifetime));
    let outlive = event
        .item
        .generics
        .lifetimes()
        .map(|parameter| &parameter.lifetime)
        .filter(borrowed)
        .map(|lifetime| quote!(#lifetime: #caller));
    let name = ident.to_string();
    let note = note::event(event);
    let actor = match event.members.iter().find(|member| matches!(member.role, Role::Actor)) {
        Some(member) => member.ty.clone(),
        None => callers_actor(event),
    };
    let targets = event.members.iter().filter_map(target_part);
    let root = keys::keys(&event.members, false);
    let (struct_name, (_, field_arguments)) = (idents::builder_fields(ident), builder::lifetimes(event));
    let fields = quote!(#struct_name<#field_arguments>);
    let encode = encode::event(event, &fields);
    quote! {
        impl <#(#lifetimes,)* #caller> #private::DescribedEvent<#caller> for #ident #arguments where #given #(#outlive,)* {
            type Fields = #fields;
            const CODE: #private::EventCode<#fields> = #private::EventCode {
                parts: #private::EventParts {
                    name: #name,
                    note: #note,
                    actor: <#actor as #private::AuditEntity>::SCHEMA,
                    targets: &[#(#targets),*],
                    root: #root,
                },
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

fn constants(event: &Event, errors: &mut Errors) -> TokenStream {
    let record = record::expand(event, errors);
    let (private, checked) = (idents::private(), idents::checked());
    let parts = parts(event);
    let (action, version) = (event.action.value(), Literal::u32_unsuffixed(event.number));
    let prefix = format!("{{\"action\":\"{action}\",\"version\":{},\"occurred_at\":\"", event.number);
    quote! {
        const __AUDIT_LAYOUT: #private::EventLayout = #parts.layout();
        type #checked = #private::Checked<{ !__AUDIT_LAYOUT.broken }>;
        // A constant and not the static, which clippy couldn't read through `SCHEMA_JSON`.
        const __AUDIT_RECORD: #private::Note<{ __AUDIT_LAYOUT.total }> = #parts.render(&__AUDIT_LAYOUT);
        #record
        const __AUDIT_SCHEMA: &#private::str = #parts.body(&__AUDIT_LAYOUT, __AUDIT_RECORD.description());
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
    let text = entries::text_checks(&event.members, &quote!(#parts.root));
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
    // The macro's tokens have the user's place and hygiene, the name has the derive's: in `macro_rules!` the two differ.
    let text = quote!(__audit_problem.as_str());
    let panic = quote_spanned!(span=> ::core::panic!("{}", #text));
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
    let named = event.callers_actor.as_ref().is_some_and(|ty| types::with_named_lifetimes(ty, &builder::actor_lifetime()).1);
    let extra = named.then(builder::actor_lifetime).into_iter();
    let of_actor = if event.callers_actor.is_some() { callers_actor(event).to_token_stream() } else { quote!(#private::OwnActor) };
    let (action, version) = (event.action.value(), Literal::u32_unsuffixed(event.number));
    let skipped = event.members.iter().filter(|member| matches!(member.role, Role::Skip)).map(|member| &member.ident);
    let fields = idents::builder_fields(ident);
    let held = event.members.iter().filter(|member| !matches!(member.role, Role::Skip)).map(|member| {
        let ident = &member.ident;
        let optional = matches!(member.role, Role::Value(_) | Role::OccurredAt) && types::option_inner(&member.ty).is_some();
        if optional { quote!(#ident: self.#ident) } else { quote!(#ident: #private::Some(self.#ident)) }
    });
    let at = (!event.has_occurred_at()).then(|| quote!(occurred_at: #private::None,));
    let caller = event.callers_actor.as_ref().map(|_| quote!(actor: __audit_actor,));
    let context = (!event.has_context()).then(|| quote!(context: #private::Some(__audit_context),));
    quote! {
        impl <#(#extra,)* #(#lifetimes),*> #private::AuditEvent<#of_actor> for #ident #arguments #where_clause {
            const ACTION: &'static #private::str = #action;
            const VERSION: #private::u32 = #version;
            const SCHEMA_JSON: &'static #private::str = __AUDIT_SCHEMA;
            const HEAD: #private::Head = __AUDIT_HEAD;
            fn __encode(
                self,
                __audit_actor: #private::Option<&#of_actor>,
                __audit_envelope: #private::Envelope,
                __audit_mode: #private::Mode,
            ) -> #private::Encoder {
                #(let _ = &self.#skipped;)*
                let (__audit_context, __audit_at) = __audit_envelope.__into_parts();
                let mut __audit_fields = #fields { #(#held,)* #caller #context #at __audit_of: #private::PhantomData };
                (<Self as #private::DescribedEvent<'_>>::CODE.encode)(__audit_mode, &mut __audit_fields, __audit_at, #private::None)
            }
        }
    }
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

/// `impl Infallible`.
fn proof(event: &Event, parts: &TokenStream) -> TokenStream {
    let (private, checked) = (idents::private(), idents::checked());
    let callers_actor = event.callers_actor.as_ref().map(|ty| {
        let ty = types::at_static(ty);
        quote!(for<'__x> #ty: #private::Infallible<#checked>,)
    });
    bounds::infallible(&event.item, &event.members, &quote!(#parts.root), Some(&checked), callers_actor.as_ref())
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
