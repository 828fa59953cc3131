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
        None => (implied_name(event, "actor"), super::event::callers_actor(event)),
    };
    let (context, context_type) = match of_role(|role| matches!(role, Role::Context)) {
        Some(Member { ident, ty, .. }) => (ident.clone(), quote_hygienic!(#ty)),
        None => (implied_name(event, "context"), quote_hygienic!(#private::Context)),
    };
    let at = match of_role(|role| matches!(role, Role::OccurredAt)) {
        Some(Member { ident, ty, .. }) => {
            let ty = types::option_inner(ty).unwrap_or(ty);
            let own = quote_hygienic!(match #private::Option::take(&mut fields.#ident) {
                #private::Some(own) => #private::Some(<#ty as #private::PointInTime>::timestamp(own)),
                #private::None => #private::None,
            });
            quote_hygienic!(#private::Option::or(#own, at))
        }
        None => quote_hygienic!(at),
    };
    let (targets, counts) = targets(event);
    let head = super::event::as_event(event);
    let split_value = event.split().map(|(_, split)| {
        let key = key_literal(&split.key);
        quote_hygienic!(if let #private::Some(split) = split { out.plain(#key, split.id); })
    });
    let targets_end =
        if event.split().is_some() { quote_hygienic!(out.split_targets_end) } else { quote_hygienic!(out.targets_end) };
    let values = event.members.iter().map(|member| {
        let ident = &member.ident;
        write_member(member, &quote_hygienic!(&fields.#ident), true)
    });
    quote_hygienic! {
        |mode: #private::Mode, fields: &mut #fields, at: #private::Option<#private::Timestamp>, split: #private::Option<#private::Split<'_>>| {
            let mut encoder = #private::Encoder::new(mode, &#head::HEAD, #at);
            let out = &mut encoder;
            let _ = split;
            out.actor();
            if let #private::Some(actor) = &fields.#actor { <#actor_type as #private::AuditEntity>::encode(actor, out); }
            out.targets();
            #(#targets)*
            #targets_end(&[#(#counts,)*]);
            if let #private::Some(context) = &fields.#context {
                out.context(<#context_type as #private::ContextField>::context(context));
            }
            out.root_metadata();
            #split_value
            #(#values)*
            out.metadata_end();
            encoder
        }
    }
}

fn targets(event: &Event) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let private = idents::private();
    let fields = event.members.iter().filter_map(|member| Some((member, member.target()?)));
    fields
        .enumerate()
        .map(|(index, (member, target))| {
            let (ident, ty, count) = (&member.ident, &member.ty, format_ident!("count_{}", index));
            let head_override = target.type_override.as_deref().map_or_else(
                || quote_hygienic!(#private::None),
                |name| {
                    let head = entity_head(name);
                    quote_hygienic!(#private::Some(#head))
                },
            );
            // Each mention of a type goes through a path of the same form, so that one that isn't an entity is one error.
            let whole = quote_hygienic! {
                <#ty as #private::TargetField>::encode(targets, out, #head_override);
                <#ty as #private::TargetField>::count(targets)
            };
            let write = match &target.split {
                Some(split) => {
                    let entity = &split.entity;
                    quote_hygienic! {
                        match split {
                            #private::Some(split) => {
                                let targets = &targets[split.from..split.to];
                                for target in targets { <#entity as #private::TargetField>::encode(target, out, #head_override); }
                                targets.len()
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
                quote_hygienic!(let #count = if let #private::Some(targets) = &fields.#ident { #write } else { 0 };),
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
        Role::Flatten(flatten) => {
            let optional = member.optional();
            let ty = optional.unwrap_or(ty);
            let write = quote_hygienic!(<#ty as #private::AuditMetadata>::encode(held, out););
            let prefix = &flatten.prefix;
            let write = if prefix.is_empty() {
                write
            } else {
                quote_hygienic!(let group = out.group(); #write out.prefix(&group, #prefix);)
            };
            unwrapped(held, in_option || optional.is_some(), &write)
        }
        Role::Value(value) => write_value(value, ty, held, in_option),
        _ => TokenStream::new(),
    }
}

fn write_value(value: &Value, ty: &Type, held: &TokenStream, in_option: bool) -> TokenStream {
    let private = idents::private();
    let (optional, key, text) = (types::option_inner(ty), key_literal(&value.key), text_rule(value.rule));
    let (inner, holds_option) = (optional.unwrap_or(ty), in_option || optional.is_some());
    match &value.how {
        How::Plain if holds_option => quote_hygienic!(out.value::<#inner>(#key, #text, #held);),
        How::Plain => quote_hygienic!(<#ty as #private::AuditValue>::encode(#held, out.at(#key, #text));),
        How::Display => {
            let bound = super::entries::display_type(inner);
            unwrapped(held, holds_option, &quote_hygienic!(out.display::<#inner>(#key, #text.within(#bound), held);))
        }
        How::Join(separator) => {
            // A borrowed list is iterated where it lies.
            let (list, items) = match inner {
                Type::Reference(reference) => (&*reference.elem, quote_spanned!(placed(inner.span())=> *held)),
                _ => (inner, quote_spanned!(placed(inner.span())=> held)),
            };
            let join = quote_spanned!(placed(inner.span())=> out.join::<#list, _>(#key, #text, #separator, #items, (&&&#private::ListForm::<#list>::of(#items)).__audit_form()););
            let traits = quote_hygienic!(use #private::{FormDisplay as _, FormNone as _, FormValue as _};);
            unwrapped(held, holds_option, &quote_hygienic!(#traits #join))
        }
        How::With(path) => {
            let at_path = idents::held(path);
            let made = quote_spanned!(placed(named(path))=> &(#path)(#at_path));
            let write = quote_hygienic!({ let #at_path = held; #private::AuditValue::encode(#made, out.at(#key, #text)); });
            // The function takes the field as it is written.
            unwrapped(held, in_option && optional.is_none(), &write)
        }
    }
}

/// `write`, with `held` being what is in the option.
fn unwrapped(held: &TokenStream, in_option: bool, write: &TokenStream) -> TokenStream {
    let private = idents::private();
    if in_option {
        quote_hygienic!(if let #private::Some(held) = #held { #write })
    } else {
        quote_hygienic!({ let held = #held; #write })
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
    format!("{{\"type\":\"{}\",\"id\":\"", super::value::escaped(type_name))
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
            let max = crate::limits::VALUE_CHARS;
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
            write_member(member, &quote_hygienic!(&value.#ident), false)
        })
        .collect()
}
