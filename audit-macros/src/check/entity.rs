//! Rules for actors and targets: the id, what is marked, an enum's variants.

use syn::ext::IdentExt;
use syn::{Fields, Ident};

use super::keys::Keys;
use super::{field, item};
use crate::diag::{Code, Errors};
use crate::model::{Entity, EntityEnum, EntityVariant, Member, Role, VariantKind};
use crate::parse::attributes::Attribute;
use crate::parse::keys::{Location, VALUE_ATTRIBUTES};
use crate::parse::{ParsedField, ParsedItem, ParsedVariant};
use crate::types;
use audit_rules::case::Case;

const ROLES: [&str; 4] = ["id", "name", "metadata", "flatten"];

/// The entity, or, where something is wrong with it, its fields.
pub fn check(written: &ParsedItem, errors: &mut Errors) -> Result<Entity, Vec<Member>> {
    let attributes = &written.attributes;
    item::no_type_parameters(written, "an entity", errors);
    let why = "is allowed only on an enum of entities";
    item::misplaced(attributes.get("from"), why, errors);
    let example = Case::Snake.variant(&written.ident.unraw().to_string());
    let example = format!("type = \"{example}\"");
    let type_name = item::required(written, "type", &example, errors)
        .and_then(|attribute| item::type_name(attribute, errors));
    let (fields, members) =
        field::members(written, Location::Entity, role, errors).ok_or_else(Vec::new)?;
    let is_id = |role: &Role| matches!(role, Role::Id);
    let is_name = |role: &Role| matches!(role, Role::Name);
    let id = field::only_one(fields, &members, "id", is_id, errors);
    field::only_one(fields, &members, "name", is_name, errors);
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
    match field::role(field, &ROLES, errors).as_deref() {
        Some("metadata") => field::value(field, keys, errors),
        Some("id") => {
            required_id(field, errors);
            Role::Id
        }
        Some("name") => Role::Name,
        Some(_) => field::flatten(field, errors),
        None => {
            unmarked(field, errors);
            Role::Skip
        }
    }
}

fn required_id(field: &ParsedField, errors: &mut Errors) {
    if types::option_inner(&field.ty).is_some() {
        let what = "an id can't be optional: the service requires one of every entity";
        let help =
            "hold the id itself; an enum of entities can have a variant for those without one";
        errors.push_spanned(&field.ty, Code::OptionalRole, what, help);
    }
}

fn unmarked(field: &ParsedField, errors: &mut Errors) {
    for Attribute { key, .. } in field.attributes.all_of(&VALUE_ATTRIBUTES) {
        let what = format!(
            "`{key}` has no effect: an entity's field leaves the process only when it is marked"
        );
        let help = format!("write #[audit(metadata, {key} …)], or remove it");
        errors.push(key, Code::MisplacedAttribute, what, help);
    }
}

/// The enum of entities, if nothing is wrong with it.
pub fn check_enum(
    written: &ParsedItem,
    variants: &[ParsedVariant],
    errors: &mut Errors,
) -> Option<EntityEnum> {
    item::no_type_parameters(written, "an entity", errors);
    for Attribute { key, .. } in written
        .attributes
        .all_of(&["type", "rename_all", "strings"])
    {
        let what = format!(
            "`{key}` is not allowed on an enum of entities: each variant's entity has its own"
        );
        let help = "remove it, or put it on the entities that the variants hold";
        errors.push(key, Code::MisplacedAttribute, what, help);
    }
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
    let variants: Vec<Option<EntityVariant>> =
        variants.iter().map(|one| variant(one, errors)).collect();
    if !errors.is_empty() {
        return None;
    }
    let from = written.attributes.makes("from");
    Some(EntityEnum {
        item: item::item(written),
        from,
        variants: variants.into_iter().flatten().collect(),
    })
}

fn variant(written: &ParsedVariant, errors: &mut Errors) -> Option<EntityVariant> {
    let kind = match &written.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            let field = fields.unnamed.first()?;
            holds(written, None, &field.ty, errors)
        }
        Fields::Named(fields) if fields.named.len() == 1 => {
            let field = fields.named.first()?;
            holds(written, field.ident.clone(), &field.ty, errors)
        }
        Fields::Unit => fixed(written, errors)?,
        Fields::Named(_) | Fields::Unnamed(_) => {
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

fn holds(
    written: &ParsedVariant,
    field: Option<Ident>,
    ty: &syn::Type,
    errors: &mut Errors,
) -> VariantKind {
    for attribute in written.attributes.iter() {
        let why = "is not allowed on a variant that holds an entity, which has its own";
        item::misplaced(Some(attribute), why, errors);
    }
    VariantKind::Holds {
        field,
        ty: Box::new(ty.clone()),
    }
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
