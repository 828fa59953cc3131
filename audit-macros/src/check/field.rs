//! Rules for metadata fields, wherever they stand: limits, types, conflicts.

use quote::ToTokens;
use syn::Type;

use super::item;
use super::keys::{self, Keys};
use crate::diag::{Code, Errors};
use crate::model::{How, Member, Role, TextRule, Value};
use crate::parse::attributes::{Argument, Attribute, Attributes};
use crate::parse::keys::{Location, VALUE_ATTRIBUTES};
use crate::parse::{ParsedField, ParsedItem};
use crate::types;
use audit_rules::limits;

/// The fields of an item, as they are written and each with the role that `read` finds; no members where there are no named fields.
pub fn members<'w>(
    written: &'w ParsedItem,
    location: Location,
    read: fn(&ParsedField, &mut Keys, &mut Errors) -> Role,
    errors: &mut Errors,
) -> Result<(&'w [ParsedField], Vec<Member>), Vec<Member>> {
    let mut keys = Keys::new(&written.attributes, errors);
    let fields = item::named_fields(written, location, errors).ok_or_else(Vec::new)?;
    let member = |field: &ParsedField| {
        let before = errors.len();
        let role = read(field, &mut keys, errors);
        if matches!(role, Role::Flatten(_)) {
            one_group(field, errors);
        } else if !field.attributes.may_have_been("flatten") {
            let help = "add `flatten`, or remove it; `rename` renames one key";
            let prefix = field.attributes.get("prefix");
            item::misplaced(prefix, "requires `flatten`", help, errors);
        }
        let is_whole = !field.attributes.is_damaged() && !field.rustc_reports;
        Member {
            ident: field.ident.clone(),
            ty: field.ty.clone(),
            docs: field.docs.clone(),
            doc_attributes: field.doc_attributes.clone(),
            role,
            has_no_errors: errors.len() == before && is_whole,
        }
    };
    let members = fields.iter().map(member).collect();
    keys.count(&written.ident, errors);
    Ok((fields, members))
}

/// The one of `roles` that the field has. Two exclude each other, and so do metadata attributes and a role.
pub fn role(field: &ParsedField, roles: &[&str], errors: &mut Errors) -> Option<&'static str> {
    let role = item::one_of(&field.attributes, roles, "a field has one role", errors)?.name;
    if role != "metadata" {
        for Attribute { key, name, .. } in field.attributes.all_of(&VALUE_ATTRIBUTES) {
            let what = format!("`{name}` is for metadata, and `{role}` is the field's role");
            let help = format!("remove `{name}`, or `{role}`");
            errors.push(key, Code::MetadataOnRole, what, help);
        }
    }
    Some(role)
}

/// The first field of a role, which is one of `roles`, and its mark. A second one is an error.
pub fn only_one<'w>(
    fields: &'w [ParsedField],
    roles: &[&str],
    role: &str,
    errors: &mut Errors,
) -> Option<(&'w ParsedField, &'w Attribute)> {
    let mut marked = fields
        .iter()
        .filter_map(|field| Some((field, field.attributes.first_of(roles)?)))
        .filter(|(_, mark)| mark.name == role);
    let first = marked.next()?;
    for (field, mark) in marked {
        let what = format!(
            "`{}` is a second `{role}`, beside `{}`",
            field.ident, first.0.ident
        );
        let (code, help) = match role {
            "id" => (Code::Id, "keep one"),
            "actor" => (Code::RepeatedRole, ONE_ACTOR),
            _ => (Code::RepeatedRole, "keep one"),
        };
        errors.push(&mark.key, code, what, help);
    }
    Some(first)
}

pub const ONE_ACTOR: &str = "keep one; another entity can be a target";

/// A metadata value. Always some value, so that later rules (duplicates) see every field; errors keep it from being expanded.
pub fn value(field: &ParsedField, keys: &mut Keys, errors: &mut Errors) -> Role {
    let attributes = &field.attributes;
    let how = how(attributes, errors);
    let limit = attributes.first_of(&["max_len", "truncate"]);
    value_type(field, &how, limit, errors);
    Role::Value(Box::new(Value {
        key: keys.of_field(field, errors),
        rule: rule(attributes, keys.cuts_strings, errors),
        limit: limit.map_or(&field.ident, |limit| &limit.key).clone(),
        how,
    }))
}

fn how(attributes: &Attributes, errors: &mut Errors) -> How {
    let ways = ["display", "join", "with"];
    let Some(way) = item::one_of(attributes, &ways, "a value has one form", errors) else {
        return How::Plain;
    };
    match &way.value {
        Argument::Path(path) => How::With(path.clone()),
        Argument::Text(separator) => How::Join(separator.value()),
        _ if way.name == "join" => How::Join(",".into()),
        _ => How::Display,
    }
}

fn rule(attributes: &Attributes, cuts_strings: bool, errors: &mut Errors) -> TextRule {
    let (max_len, truncate) = (attributes.get("max_len"), attributes.get("truncate"));
    if let (Some(max_len), Some(_)) = (max_len, truncate) {
        let help = "keep `max_len` to reject longer text, or write `truncate = N` to cut it";
        errors.push(
            &max_len.key,
            Code::ConflictingAttributes,
            "`max_len` and `truncate` are mutually exclusive",
            help,
        );
    }
    let mut limited = |attribute| limit(attribute, errors).unwrap_or(limits::VALUE_CHARS);
    match (max_len, truncate) {
        (_, Some(truncate)) => TextRule::Truncate(limited(truncate)),
        (Some(max_len), None) => TextRule::MaxLen(limited(max_len)),
        (None, None) if cuts_strings => TextRule::CutIfFree,
        (None, None) => TextRule::Free,
    }
}

/// The number of `max_len = N` or `truncate = N`; `truncate` alone is the service's limit.
pub fn limit(attribute: &Attribute, errors: &mut Errors) -> Option<u16> {
    match attribute.number() {
        Some(number) => {
            let what = format!("`{}` can't be {number}", attribute.name);
            length(number, &what, errors)
        }
        None => Some(limits::VALUE_CHARS),
    }
}

/// The length limit that a literal sets.
fn length(number: &syn::LitInt, what: &str, errors: &mut Errors) -> Option<u16> {
    let max = limits::VALUE_CHARS;
    let length = number.base10_parse().ok();
    let length = length.filter(|length| (1..=max).contains(length));
    if length.is_none() {
        let what = format!("{what}: the limit is {max} characters");
        let help = format!("write a number from 1 to {max}");
        errors.push(number, Code::LengthLimit, what, help);
    }
    length
}

fn value_type(field: &ParsedField, how: &How, limit: Option<&Attribute>, errors: &mut Errors) {
    // An attribute that couldn't be read might tell how the value is made, and one of a target that it isn't a value.
    if field.attributes.is_damaged() || field.attributes.first_of(&["type", "split"]).is_some() {
        return;
    }
    let ty = types::option_inner(&field.ty).unwrap_or(&field.ty);
    if matches!(how, How::Plain | How::Display) {
        nested_option(ty, "be a metadata value", errors);
    }
    if !matches!(how, How::Plain) || field.rustc_reports {
        return;
    }
    plain_type(ty, false, errors);
    if let Some(limit) = limit.filter(|_| types::is_primitive(ty)) {
        errors.push(
            &limit.key,
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

/// Reports what an `Option` holds, where that is another one.
fn nested_option(inner: &Type, impossible: &str, errors: &mut Errors) {
    if types::option_inner(inner).is_some() {
        let what = format!("an `Option` of an `Option` can't {impossible}");
        let help = "write one `Option`: what is `None` is left out";
        errors.push_spanned(inner, Code::NestedOption, what, help);
    }
}

/// A flattened field holds one group, or none.
fn one_group(field: &ParsedField, errors: &mut Errors) {
    let group = types::option_inner(&field.ty).unwrap_or(&field.ty);
    nested_option(group, "be flattened", errors);
    if let Some(found) = types::collection(group) {
        let what = format!(
            "`{}` can't be flattened: it is {found}, and a group's keys are part of the schema",
            field.ident
        );
        let help =
            "hold one group, or make one value of the list: #[audit(join)], #[audit(with = path)]";
        errors.push_spanned(&field.ty, Code::NotAGroup, what, help);
    }
}

/// The role of a field that is flattened to a group.
pub fn flatten(field: &ParsedField, errors: &mut Errors) -> Role {
    let prefix = field.attributes.text("prefix");
    if let Some(text) = prefix {
        keys::legal_prefix(text, errors);
    }
    Role::Flatten(prefix.map(syn::LitStr::value).unwrap_or_default())
}

/// Reports types that no trait impl could make a value. The ways out are attributes on a field, and none on a newtype.
pub fn plain_type(ty: &Type, in_newtype: bool, errors: &mut Errors) {
    let on_field = |help: &'static str| {
        if in_newtype {
            "wrap text, a boolean or a number of at most 64 bits; or, without `AuditValue`, put #[audit(display)] or #[audit(with = path)] on the field that holds the newtype"
        } else {
            help
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
    if let Some(number) = types::text_limit(ty) {
        length(number, &format!("`Text<{number}>` isn't possible"), errors);
    }
}
