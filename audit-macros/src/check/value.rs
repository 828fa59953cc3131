//! Rules for derived values: fieldless enums and newtypes.

use syn::Type;
use syn::ext::IdentExt;

use super::{field, item};
use crate::diag::{Code, Errors};
use crate::model::{Newtype, ValueEnum, ValueVariant};
use crate::parse::{ParsedItem, ParsedVariant};
use audit_rules::case::Case;
use audit_rules::limits;

/// The enum, if nothing is wrong with it.
pub fn check_enum(
    written: &ParsedItem,
    variants: &[ParsedVariant],
    errors: &mut Errors,
) -> Option<ValueEnum> {
    let case = item::rename_all(&written.attributes, errors);
    let of_newtype = written.attributes.all_of(&["max_len", "new"]);
    item::misplaced(
        of_newtype,
        "is allowed only on a newtype",
        "remove it",
        errors,
    );
    item::no_type_parameters(written, "an enum of values", errors);
    if variants.is_empty() {
        let what = format!(
            "`{}` has no variants: no event could hold a value of it",
            written.ident
        );
        errors.push(&written.ident, Code::EmptyEnum, what, "add a variant");
    }
    let mut legal: Vec<ValueVariant> = Vec::new();
    for one in variants {
        let variant = variant(one, case, errors);
        if legal.iter().any(|other| other.ident == variant.ident) {
            // That is rustc's error.
            errors.mark_incomplete();
        } else if let Some(other) = legal.iter().find(|other| other.name == variant.name) {
            let what = format!(
                "`{}` and `{}` are both sent as \"{}\"",
                other.ident, variant.ident, variant.name
            );
            errors.push(
                one.attributes.rename_span(&one.ident),
                Code::DuplicateEnumValue,
                what,
                "give one of the two another value with #[audit(rename = \"…\")]",
            );
        }
        legal.push(variant);
    }
    if !errors.is_empty() {
        return None;
    }
    Some(ValueEnum {
        item: item::item(written),
        open: written.attributes.has("open"),
        as_str: written.attributes.makes("as_str"),
        variants: legal,
    })
}

fn variant(written: &ParsedVariant, case: Option<Case>, errors: &mut Errors) -> ValueVariant {
    let rust_name = written.ident.unraw().to_string();
    if !written.fields.is_empty() {
        let what = format!(
            "`{rust_name}` holds data, and a metadata value is text, a number or a boolean"
        );
        errors.push(
            &written.ident,
            Code::Variant,
            what,
            "use variants without fields, or #[audit(with = path)] where the enum is used",
        );
    }
    let renamed = written.attributes.text("rename");
    let name = renamed.map_or_else(
        || case.map_or(rust_name.clone(), |case| case.variant(&rust_name)),
        syn::LitStr::value,
    );
    let length = name.chars().count();
    if length > usize::from(limits::VALUE_CHARS) {
        let what = format!(
            "the value of `{rust_name}` has {length} characters, the limit is {}",
            limits::VALUE_CHARS
        );
        errors.push(
            written.attributes.rename_span(&written.ident),
            Code::EnumValueLength,
            what,
            "shorten it with #[audit(rename = \"…\")]",
        );
    }
    ValueVariant {
        ident: written.ident.clone(),
        name,
        docs: written.docs.clone(),
    }
}

/// The newtype, if nothing is wrong with it.
pub fn check_newtype(written: &ParsedItem, types: &[Type], errors: &mut Errors) -> Option<Newtype> {
    let of_enum = written.attributes.all_of(&["rename_all", "open", "as_str"]);
    item::misplaced(of_enum, "is allowed only on an enum", "remove it", errors);
    let [ty] = types else {
        let what = format!(
            "`{}` holds {} fields, a metadata value wraps one",
            written.ident,
            types.len()
        );
        errors.push(
            &written.ident,
            Code::WrongItem,
            what,
            format!("write `struct {}(String);`", written.ident),
        );
        return None;
    };
    let inner = crate::types::option_inner(ty).unwrap_or(ty);
    field::plain_type(inner, true, errors);
    let max_len = written.attributes.get("max_len");
    if max_len.is_none() && !written.attributes.is_damaged() {
        let why = "requires `max_len`: other newtypes get no constructors";
        item::misplaced(written.attributes.get("new"), why, "remove it", errors);
    }
    if let Some(attribute) = max_len.filter(|_| crate::types::is_primitive(ty)) {
        let what = format!("`max_len` limits text, and `{}` wraps none", written.ident);
        errors.push(
            &attribute.key,
            Code::NotText,
            what,
            "remove it, or wrap a `String`",
        );
    }
    let max_len = max_len.and_then(|attribute| field::limit(attribute, errors));
    if !errors.is_empty() {
        return None;
    }
    Some(Newtype {
        item: item::item(written),
        ty: ty.clone(),
        max_len,
        new: written.attributes.makes("new"),
    })
}
