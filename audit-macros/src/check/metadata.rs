//! Rules for groups of metadata keys.

use super::keys::Keys;
use super::{field, item};
use crate::diag::Errors;
use crate::model::{Group, Member, Role};
use crate::parse::keys::Location;
use crate::parse::{ParsedField, ParsedItem};

/// The group, or, where something is wrong with it, its fields.
pub fn check(written: &ParsedItem, errors: &mut Errors) -> Result<Group, Vec<Member>> {
    let (_, members) = field::members(written, Location::Metadata, role, errors)?;
    if errors.is_empty() {
        Ok(Group {
            item: item::item(written),
            members,
        })
    } else {
        Err(members)
    }
}

fn role(field: &ParsedField, keys: &mut Keys, errors: &mut Errors) -> Role {
    match field::role(field, &["flatten", "skip"], errors) {
        Some("flatten") => field::flatten(field, errors),
        Some(_) => Role::Skip,
        None => field::value(field, keys, errors),
    }
}
