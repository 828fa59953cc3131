//! The code that writes an event, an entity or a group: one call a field, in the order of the struct.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use crate::idents;
use crate::model::{Event, How, Member, Role, TextRule, Value};
use crate::types;

/// What the writing code gets of a field, as an `Option`.
pub fn parameter_type(member: &Member) -> TokenStream {
    let private = idents::private();
    let ty = &member.ty;
    match &member.role {
        Role::Value(value) if !matches!(value.how, How::With(_)) => {
            let inner = types::option_inner(ty).unwrap_or(ty);
            quote!(#private::Option<&#inner>)
        }
        Role::Context => quote!(#private::Option<&#private::Context>),
        Role::Target(target) => match &target.split {
            Some(split) => {
                let entity = &split.entity;
                quote!(#private::Option<&&[#entity]>)
            }
            None => quote!(#private::Option<&#ty>),
        },
        _ => quote!(#private::Option<&#ty>),
    }
}

/// Whether a field's parameter is made of an `Option` that the user wrote.
fn is_optional(member: &Member) -> bool {
    member.value().is_some_and(|value| !matches!(value.how, How::With(_))) && types::option_inner(&member.ty).is_some()
}

/// The argument for a field that is held by `self`.
pub fn argument_of_value(member: &Member) -> TokenStream {
    let private = idents::private();
    let ident = &member.ident;
    match &member.role {
        Role::Context => quote!(#private::Some(#private::AsRef::<#private::Context>::as_ref(&self.#ident))),
        Role::Target(target) if target.split.is_some() => quote!(#private::Some(&&self.#ident[..])),
        _ if is_optional(member) => quote!(#private::Option::as_ref(&self.#ident)),
        _ => quote!(#private::Some(&self.#ident)),
    }
}

/// The argument for a field that the builder holds in an `Option`.
pub fn argument_of_builder(member: &Member) -> TokenStream {
    let private = idents::private();
    let ident = &member.ident;
    let held = quote!(self.fields.#ident);
    match &member.role {
        Role::Context => quote!(#private::Option::map(#private::Option::as_ref(&#held), #private::AsRef::<#private::Context>::as_ref)),
        Role::Target(target) if target.split.is_some() => {
            quote!(#private::Option::as_ref(&#private::Option::as_deref(&#held)))
        }
        Role::Value(value) if matches!(value.how, How::With(_)) && types::option_inner(&member.ty).is_some() => {
            quote!(#private::Some(&#held))
        }
        _ => quote!(#private::Option::as_ref(&#held)),
    }
}

/// Which fields the writing code needs: all that are sent.
pub fn sent(event: &Event) -> impl Iterator<Item = &Member> {
    event.members.iter().filter(|member| !matches!(member.role, Role::Skip | Role::OccurredAt))
}

/// `fn __audit_encode(…)`: writes everything behind `occurred_at`.
pub fn event(event: &Event) -> TokenStream {
    let private = idents::private();
    let (generics, _, where_clause) = event.item.generics.split_for_impl();
    let parameters = sent(event).map(|member| {
        let (ident, ty) = (&member.ident, parameter_type(member));
        quote!(#ident: #ty)
    });
    let caller = event.callers_actor.as_ref().map(|ty| quote!(__audit_actor: #private::Option<&#ty>,));
    let actor = match event.members.iter().find(|member| matches!(member.role, Role::Actor)) {
        Some(member) => member.ident.clone(),
        None => format_ident!("__audit_actor"),
    };
    let (targets, counts) = targets(event);
    let context = match event.members.iter().find(|member| matches!(member.role, Role::Context)) {
        Some(member) => member.ident.clone(),
        None => format_ident!("__audit_context"),
    };
    let envelope = (!event.has_context()).then(|| quote!(__audit_context: #private::Option<&#private::Context>,));
    let split = event.split().map(|_| quote!(__audit_split: #private::Option<&str>,));
    let split_value = event.split().map(|(_, split)| {
        let key = key_literal(&split.key);
        quote! {
            if let #private::Some(__audit_id) = __audit_split { __audit_out.plain(#key, __audit_id); }
        }
    });
    let values = event.members.iter().map(|member| write_member(member, &quote!(__audit_out)));
    quote! {
        fn __audit_encode #generics (__audit_out: &mut #private::Encoder, #caller #envelope #split #(#parameters,)*) #where_clause {
            __audit_out.actor(#actor);
            #(#targets)*
            __audit_out.targets_end(&[#(#counts,)*]);
            __audit_out.context(#context);
            __audit_out.root_metadata();
            #split_value
            #(#values)*
            __audit_out.metadata_end();
        }
    }
}

fn targets(event: &Event) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let private = idents::private();
    let fields = event.members.iter().filter_map(|member| Some((member, member.target()?)));
    fields
        .enumerate()
        .map(|(index, (member, target))| {
            let (ident, count) = (&member.ident, format_ident!("__audit_count_{}", index));
            let type_override = match &target.type_override {
                Some(name) => quote!(#private::Some(#name)),
                None => quote!(#private::None),
            };
            let write = quote!(let #count = __audit_out.targets(#ident, #type_override););
            (write, quote!((__AUDIT_PARTS.targets[#index].type_name(), #count)))
        })
        .unzip()
}

/// Writes a metadata value, or a group. `source` is where the call stands: a free function, or a method of the item.
fn write_member(member: &Member, out: &TokenStream) -> TokenStream {
    let private = idents::private();
    let ident = &member.ident;
    match &member.role {
        Role::Value(value) => write_value(value, &quote!(#ident), out),
        Role::Flatten => quote! {
            if let #private::Some(__audit_group) = #ident { #private::AuditMetadata::encode(__audit_group, #out); }
        },
        _ => TokenStream::new(),
    }
}

fn write_value(value: &Value, argument: &TokenStream, out: &TokenStream) -> TokenStream {
    let private = idents::private();
    let key = key_literal(&value.key);
    let text = text_rule(value.rule);
    match &value.how {
        How::Plain => quote!(#out.value(#key, #text, #argument);),
        How::Display => quote!(#out.display(#key, #text, #argument);),
        How::Join(separator) => {
            let max = if let TextRule::Truncate(max) = value.rule { max } else { crate::limits::VALUE_CHARS };
            quote!(#out.join(#key, #max, #separator, #argument);)
        }
        How::With(path) => quote! {
            if let #private::Some(__audit_value) = #argument { #out.value(#key, #text, #private::Some(&(#path)(__audit_value))); }
        },
    }
}

/// `"key":`. Keys hold nothing that needs escaping.
fn key_literal(key: &str) -> String {
    format!("\"{key}\":")
}

fn text_rule(rule: TextRule) -> TokenStream {
    let private = idents::private();
    match rule {
        TextRule::Free => quote!(#private::Text::FREE),
        TextRule::MaxLen(max) => quote!(#private::Text::max_len(#max)),
        TextRule::Truncate(max) => quote!(#private::Text::truncate(#max)),
        TextRule::CutIfFree => {
            let max = crate::limits::VALUE_CHARS;
            quote!(#private::Text::truncate(#max))
        },
    }
}

/// The statements that write the fields of `self`: for entities and groups.
pub fn fields_of_self(members: &[Member]) -> TokenStream {
    let out: Ident = format_ident!("__audit_out");
    members
        .iter()
        .map(|member| match &member.role {
            Role::Value(value) => write_value(value, &argument_of_value(member), &quote!(#out)),
            Role::Flatten => {
                let (private, ident) = (idents::private(), &member.ident);
                quote!(#private::AuditMetadata::encode(&self.#ident, #out);)
            }
            _ => TokenStream::new(),
        })
        .collect()
}
