//! Rules for metadata keys: how they are spelt, that each stands once, how many there are.

use proc_macro2::Span;

use crate::diag::{Code, Errors};
use crate::parse::WrittenField;
use crate::parse::attributes::Attribute;
use audit_rules::case::Case;
use audit_rules::limits;

/// The key of a field: what `rename` says, or its name in the container's case.
pub fn key(field: &WrittenField, case: Option<Case>, errors: &mut Errors) -> String {
    let name = field.name();
    match field.attributes.get("rename").and_then(Attribute::text) {
        Some(text) => {
            let key = text.value();
            legal_key(&key, "rename", text.span(), errors);
            key
        }
        None => {
            let key = case.map_or(name.clone(), |case| case.field(&name));
            legal_key(&key, "rename", field.ident.span(), errors);
            key
        }
    }
}

/// Reports a metadata key that the service doesn't take.
///
/// `attribute` is what gives it another name: `rename`, or `target, split`.
pub fn legal_key(key: &str, attribute: &str, span: Span, errors: &mut Errors) {
    let length = key.chars().count();
    if length > limits::KEY_CHARS {
        errors.push(
            span,
            Code::KeyLength,
            format!(
                "the metadata key `{key}` has {length} characters, the service takes at most {}",
                limits::KEY_CHARS
            ),
            format!("write a shorter one: #[audit({attribute} = \"…\")]"),
        );
    }
    if key.is_empty() {
        errors.push(
            span,
            Code::KeyCharacters,
            "a metadata key can't be empty",
            format!(
                "write a key of 1 to {} letters, digits, `_` or `-`",
                limits::KEY_CHARS
            ),
        );
    } else if let Some(other) = key.chars().find(|letter| !limits::is_key_char(*letter)) {
        errors.push(
            span,
            Code::KeyCharacters,
            format!("the metadata key `{key}` holds {other:?}, the service takes letters, digits, `_` and `-`"),
            format!("write another one: #[audit({attribute} = \"…\")]"),
        );
    }
}

/// Reports what can't stand before a group's keys.
pub fn legal_prefix(prefix: &str, span: Span, errors: &mut Errors) {
    let length = prefix.chars().count();
    if prefix.is_empty() {
        errors.push(
            span,
            Code::KeyCharacters,
            "a prefix can't be empty",
            "write some text, or remove `prefix`",
        );
    } else if let Some(other) = prefix.chars().find(|letter| !limits::is_key_char(*letter)) {
        let what = format!(
            "the prefix `{prefix}` holds {other:?}, the service takes keys of letters, digits, `_` and `-`"
        );
        errors.push(
            span,
            Code::KeyCharacters,
            what,
            "write another one, such as #[audit(flatten, prefix = \"billed_\")]",
        );
    } else if length >= limits::KEY_CHARS {
        let what = format!(
            "the prefix `{prefix}` has {length} characters, and the service takes metadata keys of at most {}",
            limits::KEY_CHARS
        );
        errors.push(span, Code::KeyLength, what, "write a shorter one");
    }
}

/// Where a field's key was given: at `rename`, or else at the field's name.
pub fn key_span(field: &WrittenField) -> Span {
    field
        .attributes
        .get("rename")
        .map_or_else(|| field.ident.span(), Attribute::value_span)
}

/// The keys that one object has so far.
#[derive(Default)]
pub struct Keys {
    seen: Vec<(String, String)>,
}

impl Keys {
    /// Notes a key; a second one of the same name is an error.
    pub fn add(
        &mut self,
        key: &str,
        attribute: &str,
        owner: &str,
        span: Span,
        errors: &mut Errors,
    ) {
        let found = self
            .seen
            .iter()
            .find(|(seen, _)| seen == key)
            .filter(|_| limits::is_key(key));
        if let Some((_, other)) = found {
            let what = format!("the metadata key `{key}` is taken by the field `{other}` already");
            errors.push(
                span,
                Code::DuplicateKey,
                what,
                format!("write another one: #[audit({attribute} = \"…\")]"),
            );
        }
        self.seen.push((key.into(), owner.into()));
    }

    /// More than the service takes, flattened ones not counted.
    pub fn count(&self, on: &syn::Ident, errors: &mut Errors) {
        let count = self.seen.len();
        if count > limits::METADATA_KEYS {
            errors.push(
                on.span(),
                Code::TooManyKeys,
                format!(
                    "`{on}` has {count} metadata keys, the service takes at most {} (flattened ones count)",
                    limits::METADATA_KEYS
                ),
                "leave some of the fields out, or put several into one value",
            );
        }
    }
}
