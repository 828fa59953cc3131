//! Rules for metadata fields, wherever they stand: keys, limits, types, conflicts.

use proc_macro2::Span;
use syn::Type;

use crate::case::Case;
use crate::diag::{Code, Errors};
use crate::limits;
use crate::model::{How, Member, Role, TextRule, Value};
use crate::parse::WrittenField;
use crate::parse::attributes::{Attribute, Attributes, Value as Given};
use crate::parse::keys::METADATA_KEYS;
use crate::types;

/// What the container says about its fields.
#[derive(Clone, Copy)]
pub struct Container {
    pub case: Option<Case>,
    pub cuts_strings: bool,
}

/// The field, with its role.
pub fn member(field: &WrittenField, role: Role) -> Member {
    Member {
        ident: field.ident.clone(),
        ty: field.ty.clone(),
        docs: field.docs.clone(),
        doc_attributes: field.doc_attributes.clone(),
        role,
    }
}

/// The one of `roles` that the field has. Two exclude each other.
pub fn role<'f>(field: &'f WrittenField, roles: &[&str], errors: &mut Errors) -> Option<&'f Attribute> {
    let mut given = field.attributes.iter().filter(|attribute| roles.iter().any(|role| attribute.key == role));
    let first = given.next()?;
    for other in given {
        let what = format!("`{}` and `{}` exclude each other: a field has one role", first.key, other.key);
        errors.push(other.key.span(), Code::ConflictingAttributes, what, "keep one of the two");
    }
    Some(first)
}

/// Metadata attributes make no sense beside a role.
pub fn no_metadata_attributes(field: &WrittenField, role: &str, errors: &mut Errors) {
    for attribute in field.attributes.iter().filter(|attribute| METADATA_KEYS.iter().any(|key| attribute.key == key)) {
        errors.push(
            attribute.key.span(),
            Code::MetadataOnRole,
            format!("`{}` is for metadata, and `{}` is the field's role", attribute.key, role),
            format!("remove `{}`, or `{role}`", attribute.key),
        );
    }
}

/// A metadata value. Always some value, so that later rules (duplicates) see every field; errors keep it from being expanded.
pub fn value(field: &WrittenField, container: Container, errors: &mut Errors) -> Value {
    let attributes = &field.attributes;
    let how = how(attributes, errors);
    let limit = attributes.first_of(&["max_len", "truncate"]);
    value_type(field, &how, limit, errors);
    Value {
        key: key(field, container.case, errors),
        rule: rule(attributes, &how, container, errors),
        limit_span: limit.map_or_else(|| field.ident.span(), |limit| limit.key.span()),
        how,
    }
}

fn how(attributes: &Attributes, errors: &mut Errors) -> How {
    let mut ways = attributes.iter().filter(|attribute| ["display", "join", "with"].iter().any(|way| attribute.key == way));
    let Some(first) = ways.next() else { return How::Plain };
    for other in ways {
        let what = format!("`{}` and `{}` exclude each other: both say how the value is made", first.key, other.key);
        errors.push(other.key.span(), Code::ConflictingAttributes, what, "keep one of the two");
    }
    match &first.value {
        Given::Path(path) => How::With(path.clone()),
        Given::Text(separator) => How::Join(separator.value()),
        _ if first.key == "join" => How::Join(",".into()),
        _ => How::Display,
    }
}

fn rule(attributes: &Attributes, how: &How, container: Container, errors: &mut Errors) -> TextRule {
    let (max_len, truncate) = (attributes.get("max_len"), attributes.get("truncate"));
    if let (Some(max_len), Some(_)) = (max_len, truncate) {
        let help = "keep `max_len` to refuse longer text, or write `truncate = N` to cut it";
        errors.push(max_len.key.span(), Code::ConflictingAttributes, "`max_len` and `truncate` exclude each other", help);
    }
    if let (Some(max_len), How::Join(_)) = (max_len, how) {
        let help = "write `truncate = N` for a smaller limit than 500 characters";
        errors.push(
            max_len.key.span(),
            Code::ConflictingAttributes,
            "`max_len` and `join` exclude each other: a list is cut, never refused",
            help,
        );
    }
    let mut limited = |attribute| limit(attribute, errors).unwrap_or(limits::VALUE_CHARS);
    match (max_len, truncate) {
        (_, Some(truncate)) => TextRule::Truncate(limited(truncate)),
        (Some(max_len), None) => TextRule::MaxLen(limited(max_len)),
        (None, None) if matches!(how, How::Join(_)) => TextRule::Truncate(limits::VALUE_CHARS),
        (None, None) if container.cuts_strings => TextRule::CutIfFree,
        (None, None) => TextRule::Free,
    }
}

/// The number of `max_len = N` or `truncate = N`; `truncate` alone is the service's limit.
pub fn limit(attribute: &Attribute, errors: &mut Errors) -> Option<u16> {
    let Some(number) = attribute.number() else { return Some(limits::VALUE_CHARS) };
    let found = number.base10_parse::<u16>().ok().filter(|max| (1..=limits::VALUE_CHARS).contains(max));
    if found.is_none() {
        errors.push(
            number.span(),
            Code::LengthLimit,
            format!(
                "`{}` can't be {number}: the service takes strings of at most {} characters",
                attribute.key,
                limits::VALUE_CHARS
            ),
            format!("write a number from 1 to {}", limits::VALUE_CHARS),
        );
    }
    found
}

fn value_type(field: &WrittenField, how: &How, limit: Option<&Attribute>, errors: &mut Errors) {
    // An attribute that couldn't be read might have said how the value is made.
    if field.attributes.is_damaged() {
        return;
    }
    let inner = types::option_inner(&field.ty);
    if matches!(how, How::Plain | How::Display)
        && let Some(inner) = inner.and_then(types::option_inner)
    {
        let help = "one `Option` says that the key may be left out";
        errors.push_spanned(inner, Code::NestedOption, "an `Option` of an `Option` can't be a metadata value", help);
    }
    if !matches!(how, How::Plain) {
        return;
    }
    let ty = inner.unwrap_or(&field.ty);
    plain_type(ty, errors);
    if let Some(limit) = limit.filter(|_| types::is_primitive(ty)) {
        errors.push(
            limit.key.span(),
            Code::NotText,
            format!("`{}` limits text, and `{}` isn't text", limit.key, field.ident),
            format!("remove `{}`, or add `display` to send the value as text", limit.key),
        );
    }
}

/// Types that no trait impl could make a value.
pub fn plain_type(ty: &Type, errors: &mut Errors) {
    if types::is_wide_integer(ty) {
        errors.push_spanned(
            ty,
            Code::WideInteger,
            "128-bit integers can't be metadata values: the service reads numbers as JavaScript does, up to 2^53 − 1",
            "use a 64-bit integer, or #[audit(display)] to send the digits as text",
        );
    } else if let Some(what) = types::collection(ty) {
        errors.push_spanned(
            ty,
            Code::NotAValue,
            format!("{what} can't be a metadata value: values are text, numbers and booleans"),
            if what == "a list" {
                "use #[audit(join)] to send it as one text, #[audit(with = path)] to make a value of it, or leave it out"
            } else {
                "give each value a key of its own, use #[audit(with = path)] to make one value of it, or leave it out"
            },
        );
    }
    if let Some(number) = types::text_limit(ty)
        && number.base10_parse::<u16>().ok().is_none_or(|max| !(1..=limits::VALUE_CHARS).contains(&max))
    {
        errors.push(
            number.span(),
            Code::LengthLimit,
            format!("`Text<{number}>` isn't possible: the service takes strings of at most {} characters", limits::VALUE_CHARS),
            format!("write a number from 1 to {}", limits::VALUE_CHARS),
        );
    }
}

fn key(field: &WrittenField, case: Option<Case>, errors: &mut Errors) -> String {
    let name = field.name();
    match field.attributes.get("rename").and_then(Attribute::text) {
        Some(text) => {
            let key = text.value();
            legal_key(&key, text.span(), errors);
            key
        }
        None => {
            let key = case.map_or(name.clone(), |case| case.field(&name));
            legal_key(&key, field.ident.span(), errors);
            key
        }
    }
}

fn is_legal(key: &str) -> bool {
    (1..=limits::KEY_CHARS).contains(&key.len()) && key.chars().all(is_key_letter)
}

fn is_key_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '-'
}

/// Reports a metadata key that the service doesn't take.
pub fn legal_key(key: &str, span: Span, errors: &mut Errors) {
    let length = key.chars().count();
    if length > limits::KEY_CHARS {
        errors.push(
            span,
            Code::KeyLength,
            format!("the metadata key `{key}` has {length} characters, the service takes at most {}", limits::KEY_CHARS),
            "shorten it with #[audit(rename = \"…\")]",
        );
    }
    if key.is_empty() {
        errors.push(
            span,
            Code::KeyCharacters,
            "a metadata key can't be empty",
            "write a key of 1 to 40 letters, digits, `_` or `-`",
        );
    } else if let Some(other) = key.chars().find(|letter| !is_key_letter(*letter)) {
        errors.push(
            span,
            Code::KeyCharacters,
            format!("the metadata key `{key}` holds {other:?}, the service takes letters, digits, `_` and `-`"),
            "give it another key with #[audit(rename = \"…\")]",
        );
    }
}

/// Where a field's key was given: at `rename`, or else at the field's name.
pub fn key_span(field: &WrittenField) -> Span {
    field.attributes.get("rename").map_or_else(|| field.ident.span(), Attribute::value_span)
}

/// The keys that one object has so far.
#[derive(Default)]
pub struct Keys {
    seen: Vec<(String, String)>,
}

impl Keys {
    /// Notes a key; a second one of the same name is an error.
    pub fn add(&mut self, key: &str, owner: &str, span: Span, errors: &mut Errors) {
        let found = self.seen.iter().find(|(seen, _)| seen == key).filter(|_| is_legal(key));
        if let Some((_, other)) = found {
            let what = format!("the metadata key `{key}` is taken by `{other}` already");
            errors.push(span, Code::DuplicateKey, what, "give one of the two another key with #[audit(rename = \"…\")]");
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
                "leave keys out with #[audit(skip)], or join several into one",
            );
        }
    }
}
