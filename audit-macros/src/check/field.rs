//! Rules for metadata fields, wherever they stand: limits, types, conflicts.

use quote::ToTokens;
use syn::Type;

use super::keys;
use crate::diag::{Code, Errors};
use crate::model::{Flatten, How, Member, Role, TextRule, Value};
use crate::parse::WrittenField;
use crate::parse::attributes::{Attribute, Attributes, Value as Given};
use crate::parse::keys::METADATA_KEYS;
use crate::types;
use audit_rules::case::Case;
use audit_rules::limits;

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
        sound: true,
    }
}

/// All fields, each read by `read`, which notes what is wrong.
pub fn members(
    fields: &[WrittenField],
    errors: &mut Errors,
    mut read: impl FnMut(&WrittenField, &mut Errors) -> Member,
) -> Vec<Member> {
    let mut one = |field: &WrittenField| {
        let before = errors.len();
        let member = read(field, errors);
        if member.flatten().is_some() {
            one_group(field, errors);
        } else {
            prefix_elsewhere(field, errors);
        }
        let whole = !field.attributes.is_damaged() && !field.is_reported;
        Member {
            sound: errors.len() == before && whole,
            ..member
        }
    };
    fields.iter().map(&mut one).collect()
}

/// The one of `roles` that the field has. Two exclude each other.
pub fn role<'f>(
    field: &'f WrittenField,
    roles: &[&str],
    errors: &mut Errors,
) -> Option<&'f Attribute> {
    let mut given = field
        .attributes
        .iter()
        .filter(|attribute| roles.iter().any(|role| attribute.key == role));
    let first = given.next()?;
    for other in given {
        let what = format!(
            "`{}` and `{}` exclude each other: a field has one role",
            first.key, other.key
        );
        errors.push(
            other.key.span(),
            Code::ConflictingAttributes,
            what,
            "keep one of the two",
        );
    }
    Some(first)
}

/// Metadata attributes make no sense beside a role.
pub fn no_metadata_attributes(field: &WrittenField, role: &str, errors: &mut Errors) {
    for attribute in field
        .attributes
        .iter()
        .filter(|attribute| METADATA_KEYS.iter().any(|key| attribute.key == key))
    {
        errors.push(
            attribute.key.span(),
            Code::MetadataOnRole,
            format!(
                "`{}` is for metadata, and `{}` is the field's role",
                attribute.key, role
            ),
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
        key: keys::key(field, container.case, errors),
        rule: rule(attributes, container, errors),
        limit: limit.map_or_else(|| field.ident.clone(), |limit| limit.key.clone()),
        how,
    }
}

fn how(attributes: &Attributes, errors: &mut Errors) -> How {
    let mut ways = attributes.iter().filter(|attribute| {
        ["display", "join", "with"]
            .iter()
            .any(|way| attribute.key == way)
    });
    let Some(first) = ways.next() else {
        return How::Plain;
    };
    for other in ways {
        let what = format!(
            "`{}` and `{}` exclude each other: both say how the value is made",
            first.key, other.key
        );
        errors.push(
            other.key.span(),
            Code::ConflictingAttributes,
            what,
            "keep one of the two",
        );
    }
    match &first.value {
        Given::Path(path) => How::With(path.clone()),
        Given::Text(separator) => How::Join(separator.value()),
        _ if first.key == "join" => How::Join(",".into()),
        _ => How::Display,
    }
}

fn rule(attributes: &Attributes, container: Container, errors: &mut Errors) -> TextRule {
    let (max_len, truncate) = (attributes.get("max_len"), attributes.get("truncate"));
    if let (Some(max_len), Some(_)) = (max_len, truncate) {
        let help = "keep `max_len` to refuse longer text, or write `truncate = N` to cut it";
        errors.push(
            max_len.key.span(),
            Code::ConflictingAttributes,
            "`max_len` and `truncate` exclude each other",
            help,
        );
    }
    let mut limited = |attribute| limit(attribute, errors).unwrap_or(limits::VALUE_CHARS);
    match (max_len, truncate) {
        (_, Some(truncate)) => TextRule::Truncate(limited(truncate)),
        (Some(max_len), None) => TextRule::MaxLen(limited(max_len)),
        (None, None) if container.cuts_strings => TextRule::CutIfFree,
        (None, None) => TextRule::Free,
    }
}

/// The number of `max_len = N` or `truncate = N`; `truncate` alone is the service's limit.
pub fn limit(attribute: &Attribute, errors: &mut Errors) -> Option<u16> {
    let Some(number) = attribute.number() else {
        return Some(limits::VALUE_CHARS);
    };
    let found = number
        .base10_parse::<u16>()
        .ok()
        .filter(|max| (1..=limits::VALUE_CHARS).contains(max));
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
    // An attribute that couldn't be read might have said how the value is made, and one of a target that it is none.
    if field.attributes.is_damaged() || field.attributes.first_of(&["type", "split"]).is_some() {
        return;
    }
    let inner = types::option_inner(&field.ty);
    let nested = inner.filter(|inner| {
        matches!(how, How::Plain | How::Display) && types::option_inner(inner).is_some()
    });
    if let Some(nested) = nested {
        let help = "one `Option` says that the key may be left out";
        errors.push_spanned(
            nested,
            Code::NestedOption,
            "an `Option` of an `Option` can't be a metadata value",
            help,
        );
    }
    if !matches!(how, How::Plain) || field.is_reported {
        return;
    }
    let ty = inner.unwrap_or(&field.ty);
    plain_type(ty, Place::Field, errors);
    if let Some(limit) = limit.filter(|_| types::is_primitive(ty)) {
        errors.push(
            limit.key.span(),
            Code::NotText,
            format!(
                "`{}` limits text, and `{}` isn't text",
                limit.key, field.ident
            ),
            not_text_help(&limit.key, how),
        );
    }
}

/// The way out of a limit on what isn't text.
pub fn not_text_help(limit: &syn::Ident, how: &How) -> String {
    match how {
        How::With(path) => {
            format!(
                "remove `{limit}`, or let `{}` return text",
                path.to_token_stream().to_string().replace(' ', "")
            )
        }
        _ => format!(
            "remove `{limit}`, or add `display` to send the text of what implements `Display`"
        ),
    }
}

/// A flattened field holds one group, or none.
fn one_group(field: &WrittenField, errors: &mut Errors) {
    let group = types::option_inner(&field.ty).unwrap_or(&field.ty);
    if types::option_inner(group).is_some() {
        let help = "one `Option` says that the group's keys may be left out";
        errors.push_spanned(
            group,
            Code::NestedOption,
            "an `Option` of an `Option` can't be flattened",
            help,
        );
    } else if let Some(found) = types::collection(group) {
        let what = format!(
            "`{}` can't be flattened: it is {found}, and a group's keys are part of the schema",
            field.ident
        );
        let help =
            "hold one group, or make one value of the list: #[audit(join)], #[audit(with = path)]";
        errors.push_spanned(&field.ty, Code::NotAGroup, what, help);
    }
}

/// The group that a field is flattened to.
pub fn flatten(field: &WrittenField, errors: &mut Errors) -> Flatten {
    let prefix = field.attributes.get("prefix").and_then(Attribute::text);
    if let Some(text) = prefix {
        keys::legal_prefix(&text.value(), text.span(), errors);
    }
    Flatten {
        prefix: prefix.map(syn::LitStr::value).unwrap_or_default(),
    }
}

fn prefix_elsewhere(field: &WrittenField, errors: &mut Errors) {
    let Some(prefix) = field.attributes.get("prefix") else {
        return;
    };
    // `flatten` may be what couldn't be read.
    if !field.attributes.meant("flatten") {
        let help = "write #[audit(flatten, prefix = …)], or remove it; one key is renamed by #[audit(rename = \"…\")]";
        errors.push(
            prefix.key.span(),
            Code::MisplacedAttribute,
            "`prefix` has a meaning only beside `flatten`",
            help,
        );
    }
}

/// Where a value's type stands: attributes say on a field how it is sent, on a newtype nothing does.
#[derive(Clone, Copy)]
pub enum Place {
    Field,
    Newtype,
}

/// Types that no trait impl could make a value.
pub fn plain_type(ty: &Type, place: Place, errors: &mut Errors) {
    let on_field = |help: &'static str| match place {
        Place::Field => help,
        Place::Newtype => {
            "wrap text, a boolean or a number of at most 64 bits; or don't derive `AuditValue`, and say with an attribute how the field \
                           that holds the newtype is sent: #[audit(display)], #[audit(with = path)]"
        }
    };
    if types::is_wide_integer(ty) {
        errors.push_spanned(
            ty,
            Code::WideInteger,
            "128-bit integers can't be metadata values: the service reads numbers as JavaScript does, up to 2^53 − 1",
            on_field("use a 64-bit integer, or #[audit(display)] to send the digits as text"),
        );
    } else if let Some(what) = types::unsized_type(ty) {
        let what = format!("{what} can't be a field: its size isn't known");
        errors.push_spanned(
            ty,
            Code::NotAValue,
            what,
            "hold a type with a size, such as `String` or `&'a str`",
        );
    } else if let Some(what) = types::collection(ty) {
        let help = if what == "a list" {
            "use #[audit(join)] to send it as one text, #[audit(with = path)] to make a value of it, or leave it out"
        } else {
            "give each value a key of its own, use #[audit(with = path)] to make one value of it, or leave it out"
        };
        let what =
            format!("{what} can't be a metadata value: values are text, numbers and booleans");
        errors.push_spanned(ty, Code::NotAValue, what, on_field(help));
    }
    let is_possible = |number: &&syn::LitInt| {
        number
            .base10_parse::<u16>()
            .is_ok_and(|max| (1..=limits::VALUE_CHARS).contains(&max))
    };
    if let Some(number) = types::text_limit(ty).filter(|number| !is_possible(number)) {
        errors.push(
            number.span(),
            Code::LengthLimit,
            format!("`Text<{number}>` isn't possible: the service takes strings of at most {} characters", limits::VALUE_CHARS),
            format!("write a number from 1 to {}", limits::VALUE_CHARS),
        );
    }
}
