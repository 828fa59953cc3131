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
const HEAD: Style = Style::new().bold();

pub fn text(differences: &[Difference]) -> String {
    let rows = differences.iter().map(|difference| Row {
        state: difference.status.name(),
        style: Style::new(),
        name: name(difference),
        detail: summary(difference),
        changes: &difference.changes,
    });
    listing(&rows.collect::<Vec<_>>())
}

/// A version and its changes.
pub struct Row<'a> {
    pub state: &'static str,
    pub style: Style,
    pub name: String,
    /// Printable.
    pub detail: String,
    pub changes: &'a [Change],
}

/// Aligned lines, each row's changes below it.
pub fn listing(rows: &[Row<'_>]) -> String {
    let widest = |of: fn(&Row<'_>) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let states = widest(|row| row.state.len());
    let names = widest(|row| row.name.chars().count());
    let rules = widest(|row| rule_width(row.changes));
    let mut text = String::new();
    for Row {
        state,
        style,
        name,
        detail,
        changes,
    } in rows
    {
        let name = printable(name);
        let (names, gap) = if detail.is_empty() {
            (0, "")
        } else {
            (names, "  ")
        };
        // Writing into a `String` can't fail.
        let _ = writeln!(
            text,
            "{style}{state:states$}{style:#}  {HEAD}{name:names$}{HEAD:#}{gap}{detail}"
        );
        for change in *changes {
            let _ = writeln!(text, "  {}", line(change, rules));
        }
    }
    text
}

/// Width of the column of rules.
pub fn rule_width(changes: &[Change]) -> usize {
    changes
        .iter()
        .map(|change| change.rule.len())
        .max()
        .unwrap_or(0)
}

/// `2 changed, 1 new version, 0 added, 0 removed`
pub fn count(differences: &[Difference]) -> String {
    let count = |status: Status| {
        let all = differences.iter();
        all.filter(|difference| difference.status == status).count()
    };
    let versions = pluralize(count(Status::NewVersion), "new version");
    format!(
        "{} changed, {versions}, {} added, {} removed\n",
        count(Status::Changed),
        count(Status::Added),
        count(Status::Removed)
    )
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
    let location = in_parentheses(&difference.location);
    match (difference.against, difference.changes.is_empty()) {
        (None, _) => location,
        (Some(_), true) if difference.old_sha256 == difference.new_sha256 => {
            format!("{GOOD}nothing changed{GOOD:#}{location}")
        }
        (Some(_), true) => format!("{GOOD}means the same, in another form{GOOD:#}{location}"),
        (Some(_), false) => format!("{}{location}", coloured(difference.class)),
    }
}

/// A change: its rule, what happened, what it breaks.
pub fn line(change: &Change, width: usize) -> String {
    let message = printable(&change.message);
    format!(
        "{:width$}  {message}: {}{}",
        change.rule,
        coloured(change.class),
        in_parentheses(&change.location)
    )
}

fn coloured(class: Class) -> String {
    let style = match class {
        Class::SAME => GOOD,
        Class::OTHER => BAD,
        _ => CAREFUL,
    };
    format!("{style}{}{style:#}", class.words())
}

/// ` (src/lib.rs:12)`
pub fn in_parentheses(location: &Location) -> String {
    if location.file.is_some() {
        format!(" ({})", printable(&location.to_string()))
    } else {
        String::new()
    }
}
