//! Findings about the folder's files, whatever code there is: what can't be read, what was edited by hand, what is named
//! wrongly.

use super::life::Folder;
use super::{Finding, Location, code};
use crate::body::{canonical, read, sha256};
use crate::catalogue::Catalogue;
use crate::coverage::Coverage;
use crate::json::{Node, Problem};
use crate::merge;
use crate::store::{Files, Name, text_of};

const RESTORE: &str = "take the file back from version control";
const RESOLVE: &str = "resolve it as in any other file; where the code declares the version and nothing registers it, `cargo audit-schema export --update` writes the \
                       file as the code renders it";
const EXPORT_AGAIN: &str = "`cargo audit-schema export` writes the file again";

/// Everything that is wrong with files that no code renders, and with names.
pub fn all(catalogue: &Catalogue, folder: Folder<'_>, coverage: &Coverage) -> Vec<Finding> {
    let store = folder.store;
    let mut findings: Vec<_> = store.strays.iter().map(|stray| misnamed(stray, folder)).collect();
    for (name, files) in &store.versions {
        if !catalogue.declares(&name.0, name.1) {
            findings.extend(of_body(name, files, folder, coverage.is_gone(&name.0, name.1)));
            findings.extend(of_event(name, files, folder));
        }
    }
    findings
}

fn misnamed(path: &std::path::Path, folder: Folder<'_>) -> Finding {
    let message = format!("{} has a name that no schema has, so nothing reads it", path.display());
    Finding::new(
        code::MISNAMED,
        message,
        "schemas are named <action>/v<N>.json, such as user.signed_in/v1.json: rename it or remove it",
    )
    .at(folder.location(path))
}

/// What can't be read in a version's body: a finding a problem.
pub fn invalid(name: &Name, files: &Files, folder: Folder<'_>, help: &str) -> Vec<Finding> {
    let Some(bytes) = &files.body else { return Vec::new() };
    let path = folder.store.body_path(&name.0, name.1);
    let problems = read::read_bytes(bytes).problems;
    problems.into_iter().map(|problem| invalid_at(&path, &problem, folder, help).about(&name.0, name.1)).collect()
}

fn invalid_at(path: &std::path::Path, problem: &Problem, folder: Folder<'_>, help: &str) -> Finding {
    let location = Location { line: Some(problem.at.line), column: Some(problem.at.column), ..folder.location(path) };
    let (code, help) = if problem.is_conflict { (code::MERGE_CONFLICT, RESOLVE) } else { (code::INVALID, help) };
    Finding::new(code, format!("{}:{problem}", path.display()), help).at(location)
}

/// A conflict in a file that the code renders, where nothing else has been said of it.
pub fn conflict(path: &std::path::Path, bytes: Option<&Vec<u8>>, folder: Folder<'_>) -> Option<Finding> {
    let text = String::from_utf8_lossy(bytes?);
    let (line, marker) = merge::marker(&text)?;
    let location = Location { line: Some(line), column: Some(1), ..folder.location(path) };
    let message = format!("{}:{line}:1: {}", path.display(), merge::sentence(marker));
    Some(Finding::new(code::MERGE_CONFLICT, message, EXPORT_AGAIN).at(location))
}

/// A version that code doesn't render any more: what is registered never changes, and what isn't has the form that some code rendered.
/// Where its code is gone, what is registered nowhere is an orphan, and that is all there is to say of its form.
fn of_body(name: &Name, files: &Files, folder: Folder<'_>, is_gone: bool) -> Vec<Finding> {
    let Some(bytes) = &files.body else { return Vec::new() };
    let (action, version) = name;
    let text = text_of(bytes);
    let hash = sha256(&text);
    let registered: Vec<_> = folder.store.registered(action, *version).collect();
    let others = registered.iter().filter(|(_, known)| !known.eq_ignore_ascii_case(&hash));
    let differs: Vec<_> = others.map(|(environment, _)| *environment).collect();
    if !registered.is_empty() && differs.is_empty() {
        return Vec::new();
    }
    let invalid = invalid(name, files, folder, RESTORE);
    if !invalid.is_empty() {
        return invalid;
    }
    let path = folder.store.body_path(action, *version);
    let at = |finding: Finding| vec![finding.about(action, *version).at(folder.location(&path))];
    if let Some((owner, number)) = registered_as(&hash, folder).filter(|_| !differs.is_empty()) {
        let message = format!("{} holds what is registered as {owner} version {number}", path.display());
        return at(Finding::new(code::MISNAMED, message, RESTORE));
    }
    if !differs.is_empty() {
        let message = format!("{} was changed, although it is registered in {}", path.display(), differs.join(", "));
        return at(Finding::new(code::REGISTERED, message, format!("{RESTORE}: a registered version never changes")));
    }
    if !is_gone && canonical::render(&read::read_bytes(bytes).body).as_deref() != Some(text.as_str()) {
        let message = format!("{} isn't in the form that code renders: it was edited by hand", path.display());
        return at(Finding::new(code::HAND_EDITED, message, RESTORE));
    }
    Vec::new()
}

/// Whose registration has this hash.
fn registered_as(hash: &str, folder: Folder<'_>) -> Option<(String, u32)> {
    let known = folder
        .store
        .registrations
        .values()
        .flat_map(|known| known.iter().map(move |(action, version, _)| (known, action, version)));
    let mut owners = known
        .filter(|(known, action, version)| known.sha256(action, *version).is_some_and(|known| known.eq_ignore_ascii_case(hash)));
    owners.next().map(|(_, action, version)| (action.to_owned(), version))
}

/// The event schema of a version that code doesn't render any more. It can't be rendered again; what it says of itself can be compared.
fn of_event(name: &Name, files: &Files, folder: Folder<'_>) -> Option<Finding> {
    let (action, version) = name;
    let path = folder.store.event_path(action, *version);
    let text = Node::parse_bytes(files.event.as_ref()?);
    let said = match text.as_ref().map(Node::value) {
        Err(problem) => return Some(invalid_at(&path, problem, folder, RESTORE).about(action, *version)),
        Ok(value) => value?,
    };
    let (constant, title) = (&said["properties"]["action"]["const"], &said["title"]);
    let expected = format!("{action} version {version}");
    if constant == action.as_str() && title == expected.as_str() {
        return None;
    }
    let message = format!("{} says of itself that it is {}", path.display(), title.as_str().unwrap_or("no event's schema"));
    Some(Finding::new(code::MISNAMED, message, RESTORE).about(action, *version).at(folder.location(&path)))
}

#[cfg(test)]
mod tests;
