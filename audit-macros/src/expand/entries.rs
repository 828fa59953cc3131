//! The const description of a metadata object: its entries, and the types behind them.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use super::note;
use crate::diag::{self, Code};
use crate::idents;
use crate::model::{How, Member, Role, TextRule, Value};
use crate::types;

/// `Keys::__new(…)`: the leaves sorted by key, then the flattened groups in the order of the struct.
pub fn keys(members: &[Member], own_file: bool, split: Option<(&str, TokenStream)>) -> TokenStream {
    let private = idents::private();
    let mut leaves: Vec<(&str, TokenStream)> = split.into_iter().collect();
    for member in members {
        if let Some(value) = member.value() {
            let note = note::field(&member.ident, &value.key, &member.docs, own_file);
            leaves.push((&value.key, leaf(&value.key, &value_type(member, value), &note)));
        }
    }
    leaves.sort_by_key(|(key, _)| *key);
    let leaves = leaves.into_iter().map(|(_, leaf)| leaf);
    let groups = flattened(members).map(|member| {
        let ty = &member.ty;
        quote!(<#ty as #private::AuditMetadata>::KEYS)
    });
    quote!(#private::Keys::__new(&[#(#leaves),*], &[#(#groups),*]))
}

/// The flattened groups, in the order of the struct.
pub fn flattened(members: &[Member]) -> impl Iterator<Item = &Member> {
    members.iter().filter(|member| matches!(member.role, Role::Flatten))
}

/// One key.
pub fn leaf(key: &str, ty: &TokenStream, note: &Literal) -> TokenStream {
    let private = idents::private();
    let line = format!(",\n      \"{key}\": {{");
    let required = format!(", \"{key}\"");
    quote!(#private::Field::__new(#line, #required, #ty, #note))
}

/// What the schema says of a field.
fn value_type(member: &Member, value: &Value) -> TokenStream {
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
        How::Plain => quote!(<#ty as #private::AuditValue>::TYPE),
        How::Display => quote!({ use #private::NoDisplayBound; #private::DisplayType::<#shown>::TYPE } #optional),
        How::Join(_) => {
            let max = if let TextRule::Truncate(max) = rule { max } else { crate::limits::VALUE_CHARS };
            quote!(#private::ValueType::text(#max) #optional)
        }
        // A closure, so that `fn(&str)` takes a `String`.
        How::With(path) => quote!(#private::with_type::<#ty, _, _>(&|held: &#ty| (#path)(held))),
    }
}

/// `max_len` and `truncate` need text. Where tokens can't tell, a constant checks it.
pub fn text_checks(members: &[Member]) -> TokenStream {
    let private = idents::private();
    members
        .iter()
        .filter_map(|member| {
            let value = member.value()?;
            let limited = matches!(value.rule, TextRule::MaxLen(_) | TextRule::Truncate(_));
            let unsure = match &value.how {
                How::Plain => !types::is_text(&member.ty),
                How::With(_) => true,
                How::Display | How::Join(_) => false,
            };
            if !(limited && unsure) {
                return None;
            }
            let ty = base_type(&types::at_static(&member.ty), &value.how, value.rule);
            let what = format!("`max_len` and `truncate` limit text, and `{}` isn't text", member.ident);
            let text = diag::text(Code::NotText, &what, "remove the limit, or add `display` to send the value as text");
            let panic = quote_spanned!(value.limit_span=> ::core::panic!(#text));
            Some(quote! {
                const _: () = if #private::text_problem(#ty) { #panic };
            })
        })
        .collect()
}
