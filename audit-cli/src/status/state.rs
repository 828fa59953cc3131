//! Findings about the state of versions: where code, folder and registrations don't agree.

use audit_core::schema::record::read::Event;

use super::version::{Match, State, Version};
use super::{SchemaFolder, files};
use crate::body::read::{self, Reading};
use crate::body::{Body, sha256};
use crate::catalogue::{Catalogue, Conflict};
use crate::diff;
use crate::finding::{Code, Finding, Level, code};
use crate::location::of_source;
use crate::store::{Files, Name, Store, text_of};

const EXPORT: &str = "run `cargo audit-schema export`";
const EXPORT_AGAIN: &str =
    "take the file back from version control, or run `cargo audit-schema export`";

/// Everything that is wrong with the versions and their names.
pub fn all(
    catalogue: &Catalogue,
    versions: &[Version<'_>],
    folder: SchemaFolder<'_>,
) -> Vec<Finding> {
    let conflicts = catalogue.conflicts.iter().map(of_conflict);
    let duplicates = catalogue.duplicates.iter().map(of_duplicate);
    let versions = versions.iter();
    let versions = versions.flat_map(|version| of_version(version, folder));
    conflicts.chain(duplicates).chain(versions).collect()
}

/// What is wrong with a version; its body first: `event.json` is derived from it.
pub fn of_version(version: &Version<'_>, folder: SchemaFolder<'_>) -> Vec<Finding> {
    if version.breaks_registration() {
        return registered(version, folder);
    }
    match (version.state(), version.body, version.event) {
        (State::Retired, _, _) | (_, Match::Same, Match::Same) => Vec::new(),
        (State::Orphaned, _, _) => vec![orphaned(version, folder)],
        (_, Match::Absent, _) => vec![missing(version, folder)],
        (_, Match::Differs, _) => stale(version, folder),
        (_, Match::Same, event) => vec![event_schema(version, event, folder)],
    }
}

/// Names every declaration.
pub fn of_conflict(conflict: &Conflict) -> Finding {
    let what = format!("has {} different schemas", conflict.declarations.len());
    of_declarations(
        conflict,
        code::CONFLICT,
        &what,
        "give one of them another action or version",
    )
}

fn of_duplicate(duplicate: &Conflict) -> Finding {
    let what = format!(
        "is declared {} times, with the same schema",
        duplicate.declarations.len()
    );
    let help = "keep one of the types, or give one of them another action or version";
    of_declarations(duplicate, code::DUPLICATE, &what, help).level(Level::Warning)
}

fn of_declarations(
    Conflict {
        action,
        version,
        declarations,
    }: &Conflict,
    code: Code,
    what: &str,
    help: &str,
) -> Finding {
    let declared = |event: &Event| {
        let source = of_source(&event.source);
        format!("{source} (package `{}`)", event.package)
    };
    let declared = declarations.iter().map(declared);
    let declared = declared.collect::<Vec<_>>().join(", ");
    let message = format!("{action} version {version} {what}: {declared}");
    Finding::new(code, message, help).of_type(&declarations[0])
}

pub fn of_index(folder: SchemaFolder<'_>) -> Finding {
    let path = folder.store.index_path();
    let index = folder.store.index.as_ref();
    files::conflict(&path, index, files::EXPORT_AGAIN, folder).unwrap_or_else(|| {
        folder.finding(
            code::INDEX,
            &path,
            "doesn't list the schemas that are there",
            EXPORT,
        )
    })
}

fn finding(version: &Version<'_>, code: Code, what: &str, help: &str) -> Finding {
    let message = format!("{} version {} {what}", version.action, version.number);
    let finding = Finding::new(code, message, help);
    match version.entry {
        Some(entry) => finding.of_type(&entry.event),
        None => finding.about(version.action, version.number),
    }
}

fn missing(version: &Version<'_>, folder: SchemaFolder<'_>) -> Finding {
    let store = folder.store;
    let why = if !version.registered_in.is_empty() {
        format!("it is registered in {}", version.registered_in.join(", "))
    } else if store.listed.contains(&version.name()) {
        format!("{} lists it", store.index_path().display())
    } else {
        return finding(version, code::MISSING, "isn't exported", EXPORT);
    };
    let file = store.body_path(version.action, version.number);
    let what = format!("has no {}, although {why}", file.display());
    finding(version, code::MISSING, &what, EXPORT_AGAIN)
}

fn event_schema(version: &Version<'_>, event: Match, folder: SchemaFolder<'_>) -> Finding {
    let path = folder.store.event_path(version.action, version.number);
    let bytes = version.files.and_then(|files| files.event.as_ref());
    if let Some(conflict) = files::conflict(&path, bytes, files::EXPORT_AGAIN, folder) {
        return conflict.about(version.action, version.number);
    }
    let what = if event == Match::Absent {
        "is missing"
    } else {
        "isn't what the code renders"
    };
    let what = format!("has no current event schema: {} {what}", path.display());
    finding(version, code::EVENT, &what, EXPORT)
}

const UPDATE: &str = "`cargo audit-schema export --update` rewrites it, as it is registered nowhere; or raise `version` and `export --prune`";
const PRUNE: &str = "`cargo audit-schema export --prune` removes them; or bring the event back";
const REMOVE: &str = "they aren't as `export` writes them, or are behind a link, so `--prune` leaves them: remove them by hand, or bring the event back";
const RESOLVE_ORPHAN: &str =
    "resolve it as in any other file, or remove the file: no code declares the version";
const EDITED: &str =
    "is equivalent to the code's schema but not in canonical form (edited by hand?)";
const REWRITE: &str = "run `cargo audit-schema export --update`";
const RESTORE: &str =
    "take the file back from version control: the code still renders what is registered";
const BUMP: &str = "a registered version never changes: `cargo audit-schema bump` raises `version`, then export the new one";

fn stale(version: &Version<'_>, folder: SchemaFolder<'_>) -> Vec<Finding> {
    let path = folder.store.body_path(version.action, version.number);
    let what = format!("isn't what {} holds", path.display());
    let finding = Finding {
        of_several: Some("aren't what the folder holds".into()),
        ..finding(version, code::STALE, &what, UPDATE)
    };
    explained(finding, version, folder)
}

fn registered(version: &Version<'_>, folder: SchemaFolder<'_>) -> Vec<Finding> {
    let differs_in = version.differs_in.join(", ");
    let is_not = format!("isn't what is registered in {differs_in}");
    let help = |help| with_emulators(help, version, folder.store);
    let (what, help, of_several) = if differs_in.is_empty() {
        let all = version.registered_in.join(", ");
        let what = format!("was changed in the folder, although it is registered in {all}");
        (what, RESTORE.to_owned(), None)
    } else if version.body == Match::Same {
        let what = is_not + ", and its file was changed with it";
        let restore = format!("take the file back from version control; {BUMP}");
        (what, help(&restore), None)
    } else {
        let of_several = format!("aren't what is registered in {differs_in}");
        (is_not, help(BUMP), Some(of_several))
    };
    let finding = Finding {
        of_several,
        ..finding(version, code::REGISTERED, &what, &help)
    };
    explained(finding, version, folder)
}

/// The help; another where only emulators have the version, which is no promise.
fn with_emulators(help: &str, version: &Version<'_>, store: &Store) -> String {
    let environments = &version.differs_in;
    if !environments.iter().all(|name| store.is_emulator(name)) {
        return help.into();
    }
    let file = |name: &&str| store.registrations_path(name).display().to_string();
    let files: Vec<_> = environments.iter().map(file).collect();
    format!(
        "only an emulator was told: remove {}, and start the emulator anew; or `cargo audit-schema bump`",
        files.join(" and ")
    )
}

/// The finding with the changes from the file to the code; or the problems of a file that can't be read.
fn explained(finding: Finding, version: &Version<'_>, folder: SchemaFolder<'_>) -> Vec<Finding> {
    let bytes = version.files.and_then(|files| files.body.as_ref());
    let (Some(entry), Some(bytes)) = (version.entry, bytes) else {
        return vec![finding];
    };
    let name = version.name();
    let Reading { body, problems } = read::read_bytes(bytes);
    if !problems.is_empty() {
        return files::invalid(&name, &problems, folder, &finding.help, files::RESOLVE);
    }
    let mut changes = diff::bodies(&body, &entry.body);
    if changes.is_empty()
        && version.body == Match::Differs
        && !is_as_exported(&body, bytes, &name, folder.store)
    {
        let path = folder.store.body_path(version.action, version.number);
        let help = if finding.code == code::STALE {
            REWRITE
        } else {
            &finding.help
        };
        let edited = folder.finding(code::HAND_EDITED, &path, EDITED, help);
        return vec![Finding {
            package: finding.package,
            ..edited.about(version.action, version.number)
        }];
    }
    changes.extend(diff::rules::length::written(&body, &entry.body));
    diff::locate(&mut changes, &entry.event);
    let first = changes.first().map(|change| change.location.clone());
    vec![Finding {
        location: first.unwrap_or(finding.location),
        changes,
        ..finding
    }]
}

/// Whether a file is in the form that code renders, or is what was registered: it's the code then that changed.
fn is_as_exported(body: &Body, bytes: &[u8], (action, version): &Name, store: &Store) -> bool {
    let hash = sha256(&text_of(bytes));
    files::is_canonical(body, bytes)
        || store
            .registered(action, *version)
            .any(|(_, known)| known.eq_ignore_ascii_case(&hash))
}

fn orphaned(version: &Version<'_>, folder: SchemaFolder<'_>) -> Finding {
    let store = folder.store;
    let name = version.name();
    let nothing = Files::default();
    let files = version.files.unwrap_or(&nothing);
    let (body, event) = (
        store.body_path(version.action, version.number),
        store.event_path(version.action, version.number),
    );
    let conflict = files::conflict(&body, files.body.as_ref(), RESOLVE_ORPHAN, folder)
        .or_else(|| files::conflict(&event, files.event.as_ref(), RESOLVE_ORPHAN, folder));
    if let Some(conflict) = conflict {
        return conflict.about(version.action, version.number);
    }
    let help = if files::are_exported(&name, files, store) {
        PRUNE
    } else {
        REMOVE
    };
    let what = format!(
        "is declared by no code of the folder's packages, in whatever configuration, and registered nowhere, but has files in {}",
        store.action_path(version.action).display()
    );
    finding(version, code::ORPHANED, &what, help).at(folder.location(&body))
}
