//! Workflow commands of GitHub Actions, which become annotations in a pull request: one a finding, or one a change.
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>

use std::fmt::Write;

use crate::diff::Change;
use crate::finding::Finding;
use crate::location::Location;
use crate::text::steers;

/// A command a line.
pub fn annotations(findings: &[Finding]) -> String {
    findings.iter().flat_map(of_finding).collect()
}

/// Where changes have places of their own they are annotated there; those without one where the finding is.
fn of_finding(finding: &Finding) -> Vec<String> {
    let Finding {
        code,
        message,
        location,
        changes,
        ..
    } = finding;
    if changes.iter().all(|change| change.location.file.is_none()) {
        let changes = changes
            .iter()
            .map(|change| format!("\n{}: {}", change.rule, sentence(change)))
            .collect::<Vec<_>>()
            .concat();
        return vec![command(
            finding,
            location,
            code.name,
            &format!("{message}{changes}{}{}", events(finding), help(finding)),
        )];
    }
    let of_change = |change: &Change| {
        let at = if change.location.file.is_some() {
            &change.location
        } else {
            location
        };
        command(
            finding,
            at,
            change.rule,
            &format!(
                "{}\n{}: {message}{}",
                sentence(change),
                code.name,
                events(finding) + &help(finding)
            ),
        )
    };
    changes.iter().map(of_change).collect()
}

fn sentence(change: &Change) -> String {
    format!("{} ({})", change.message, change.class.words())
}

/// All events; the message names a few.
fn events(finding: &Finding) -> String {
    let names: Vec<_> = finding.events.iter().map(ToString::to_string).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("\nevents: {}", names.join(", "))
    }
}

fn help(finding: &Finding) -> String {
    if finding.help.is_empty() {
        String::new()
    } else {
        format!("\nhelp: {}", finding.help)
    }
}

/// `::error file=src/lib.rs,line=12,title=stale%3A user.signed_in@1::…`
fn command(finding: &Finding, at: &Location, name: &str, message: &str) -> String {
    let title = match (&finding.action, finding.version) {
        (Some(action), Some(version)) if finding.events.is_empty() => {
            format!("{name}: {action}@{version}")
        }
        (Some(_), Some(_)) => format!("{name}: {} events", finding.events.len()),
        (Some(action), None) => format!("{name}: {action}"),
        (None, _) => name.to_owned(),
    };
    let mut position = String::new();
    if let Some(file) = &at.file {
        position = format!("file={},", property(file));
        for (name, number) in [("line", at.line), ("col", at.line.and(at.column))] {
            if let Some(number) = number {
                // Writing into a `String` can't fail.
                let _ = write!(position, "{name}={number},");
            }
        }
    }
    let (level, title) = (finding.level.name(), property(&title));
    format!("::{level} {position}title={title}::{}\n", data(message))
}

/// Text in a command: one line, and nothing in it that steers the log.
fn data(text: &str) -> String {
    let mut data = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => data += "%25",
            '\r' => data += "%0D",
            '\n' => data += "%0A",
            c if steers(c) && c != '\t' => data.extend(c.escape_default()),
            c => data.push(c),
        }
    }
    data
}

/// A property's value ends at `,` and the properties at `:`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_by_githubs_rules() {
        assert_eq!(
            data("100 %\r\na: b, c\u{1b}[31m é"),
            "100 %25%0D%0Aa: b, c\\u{1b}[31m é"
        );
        assert_eq!(property("a: b, 5 %\n"), "a%3A b%2C 5 %25%0A");
        assert_eq!(data("%0A"), "%250A", "what looks escaped stays what it is");
    }
}
