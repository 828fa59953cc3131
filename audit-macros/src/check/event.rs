//! Rules for events: action, version, roles, targets, setters.

use syn::ext::IdentExt;

use super::field::{self, Container, Keys};
use super::item;
use crate::diag::{Code, Errors};
use crate::model::{Event, Member, Role, Split, Target, Value};
use crate::parse::attributes::{Attributes, Value as Given};
use crate::parse::{Written, WrittenField};
use crate::types;

const ROLES: [&str; 6] = ["actor", "target", "context", "occurred_at", "flatten", "skip"];

/// Names of the builder's own methods.
pub const TAKEN: [&str; 6] = ["actor", "context", "occurred_at", "build", "try_build", "try_build_all"];

/// The event, if nothing is wrong with it.
pub fn check(written: &Written, errors: &mut Errors) -> Option<Event> {
    let attributes = &written.attributes;
    item::no_type_parameters(written, "an event", errors);
    let container = Container { case: item::rename_all(attributes, errors), cuts_strings: item::cuts_strings(attributes, errors) };
    let action = action(written, errors);
    let version = version(written, errors);
    let fields = item::named_fields(written, "an event", errors)?;
    let mut keys = Keys::default();
    let members: Vec<Member> = fields.iter().map(|one| member(one, container, &mut keys, errors)).collect();
    keys.count(&written.ident, errors);
    roles(written, fields, &members, errors);
    setters(fields, &members, errors);
    if !errors.is_empty() {
        return None;
    }
    let (action, (version, number)) = (action?, version?);
    Some(Event { item: item::item(written), action, version, number, callers_actor: callers_actor(attributes).cloned(), members })
}

/// The type of `actor = Type`.
pub fn callers_actor(attributes: &Attributes) -> Option<&syn::Type> {
    match &attributes.get("actor")?.value {
        Given::Type(ty) => Some(ty),
        _ => None,
    }
}

fn action(written: &Written, errors: &mut Errors) -> Option<syn::LitStr> {
    let attribute = item::required(&written.attributes, "action", "action = \"user.signed_in\"", &written.ident, errors)?;
    let text = attribute.text()?;
    let action = text.value();
    if let Some(problem) = action_problem(&action) {
        let help =
            format!("write it in lower case, in two or more words joined by dots, such as \"{}\"", suggested_action(&action));
        errors.push(text.span(), Code::Action, format!("\"{action}\" can't be an action: {problem}"), help);
        return None;
    }
    Some(text.clone())
}

/// Two or more segments of `[a-z0-9_]`, each beginning with a letter.
fn action_problem(action: &str) -> Option<String> {
    if action.is_empty() {
        return Some("it is empty".into());
    }
    if let Some(letter) = action.chars().find(|letter| !matches!(letter, 'a'..='z' | '0'..='9' | '_' | '.')) {
        return Some(format!("it holds {letter:?}"));
    }
    if let Some(segment) = action.split('.').find(|segment| !segment.starts_with(|first: char| first.is_ascii_lowercase())) {
        return Some(if segment.is_empty() {
            "a segment is empty".into()
        } else {
            format!("`{segment}` doesn't begin with a letter")
        });
    }
    if matches!(action, "audit.toml" | "index.txt") {
        return Some("schemas/ holds a file of that name".into());
    }
    (!action.contains('.')).then(|| "it has no dot".into())
}

fn suggested_action(action: &str) -> String {
    let mut suggested = String::new();
    for letter in action.chars() {
        if letter.is_ascii_uppercase() {
            if suggested.ends_with(|before: char| before.is_ascii_lowercase() || before.is_ascii_digit()) {
                suggested.push('_');
            }
            suggested.push(letter.to_ascii_lowercase());
        } else if matches!(letter, ':' | '/') {
            suggested.push('.');
        } else if matches!(letter, '-' | ' ') {
            suggested.push('_');
        } else {
            suggested.push(letter);
        }
    }
    if action_problem(&suggested).is_none() { suggested } else { "user.signed_in".into() }
}

fn version(written: &Written, errors: &mut Errors) -> Option<(syn::LitInt, u32)> {
    let attribute = item::required(&written.attributes, "version", "version = 1", &written.ident, errors)?;
    let literal = attribute.number()?;
    let number = literal.base10_parse::<u32>().ok().filter(|version| *version > 0);
    if number.is_none() {
        let what = format!("`version = {literal}` isn't possible: versions are whole numbers from 1 to {}", u32::MAX);
        errors.push(literal.span(), Code::Version, what, "begin with version = 1");
    }
    Some((literal.clone(), number?))
}

fn member(written: &WrittenField, container: Container, keys: &mut Keys, errors: &mut Errors) -> Member {
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
        Some("flatten") => Role::Flatten,
        Some(_) => Role::Skip,
        None => Role::Value(Box::new(value(written, container, keys, errors))),
    };
    optional_role(written, &role, errors);
    field::member(written, role)
}

fn value(written: &WrittenField, container: Container, keys: &mut Keys, errors: &mut Errors) -> Value {
    let value = field::value(written, container, errors);
    keys.add(&value.key, &written.name(), field::key_span(written), errors);
    value
}

fn target_attributes_elsewhere(written: &WrittenField, errors: &mut Errors) {
    for attribute in written.attributes.iter().filter(|attribute| attribute.key == "type" || attribute.key == "split") {
        let what = format!("`{}` has a meaning only beside `target`", attribute.key);
        errors.push(attribute.key.span(), Code::MisplacedAttribute, what, "write #[audit(target, …)], or remove it");
    }
}

fn target(written: &WrittenField, keys: &mut Keys, errors: &mut Errors) -> Target {
    if types::is_empty_array(&written.ty) {
        let what = "an array of no targets declares a type that no event could have";
        errors.push_spanned(&written.ty, Code::EmptyTargets, what, "write [T; 1] or more, or remove the field");
    }
    let type_override = written.attributes.get("type").and_then(|attribute| item::type_name(attribute, errors));
    Target { type_override, split: split(written, keys, errors) }
}

fn split(written: &WrittenField, keys: &mut Keys, errors: &mut Errors) -> Option<Split> {
    let attribute = written.attributes.get("split")?;
    let text = attribute.text()?;
    field::legal_key(&text.value(), text.span(), errors);
    keys.add(&text.value(), &written.name(), text.span(), errors);
    let Some(entity) = types::vec_inner(&written.ty) else {
        let what = "`split` needs a field of type `Vec<T>`: only a list can be split over several events";
        errors.push(attribute.key.span(), Code::ConflictingAttributes, what, "make the field a `Vec`, or remove `split`");
        return None;
    };
    Some(Split { key: text.value(), entity: Box::new(entity.clone()) })
}

fn optional_role(written: &WrittenField, role: &Role, errors: &mut Errors) {
    let (what, help) = match role {
        Role::Actor => ("an actor", "hold an `Actor`, or an enum of entities with a system variant, where no person acts"),
        Role::Target(_) => ("a target", "make it required, or declare a second event without it"),
        Role::Context => ("a context", "use `Context::empty()` where there is none"),
        _ => return,
    };
    if types::option_inner(&written.ty).is_some() {
        let why = match role {
            Role::Target(_) => "the service requires every declared target type in every event",
            _ => "the service requires it in every event",
        };
        errors.push_spanned(&written.ty, Code::OptionalRole, format!("{what} can't be optional: {why}"), help);
    }
}

fn roles(written: &Written, fields: &[WrittenField], members: &[Member], errors: &mut Errors) {
    let caller = written.attributes.get("actor");
    if let Some(ty) = callers_actor(&written.attributes).filter(|ty| types::option_inner(ty).is_some()) {
        let help = "record an event without a person with a system actor: `actor = Actor`";
        errors.push_spanned(ty, Code::OptionalRole, "an actor can't be optional: the service requires it in every event", help);
    }
    for (name, is) in [
        ("actor", (|role| matches!(role, Role::Actor)) as fn(&Role) -> bool),
        ("context", |role| matches!(role, Role::Context)),
        ("occurred_at", |role| matches!(role, Role::OccurredAt)),
    ] {
        let of_role: Vec<&WrittenField> =
            fields.iter().zip(members).filter(|(_, member)| is(&member.role)).map(|(field, _)| field).collect();
        let allowed = usize::from(!(name == "actor" && caller.is_some()));
        for field in of_role.iter().skip(allowed) {
            let span = field.attributes.get(name).map_or_else(|| field.ident.span(), |attribute| attribute.key.span());
            let first = of_role.first().filter(|_| allowed == 1).map_or("the caller".into(), |first| format!("`{}`", first.ident));
            let what = format!("`{}` is a second {name}: {first} is it already", field.ident);
            let help = if name == "actor" { "keep one; another entity can be a target" } else { "keep one" };
            errors.push(span, Code::RepeatedRole, what, help);
        }
        let meant = written.attributes.meant(name) || fields.iter().any(|field| field.attributes.meant(name));
        if name == "actor" && of_role.is_empty() && caller.is_none() && !meant {
            let what = format!("`{}` has no actor: who did it?", written.ident);
            let help =
                "mark a field with #[audit(actor)], or write #[audit(actor = Type)] on the event and pass the actor when building";
            errors.push(written.ident.span(), Code::NoActor, what, help);
        }
    }
    targets(written, fields, members, errors);
}

fn targets(written: &Written, fields: &[WrittenField], members: &[Member], errors: &mut Errors) {
    let meant = fields.iter().any(|field| field.attributes.meant("target"));
    if !members.iter().any(|member| member.target().is_some()) && !meant {
        let what = format!("`{}` has no target: the service takes events with at least one", written.ident);
        errors.push(written.ident.span(), Code::NoTarget, what, "mark what was acted on with #[audit(target)]");
    }
    for field in fields.iter().filter(|field| field.attributes.get("split").is_some()).skip(1) {
        let span = field.attributes.get("split").map_or_else(|| field.ident.span(), |attribute| attribute.key.span());
        errors.push(span, Code::ConflictingAttributes, "only one target field of an event can be split", "keep one `split`");
    }
}

/// Fields of which the setter would be one of the builder's own methods, or another field's `maybe_…`.
fn setters(fields: &[WrittenField], members: &[Member], errors: &mut Errors) {
    for (field, member) in fields.iter().zip(members) {
        let name = field.ident.unraw().to_string();
        let own = matches!(
            (&member.role, name.as_str()),
            (Role::Skip, _) | (Role::Actor, "actor") | (Role::Context, "context") | (Role::OccurredAt, "occurred_at")
        );
        let maybe = name.strip_prefix("maybe_").filter(|other| has_maybe(other, fields, members));
        let taken = match maybe {
            Some(other) => format!("the setter of the optional field `{other}`"),
            None if TAKEN.contains(&name.as_str()) && !own => "a method of the builder".into(),
            None => continue,
        };
        errors.push(
            field.ident.span(),
            Code::SetterName,
            format!("a field can't be named `{name}`: its setter would be {taken}"),
            format!("name the field otherwise and keep the key with #[audit(rename = \"{name}\")]"),
        );
    }
}

/// Whether `name` is an optional metadata field.
fn has_maybe(name: &str, fields: &[WrittenField], members: &[Member]) -> bool {
    fields
        .iter()
        .zip(members)
        .any(|(field, member)| field.ident.unraw() == name && member.value().is_some() && types::option_inner(&field.ty).is_some())
}
