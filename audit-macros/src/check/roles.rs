//! Rules for the roles of an event's fields: which may hold what, which must be there, which stands once.

use quote::ToTokens;

use super::event::{ROLES, callers_actor};
use super::field::{self, ONE_ACTOR};
use super::item;
use crate::diag::{Code, Errors};
use crate::model::Role;
use crate::parse::{ParsedField, ParsedItem};
use crate::types;

pub fn optional_role(written: &ParsedField, role: &Role, errors: &mut Errors) {
    let (what, help) = match role {
        Role::Actor => (
            OPTIONAL_ACTOR,
            "where no person acts, hold an `audit_core::Actor` (`Actor::new(\"system\", id)`), or an enum of entities with a system variant",
        ),
        Role::Target(_) => (
            "a target can't be optional: the service requires every declared target type in every event",
            "make it required; for when it is missing, declare a second event with another target",
        ),
        Role::Context => (
            "a context can't be optional: the service requires it in every event",
            "use `Context::empty()` where there is none",
        ),
        _ => return,
    };
    item::not_optional(&written.ty, what, help, errors);
}

const OPTIONAL_ACTOR: &str = "an actor can't be optional: the service requires it in every event";

/// What tokens tell of a type that is no entity.
pub fn one_entity(written: &ParsedField, role: &Role, errors: &mut Errors) {
    let ty = &written.ty;
    let is_plain = types::is_primitive(ty) || types::is_string(ty);
    let (what, help) = match (role, types::collection(ty)) {
        (Role::Actor, Some(_)) => (
            "an actor is one entity, and an event has one actor".to_owned(),
            "mark the one who acted, and make the others targets",
        ),
        (Role::Target(_), Some(found)) if !types::is_list_of_targets(ty) => (
            format!(
                "{found} like this can't hold targets: they come one by one, or in a `Vec`, a `&[T]` or a `[T; N]`"
            ),
            "hold a `Vec<T>` of an entity type",
        ),
        (Role::Actor, None) if is_plain => (
            no_entity(ty, "an actor"),
            "hold a struct that derives `AuditEntity`, or an `audit_core::Actor`",
        ),
        (Role::Target(_), None) if is_plain => (
            no_entity(ty, "a target"),
            "wrap the id in a struct that derives `AuditEntity`",
        ),
        _ => return,
    };
    errors.push_spanned(ty, Code::NotAnEntity, what, help);
}

fn no_entity(ty: &syn::Type, role: &str) -> String {
    format!(
        "`{}` can't be {role}: it has no type and no id",
        ty.to_token_stream().to_string().replace("& ", "&")
    )
}

pub fn roles(written: &ParsedItem, fields: &[ParsedField], errors: &mut Errors) {
    if let Some(ty) = callers_actor(&written.attributes) {
        let help = "where no person acts, write `actor = audit_core::Actor` and pass `&Actor::new(\"system\", id)`";
        item::not_optional(ty, OPTIONAL_ACTOR, help, errors);
    }
    let actor = field::only_one(fields, &ROLES, "actor", errors);
    field::only_one(fields, &ROLES, "context", errors);
    field::only_one(fields, &ROLES, "occurred_at", errors);
    match (actor, written.attributes.has("actor")) {
        (Some((field, mark)), true) => {
            let what = format!(
                "`{}` is a second actor: the event has `actor = Type`, so the caller passes it",
                field.ident
            );
            errors.push(&mark.key, Code::RepeatedRole, what, ONE_ACTOR);
        }
        (None, false) if !is_meant(written, fields, "actor") => {
            let what = format!("`{}` has no actor", written.ident);
            let help = "mark a field with #[audit(actor)], or write #[audit(actor = Type)] on the event and pass the actor when building";
            errors.push(&written.ident, Code::NoActor, what, help);
        }
        _ => {}
    }
    targets(written, fields, errors);
}

/// Whether a field has the role, or may have been meant for it: another mistake, which has been reported, hides it.
fn is_meant(written: &ParsedItem, fields: &[ParsedField], role: &str) -> bool {
    let named = |field: &ParsedField| field.ident == role && field.is_unmarked();
    let meant = |field: &ParsedField| {
        field.attributes.may_have_been(role) || field.attributes.has(role) || named(field)
    };
    written.attributes.may_have_been(role) || fields.iter().any(meant)
}

fn targets(written: &ParsedItem, fields: &[ParsedField], errors: &mut Errors) {
    if !is_meant(written, fields, "target") {
        let what = format!(
            "`{}` has no target: at least one is required",
            written.ident
        );
        errors.push(
            &written.ident,
            Code::NoTarget,
            what,
            "mark what was acted on with #[audit(target)]",
        );
    }
    let splits = fields
        .iter()
        .filter_map(|field| field.attributes.get("split"));
    for split in splits.skip(1) {
        let what = "only one target field of an event can be split";
        errors.push(
            &split.key,
            Code::ConflictingAttributes,
            what,
            "keep one `split`",
        );
    }
}
