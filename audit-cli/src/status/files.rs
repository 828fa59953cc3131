//! Findings about the folder's files, independent of the code: unreadable ones, hand-edited ones, wrong names.

use std::path::Path;

use serde_json::Value;

use super::SchemaFolder;
use crate::body::read::{self, Reading};
use crate::body::{Body, canonical, sha256};
use crate::catalogue::Catalogue;
use crate::coverage::Coverage;
use crate::finding::{Finding, code};
use crate::json::{self, Node, Problem};
use crate::location::Location;
use crate::store::{Files, Name, Store, entries, text_of};

const RESTORE: &str = "take the file back from version control";
/// The words of builds, too.
pub const RESOLVE: &str = "resolve it as in any other file, or let `cargo audit-schema export --update` write what the code renders";
const RESOLVE_UNBUILT: &str = "resolve it as in any other file, or let `cargo audit-schema export --update` write it in a build that declares the version";
/// The same of a file that isn't compared with registrations.
pub const EXPORT_AGAIN: &str =
    "resolve it as in any other file, or let `cargo audit-schema export` write it again";

/// Everything that is wrong with files that no code renders, and with names.
pub fn all(catalogue: &Catalogue, folder: SchemaFolder<'_>, coverage: &Coverage) -> Vec<Finding> {
    let store = folder.store;
    let mut findings: Vec<_> = store
        .unrecognized
        .iter()
        .map(|stray| misnamed(stray, folder))
        .collect();
    for (name, files) in &store.versions {
        // Of an orphan there is nothing else to say.
        if !catalogue.declares(&name.0, name.1)
            && (store.is_registered(&name.0, name.1) || !coverage.is_gone(&name.0, name.1))
        {
            findings.extend(of_body(name, files, folder));
            findings.extend(of_event(name, files, folder));
        }
    }
    findings
}

fn misnamed(path: &Path, folder: SchemaFolder<'_>) -> Finding {
    let help = "schemas are named <action>/v<N>.json, such as user.signed_in/v1.json: rename it or remove it";
    folder.finding(
        code::MISNAMED,
        path,
        "isn't named like a schema, so it is ignored",
        help,
    )
}

/// What can't be read in a version's body: a finding a problem. `resolve` is the way out of a conflict where nothing is registered.
pub fn invalid(
    name: &Name,
    problems: &[Problem],
    folder: SchemaFolder<'_>,
    help: &str,
    resolve: &str,
) -> Vec<Finding> {
    let path = folder.store.body_path(&name.0, name.1);
    let registered = resolve_registered(name, folder);
    let resolve = registered.as_deref().unwrap_or(resolve);
    let help = |problem: &Problem| if problem.is_conflict { resolve } else { help };
    problems
        .iter()
        .map(|problem| invalid_at(&path, problem, folder, help(problem)).about(&name.0, name.1))
        .collect()
}

fn invalid_at(path: &Path, problem: &Problem, folder: SchemaFolder<'_>, help: &str) -> Finding {
    let location = Location {
        line: Some(problem.at.line),
        column: Some(problem.at.column),
        ..folder.location(path)
    };
    let code = if problem.is_conflict {
        code::MERGE_CONFLICT
    } else {
        code::INVALID
    };
    Finding::new(code, format!("{}:{problem}", path.display()), help).at(location)
}

/// The way out of a conflict in the body of a registered version.
fn resolve_registered((action, version): &Name, folder: SchemaFolder<'_>) -> Option<String> {
    let registered = folder.store.registered(action, *version);
    let environments: Vec<_> = registered.map(|(environment, _)| environment).collect();
    (!environments.is_empty()).then(|| {
        let environments = environments.join(", ");
        format!("{RESTORE} as it was before the merge: it is registered in {environments}, and a registered version never changes")
    })
}

/// A conflict in a file.
pub fn conflict(
    path: &Path,
    bytes: Option<&Vec<u8>>,
    help: &str,
    folder: SchemaFolder<'_>,
) -> Option<Finding> {
    let problem = json::conflict(&String::from_utf8_lossy(bytes?))?;
    Some(invalid_at(path, &problem, folder, help))
}

/// Whether the files are as `export` writes them, and not behind a link, so that it may remove them.
pub fn are_exported(name: &Name, files: &Files, store: &Store) -> bool {
    let (body, event) = (files.body.as_ref(), files.event.as_ref());
    let value = |event: &[u8]| Node::parse_bytes(event).ok()?.value();
    !store.action_path(&name.0).is_symlink()
        && body.is_none_or(|body| is_canonical(&read::read_bytes(body).body, body))
        && event.is_none_or(|event| value(event).is_some_and(|value| names_itself(name, &value)))
}

/// Whether a file is in the form that code renders.
pub fn is_canonical(body: &Body, file: &[u8]) -> bool {
    canonical::render(body) == Some(text_of(file))
}

/// Whether an event schema has this version's action and title.
fn names_itself((action, version): &Name, said: &Value) -> bool {
    said["properties"]["action"]["const"] == action.as_str()
        && said["title"] == format!("{action} version {version}").as_str()
}

/// The body of a version without code: a registered one never changes, and another is canonical.
fn of_body(name: &Name, files: &Files, folder: SchemaFolder<'_>) -> Vec<Finding> {
    let Some(bytes) = &files.body else {
        return Vec::new();
    };
    let (action, version) = name;
    let hash = sha256(&text_of(bytes));
    let differs: Vec<_> = folder
        .store
        .registered_otherwise(action, *version, &hash)
        .collect();
    if folder.store.is_registered(action, *version) && differs.is_empty() {
        return Vec::new();
    }
    let Reading { body, problems } = read::read_bytes(bytes);
    if !problems.is_empty() {
        return invalid(name, &problems, folder, RESTORE, RESOLVE_UNBUILT);
    }
    let (code, what) = if differs.is_empty() {
        if is_canonical(&body, bytes) {
            return Vec::new();
        }
        let what = "isn't in canonical form (edited by hand?)";
        (code::HAND_EDITED, what.to_owned())
    } else if let Some((owner, number)) = registered_as(&hash, folder) {
        let what = format!("holds what is registered as {owner} version {number}");
        (code::MISNAMED, what)
    } else {
        let all = differs.join(", ");
        let what = format!("was changed, although it is registered in {all}");
        (code::REGISTERED, what)
    };
    let path = folder.store.body_path(action, *version);
    let finding = folder.finding(code, &path, &what, RESTORE);
    vec![finding.about(action, *version)]
}

/// The version that is registered with this hash.
fn registered_as(hash: &str, folder: SchemaFolder<'_>) -> Option<Name> {
    let mut all = folder.store.registrations.values().flat_map(entries);
    all.find(|(_, known)| known.sha256.eq_ignore_ascii_case(hash))
        .map(|(name, _)| name)
}

/// The event schema of a version without code. It can't be rendered again; its action and title can be compared.
fn of_event(name: &Name, files: &Files, folder: SchemaFolder<'_>) -> Option<Finding> {
    let (action, version) = name;
    let path = folder.store.event_path(action, *version);
    let bytes = files.event.as_ref()?;
    let said = match Node::parse_bytes(bytes).as_ref().map(Node::value) {
        Err(problem) => {
            return Some(invalid_at(&path, problem, folder, RESTORE).about(action, *version));
        }
        Ok(value) => value?,
    };
    if names_itself(name, &said) {
        return None;
    }
    let what = match said["title"].as_str() {
        Some(title) => format!("has the title {title:?}"),
        None => "isn't an event schema".into(),
    };
    let finding = folder.finding(code::MISNAMED, &path, &what, RESTORE);
    Some(finding.about(action, *version))
}

#[cfg(test)]
mod tests;
