//! Rules for groups of metadata keys.

use super::field::{self, Container};
use super::item;
use super::keys::{self, Keys};
use crate::diag::Errors;
use crate::model::{Group, Member, Role};
use crate::parse::keys::Place;
use crate::parse::{Written, WrittenField};

/// The group, or, where something is wrong with it, its fields.
pub fn check(written: &Written, errors: &mut Errors) -> Result<Group, Vec<Member>> {
    let attributes = &written.attributes;
    let container = Container {
        case: item::rename_all(attributes, errors),
        cuts_strings: item::cuts_strings(attributes, errors),
    };
    let fields = item::named_fields(written, Place::Metadata, errors).ok_or_else(Vec::new)?;
    let mut keys = Keys::default();
    let members = field::members(fields, errors, |one, errors| {
        member(one, container, &mut keys, errors)
    });
    keys.count(&written.ident, errors);
    if errors.is_empty() {
        Ok(Group {
            item: item::item(written),
            members,
        })
    } else {
        Err(members)
    }
}

fn member(
    written: &WrittenField,
    container: Container,
    keys: &mut Keys,
    errors: &mut Errors,
) -> Member {
    let Some(role) = field::role(written, &["flatten", "skip"], errors) else {
        let value = field::value(written, container, errors);
        keys.add(
            &value.key,
            "rename",
            &written.name(),
            keys::key_span(written),
            errors,
        );
        return field::member(written, Role::Value(Box::new(value)));
    };
    field::no_metadata_attributes(written, &role.key.to_string(), errors);
    let role = if role.key == "flatten" {
        Role::Flatten(field::flatten(written, errors))
    } else {
        Role::Skip
    };
    field::member(written, role)
}
