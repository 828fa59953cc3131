//! Rules for groups of metadata keys.

use super::field::{self, Container, Keys};
use super::item;
use crate::diag::Errors;
use crate::model::{Group, Member, Role};
use crate::parse::{Written, WrittenField};

/// The group, if nothing is wrong with it.
pub fn check(written: &Written, errors: &mut Errors) -> Option<Group> {
    let attributes = &written.attributes;
    let container = Container { case: item::rename_all(attributes, errors), cuts_strings: item::cuts_strings(attributes, errors) };
    let fields = item::named_fields(written, "a metadata group", errors)?;
    let mut keys = Keys::default();
    let members: Vec<Member> = fields.iter().map(|one| member(one, container, &mut keys, errors)).collect();
    keys.count(&written.ident, errors);
    if !errors.is_empty() {
        return None;
    }
    Some(Group { item: item::item(written), members })
}

fn member(written: &WrittenField, container: Container, keys: &mut Keys, errors: &mut Errors) -> Member {
    let Some(role) = field::role(written, &["flatten", "skip"], errors) else {
        let value = field::value(written, container, errors);
        keys.add(&value.key, &written.name(), field::key_span(written), errors);
        return field::member(written, Role::Value(Box::new(value)));
    };
    field::no_metadata_attributes(written, &role.key.to_string(), errors);
    field::member(written, if role.key == "flatten" { Role::Flatten } else { Role::Skip })
}
