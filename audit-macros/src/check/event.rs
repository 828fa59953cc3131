//! Rules for events, put together: each field with its role.

use super::keys::Keys;
use super::{action, field, item, roles, setters};
use crate::diag::{Code, Errors};
use crate::model::{Event, Member, Role, Split, Target};
use crate::parse::attributes::{Argument, Attributes};
use crate::parse::keys::Location;
use crate::parse::{ParsedField, ParsedItem};
use crate::types;

pub const ROLES: [&str; 6] = [
    "actor",
    "target",
    "context",
    "occurred_at",
    "flatten",
    "skip",
];

/// The event, or, where something is wrong with it, its fields.
pub fn check(written: &ParsedItem, errors: &mut Errors) -> Result<Event, Vec<Member>> {
    let attributes = &written.attributes;
    item::no_type_parameters(written, "an event", errors);
    let (action, version) = action::action_and_version(written, errors);
    let (fields, mut members) = field::members(written, Location::Event, role, errors)?;
    let before = errors.len();
    roles::roles(written, fields, errors);
    let has_builder = attributes.makes("builder");
    if has_builder {
        setters::setters(fields, &members, errors);
    }
    if errors.len() > before {
        unsettle(&mut members);
    }
    match (action, version) {
        (Some(action), Some((version, number))) if errors.is_empty() => {
            let callers_actor = callers_actor(attributes).cloned();
            Ok(Event {
                item: item::item(written),
                action,
                version,
                number,
                callers_actor,
                has_builder,
                members,
            })
        }
        _ => Err(members),
    }
}

/// The type of `actor = Type`.
pub fn callers_actor(attributes: &Attributes) -> Option<&syn::Type> {
    match &attributes.get("actor")?.value {
        Argument::Type(ty) => Some(ty),
        _ => None,
    }
}

/// Where a role is missing or a name is taken, an unmarked field may be what lacks a mark: that its type isn't a value is no second mistake.
fn unsettle(members: &mut [Member]) {
    for member in members.iter_mut().filter(|member| member.value().is_some()) {
        member.has_no_errors &= types::is_value_for_certain(&member.ty);
    }
}

fn role(field: &ParsedField, keys: &mut Keys, errors: &mut Errors) -> Role {
    let role = field::role(field, &ROLES, errors);
    if role != Some("target") {
        let of_target = field.attributes.all_of(&["type", "split"]);
        let help = "add `target`, or remove it";
        item::misplaced(of_target, "requires `target`", help, errors);
    }
    let role = match role {
        Some("actor") => Role::Actor,
        Some("target") => Role::Target(target(field, keys, errors)),
        Some("context") => Role::Context,
        Some("occurred_at") => Role::OccurredAt,
        Some("flatten") => field::flatten(field, errors),
        Some(_) => Role::Skip,
        None => field::value(field, keys, errors),
    };
    roles::optional_role(field, &role, errors);
    roles::one_entity(field, &role, errors);
    role
}

fn target(written: &ParsedField, keys: &mut Keys, errors: &mut Errors) -> Target {
    if types::is_empty_array(&written.ty) {
        let what = "an array of no targets declares a type that no event could have";
        errors.push_spanned(
            &written.ty,
            Code::EmptyTargets,
            what,
            "write [T; 1] or more",
        );
    }
    let type_override = written
        .attributes
        .get("type")
        .and_then(|attribute| item::type_name(attribute, errors));
    Target {
        type_override,
        split: split(written, keys, errors),
    }
}

fn split(written: &ParsedField, keys: &mut Keys, errors: &mut Errors) -> Option<Split> {
    let attribute = written.attributes.get("split")?;
    let text = attribute.text()?;
    let (key, span) = (text.value(), text.span());
    keys.add(&key, "target, split", written.name(), span, errors);
    let Some(entity) = types::vec_inner(&written.ty) else {
        let what =
            "`split` needs a field of type `Vec<T>`: only a list can be split over several events";
        errors.push(
            &attribute.key,
            Code::ConflictingAttributes,
            what,
            "make the field a `Vec`, or remove `split`",
        );
        return None;
    };
    Some(Split {
        key,
        entity: Box::new(entity.clone()),
    })
}
