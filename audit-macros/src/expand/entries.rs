//! The const description of a metadata object: its entries, and the types behind them.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use super::note;
use crate::check::field::not_text_help;
use crate::diag::{self, Code};
use crate::generics::{named, placed};
use crate::idents;
use crate::model::{How, Member, Role, TextRule};
use crate::types;

/// The keys of an object, sorted: that is the order of its leaves.
fn sorted<'m>(members: &'m [Member], split: Option<&'m str>) -> Vec<(&'m str, Option<&'m Member>)> {
    let values = members.iter().filter_map(|member| Some((member.value()?.key.as_str(), Some(member))));
    let mut sorted: Vec<_> = values.chain(split.map(|key| (key, None))).collect();
    sorted.sort_by_key(|(key, _)| *key);
    sorted
}

/// The key that a split adds.
fn split_key(members: &[Member]) -> Option<&str> {
    members.iter().find_map(|member| Some(member.target()?.split.as_ref()?.key.as_str()))
}

/// Where a member's key stands among the leaves.
pub fn leaf_index(members: &[Member], member: &Member) -> usize {
    let is_member = |(_, other): &(&str, Option<&Member>)| other.is_some_and(|other| other.ident == member.ident);
    sorted(members, split_key(members)).iter().position(is_member).unwrap_or_default()
}

/// `&Keys::__new(…)`: the leaves sorted by key, then the flattened groups in the order of the struct.
pub fn keys(members: &[Member], own_file: bool) -> TokenStream {
    let private = idents::private();
    let leaves = sorted(members, split_key(members)).into_iter().map(|(key, member)| match member {
        Some(member) => leaf(key, &value_type(member), &note::field(&member.ident, key, &member.docs, own_file)),
        None => {
            let ident = syn::Ident::new("split", proc_macro2::Span::call_site());
            let note = note::field(&ident, key, "Links the events of one operation.", own_file);
            leaf(key, &quote!(#private::ValueType::string().optional()), &note)
        }
    });
    let groups = flattened(members).map(|member| {
        let ty = &member.ty;
        quote!(<#ty as #private::AuditMetadata>::KEYS)
    });
    quote!(&#private::Keys::__new(&[#(#leaves),*], &[#(#groups),*]))
}

/// The flattened groups, in the order of the struct.
pub fn flattened(members: &[Member]) -> impl Iterator<Item = &Member> {
    members.iter().filter(|member| matches!(member.role, Role::Flatten))
}

/// One key.
fn leaf(key: &str, ty: &TokenStream, note: &Literal) -> TokenStream {
    let private = idents::private();
    let line = format!(",\n      \"{key}\": {{");
    let required = format!(", \"{key}\"");
    quote!(#private::Field::__new(#line, #required, #ty, #note))
}

/// What the schema says of a field.
fn value_type(member: &Member) -> TokenStream {
    let Some(value) = member.value() else { return TokenStream::new() };
    let base = base_type(&member.ty, &value.how, value.rule);
    match value.rule {
        TextRule::Free => base,
        TextRule::MaxLen(max) | TextRule::Truncate(max) => quote!(#base.__limited(#max)),
        TextRule::CutIfFree => quote!(#base.__cut_if_free()),
    }
}

/// The type before attributes limit it.
pub fn base_type(ty: &Type, how: &How, rule: TextRule) -> TokenStream {
    let private = idents::private();
    let inner = types::option_inner(ty);
    let optional = inner.map(|_| quote!(.optional()));
    let shown = inner.unwrap_or(ty);
    match how {
        How::Plain => quote!(<#shown as #private::AuditValue>::TYPE #optional),
        How::Display => {
            let ty = display_type(shown);
            quote!(#ty #optional)
        }
        How::Join(_) => {
            let max = if let TextRule::Truncate(max) = rule { max } else { crate::limits::VALUE_CHARS };
            quote!(#private::ValueType::text(#max) #optional)
        }
        // A closure, so that `fn(&str)` takes a `String`; an error in it stands at the path.
        How::With(path) => {
            let held = idents::held(path);
            let call = quote_spanned!(placed(named(path))=> |#held: &#ty| (#path)(#held));
            quote_spanned!(placed(named(path))=> #private::with_type::<#ty, _, _>(&#call))
        }
    }
}

/// What a `display` field's type says of its text.
pub fn display_type(ty: &Type) -> TokenStream {
    let private = idents::private();
    quote!({ use #private::NoDisplayBound; #private::DisplayType::<#ty>::TYPE })
}

/// `max_len` and `truncate` need text. Where tokens can't tell, a constant checks it; `keys` are the object's.
pub fn text_checks(members: &[Member], keys: &TokenStream) -> TokenStream {
    let private = idents::private();
    let unsure = |member: &&Member| {
        let Some(value) = member.value() else { return false };
        let limited = matches!(value.rule, TextRule::MaxLen(_) | TextRule::Truncate(_));
        limited && (matches!(value.how, How::With(_)) || (matches!(value.how, How::Plain) && !types::is_text(&member.ty)))
    };
    let checks = members.iter().filter(unsure).map(|member| {
        let leaf = leaf_index(members, member);
        let limit = member.value().map_or(&member.ident, |value| &value.limit);
        let what = format!("`{limit}` limits text, and `{}` isn't text", member.ident);
        let text =
            diag::text(Code::NotText, &what, &member.value().map(|value| not_text_help(limit, &value.how)).unwrap_or_default());
        let span = limit.span();
        let panic = quote_spanned!(span=> ::core::panic!(#text));
        quote!(const _: () = if #private::text_problem(#keys, #leaf) { #panic };)
    });
    checks.collect()
}
