//! `show`: one event type's schema, in one form. What this build doesn't declare is shown as the folder holds it.

use super::project::{Built, Project};
use super::{Outcome, unknown};
use crate::args::{Form, Name, Show};
use crate::body::Body;
use crate::catalogue::Catalogue;
use crate::console::Console;
use crate::coverage::Coverage;
use crate::event_schema;
use crate::failure::Failure;
use crate::finding::Finding;
use crate::location::of_source;
use crate::render::{markdown, node, rust};
use crate::status::state::of_conflict;
use crate::store::Store;
use crate::text::printable;

/// A version of the code or of the folder.
struct Schema {
    version: u32,
    body: String,
    /// The event schema; `None` where the folder has none.
    event: Option<String>,
    /// What is known of its declaration.
    note: String,
}

pub fn run(args: &Show, console: &Console) -> Result<Outcome, Failure> {
    let action = args.event.action.as_str();
    let Built {
        found,
        store,
        coverage,
        ..
    } = Project::load(&args.selection, console)?.build(console)?;
    let schema = match declared(&args.event, &found.catalogue, &store) {
        Ok(schema) => schema,
        Err(failure) => undeclared(&args.event, &found.catalogue, &store, &coverage)
            .ok_or_else(|| coverage.missing(action).unwrap_or(failure))?,
    };
    let Schema {
        version,
        body,
        event,
        note,
    } = schema;
    let parsed = || {
        let path = store.body_path(action, version);
        Body::parse(&body).map_err(|problem| Failure::new(format!("{}:{problem}", path.display())))
    };
    Ok(Outcome::ok(match args.form {
        Form::Body => body,
        Form::Event => event.ok_or_else(|| no_event(action, version, &store, &coverage))?,
        Form::Node => node::render(action, &parsed()?),
        Form::Rust => rust::render(action, version, &parsed()?),
        Form::Markdown => {
            parsed()?;
            let event = event.and_then(|event| serde_json::from_str(&event).ok());
            let of_body = || markdown::of_body(&serde_json::from_str(&body).unwrap_or_default());
            markdown::render(action, version, &note, &event.unwrap_or_else(of_body))
        }
    }))
}

/// A version in the folder that this build doesn't declare; the highest by default.
fn undeclared(
    name: &Name,
    catalogue: &Catalogue,
    store: &Store,
    coverage: &Coverage,
) -> Option<Schema> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut versions = store.versions.iter().rev();
    versions.find_map(|((action, version), files)| {
        let body = files.body.as_deref()?;
        let is_meant = name.selects(action, *version) && !catalogue.declares(action, *version);
        is_meant.then(|| Schema {
            version: *version,
            body: text(body),
            event: files.event.as_deref().map(text),
            note: coverage.sentence(action, *version),
        })
    })
}

/// An event schema is made of code alone.
fn no_event(action: &str, version: u32, store: &Store, coverage: &Coverage) -> Failure {
    let path = store.event_path(action, version).display().to_string();
    let code = if coverage.is_gone(action, version) {
        "no code"
    } else {
        "not this build"
    };
    Failure::new(format!(
        "{path} is missing, and {code} declares {action} version {version}"
    ))
    .help("restore it from version control, or use another form of `--as`")
}

/// The version that was asked for, or the highest.
fn declared(name: &Name, catalogue: &Catalogue, store: &Store) -> Result<Schema, Failure> {
    let mut conflicts = catalogue.conflicts.iter();
    if let Some(conflict) =
        conflicts.find(|conflict| name.selects(&conflict.action, conflict.version))
    {
        let Finding { message, help, .. } = of_conflict(conflict);
        return Err(Failure::new(message).help(help));
    }
    let events = catalogue.entries.iter().map(|entry| &entry.event);
    let mut selected = events
        .clone()
        .filter(|event| name.selects(&event.action, event.version));
    let Some(event) = selected.next_back() else {
        let events = events.map(|event| (event.action.as_str(), event.version));
        return Err(unknown(
            &name.action,
            name.version,
            events.chain(store.committed()),
            "no code declares",
        ));
    };
    Ok(Schema {
        version: event.version,
        body: event.body.clone(),
        event: Some(event_schema::render(event)),
        note: format!(
            "Declared as `{}` in {} (package `{}`).",
            event.rust_name,
            printable(&of_source(&event.source).to_string()),
            event.package
        ),
    })
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
            declared(&name(text), &catalogue, &Store::default())
                .map(|schema| schema.version)
                .ok()
        };
        assert_eq!(version("user.signed_in"), Some(10));
        assert_eq!(version("user.signed_in@2"), Some(2));
        let Err(Failure::Message { message, help }) =
            declared(&name("user.signed_in@3"), &catalogue, &Store::default())
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
            declared(&name("user.singed_in"), &catalogue, &Store::default())
        else {
            unreachable!()
        };
        assert_eq!(help, "did you mean user.signed_in?");
    }
}
