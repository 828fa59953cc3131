//! Rules for actors and targets: the id, what is marked, an enum's variants.

use syn::Fields;
use syn::ext::IdentExt;

use super::keys::Keys;
use super::{field, item};
use crate::diag::{Code, Errors};
use crate::model::{Entity, EntityEnum, EntityVariant, Member, Role, VariantKind};
use crate::parse::keys::{Location, VALUE_ATTRIBUTES};
use crate::parse::{ParsedField, ParsedItem, ParsedVariant};
use audit_rules::case::Case;

const ROLES: [&str; 4] = ["id", "name", "metadata", "flatten"];

/// The entity, or, where something is wrong with it, its fields.
pub fn check(written: &ParsedItem, errors: &mut Errors) -> Result<Entity, Vec<Member>> {
    let attributes = &written.attributes;
    item::no_type_parameters(written, "an entity", errors);
    let why = "is allowed only on an enum of entities";
    item::misplaced(attributes.get("from"), why, "remove it", errors);
    let example = Case::Snake.variant(&written.ident.unraw().to_string());
    let example = format!("type = \"{example}\"");
    let type_name = item::required(written, "type", &example, errors)
        .and_then(|attribute| item::type_name(attribute, errors));
    let (fields, members) = field::members(written, Location::Entity, role, errors)?;
    let id = field::only_one(fields, &ROLES, "id", errors);
    field::only_one(fields, &ROLES, "name", errors);
    if id.is_none()
        && !fields
            .iter()
            .any(|field| field.attributes.may_have_been("id"))
    {
        let what = format!("`{}` has no id: the service requires one", written.ident);
        let help = "mark the field that identifies it with #[audit(id)]";
        errors.push(&written.ident, Code::Id, what, help);
    }
    match type_name {
        Some(type_name) if errors.is_empty() => Ok(Entity {
            item: item::item(written),
            type_name,
            members,
        }),
        _ => Err(members),
    }
}

fn role(field: &ParsedField, keys: &mut Keys, errors: &mut Errors) -> Role {
    match field::role(field, &ROLES, errors) {
        Some("metadata") => field::value(field, keys, errors),
        Some("id") => {
            let what = "an id can't be optional: the service requires one of every entity";
            let help =
                "hold the id itself; an enum of entities can have a variant for those without one";
            item::not_optional(&field.ty, what, help, errors);
            Role::Id
        }
        Some("name") => Role::Name,
        Some(_) => field::flatten(field, errors),
        None => {
            let why = "has no effect: an entity's field leaves the process only when it is marked";
            let limits = field.attributes.all_of(&VALUE_ATTRIBUTES);
            item::misplaced(limits, why, "add `metadata`, or remove it", errors);
            Role::Skip
        }
    }
}

/// The enum of entities, if nothing is wrong with it.
pub fn check_enum(
    written: &ParsedItem,
    variants: &[ParsedVariant],
    errors: &mut Errors,
) -> Option<EntityEnum> {
    item::no_type_parameters(written, "an entity", errors);
    item::misplaced(
        written
            .attributes
            .all_of(&["type", "rename_all", "strings"]),
        "is not allowed on an enum of entities: each variant's entity has its own",
        "remove it, or put it on the entities that the variants hold",
        errors,
    );
    if variants.is_empty() {
        let what = format!(
            "`{}` has no variants: it could never be an actor",
            written.ident
        );
        errors.push(
            &written.ident,
            Code::EmptyEnum,
            what,
            "add a variant that holds an entity",
        );
    }
    let variants = variants
        .iter()
        .filter_map(|one| variant(one, errors))
        .collect();
    if !errors.is_empty() {
        return None;
    }
    Some(EntityEnum {
        item: item::item(written),
        from: written.attributes.makes("from"),
        variants,
    })
}

fn variant(written: &ParsedVariant, errors: &mut Errors) -> Option<EntityVariant> {
    let fields = &written.fields;
    let kind = match fields.iter().next() {
        None if matches!(fields, Fields::Unit) => fixed(written, errors)?,
        Some(field) if fields.len() == 1 => {
            let why = "is not allowed on a variant that holds an entity, which has its own";
            item::misplaced(written.attributes.iter(), why, "remove it", errors);
            VariantKind::Holds {
                field: field.ident.clone(),
                ty: Box::new(field.ty.clone()),
            }
        }
        _ => {
            let what = format!(
                "the variant `{}` doesn't hold exactly one entity",
                written.ident
            );
            errors.push(
                &written.ident,
                Code::Variant,
                what,
                "hold one type that derives `AuditEntity`",
            );
            return None;
        }
    };
    Some(EntityVariant {
        ident: written.ident.clone(),
        docs: written.docs.clone(),
        kind,
    })
}

fn fixed(written: &ParsedVariant, errors: &mut Errors) -> Option<VariantKind> {
    let (type_name, id) = (written.attributes.get("type"), written.attributes.get("id"));
    let (Some(type_name), Some(id)) = (type_name, id) else {
        if written.attributes.is_damaged() {
            return None;
        }
        let what = format!(
            "the unit variant `{}` needs a type and an id of its own",
            written.ident
        );
        errors.push(
            &written.ident,
            Code::Variant,
            what,
            "write #[audit(type = \"system\", id = \"scheduler\")], or let it hold an entity",
        );
        return None;
    };
    Some(VariantKind::Fixed {
        type_name: item::type_name(type_name, errors)?,
        id: id.text()?.value(),
    })
}
