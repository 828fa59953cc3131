//! Findings in the format that was asked for; and as people read them: one a line, what changed and the way out below it.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::differences;
use crate::args::ReportFormat;
use crate::console::{ERROR, HELP, WARNING};
use crate::diff::Change;
use crate::failure::Failure;
use crate::finding::{Finding, Level};
use crate::location::Location;
use crate::text::pluralize;
use crate::text::printable;

/// All of them, each of them whole: a program that reads this needs nothing else.
pub fn render(findings: &[Finding], format: ReportFormat) -> Result<String, Failure> {
    super::render(format, || text(findings), findings, findings)
}

/// What helps several of them is said once.
pub fn text(findings: &[Finding]) -> String {
    let mut said = BTreeSet::new();
    findings.iter().fold(String::new(), |mut text, finding| {
        let Finding {
            code,
            level,
            message,
            help,
            location,
            changes,
            ..
        } = finding;
        let style = if *level == Level::Error {
            ERROR
        } else {
            WARNING
        };
        let listed = changes.iter().any(|change| change.location == *location);
        let at = place_unless_said(location, message)
            .filter(|_| !listed)
            .map(|place| format!(" ({place})"))
            .unwrap_or_default();
        // Writing into a `String` can't fail.
        let _ = writeln!(
            text,
            "{style}{}[{}]{style:#}: {}{}",
            level.name(),
            code.name,
            printable(message),
            printable(&at)
        );
        text += &lines(changes);
        if !help.is_empty() && said.insert((code.name, help)) {
            let _ = writeln!(text, "  {HELP}help{HELP:#}: {}", printable(help));
        }
        text
    })
}

/// A line a change.
fn lines(changes: &[Change]) -> String {
    let width = changes
        .iter()
        .map(|change| change.rule.chars().count())
        .max()
        .unwrap_or(0);
    changes
        .iter()
        .map(|change| format!("    {}\n", differences::line(change, width)))
        .collect::<Vec<_>>()
        .concat()
}

/// `src/lib.rs:12:5`
pub fn place(location: &Location) -> Option<String> {
    let mut place = location.file.clone()?;
    for number in [location.line, location.line.and(location.column)]
        .into_iter()
        .flatten()
    {
        // Writing into a `String` can't fail.
        let _ = write!(place, ":{number}");
    }
    Some(place)
}

/// Sentences that name their place themselves needn't have it twice.
fn place_unless_said(location: &Location, message: &str) -> Option<String> {
    let place = place(location)?;
    let line = place_of_line(location)?;
    let says = |(at, _): (usize, &str)| {
        !message[at + line.len()..].starts_with(|c: char| c.is_ascii_digit())
    };
    (!message.match_indices(&line).any(says)).then_some(place)
}

fn place_of_line(location: &Location) -> Option<String> {
    place(&Location {
        column: None,
        ..location.clone()
    })
}

/// `1 finding`, `2 findings`
pub fn count(findings: usize) -> String {
    pluralize(findings, "finding")
}

#[cfg(test)]
mod tests;
