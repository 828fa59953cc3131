//! Differences for people: a version a line, its changes below it.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use crate::diff::versions::{Difference, Status};
use crate::diff::{Change, Class};
use crate::location::Location;
use crate::text::pluralize;
use crate::text::printable;

pub const GOOD: Style = AnsiColor::Green.on_default();
pub const CAREFUL: Style = AnsiColor::Yellow.on_default();
pub const BAD: Style = AnsiColor::Red.on_default().bold();
pub const HEAD: Style = Style::new().bold();

pub fn text(differences: &[Difference]) -> String {
    let width = |of: fn(&Difference) -> usize| differences.iter().map(of).max().unwrap_or(0);
    let (names, statuses) = (
        width(|difference| name(difference).chars().count()),
        width(|difference| difference.status.name().len()),
    );
    let rules = differences
        .iter()
        .flat_map(|difference| &difference.changes)
        .map(|change| change.rule.len())
        .max()
        .unwrap_or(0);
    differences
        .iter()
        .fold(String::new(), |mut text, difference| {
            let (name, status) = (printable(&name(difference)), difference.status.name());
            // Writing into a `String` can't fail.
            let _ = writeln!(
                text,
                "{status:statuses$}  {HEAD}{name:names$}{HEAD:#}  {}",
                summary(difference)
            );
            for change in &difference.changes {
                let _ = writeln!(text, "  {}", line(change, rules));
            }
            text
        })
}

/// `2 changed, 1 new version, 0 added, 0 removed`
pub fn count(differences: &[Difference]) -> String {
    let count = |status: Status| {
        differences
            .iter()
            .filter(|difference| difference.status == status)
            .count()
    };
    let versions = count(Status::NewVersion);
    let versions = pluralize(versions, "new version");
    let (changed, added, removed) = (
        count(Status::Changed),
        count(Status::Added),
        count(Status::Removed),
    );
    format!("{changed} changed, {versions}, {added} added, {removed} removed\n")
}

/// `user.signed_in 1 → 2`
fn name(
    Difference {
        action,
        version,
        against,
        ..
    }: &Difference,
) -> String {
    match against {
        Some(before) if before != version => format!("{action} {before} → {version}"),
        _ => format!("{action} {version}"),
    }
}

fn summary(difference: &Difference) -> String {
    let place = place(&difference.location);
    match (difference.against, difference.changes.is_empty()) {
        (None, _) => place,
        (Some(_), true) if difference.old_sha256 == difference.new_sha256 => {
            format!("{GOOD}nothing changed{GOOD:#}{place}")
        }
        (Some(_), true) => format!("{GOOD}means the same, in another form{GOOD:#}{place}"),
        (Some(_), false) => format!("{}{place}", coloured(difference.class())),
    }
}

/// A change: its rule, what happened, what it breaks.
pub fn line(change: &Change, width: usize) -> String {
    let message = printable(&change.message);
    format!(
        "{:width$}  {message}: {}{}",
        change.rule,
        coloured(change.class()),
        place(&change.location)
    )
}

fn coloured(class: Class) -> String {
    let style = match class {
        Class {
            backward: true,
            forward: true,
        } => GOOD,
        Class {
            backward: false,
            forward: false,
        } => BAD,
        _ => CAREFUL,
    };
    format!("{style}{}{style:#}", class.words())
}

/// ` (src/lib.rs:12)`
fn place(location: &Location) -> String {
    match (&location.file, location.line) {
        (Some(file), Some(line)) => format!(" ({}:{line})", printable(file)),
        (Some(file), None) => format!(" ({})", printable(file)),
        (None, _) => String::new(),
    }
}
