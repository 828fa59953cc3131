//! Findings in the format that was asked for; and as people read them: one a line, what changed and the way out below it.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::differences;
use crate::console::{ERROR, HELP, WARNING};
use crate::diff::Change;
use crate::finding::{Finding, Level};
use crate::location::Location;
use crate::text::pluralize;
use crate::text::printable;

/// Findings as text. Equal help is printed once.
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
        let is_listed = changes.iter().any(|change| change.location == *location);
        let at = if is_listed || names_line(message, location) {
            String::new()
        } else {
            differences::in_parentheses(location)
        };
        // Writing into a `String` can't fail.
        let _ = writeln!(
            text,
            "{style}{}[{}]{style:#}: {}{}",
            level.name(),
            code.name,
            printable(message),
            at
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
    let width = differences::rule_width(changes);
    changes
        .iter()
        .map(|change| format!("    {}\n", differences::line(change, width)))
        .collect::<Vec<_>>()
        .concat()
}

/// Whether a message names the line already.
fn names_line(message: &str, location: &Location) -> bool {
    let line = Location {
        column: None,
        ..location.clone()
    }
    .to_string();
    let is_line = |(at, _): (usize, &str)| {
        !message[at + line.len()..].starts_with(|c: char| c.is_ascii_digit())
    };
    message.match_indices(&line).any(is_line)
}

/// `1 finding`, `2 findings`
pub fn count(findings: usize) -> String {
    pluralize(findings, "finding")
}

#[cfg(test)]
mod tests;
