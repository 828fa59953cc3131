//! Rules for actors and targets: the id, what is marked, an enum's variants.

use syn::ext::IdentExt;
use syn::{Fields, Ident};

use super::field::{self, Container};
use super::item;
use super::keys::{self, Keys};
use crate::diag::{Code, Errors};
use crate::model::{Entity, EntityEnum, EntityVariant, Member, Role, VariantKind};
use crate::parse::keys::{METADATA_KEYS, Place};
use crate::parse::{Written, WrittenField, WrittenVariant};
use crate::types;
use audit_rules::case::Case;

const ROLES: [&str; 4] = ["id", "name", "metadata", "flatten"];

/// The entity, or, where something is wrong with it, its fields.
pub fn check(written: &Written, errors: &mut Errors) -> Result<Entity, Vec<Member>> {
    let attributes = &written.attributes;
    item::no_type_parameters(written, "an entity", errors);
    item::misplaced(
        attributes.get("from"),
        "has a meaning only on an enum of entities",
        errors,
    );
    let container = Container {
        case: item::rename_all(attributes, errors),
        cuts_strings: item::cuts_strings(attributes, errors),
    };
    let example = format!(
        "type = \"{}\"",
        Case::Snake.variant(&written.ident.unraw().to_string())
    );
    let type_name = item::required(attributes, "type", &example, &written.ident, errors)
        .and_then(|attribute| item::type_name(attribute, errors));
    let fields = item::named_fields(written, Place::Entity, errors).ok_or_else(Vec::new)?;
    let mut keys = Keys::default();
    let members = field::members(fields, errors, |one, errors| {
        member(one, container, &mut keys, errors)
    });
    keys.count(&written.ident, errors);
    once(
        fields,
        &members,
        "id",
        |role| matches!(role, Role::Id),
        errors,
    );
    once(
        fields,
        &members,
        "name",
        |role| matches!(role, Role::Name),
        errors,
    );
    let meant = fields.iter().any(|field| field.attributes.meant("id"));
    if !members.iter().any(|member| matches!(member.role, Role::Id)) && !meant {
        let what = format!("`{}` has no id: the service requires one", written.ident);
        errors.push(
            written.ident.span(),
            Code::Id,
            what,
            "mark the field that identifies it with #[audit(id)]",
        );
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

fn member(
    written: &WrittenField,
    container: Container,
    keys: &mut Keys,
    errors: &mut Errors,
) -> Member {
    let given = field::role(written, &ROLES, errors).map(|role| role.key.to_string());
    let role = match given.as_deref() {
        Some("metadata") => {
            let value = field::value(written, container, errors);
            keys.add(
                &value.key,
                "rename",
                &written.name(),
                keys::key_span(written),
                errors,
            );
            return field::member(written, Role::Value(Box::new(value)));
        }
        Some("id") => Role::Id,
        Some("name") => Role::Name,
        Some(_) => Role::Flatten(field::flatten(written, errors)),
        None => Role::Skip,
    };
    optional_id(written, &role, errors);
    match given {
        Some(given) => field::no_metadata_attributes(written, &given, errors),
        None => unmarked(written, errors),
    }
    field::member(written, role)
}

fn optional_id(written: &WrittenField, role: &Role, errors: &mut Errors) {
    if matches!(role, Role::Id) && types::option_inner(&written.ty).is_some() {
        let what = "an id can't be optional: the service requires one of every entity";
        let help =
            "hold the id itself; an enum of entities can have a variant for those without one";
        errors.push_spanned(&written.ty, Code::OptionalRole, what, help);
    }
}

fn unmarked(written: &WrittenField, errors: &mut Errors) {
    for attribute in written
        .attributes
        .iter()
        .filter(|attribute| METADATA_KEYS.iter().any(|key| attribute.key == key))
    {
        let what = format!(
            "`{}` has no effect: an entity's field leaves the process only when it is marked",
            attribute.key
        );
        errors.push(
            attribute.key.span(),
            Code::MisplacedAttribute,
            what,
            format!(
                "write #[audit(metadata, {} …)], or remove it",
                attribute.key
            ),
        );
    }
}

fn once(
    fields: &[WrittenField],
    members: &[Member],
    name: &str,
    is: fn(&Role) -> bool,
    errors: &mut Errors,
) {
    let mut of_role = fields
        .iter()
        .zip(members)
        .filter(|(_, member)| is(&member.role))
        .map(|(field, _)| field);
    let Some(first) = of_role.next() else { return };
    for field in of_role {
        let span = field
            .attributes
            .get(name)
            .map_or_else(|| field.ident.span(), |attribute| attribute.key.span());
        let code = if name == "id" {
            Code::Id
        } else {
            Code::RepeatedRole
        };
        errors.push(
            span,
            code,
            format!(
                "`{}` is a second {name}: `{}` is it already",
                field.ident, first.ident
            ),
            "keep one of the two",
        );
    }
}

/// The enum of entities, if nothing is wrong with it.
pub fn check_enum(
    written: &Written,
    variants: &[WrittenVariant],
    errors: &mut Errors,
) -> Option<EntityEnum> {
    item::no_type_parameters(written, "an entity", errors);
    for key in ["type", "rename_all", "strings"] {
        if let Some(attribute) = written.attributes.get(key) {
            let what = format!(
                "`{key}` has no meaning on an enum of entities: each variant's entity has its own"
            );
            errors.push(
                attribute.key.span(),
                Code::MisplacedAttribute,
                what,
                "remove it, or put it on the entities that the variants hold",
            );
        }
    }
    if variants.is_empty() {
        let what = format!(
            "`{}` has no variants: it could never be an actor",
            written.ident
        );
        errors.push(
            written.ident.span(),
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

fn variant(written: &WrittenVariant, errors: &mut Errors) -> Option<EntityVariant> {
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
                written.ident.span(),
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
    written: &WrittenVariant,
    field: Option<Ident>,
    ty: &syn::Type,
    errors: &mut Errors,
) -> VariantKind {
    for attribute in written.attributes.iter() {
        item::misplaced(
            Some(attribute),
            "has no meaning on a variant that holds an entity, which has its own",
            errors,
        );
    }
    VariantKind::Holds {
        field,
        ty: Box::new(ty.clone()),
    }
}

fn fixed(written: &WrittenVariant, errors: &mut Errors) -> Option<VariantKind> {
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
            written.ident.span(),
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
