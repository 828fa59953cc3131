//! Waivers suppress findings until a day. Decides which findings a waiver covers, and reports expired and unused ones.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::finding::{Code, Finding, Level, code};
use crate::json::Position;
use crate::location::Location;

/// A waiver, as `audit.toml` holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// A lint, or a rule of `diff`.
    pub lint: String,
    /// Everywhere, where there is none.
    pub action: Option<String>,
    /// Every key, and what is about none, where there is none.
    pub key: Option<String>,
    /// The last day on which it holds.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// Its position in `audit.toml`.
    pub at: Position,
}

/// The circumstances of a run.
#[derive(Clone, Debug)]
pub struct Circumstances {
    pub today: Date,
    /// `audit.toml`.
    pub file: Location,
    /// Whether everything was built: only then a waiver that covers nothing is known to be of no use.
    pub whole: bool,
}

/// The current day in UTC.
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// The findings that aren't waived, and those about the waivers themselves.
pub fn apply(findings: Vec<Finding>, waivers: &[Waiver], at: &Circumstances) -> Vec<Finding> {
    let mut tally = Tally {
        waivers,
        covered: vec![0; waivers.len()],
        today: at.today,
    };
    let mut left: Vec<_> = findings
        .into_iter()
        .filter_map(|finding| tally.remains(finding))
        .collect();
    left.extend(
        waivers
            .iter()
            .zip(tally.covered)
            .filter_map(|(waiver, covered)| waiver.finding(covered, at)),
    );
    left
}

/// Counts what each waiver covers, or would cover if its day hadn't passed.
struct Tally<'w> {
    waivers: &'w [Waiver],
    covered: Vec<usize>,
    today: Date,
}

impl Tally<'_> {
    /// The finding without what is waived; `None` where nothing remains of it.
    fn remains(&mut self, finding: Finding) -> Option<Finding> {
        // Other findings may hold changes, too: a stale file isn't a matter of rules.
        if finding.code != code::EVOLUTION || finding.changes.is_empty() {
            return (!self.waives(
                finding.code.name,
                finding.action.as_deref(),
                finding.key.as_deref(),
            ))
            .then_some(finding);
        }
        let Finding {
            action, changes, ..
        } = &finding;
        let left: Vec<_> = changes
            .iter()
            .filter(|change| !self.waives(change.rule, action.as_deref(), change.key.as_deref()))
            .cloned()
            .collect();
        let location = left.first()?.location.clone();
        Some(Finding {
            changes: left,
            location,
            ..finding
        })
    }

    fn waives(&mut self, name: &str, action: Option<&str>, key: Option<&str>) -> bool {
        let mut waived = false;
        for (waiver, covered) in self
            .waivers
            .iter()
            .zip(&mut self.covered)
            .filter(|(waiver, _)| waiver.covers(name, action, key))
        {
            *covered += 1;
            waived |= waiver.holds(self.today);
        }
        waived
    }
}

impl Waiver {
    fn holds(&self, today: Date) -> bool {
        today <= self.until
    }

    fn covers(&self, name: &str, action: Option<&str>, key: Option<&str>) -> bool {
        let fits = |own: &Option<String>, other| own.is_none() || own.as_deref() == other;
        self.lint == name && fits(&self.action, action) && fits(&self.key, key)
    }

    /// The finding about an expired or unused waiver.
    fn finding(&self, covered: usize, at: &Circumstances) -> Option<Finding> {
        let until = self.until;
        if !self.holds(at.today) {
            let (back, help) = match covered {
                0 => (
                    "and nothing is left that it would cover".into(),
                    "remove it",
                ),
                1 => (
                    "and what it waived is back".into(),
                    "mend that, or set a later day",
                ),
                more => (
                    format!("and the {more} findings that it waived are back"),
                    "mend them, or set a later day",
                ),
            };
            return Some(self.about(
                code::EXPIRED_WAIVER,
                &format!("ended on {until}, {back}"),
                help,
                at,
            ));
        }
        let is_unused = covered == 0 && at.whole;
        is_unused.then(|| {
            self.about(
                code::UNUSED_WAIVER,
                "waives nothing",
                "remove it, or mend what it names",
                at,
            )
        })
    }

    fn about(&self, code: Code, what: &str, help: &str, at: &Circumstances) -> Finding {
        let of = match (&self.action, &self.key) {
            (Some(action), Some(key)) => format!(" for `{key}` of {action}"),
            (Some(action), None) => format!(" for {action}"),
            (None, Some(key)) => format!(" for `{key}`"),
            (None, None) => String::new(),
        };
        let Position { line, column } = self.at;
        Finding {
            key: self.key.clone(),
            action: self.action.clone(),
            ..Finding::new(
                code,
                format!("the waiver of `{}`{of} {what}", self.lint),
                help,
            )
        }
        .at(Location {
            line: Some(line),
            column: Some(column),
            ..at.file.clone()
        })
        .level(Level::Warning)
    }
}

#[cfg(test)]
mod tests;
