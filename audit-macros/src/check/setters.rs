//! Rules for the names of a builder's setters.

use syn::ext::IdentExt;

use crate::diag::{Code, Errors};
use crate::model::{Member, Role};
use crate::parse::ParsedField;
use crate::types;

/// Names of the builder's own methods.
pub const TAKEN: [&str; 7] = [
    "actor",
    "context",
    "occurred_at",
    "build",
    "try_build",
    "try_build_all",
    "encode_into",
];

/// Fields of which the setter would be one of the builder's own methods, or another field's `maybe_…`.
pub fn setters(fields: &[ParsedField], members: &[Member], errors: &mut Errors) {
    for (field, member) in fields.iter().zip(members) {
        let name = field.name();
        let own = matches!(member.role, Role::Skip) || is_marked(member, &name);
        let maybe = name
            .strip_prefix("maybe_")
            .filter(|other| is_optional(other, members));
        let taken = match maybe {
            Some(other) => format!("the setter of the optional field `{other}`"),
            None if TAKEN.contains(&name.as_str()) && !own => "a builder method".into(),
            None => continue,
        };
        let otherwise = format!("and keep the key with #[audit(rename = \"{name}\")]");
        let is_role = ["actor", "context", "occurred_at"].contains(&name.as_str());
        let may_be_role = is_role
            && field.is_unmarked()
            && !types::is_value_for_certain(&field.ty)
            && !members.iter().any(|other| is_marked(other, &name));
        let help = if member.value().is_none() {
            "rename the field".to_owned()
        } else if may_be_role {
            format!("mark it with #[audit({name})], or rename the field {otherwise}")
        } else {
            format!("rename the field {otherwise}")
        };
        errors.push(
            &field.ident,
            Code::SetterName,
            format!("field name `{name}` conflicts with {taken}"),
            help,
        );
    }
}

/// Whether `name` is an optional field.
fn is_optional(name: &str, members: &[Member]) -> bool {
    members
        .iter()
        .any(|member| member.ident.unraw() == name && member.optional().is_some())
}

fn is_marked(member: &Member, role: &str) -> bool {
    matches!(
        (&member.role, role),
        (Role::Actor, "actor") | (Role::Context, "context") | (Role::OccurredAt, "occurred_at")
    )
}
