//! What stands in a metadata object: which keys, in which order, of which types.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;

use crate::check::field::not_text_help;
use crate::diag::{self, Code};
use crate::idents;
use crate::model::{How, Member, TextRule};
use crate::types;

/// The keys of an object, sorted: that is the order of its leaves.
pub fn sorted<'m>(
    members: &'m [Member],
    split: Option<&'m str>,
) -> Vec<(&'m str, Option<&'m Member>)> {
    let values = members
        .iter()
        .filter_map(|member| Some((member.value()?.key.as_str(), Some(member))));
    let mut sorted: Vec<_> = values.chain(split.map(|key| (key, None))).collect();
    sorted.sort_by_key(|(key, _)| *key);
    sorted
}

/// The key that a split adds.
pub fn split_key(members: &[Member]) -> Option<&str> {
    members
        .iter()
        .find_map(|member| Some(member.target()?.split.as_ref()?.key.as_str()))
}

/// Where a member's key stands among the leaves.
pub fn leaf_index(members: &[Member], member: &Member) -> usize {
    let is_member = |(_, other): &(&str, Option<&Member>)| {
        other.is_some_and(|other| other.ident == member.ident)
    };
    sorted(members, split_key(members))
        .iter()
        .position(is_member)
        .unwrap_or_default()
}

/// The flattened groups, in the order of the struct.
pub fn flattened(members: &[Member]) -> impl Iterator<Item = &Member> {
    members.iter().filter(|member| member.flatten().is_some())
}

/// What a `display` field's type says of its text.
pub fn display_type(ty: &Type) -> TokenStream {
    let private = idents::private();
    quote!({ use #private::NoDisplayBound; #private::DisplayType::<#ty>::__AUDIT_TYPE })
}

/// `max_len` and `truncate` need text. A constant checks it; `keys` are the object's. Of `String` and `str` the tokens are believed: where
/// they turn out to be something else, the keys say so.
pub fn text_checks(members: &[Member], keys: &TokenStream) -> TokenStream {
    let private = idents::private();
    let is_told_text = |ty: &Type| types::is_string(types::option_inner(ty).unwrap_or(ty));
    let unsure = |member: &&Member| {
        let Some(value) = member.value() else {
            return false;
        };
        let limited = matches!(value.rule, TextRule::MaxLen(_) | TextRule::Truncate(_));
        limited
            && (matches!(value.how, How::With(_))
                || (matches!(value.how, How::Plain) && !is_told_text(&member.ty)))
    };
    let checks = members.iter().filter(unsure).map(|member| {
        let leaf = leaf_index(members, member);
        let limit = member.value().map_or(&member.ident, |value| &value.limit);
        let what = format!("`{limit}` limits text, and `{}` isn't text", member.ident);
        let text = diag::text(
            Code::NotText,
            &what,
            &member
                .value()
                .map(|value| not_text_help(limit, &value.how))
                .unwrap_or_default(),
        );
        let span = limit.span();
        let panic = quote_spanned!(span=> ::core::panic!(#text));
        quote!(const _: () = if #private::text_problem(#keys, #leaf) { #panic };)
    });
    checks.collect()
}
