//! Rules for metadata keys: how they are spelt, that each stands once, how many there are.

use proc_macro2::Span;
use syn::LitStr;

use super::item;
use crate::diag::{Code, Errors};
use crate::parse::ParsedField;
use crate::parse::attributes::Attributes;
use audit_rules::case::Case;
use audit_rules::limits;

/// Reports what can't stand before a group's keys.
pub fn legal_prefix(prefix: &LitStr, errors: &mut Errors) {
    legal(
        "prefix",
        &prefix.value(),
        limits::KEY_CHARS - 1,
        "#[audit(flatten, prefix = \"billed_\")]",
        prefix.span(),
        errors,
    );
}

/// `example` is the attribute that gives another text.
fn legal(name: &str, text: &str, max: usize, example: &str, span: Span, errors: &mut Errors) {
    let length = text.chars().count();
    if length > max {
        let what = format!("the {name} `{text}` has {length} characters, the limit is {max}");
        let help = format!("write a shorter one: {example}");
        errors.push(span, Code::KeyLength, what, help);
    }
    if text.is_empty() {
        let what = format!("a {name} can't be empty");
        let help = format!("write 1 to {max} letters, digits, `_` or `-`");
        errors.push(span, Code::KeyCharacters, what, help);
    } else if let Some(other) = text.chars().find(|letter| !limits::is_key_char(*letter)) {
        let what = format!(
            "the {name} `{text}` holds {other:?}, allowed are letters, digits, `_` and `-`"
        );
        let help = format!("write another: {example}");
        errors.push(span, Code::KeyCharacters, what, help);
    }
}

/// The metadata object of an item: what the item says of its values, and the keys so far.
pub struct Keys {
    case: Option<Case>,
    pub cuts_strings: bool,
    /// Keys, and the fields that they belong to.
    seen: Vec<(String, String)>,
}

impl Keys {
    pub fn new(item: &Attributes, errors: &mut Errors) -> Self {
        Self {
            case: item::rename_all(item, errors),
            cuts_strings: item::cuts_strings(item, errors),
            seen: Vec::new(),
        }
    }

    /// The key of a value: the text of `rename`, or the field's name in the item's case.
    pub fn of_field(&mut self, field: &ParsedField, errors: &mut Errors) -> String {
        let name = field.name();
        let key = match field.attributes.text("rename") {
            Some(text) => text.value(),
            None => self.case.map_or(name.clone(), |case| case.field(&name)),
        };
        let span = field.attributes.rename_span(&field.ident);
        self.add(&key, "rename", name, span, errors);
        key
    }

    /// Adds a key. `attribute` is what renames it: `rename`, or `target, split`.
    pub fn add(
        &mut self,
        key: &str,
        attribute: &str,
        field: String,
        span: Span,
        errors: &mut Errors,
    ) {
        let example = format!("#[audit({attribute} = \"…\")]");
        legal(
            "metadata key",
            key,
            limits::KEY_CHARS,
            &example,
            span,
            errors,
        );
        let same = self.seen.iter().find(|(seen, _)| seen == key);
        if let Some((_, other)) = same.filter(|_| limits::is_key(key)) {
            let what = format!("the metadata key `{key}` is already used by the field `{other}`");
            let help = format!("write another: {example}");
            errors.push(span, Code::DuplicateKey, what, help);
        }
        self.seen.push((key.into(), field));
    }

    /// Reports more keys than the service accepts, flattened ones not counted.
    pub fn count(&self, on: &syn::Ident, errors: &mut Errors) {
        let count = self.seen.len();
        if count > limits::METADATA_KEYS {
            errors.push(
                on.span(),
                Code::TooManyKeys,
                format!(
                    "`{on}` has {count} metadata keys, the limit is {} (flattened ones count)",
                    limits::METADATA_KEYS
                ),
                "leave some of the fields out, or put several into one value",
            );
        }
    }
}
