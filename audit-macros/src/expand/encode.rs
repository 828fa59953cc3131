//! The code that writes an event, an entity or a group: one call a field, in the order of the struct.

use proc_macro2::TokenStream;
use quote::{format_ident, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::setter::implied_name;
use crate::generics::{named, placed, quote_hygienic};
use crate::idents;
use crate::model::{Event, How, Member, Role, TextRule, Value};
use crate::types;

/// The closure that writes an event from the builder's fields. It stands in the constant that describes the event.
pub fn event(event: &Event, fields: &TokenStream) -> TokenStream {
    let private = idents::private();
    let of_role = |role: fn(&Role) -> bool| event.members.iter().find(|member| role(&member.role));
    let (actor, actor_type) = match of_role(|role| matches!(role, Role::Actor)) {
        Some(member) => (member.ident.clone(), member.ty.clone()),
        None => (
            implied_name(event, "actor"),
            super::event::callers_actor(event),
        ),
    };
    let (context, context_type) = match of_role(|role| matches!(role, Role::Context)) {
        Some(Member { ident, ty, .. }) => (ident.clone(), quote_hygienic!(#ty)),
        None => (
            implied_name(event, "context"),
            quote_hygienic!(#private::Context),
        ),
    };
    let at = match of_role(|role| matches!(role, Role::OccurredAt)) {
        Some(Member { ident, ty, .. }) => {
            let ty = types::option_inner(ty).unwrap_or(ty);
            let own = quote_hygienic!(match #private::Option::take(&mut __audit_fields.#ident) {
                #private::Some(__audit_own) => #private::Some(<#ty as #private::PointInTime>::timestamp(__audit_own)),
                #private::None => #private::None,
            });
            quote_hygienic!(#private::Option::or(#own, __audit_at))
        }
        None => quote_hygienic!(__audit_at),
    };
    let (targets, counts) = targets(event);
    let head = super::event::as_event(event);
    let split_value = event.split().map(|(_, split)| {
        let key = key_literal(&split.key);
        quote_hygienic!(if let #private::Some(__audit_split) = __audit_split { __audit_out.plain(#key, __audit_split.id); })
    });
    let targets_end = if event.split().is_some() {
        let help = split_help(event);
        quote_hygienic!(__audit_out.split_targets_end(&[#(#counts,)*], #help);)
    } else {
        quote_hygienic!(__audit_out.targets_end(&[#(#counts,)*]);)
    };
    let values = event.members.iter().map(|member| {
        let ident = &member.ident;
        write_member(member, &quote_hygienic!(&__audit_fields.#ident), true)
    });
    quote_hygienic! {
        |__audit_mode: #private::Mode, __audit_fields: &mut #fields, __audit_at: #private::Option<#private::Timestamp>, __audit_split: #private::Option<#private::Split<'_>>| {
            let mut __audit_encoder = #private::Encoder::new(__audit_mode, &#head::HEAD, #at);
            let __audit_out = &mut __audit_encoder;
            let _ = __audit_split;
            __audit_out.actor();
            if let #private::Some(__audit_actor) = &__audit_fields.#actor { <#actor_type as #private::AuditEntity>::encode(__audit_actor, __audit_out); }
            __audit_out.targets();
            #(#targets)*
            #targets_end
            if let #private::Some(__audit_context) = &__audit_fields.#context {
                __audit_out.context(<#context_type as #private::ContextField>::context(__audit_context));
            }
            __audit_out.root_metadata();
            #split_value
            #(#values)*
            __audit_out.metadata_end();
            __audit_encoder
        }
    }
}

/// What makes several events of too many targets.
fn split_help(event: &Event) -> String {
    let of_value = if event.callers_actor.is_some() {
        "try_into_events_with_actor"
    } else {
        "try_into_events"
    };
    if event.has_builder {
        format!("`{of_value}` and `try_build_all` make several events of them")
    } else {
        format!("`{of_value}` makes several events of them")
    }
}

fn targets(event: &Event) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let private = idents::private();
    let fields = event
        .members
        .iter()
        .filter_map(|member| Some((member, member.target()?)));
    fields
        .enumerate()
        .map(|(index, (member, target))| {
            let (ident, ty, count) = (&member.ident, &member.ty, format_ident!("__audit_count_{}", index));
            let head_override = target.type_override.as_deref().map_or_else(
                || quote_hygienic!(#private::None),
                |name| {
                    let head = entity_head(name);
                    quote_hygienic!(#private::Some(#head))
                },
            );
            // Each mention of a type goes through a path of the same form, so that one that isn't an entity is one error.
            let whole = quote_hygienic! {
                <#ty as #private::TargetField>::encode(__audit_targets, __audit_out, #head_override);
                <#ty as #private::TargetField>::count(__audit_targets)
            };
            let write = match &target.split {
                Some(split) => {
                    let entity = &split.entity;
                    quote_hygienic! {
                        match __audit_split {
                            #private::Some(__audit_split) => {
                                let __audit_targets = &__audit_targets[__audit_split.from..__audit_split.to];
                                for __audit_target in __audit_targets { <#entity as #private::TargetField>::encode(__audit_target, __audit_out, #head_override); }
                                __audit_targets.len()
                            }
                            #private::None => { #whole }
                        }
                    }
                }
                None => whole,
            };
            let type_name = match &target.type_override {
                Some(name) => quote_hygienic!(#name),
                None => quote_hygienic!(<#ty as #private::TargetField>::ENTITY.type_name()),
            };
            (
                quote_hygienic!(let #count = if let #private::Some(__audit_targets) = &__audit_fields.#ident { #write } else { 0 };),
                quote_hygienic!((#type_name, #count)),
            )
        })
        .unzip()
}

/// Writes a metadata value or a group, of which `held` is a reference to what the owner holds: in an event (`in_option`) an `Option` of
/// the field, in an entity or a group the field itself.
fn write_member(member: &Member, held: &TokenStream, in_option: bool) -> TokenStream {
    let private = idents::private();
    let ty = &member.ty;
    match &member.role {
        Role::Flatten(prefix) => {
            let optional = member.optional();
            let ty = optional.unwrap_or(ty);
            let write = quote_hygienic!(<#ty as #private::AuditMetadata>::encode(__audit_held, __audit_out););
            let write = if prefix.is_empty() {
                write
            } else {
                quote_hygienic!(let __audit_group = #private::Encoder::group(__audit_out); #write __audit_out.prefix(&__audit_group, #prefix);)
            };
            unwrapped(held, in_option || optional.is_some(), &write)
        }
        Role::Value(value) => write_value(value, ty, held, in_option),
        _ => TokenStream::new(),
    }
}

fn write_value(value: &Value, ty: &Type, held: &TokenStream, in_option: bool) -> TokenStream {
    let private = idents::private();
    let (optional, key, text) = (
        types::option_inner(ty),
        key_literal(&value.key),
        text_rule(value.rule),
    );
    let (inner, holds_option) = (optional.unwrap_or(ty), in_option || optional.is_some());
    match &value.how {
        How::Plain if holds_option => {
            quote_hygienic!(__audit_out.value::<#inner>(#key, #text, #held);)
        }
        How::Plain => {
            quote_hygienic!(<#ty as #private::AuditValue>::encode(#held, __audit_out.at(#key, #text));)
        }
        How::Display => {
            let bound = super::entries::display_type(inner);
            unwrapped(
                held,
                holds_option,
                &quote_hygienic!(__audit_out.display::<#inner>(#key, #text.within(#bound), __audit_held);),
            )
        }
        How::Join(separator) => {
            // A borrowed list is iterated where it lies.
            let (list, items) = match inner {
                Type::Reference(reference) => (
                    &*reference.elem,
                    quote_spanned!(placed(inner.span())=> *__audit_held),
                ),
                _ => (inner, quote_spanned!(placed(inner.span())=> __audit_held)),
            };
            let join = quote_spanned!(placed(inner.span())=> __audit_out.join::<#list, _>(#key, #text, #separator, #items, (&&&&#private::ListForm::<#list>::of(#items)).__audit_form()););
            let traits = quote_hygienic!(use #private::{FormDisplay as _, FormJoin as _, FormNone as _, FormValue as _};);
            unwrapped(held, holds_option, &quote_hygienic!(#traits #join))
        }
        How::With(path) => {
            let at_path = idents::held(path);
            let made = quote_spanned!(placed(named(path))=> &(#path)(#at_path));
            let write = quote_hygienic!({ let #at_path = __audit_held; #private::AuditValue::encode(#made, __audit_out.at(#key, #text)); });
            // The function takes the field as it is written.
            unwrapped(held, in_option && optional.is_none(), &write)
        }
    }
}

/// `write`, with `held` being what is in the option.
fn unwrapped(held: &TokenStream, in_option: bool, write: &TokenStream) -> TokenStream {
    let private = idents::private();
    if in_option {
        quote_hygienic!(if let #private::Some(__audit_held) = #held { #write })
    } else {
        quote_hygienic!({ let __audit_held = #held; #write })
    }
}

/// How an id or a name becomes text: an expression for which the three `Form` traits must be in scope.
pub fn form(ty: &Type) -> TokenStream {
    let private = idents::private();
    if types::is_primitive(ty) {
        quote_hygienic!(#private::ByDisplay)
    } else {
        quote_hygienic!((&&&#private::Form::<#ty>::NEW).__audit_form())
    }
}

/// `{"type":"…","id":"`, where the id follows.
pub fn entity_head(type_name: &str) -> String {
    format!(
        "{{\"type\":\"{}\",\"id\":\"",
        super::value::escaped(type_name)
    )
}

/// `"key":`. Keys hold nothing that needs escaping.
fn key_literal(key: &str) -> String {
    format!("\"{key}\":")
}

fn text_rule(rule: TextRule) -> TokenStream {
    let private = idents::private();
    match rule {
        TextRule::Free => quote_hygienic!(#private::TextLimit::FREE),
        TextRule::MaxLen(max) => quote_hygienic!(#private::TextLimit::max_len(#max)),
        TextRule::Truncate(max) => quote_hygienic!(#private::TextLimit::truncate(#max)),
        TextRule::CutIfFree => {
            let max = audit_rules::limits::VALUE_CHARS;
            quote_hygienic!(#private::TextLimit::truncate(#max))
        }
    }
}

/// The statements that write the fields of `value`: for entities and groups.
pub fn fields_of_value(members: &[Member]) -> TokenStream {
    members
        .iter()
        .map(|member| {
            let ident = &member.ident;
            write_member(member, &quote_hygienic!(&__audit_value.#ident), false)
        })
        .collect()
}
