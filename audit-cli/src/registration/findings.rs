//! Findings about an environment: what it lacks of what is declared.

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

/// What isn't as it should be with a declared version; `None` where all is well.
pub fn of_item(item: &Item, site: Site<'_>) -> Option<Finding> {
    let Item {
        action, version, ..
    } = item;
    let (code, what) = match item.state {
        State::UpToDate => return None,
        State::Adopt | State::AdoptLooser => (code::NOT_RECORDED, not_recorded(item, site)),
        State::Create => (
            code::NOT_REGISTERED,
            format!("isn't registered in {}", site.environment),
        ),
        State::Drift => (
            code::DRIFT,
            format!("isn't registered in {}: {}", site.environment, drift(item)),
        ),
        State::Mangled => (
            code::MANGLED,
            format!(
                "isn't registered in {}: {}",
                site.environment,
                mangled(item)
            ),
        ),
        State::Changed => (
            code::REGISTERED,
            format!(
                "isn't what was registered in {} under its name",
                told(item, site)
            ),
        ),
        State::Lost => (
            code::LOST,
            "can't be compared, as its file isn't there".into(),
        ),
    };
    Some(
        finding(
            item,
            code,
            &format!("{action} version {version} {what}"),
            help(item, site),
        )
        .at(location(item, site)),
    )
}

/// Two runs at once.
pub fn registered_twice(item: &Item, server: u32, others: &[u32], site: Site<'_>) -> Finding {
    let others: Vec<_> = others.iter().map(ToString::to_string).collect();
    let Item {
        action, version, ..
    } = item;
    let message = format!(
        "{action} version {version} is registered in {} more than once: as version {server}, which is recorded, and as {}",
        site.environment,
        others.join(", ")
    );
    let help = "nothing has to be done: every run settles on the lowest; let one pipeline at a time register";
    finding(item, code::REGISTERED_TWICE, &message, help.into())
        .level(Level::Warning)
        .at(location(item, site))
}

/// A version that couldn't be registered.
pub fn not_registered(item: &Item, why: &str, help: &str, site: Site<'_>) -> Finding {
    let Item {
        action, version, ..
    } = item;
    let message = format!(
        "{action} version {version} wasn't registered in {}: {why}",
        site.environment
    );
    let help = if help.is_empty() {
        "run it again: what is done is done"
    } else {
        help
    };
    finding(item, code::NOT_REGISTERED, &message, help.into()).at(location(item, site))
}

fn finding(item: &Item, code: Code, message: &str, help: String) -> Finding {
    Finding {
        changes: item.changes.clone(),
        ..Finding::new(code, message, help).about(&item.action, item.version)
    }
}

fn location(item: &Item, site: Site<'_>) -> Location {
    let file = item.file.as_ref().map(|path| from(site.workspace, path));
    Location {
        file,
        ..Location::default()
    }
}

/// The environments that were given another body.
fn told(item: &Item, Site { environment, .. }: Site<'_>) -> String {
    if item.differs_in.is_empty() {
        environment.into()
    } else {
        item.differs_in.join(", ")
    }
}

fn not_recorded(item: &Item, Site { environment, .. }: Site<'_>) -> String {
    let server = item.server.unwrap_or_default();
    let looser = if item.state == State::AdoptLooser {
        ", which accepts more"
    } else {
        ""
    };
    match item.recorded {
        Some(recorded) => format!(
            "is version {server} in {environment}{looser}, and the registrations say {recorded}"
        ),
        None => format!(
            "is version {server} in {environment}{looser}, and the registrations don't say so"
        ),
    }
}

/// What is there instead.
pub fn drift(item: &Item) -> String {
    let there = |server: u32| match &item.unreadable {
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
            format!("the registrations say {server}, and {}", there(server))
        }
        (Some(recorded), _) => format!("the registrations say {recorded}, which isn't there"),
        (None, Some(server)) => there(server),
        (None, None) => String::new(),
    }
}

/// The keywords of the version there that it hangs on whether any event is refused; none where one is.
fn unread(item: &Item) -> Vec<&str> {
    let refusing = item.changes.iter().filter(|change| !change.forward);
    let keywords: Option<Vec<_>> = refusing
        .map(|change| Some(&change.unread.forward).filter(|keywords| !keywords.is_empty()))
        .collect();
    let mut keywords: Vec<_> = keywords
        .into_iter()
        .flatten()
        .flatten()
        .map(String::as_str)
        .collect();
    keywords.sort_unstable();
    keywords.dedup();
    keywords
}

pub fn mangled(item: &Item) -> String {
    format!(
        "its version {} is a JSON Schema that the vendor's Node SDK took for a map of types, with the keys `type`, `properties` and `required`",
        item.server.unwrap_or_default()
    )
}

fn help(item: &Item, Site { environment, .. }: Site<'_>) -> String {
    match item.state {
        State::Adopt | State::AdoptLooser => {
            format!(
                "`cargo audit-schema resolve --env {environment}` writes it down, as `push` does; commit the file where it is kept in version control"
            )
        }
        State::Changed if item.file.is_none() => {
            "a registered version never changes: `cargo audit-schema bump` raises `version`, then export the new one".into()
        }
        State::Changed => {
            "a registered version never changes: take the file back from version control, and raise `version` for what is new \
                           (`cargo audit-schema bump`)"
                .into()
        }
        State::Lost => "take the file back from version control, or export it, before anything is registered or deployed".into(),
        State::UpToDate | State::Create | State::Drift | State::Mangled => {
            format!("`cargo audit-schema push --env {environment}` registers it")
        }
    }
}
