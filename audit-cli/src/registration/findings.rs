//! Findings about an environment: what it lacks of what is declared.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Item, State};
use crate::finding::{Code, Finding, Level, code};
use crate::location::{Location, from};

/// The environment, and from where files are named.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    pub environment: &'a str,
    pub workspace: &'a Path,
}

/// The problem of a declared version; `None` where it is up to date.
pub fn of_item(item: &Item, site: Site<'_>) -> Option<Finding> {
    let environment = site.environment;
    let missing = format!("isn't registered in {environment}");
    let (code, what) = match item.state {
        State::UpToDate => return None,
        State::Adopt | State::AdoptLooser => (code::NOT_RECORDED, not_recorded(item, environment)),
        State::Create => (code::NOT_REGISTERED, missing),
        State::Drift => (code::DRIFT, format!("{missing}: {}", drift(item))),
        State::Mangled => (code::MANGLED, format!("{missing}: {}", mangled(item))),
        State::Changed => {
            let others = item.differs_in.join(", ");
            let told = if others.is_empty() {
                environment
            } else {
                &others
            };
            let what = format!("isn't what was registered in {told} under its name");
            (code::REGISTERED, what)
        }
        State::Lost => (
            code::LOST,
            "can't be compared, as its file isn't there".into(),
        ),
    };
    Some(finding(item, code, &what, help(item, environment), site))
}

/// Equivalent versions that two runs registered at once.
pub fn registered_twice(item: &Item, server: u32, others: &[u32], site: Site<'_>) -> Finding {
    let others: Vec<_> = others.iter().map(ToString::to_string).collect();
    let what = format!(
        "is registered in {} more than once: as version {server}, which is recorded, and as {}",
        site.environment,
        others.join(", ")
    );
    let help =
        "no action is needed: every run uses the lowest; let one pipeline at a time register";
    finding(item, code::REGISTERED_TWICE, &what, help.into(), site).level(Level::Warning)
}

/// A version that couldn't be registered.
pub fn not_registered(item: &Item, why: &str, help: &str, site: Site<'_>) -> Finding {
    let what = format!("wasn't registered in {}: {why}", site.environment);
    let help = if help.is_empty() {
        "run it again: what is done is done"
    } else {
        help
    };
    finding(item, code::NOT_REGISTERED, &what, help.into(), site)
}

/// `user.signed_in version 1 …`
fn finding(item: &Item, code: Code, what: &str, help: String, site: Site<'_>) -> Finding {
    let Item {
        action, version, ..
    } = item;
    let file = item.file.as_ref().map(|path| from(site.workspace, path));
    Finding {
        changes: item.changes.clone(),
        ..Finding::new(code, format!("{action} version {version} {what}"), help)
    }
    .about(action, *version)
    .at(Location {
        file,
        ..Location::default()
    })
}

fn not_recorded(item: &Item, environment: &str) -> String {
    let server = item.server.unwrap_or_default();
    let looser = if item.state == State::AdoptLooser {
        ", which accepts more"
    } else {
        ""
    };
    let recorded = match item.recorded {
        Some(recorded) => format!("say {recorded}"),
        None => "don't say so".into(),
    };
    format!("is version {server} in {environment}{looser}, and the registrations {recorded}")
}

/// How the remote version differs.
pub fn drift(item: &Item) -> String {
    let remote = |server: u32| match &item.unreadable {
        Some(problem) => {
            format!("its version {server} can't be read as a registration body ({problem})")
        }
        None => match unread(item).as_slice() {
            [] => format!("its version {server} refuses events that the declared one accepts"),
            keywords => format!(
                "its version {server} may refuse events that the declared one accepts: `{}` {} compared",
                keywords.join("`, `"),
                if keywords.len() == 1 {
                    "isn't"
                } else {
                    "aren't"
                }
            ),
        },
    };
    match (item.recorded, item.server) {
        (Some(recorded), Some(server)) if recorded == server => {
            format!("the registrations say {server}, and {}", remote(server))
        }
        (Some(recorded), _) => format!("the registrations say {recorded}, which isn't there"),
        (None, Some(server)) => remote(server),
        (None, None) => String::new(),
    }
}

/// The remote version's keywords that aren't compared, where only they decide whether events are rejected.
fn unread(item: &Item) -> Vec<&str> {
    let mut keywords = BTreeSet::new();
    for change in item.changes.iter().filter(|change| !change.class.forward) {
        if change.unread.forward.is_empty() {
            return Vec::new();
        }
        keywords.extend(change.unread.forward.iter().map(String::as_str));
    }
    keywords.into_iter().collect()
}

pub fn mangled(item: &Item) -> String {
    format!(
        "its version {} is a JSON Schema that the vendor's Node SDK took for a map of types, with the keys `type`, `properties` and `required`",
        item.server.unwrap_or_default()
    )
}

fn help(item: &Item, environment: &str) -> String {
    match item.state {
        State::Adopt | State::AdoptLooser => format!(
            "`cargo audit-schema resolve --env {environment}` records it, as `push` does; commit the file where it is kept in version control"
        ),
        State::Changed if item.file.is_none() => {
            "a registered version never changes: `cargo audit-schema bump` raises `version`, then export the new one".into()
        }
        State::Changed => {
            "a registered version never changes: take the file back from version control, and raise `version` for what is new (`cargo audit-schema bump`)".into()
        }
        State::Lost => "take the file back from version control, or export it, before you register or deploy".into(),
        State::UpToDate | State::Create | State::Drift | State::Mangled => {
            format!("`cargo audit-schema push --env {environment}` registers it")
        }
    }
}
