//! `show`: one event type's schema, in one form. What this build doesn't declare is shown as the folder holds it.

use std::collections::BTreeSet;

use super::project::{Built, Project};
use super::{Outcome, no_such_action};
use crate::args::{Form, Name, Show};
use crate::body::Body;
use crate::catalogue::{Catalogue, Entry};
use crate::console::Console;
use crate::coverage::Coverage;
use crate::event_schema;
use crate::failure::Failure;
use crate::finding::Finding;
use crate::render::{markdown, node, rust};
use crate::status::state::of_conflict;
use crate::store::Store;

pub fn run(args: &Show, console: &Console) -> Result<Outcome, Failure> {
    let (name, form) = (&args.event, args.form);
    let Built {
        found,
        store,
        coverage,
        ..
    } = Project::load(&args.selection, console)?.build(console)?;
    let Entry { event, body, .. } = match find(name, &found.catalogue, &store) {
        Ok(entry) => entry,
        Err(failure) => {
            let kept = kept(name, form, &found.catalogue, &store, &coverage)?;
            return kept
                .map(Outcome::ok)
                .ok_or_else(|| coverage.missing(&name.action).unwrap_or(failure));
        }
    };
    Ok(Outcome::ok(match form {
        Form::Body => event.body.clone(),
        Form::Event => event_schema::render(event),
        Form::Node => node::render(&event.action, body),
        Form::Markdown => markdown::render(event),
        Form::Rust => rust::render(&event.action, event.version, body),
    }))
}

/// A version in the folder that this build doesn't declare; the highest by default.
fn kept(
    name: &Name,
    form: Form,
    catalogue: &Catalogue,
    store: &Store,
    coverage: &Coverage,
) -> Result<Option<String>, Failure> {
    let Name { action, version } = name;
    let asked = |other: u32| {
        version.is_none_or(|version| version == other) && !catalogue.declares(action, other)
    };
    let mut versions = store.versions.iter().filter(|((other, number), files)| {
        other == action && asked(*number) && files.body.is_some()
    });
    let Some(((_, number), files)) = versions.next_back() else {
        return Ok(None);
    };
    let text = |bytes: &Option<Vec<u8>>| {
        bytes
            .as_deref()
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    };
    let body = text(&files.body).unwrap_or_default();
    let read = || {
        Body::parse(&body).map_err(|problem| {
            Failure::new(format!(
                "{}:{problem}",
                store.body_path(action, *number).display()
            ))
        })
    };
    Ok(match form {
        Form::Body => Some(body),
        Form::Event => {
            Some(text(&files.event).ok_or_else(|| not_kept(action, *number, store, coverage))?)
        }
        Form::Node => Some(node::render(action, &read()?)),
        Form::Rust => Some(rust::render(action, *number, &read()?)),
        Form::Markdown => {
            let event = files
                .event
                .as_deref()
                .and_then(|event| serde_json::from_slice(event).ok());
            Some(markdown::render_kept(
                action,
                *number,
                &read()?,
                event.as_ref(),
                &coverage.sentence(action, *number),
            ))
        }
    })
}

/// An event schema is made of code alone.
fn not_kept(action: &str, number: u32, store: &Store, coverage: &Coverage) -> Failure {
    let path = store.event_path(action, number).display().to_string();
    let code = if coverage.is_gone(action, number) {
        "no code"
    } else {
        "not this build"
    };
    Failure::new(format!(
        "{path} is missing, and {code} declares {action} version {number}"
    ))
    .help("restore it from version control, or use another form of `--as`")
}

/// The version that was asked for, or the highest.
fn find<'c>(name: &Name, catalogue: &'c Catalogue, store: &Store) -> Result<&'c Entry, Failure> {
    let Name { action, version } = name;
    let asked = |other: u32| version.is_none_or(|version| version == other);
    if let Some(conflict) = catalogue
        .conflicts
        .iter()
        .find(|conflict| conflict.action == *action && asked(conflict.version))
    {
        let Finding { message, help, .. } = of_conflict(conflict);
        return Err(Failure::new(message).help(help));
    }
    let versions: Vec<_> = catalogue
        .entries
        .iter()
        .filter(|entry| entry.event.action == *action)
        .collect();
    if let Some(entry) = versions.iter().rfind(|entry| asked(entry.event.version)) {
        return Ok(entry);
    }
    Err(unknown(name, &versions, catalogue, store))
}

fn unknown(
    Name { action, version }: &Name,
    versions: &[&Entry],
    catalogue: &Catalogue,
    store: &Store,
) -> Failure {
    let kept = store
        .committed()
        .filter(|(other, _)| other == action)
        .map(|(_, number)| number);
    let known: BTreeSet<_> = versions
        .iter()
        .map(|entry| entry.event.version)
        .chain(kept)
        .collect();
    if let (Some(version), false) = (version, known.is_empty()) {
        let known: Vec<_> = known.iter().map(ToString::to_string).collect();
        return Failure::new(format!("no code declares version {version} of {action}"))
            .help(format!("it has version {}", known.join(", ")));
    }
    no_such_action(
        action,
        catalogue
            .entries
            .iter()
            .map(|entry| entry.event.action.as_str()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{entry, event};

    fn name(text: &str) -> Name {
        let (action, version) = text.split_once('@').unwrap_or((text, ""));
        Name {
            action: action.into(),
            version: version.parse().ok(),
        }
    }

    #[test]
    fn takes_the_highest_version_unless_one_is_named() {
        let catalogue = Catalogue::new(
            [2, 10, 1]
                .map(|version| entry(event("user.signed_in", version)))
                .into(),
        );
        let version = |text| {
            find(&name(text), &catalogue, &Store::default())
                .map(|entry| entry.event.version)
                .ok()
        };
        assert_eq!(version("user.signed_in"), Some(10));
        assert_eq!(version("user.signed_in@2"), Some(2));
        let Err(Failure::Message { message, help }) =
            find(&name("user.signed_in@3"), &catalogue, &Store::default())
        else {
            unreachable!()
        };
        assert_eq!(
            (message.as_str(), help.as_str()),
            (
                "no code declares version 3 of user.signed_in",
                "it has version 1, 2, 10"
            )
        );
        let Err(Failure::Message { help, .. }) =
            find(&name("user.singed_in"), &catalogue, &Store::default())
        else {
            unreachable!()
        };
        assert_eq!(help, "did you mean user.signed_in?");
    }
}
