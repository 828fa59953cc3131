//! Rules that hold for every item: its kind, its generics, `crate`, `rename_all`, `strings`, entity types.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{GenericParam, Ident, Path, parse_quote};

use crate::diag::{Code, Errors};
use crate::model::Item;
use crate::parse::attribute_errors::STRINGS;
use crate::parse::attributes::{Attribute, Attributes, Value};
use crate::parse::keys::Place;
use crate::parse::{Body, Written, WrittenField};
use crate::suggest::did_you_mean;
use audit_rules::case::{CASES, Case};

/// What every derive needs of its item.
pub fn item(written: &Written) -> Item {
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
        Some(Value::Path(path)) => path.clone(),
        _ => parse_quote!(::audit_core),
    }
}

/// The named fields of a struct; anything else is an error.
pub fn named_fields<'w>(
    written: &'w Written,
    place: Place,
    errors: &mut Errors,
) -> Option<&'w [WrittenField]> {
    let found = match &written.body {
        Body::Struct(fields) => return Some(fields),
        Body::Tuple(_) => "a tuple struct",
        Body::Unit => "a struct without fields",
        Body::Enum(_) => "an enum",
        Body::Union => "a union",
    };
    let ident = &written.ident;
    let help = match (place, &written.body) {
        (Place::Metadata, Body::Tuple(_)) => {
            format!(
                "for one value derive `AuditValue`, for a group write `struct {ident} {{ … }}` with named fields"
            )
        }
        (Place::Metadata, Body::Enum(_)) => {
            "for a value with variants derive `AuditValue`".to_owned()
        }
        (Place::Event, Body::Enum(_)) => "write one event struct a variant".to_owned(),
        (Place::Event, _) => format!(
            "write `struct {ident} {{ … }}` with fields marked #[audit(actor)] and #[audit(target)]"
        ),
        (Place::Entity, _) => {
            format!("write `struct {ident} {{ … }}` with a field marked #[audit(id)]")
        }
        _ => format!("write `struct {ident} {{ … }}` with named fields"),
    };
    errors.push(
        ident.span(),
        Code::WrongItem,
        format!("{place} is a struct with named fields, `{ident}` is {found}"),
        help,
    );
    None
}

/// Types and constants as parameters: what the schema is would depend on them.
pub fn no_type_parameters(written: &Written, what: &str, errors: &mut Errors) {
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
    let attribute = attributes.get("rename_all")?;
    let text = attribute.text()?;
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
            text.span(),
            Code::CaseRule,
            format!("unknown case rule \"{rule}\""),
            help,
        );
    }
    found
}

/// Why an attribute that is given has no effect here.
pub fn misplaced(given: Option<&Attribute>, why: &str, errors: &mut Errors) {
    if let Some(attribute) = given {
        let what = format!("`{}` {why}", attribute.key.unraw());
        errors.push(
            attribute.key.span(),
            Code::MisplacedAttribute,
            what,
            "remove it",
        );
    }
}

/// `strings = "truncate"`.
pub fn cuts_strings(attributes: &Attributes, errors: &mut Errors) -> bool {
    let Some(text) = attributes.get("strings").and_then(Attribute::text) else {
        return false;
    };
    match text.value().as_str() {
        "truncate" => true,
        "reject" => false,
        other => {
            errors.push(
                text.span(),
                Code::AttributeForm,
                format!("`strings` can't be \"{other}\""),
                STRINGS,
            );
            false
        }
    }
}

/// A required text attribute.
pub fn required<'a>(
    attributes: &'a Attributes,
    key: &str,
    example: &str,
    on: &Ident,
    errors: &mut Errors,
) -> Option<&'a Attribute> {
    let found = attributes.get(key);
    // What couldn't be read might have been it.
    if found.is_none() && !attributes.is_damaged() {
        errors.push(
            on.span(),
            Code::MissingAttribute,
            format!("`{on}` needs `{key}`"),
            format!("write #[audit({example})]"),
        );
    }
    found
}

/// The type of an actor or target.
pub fn type_name(attribute: &Attribute, errors: &mut Errors) -> Option<String> {
    let text = attribute.text()?;
    let name = text.value();
    let legal = !name.is_empty()
        && !name
            .chars()
            .any(|letter| letter.is_control() || letter == '"' || letter == '\\');
    if !legal {
        bad_type_name(text.span(), &name, errors);
    }
    legal.then_some(name)
}

fn bad_type_name(span: Span, name: &str, errors: &mut Errors) {
    let what = if name.is_empty() {
        "an entity's type can't be empty".into()
    } else {
        format!("{name:?} can't be an entity's type")
    };
    errors.push(
        span,
        Code::AttributeForm,
        what,
        "write a word without quotes, backslashes and control characters, such as \"user\" or \"api_key\"",
    );
}
