//! Rules for events, put together: each field with its role.

use super::field::{self, Container};
use super::keys::{self, Keys};
use super::{action, item, roles, setters};
use crate::diag::{Code, Errors};
use crate::model::{Event, Member, Role, Split, Target, Value};
use crate::parse::attributes::{Attributes, Value as Given};
use crate::parse::keys::Place;
use crate::parse::{Written, WrittenField};
use crate::types;

const ROLES: [&str; 6] = [
    "actor",
    "target",
    "context",
    "occurred_at",
    "flatten",
    "skip",
];

/// The event, or, where something is wrong with it, its fields.
pub fn check(written: &Written, errors: &mut Errors) -> Result<Event, Vec<Member>> {
    let attributes = &written.attributes;
    item::no_type_parameters(written, "an event", errors);
    let container = Container {
        case: item::rename_all(attributes, errors),
        cuts_strings: item::cuts_strings(attributes, errors),
    };
    let (action, version) = action::action_and_version(written, errors);
    let fields = item::named_fields(written, Place::Event, errors).ok_or_else(Vec::new)?;
    let mut keys = Keys::default();
    let mut members = field::members(fields, errors, |one, errors| {
        member(one, container, &mut keys, errors)
    });
    keys.count(&written.ident, errors);
    let before = errors.len();
    roles::roles(written, fields, &members, errors);
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
        Given::Type(ty) => Some(ty),
        _ => None,
    }
}

/// Where a role is missing or a name is taken, an unmarked field may be what lacks a mark: that its type isn't a value is no second mistake.
fn unsettle(members: &mut [Member]) {
    for member in members.iter_mut().filter(|member| member.value().is_some()) {
        member.sound &= types::is_value_for_certain(&member.ty);
    }
}

fn member(
    written: &WrittenField,
    container: Container,
    keys: &mut Keys,
    errors: &mut Errors,
) -> Member {
    let given = field::role(written, &ROLES, errors);
    if let Some(role) = given {
        field::no_metadata_attributes(written, &role.key.to_string(), errors);
    }
    if given.is_none_or(|role| role.key != "target") {
        target_attributes_elsewhere(written, errors);
    }
    let role = match given.map(|role| role.key.to_string()).as_deref() {
        Some("actor") => Role::Actor,
        Some("target") => Role::Target(target(written, keys, errors)),
        Some("context") => Role::Context,
        Some("occurred_at") => Role::OccurredAt,
        Some("flatten") => Role::Flatten(field::flatten(written, errors)),
        Some(_) => Role::Skip,
        None => Role::Value(Box::new(value(written, container, keys, errors))),
    };
    roles::optional_role(written, &role, errors);
    roles::one_entity(written, &role, errors);
    field::member(written, role)
}

fn value(
    written: &WrittenField,
    container: Container,
    keys: &mut Keys,
    errors: &mut Errors,
) -> Value {
    let value = field::value(written, container, errors);
    keys.add(
        &value.key,
        "rename",
        &written.name(),
        keys::key_span(written),
        errors,
    );
    value
}

fn target_attributes_elsewhere(written: &WrittenField, errors: &mut Errors) {
    for attribute in written
        .attributes
        .iter()
        .filter(|attribute| attribute.key == "type" || attribute.key == "split")
    {
        let what = format!("`{}` has a meaning only beside `target`", attribute.key);
        let help = format!(
            "write #[audit(target, {} = …)], or remove it",
            attribute.key
        );
        errors.push(attribute.key.span(), Code::MisplacedAttribute, what, help);
    }
}

fn target(written: &WrittenField, keys: &mut Keys, errors: &mut Errors) -> Target {
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

fn split(written: &WrittenField, keys: &mut Keys, errors: &mut Errors) -> Option<Split> {
    let attribute = written.attributes.get("split")?;
    let text = attribute.text()?;
    keys::legal_key(&text.value(), "target, split", text.span(), errors);
    keys.add(
        &text.value(),
        "target, split",
        &written.name(),
        text.span(),
        errors,
    );
    let Some(entity) = types::vec_inner(&written.ty) else {
        let what =
            "`split` needs a field of type `Vec<T>`: only a list can be split over several events";
        errors.push(
            attribute.key.span(),
            Code::ConflictingAttributes,
            what,
            "make the field a `Vec`, or remove `split`",
        );
        return None;
    };
    Some(Split {
        key: text.value(),
        entity: Box::new(entity.clone()),
    })
}
