//! The code that writes an event, an entity or a group: one call a field, in the order of the struct.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Type;

use crate::idents;
use crate::model::{Event, How, Member, Role, TextRule, Value};
use crate::types;

/// Which fields the writing code needs: all that are sent.
pub fn sent(event: &Event) -> impl Iterator<Item = &Member> {
    event.members.iter().filter(|member| !matches!(member.role, Role::Skip | Role::OccurredAt))
}

/// `fn __audit_encode(…)`: writes everything behind `occurred_at`, from the builder's fields.
pub fn event(event: &Event) -> TokenStream {
    let private = idents::private();
    let fields = idents::builder_fields(&event.item.ident);
    let (parameters, arguments) = super::builder::lifetimes(event);
    let where_clause = &event.item.generics.where_clause;
    let of_role =
        |role: fn(&Role) -> bool| event.members.iter().find(|member| role(&member.role)).map(|member| member.ident.clone());
    let actor = of_role(|role| matches!(role, Role::Actor)).unwrap_or_else(|| format_ident!("actor"));
    let context = of_role(|role| matches!(role, Role::Context)).unwrap_or_else(|| format_ident!("context"));
    let (targets, counts) = targets(event);
    let split = event.split().map(|(_, split)| {
        let entity = &split.entity;
        quote!(, __audit_split: #private::Option<(&str, &[#entity])>)
    });
    let split_value = event.split().map(|(_, split)| {
        let key = key_literal(&split.key);
        quote! {
            if let #private::Some((__audit_id, _)) = __audit_split { __audit_out.plain(#key, __audit_id); }
        }
    });
    let (actor_type, values) = (
        super::event::actor_type(event),
        event.members.iter().map(|member| {
            let ident = &member.ident;
            write_member(member, &quote!(&__audit_fields.#ident), true)
        }),
    );
    quote! {
        fn __audit_encode<#parameters>(__audit_out: &mut #private::Encoder, __audit_fields: &#fields<#arguments> #split) #where_clause {
            __audit_out.actor();
            if let #private::Some(__audit_actor) = &__audit_fields.#actor {
                <#actor_type as #private::AuditEntity>::encode(__audit_actor, __audit_out);
            }
            __audit_out.targets();
            #(#targets)*
            __audit_out.targets_end(&[#(#counts,)*]);
            __audit_out.context(&__audit_fields.#context);
            __audit_out.root_metadata();
            #split_value
            #(#values)*
            __audit_out.metadata_end();
        }
    }
}

fn targets(event: &Event) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let private = idents::private();
    let parts = super::event::parts(event);
    let fields = event.members.iter().filter_map(|member| Some((member, member.target()?)));
    fields
        .enumerate()
        .map(|(index, (member, target))| {
            let (ident, count) = (&member.ident, format_ident!("__audit_count_{}", index));
            let type_override =
                target.type_override.as_ref().map_or_else(|| quote!(#private::None), |name| quote!(#private::Some(#name)));
            // Each mention of a type goes through a path of the same form, so that one that isn't an entity is one error.
            let encode = |ty: &TokenStream, targets: TokenStream| {
                quote! {{
                    let targets = #targets;
                    <#ty as #private::TargetField>::encode(targets, __audit_out, #type_override);
                    <#ty as #private::TargetField>::count(targets)
                }}
            };
            let ty = &member.ty;
            let whole = encode(&quote!(#ty), quote!(targets));
            let whole = quote!(match &__audit_fields.#ident { #private::Some(targets) => #whole, #private::None => 0 });
            let write = match &target.split {
                Some(split) => {
                    let entity = &split.entity;
                    let chunk = encode(&quote!(&[#entity]), quote!(&chunk));
                    quote!(match __audit_split { #private::Some((_, chunk)) => #chunk, #private::None => #whole })
                }
                None => whole,
            };
            (quote!(let #count = #write;), quote!((#parts.targets[#index].type_name(), #count)))
        })
        .unzip()
}

/// Writes a metadata value or a group, of which `held` is a reference to what the owner holds: in an event (`in_option`) an `Option` of
/// the field, in an entity or a group the field itself.
fn write_member(member: &Member, held: &TokenStream, in_option: bool) -> TokenStream {
    let private = idents::private();
    let ty = &member.ty;
    let optional = types::option_inner(ty);
    match &member.role {
        Role::Flatten => unwrapped(held, in_option, &quote!(<#ty as #private::AuditMetadata>::encode(held, __audit_out);)),
        // The function takes the field as it is written.
        Role::Value(value) if matches!(value.how, How::With(_)) => {
            unwrapped(held, in_option && optional.is_none(), &write_value(value, ty))
        }
        Role::Value(value) => unwrapped(held, in_option || optional.is_some(), &write_value(value, optional.unwrap_or(ty))),
        _ => TokenStream::new(),
    }
}

/// `write`, with `held` being what is in the option.
fn unwrapped(held: &TokenStream, in_option: bool, write: &TokenStream) -> TokenStream {
    let private = idents::private();
    if in_option { quote!(if let #private::Some(held) = #held { #write }) } else { quote!({ let held = #held; #write }) }
}

/// Writes `held: &#ty`.
fn write_value(value: &Value, ty: &Type) -> TokenStream {
    let private = idents::private();
    let key = key_literal(&value.key);
    let text = text_rule(value.rule);
    match &value.how {
        How::Plain => quote!(<#ty as #private::AuditValue>::encode(held, __audit_out.at(#key, #text));),
        How::Display => quote!(__audit_out.display::<#ty>(#key, #text, held);),
        How::Join(separator) => {
            let max = if let TextRule::Truncate(max) = value.rule { max } else { crate::limits::VALUE_CHARS };
            // A borrowed list is iterated where it lies.
            match ty {
                Type::Reference(list) => {
                    let list = &list.elem;
                    quote!(__audit_out.join::<#list>(#key, #max, #separator, *held);)
                }
                _ => quote!(__audit_out.join::<#ty>(#key, #max, #separator, held);),
            }
        }
        How::With(path) => quote!(#private::AuditValue::encode(&(#path)(held), __audit_out.at(#key, #text));),
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
        }
    }
}

/// The statements that write the fields of `self`: for entities and groups.
pub fn fields_of_self(members: &[Member]) -> TokenStream {
    members
        .iter()
        .map(|member| {
            let ident = &member.ident;
            write_member(member, &quote!(&self.#ident), false)
        })
        .collect()
}
