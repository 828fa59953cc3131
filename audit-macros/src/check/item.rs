//! Rules that hold for every item: its kind, its generics, `crate`, `rename_all`, `strings`, entity types.

use syn::{GenericParam, Path, parse_quote};

use crate::diag::{Code, Errors};
use crate::model::Item;
use crate::parse::attribute_errors::STRINGS;
use crate::parse::attributes::{Argument, Attribute, Attributes};
use crate::parse::keys::Location;
use crate::parse::{Body, ParsedField, ParsedItem};
use crate::suggest::did_you_mean;
use crate::types;
use audit_rules::case::{CASES, Case};

/// What every derive needs of its item.
pub fn item(written: &ParsedItem) -> Item {
    Item {
        ident: written.ident.clone(),
        builder: written.builder.clone(),
        generics: written.generics.clone(),
        core: core(&written.attributes),
        allowed: written.allowed.clone(),
        docs: written.docs.clone(),
    }
}

/// Where `audit_core` is.
pub fn core(attributes: &Attributes) -> Path {
    match attributes.get("crate").map(|attribute| &attribute.value) {
        Some(Argument::Path(path)) => path.clone(),
        _ => parse_quote!(::audit_core),
    }
}

/// The named fields of a struct; anything else is an error.
pub fn named_fields<'w>(
    written: &'w ParsedItem,
    location: Location,
    errors: &mut Errors,
) -> Option<&'w [ParsedField]> {
    let found = match &written.body {
        Body::Struct(fields) => return Some(fields),
        Body::Tuple(_) => "a tuple struct",
        Body::Unit => "a struct without fields",
        Body::Enum(_) => "an enum",
        Body::Union => "a union",
    };
    let ident = &written.ident;
    let help = match (location, &written.body) {
        (Location::Metadata, Body::Tuple(_)) => {
            format!(
                "for one value derive `AuditValue`, for a group write `struct {ident} {{ … }}` with named fields"
            )
        }
        (Location::Metadata, Body::Enum(_)) => {
            "for a value with variants derive `AuditValue`".to_owned()
        }
        (Location::Event, Body::Enum(_)) => "write one event struct a variant".to_owned(),
        (Location::Event, _) => format!(
            "write `struct {ident} {{ … }}` with fields marked #[audit(actor)] and #[audit(target)]"
        ),
        (Location::Entity, _) => {
            format!("write `struct {ident} {{ … }}` with a field marked #[audit(id)]")
        }
        _ => format!("write `struct {ident} {{ … }}` with named fields"),
    };
    errors.push(
        ident,
        Code::WrongItem,
        format!("{location} is a struct with named fields, `{ident}` is {found}"),
        help,
    );
    None
}

/// Types and constants as parameters: what the schema is would depend on them.
pub fn no_type_parameters(written: &ParsedItem, what: &str, errors: &mut Errors) {
    for parameter in &written.generics.params {
        let (name, kind) = match parameter {
            GenericParam::Lifetime(_) => continue,
            GenericParam::Type(parameter) => (&parameter.ident, "type"),
            GenericParam::Const(parameter) => (&parameter.ident, "const"),
        };
        errors.push(
            name.span(),
            Code::Generic,
            format!("{what} can't have the {kind} parameter `{name}`: it has one schema"),
            "write the type out; metadata that varies can stand in an `AuditMetadata` group, which may be generic",
        );
    }
}

pub fn rename_all(attributes: &Attributes, errors: &mut Errors) -> Option<Case> {
    let text = attributes.text("rename_all")?;
    let rule = text.value();
    let found = CASES
        .iter()
        .find(|(name, _)| *name == rule)
        .map(|(_, case)| *case);
    if found.is_none() {
        let known = CASES.map(|(name, _)| name);
        let help = match did_you_mean(&rule, known) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!(
                "the rules are {}",
                known.map(|name| format!("\"{name}\"")).join(", ")
            ),
        };
        errors.push(
            text,
            Code::CaseRule,
            format!("unknown case rule \"{rule}\""),
            help,
        );
    }
    found
}

/// Reports attributes that have no effect here.
pub fn misplaced<'w>(
    attributes: impl IntoIterator<Item = &'w Attribute>,
    why: &str,
    help: &str,
    errors: &mut Errors,
) {
    for Attribute { key, name, .. } in attributes {
        let what = format!("`{name}` {why}");
        errors.push(key, Code::MisplacedAttribute, what, help);
    }
}

/// The first of `keys` that is present. They exclude each other: `why`.
pub fn one_of<'w>(
    attributes: &'w Attributes,
    keys: &[&str],
    why: &str,
    errors: &mut Errors,
) -> Option<&'w Attribute> {
    let mut present = attributes.all_of(keys);
    let first = present.next()?;
    for Attribute { key, name, .. } in present {
        let what = format!(
            "`{}` and `{name}` are mutually exclusive: {why}",
            first.name
        );
        errors.push(
            key,
            Code::ConflictingAttributes,
            what,
            "keep one of the two",
        );
    }
    Some(first)
}

/// Reports a type that is an `Option` although the service needs a value.
pub fn not_optional(ty: &syn::Type, what: &str, help: &str, errors: &mut Errors) {
    if types::option_inner(ty).is_some() {
        errors.push_spanned(ty, Code::OptionalRole, what, help);
    }
}

/// `strings = "truncate"`.
pub fn cuts_strings(attributes: &Attributes, errors: &mut Errors) -> bool {
    let Some(text) = attributes.text("strings") else {
        return false;
    };
    match text.value().as_str() {
        "truncate" => true,
        "reject" => false,
        other => {
            errors.push(
                text,
                Code::AttributeForm,
                format!("`strings` can't be \"{other}\""),
                STRINGS,
            );
            false
        }
    }
}

/// A required attribute.
pub fn required<'w>(
    written: &'w ParsedItem,
    key: &str,
    example: &str,
    errors: &mut Errors,
) -> Option<&'w Attribute> {
    let ParsedItem {
        ident, attributes, ..
    } = written;
    let attribute = attributes.get(key);
    // What couldn't be read might have been it.
    if attribute.is_none() && !attributes.is_damaged() {
        let what = format!("`{ident}` needs `{key}`");
        let help = format!("write #[audit({example})]");
        errors.push(ident, Code::MissingAttribute, what, help);
    }
    attribute
}

/// The type of an actor or target.
pub fn type_name(attribute: &Attribute, errors: &mut Errors) -> Option<String> {
    let text = attribute.text()?;
    let name = text.value();
    let is_bad = |letter: char| letter.is_control() || letter == '"' || letter == '\\';
    if name.is_empty() || name.contains(is_bad) {
        let what = format!("{name:?} can't be an entity's type");
        let help = "write a word without quotes, backslashes and control characters, such as \"user\" or \"api_key\"";
        errors.push(text, Code::AttributeForm, what, help);
        return None;
    }
    Some(name)
}
