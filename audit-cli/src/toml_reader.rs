//! TOML with places: each reader takes the settings that it knows, and what is left is unknown.

use std::collections::BTreeSet;

use audit_core::schema;
use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::suggest::{did_you_mean, nearest};

/// A problem in the file, its offset, and help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// In bytes.
    pub at: usize,
    pub message: String,
    pub help: String,
}

/// The value; a problem is added to `problems`.
pub fn keep<T>(read: Result<T, Problem>, problems: &mut Vec<Problem>) -> Option<T> {
    read.map_err(|problem| problems.push(problem)).ok()
}

/// Reads a whole file, or returns the first thing that isn't TOML: what follows from it isn't worth reading.
pub fn parse(text: &str) -> Result<DeTable<'_>, Problem> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let start = |error: &Error| error.span().map_or(0, |span| span.start);
    let Some(error) = errors.into_iter().min_by_key(start) else {
        return Ok(table.into_inner());
    };
    // Without a syntax error such a line is part of a string.
    if let Some((line, message)) = schema::conflict(text.as_bytes()) {
        let at = text
            .split_inclusive('\n')
            .take(line as usize - 1)
            .map(str::len)
            .sum();
        return Err(Problem {
            at,
            message,
            help: "resolve it as in any other file".into(),
        });
    }
    Err(Problem {
        at: start(&error),
        message: error.message().replace('\n', ", "),
        help: String::new(),
    })
}

/// A table and the settings not read yet.
pub struct Table<'d> {
    at: usize,
    /// Display name, `` `key-case` ``; empty for the file itself.
    name: String,
    left: Vec<(&'d str, usize, &'d Spanned<DeValue<'d>>)>,
    known: BTreeSet<&'static str>,
}

impl<'d> Table<'d> {
    /// The table of a whole file.
    pub fn root(table: &'d DeTable<'d>) -> Self {
        Self::new(0, String::new(), table)
    }

    fn new(at: usize, name: String, table: &'d DeTable<'d>) -> Self {
        let left = table
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), key.span().start, value))
            .collect();
        Self {
            at,
            name,
            left,
            known: BTreeSet::new(),
        }
    }

    /// The value of a setting, where it is there.
    pub fn take(&mut self, name: &'static str) -> Option<Value<'d>> {
        self.known.insert(name);
        let index = self.left.iter().position(|(key, _, _)| *key == name)?;
        let (_, _, value) = self.left.swap_remove(index);
        Some(Value { name, value })
    }

    /// The value of an optional setting; an invalid one is reported and read as absent.
    pub fn read<T>(
        &mut self,
        name: &'static str,
        problems: &mut Vec<Problem>,
        read: impl FnOnce(&Value<'d>) -> Result<T, Problem>,
    ) -> Option<T> {
        keep(read(&self.take(name)?), problems)
    }

    /// The value of a required setting; a missing or invalid one is reported.
    pub fn require<T>(
        &mut self,
        name: &'static str,
        example: &str,
        problems: &mut Vec<Problem>,
        read: impl FnOnce(&Value<'d>) -> Result<T, Problem>,
    ) -> Option<T> {
        let value = self.need(name, example);
        keep(value.and_then(|value| read(&value)), problems)
    }

    /// Every setting that is left, for tables whose names are the user's to choose.
    pub fn rest(&mut self) -> Vec<Value<'d>> {
        let mut left = std::mem::take(&mut self.left);
        left.sort_by_key(|(_, at, _)| *at);
        left.into_iter()
            .map(|(name, _, value)| Value { name, value })
            .collect()
    }

    /// The value of a setting that must be there.
    pub fn need(&mut self, name: &'static str, example: &str) -> Result<Value<'d>, Problem> {
        let missing = Problem {
            at: self.at,
            message: format!("{} needs `{name}`", self.name),
            help: format!("for example `{name} = {example}`"),
        };
        self.take(name).ok_or(missing)
    }

    /// Reports unknown settings. `kind` is the noun for a setting.
    pub fn finish(&mut self, kind: &str, problems: &mut Vec<Problem>) {
        let of = if self.name.is_empty() {
            String::new()
        } else {
            format!(" of {}", self.name)
        };
        for (key, at, _) in std::mem::take(&mut self.left) {
            let message = format!("unknown {kind} `{}`{of}", key.escape_debug());
            problems.push(Problem {
                at,
                message,
                help: meant(key, self.known.iter().copied()),
            });
        }
    }
}

/// `` did you mean `max`? `` or all that there is.
pub fn meant<'n>(wrong: &str, known: impl IntoIterator<Item = &'n str> + Clone) -> String {
    let quoted = |name: &str| format!("`{name}`");
    let near: Vec<_> = nearest(wrong, known.clone())
        .into_iter()
        .map(quoted)
        .collect();
    let all = || known.into_iter().map(quoted).collect::<Vec<_>>().join(", ");
    did_you_mean(&near).unwrap_or_else(|| format!("expected one of {}", all()))
}

/// A setting's value, and what the setting is called.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    pub name: &'d str,
    value: &'d Spanned<DeValue<'d>>,
}

impl<'d> Value<'d> {
    pub fn at(&self) -> usize {
        self.value.span().start
    }

    pub fn problem(&self, message: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem {
            at: self.at(),
            message: message.into(),
            help: help.into(),
        }
    }

    /// `` `max` takes a whole number, not a string ``
    fn mismatch(&self, expected: &str, example: &str) -> Problem {
        let kind = self.value.get_ref().type_str();
        self.wrong(&format!("takes {expected}, not {kind}"), example)
    }

    /// A problem with an example as help.
    fn wrong(&self, what: &str, example: &str) -> Problem {
        self.problem(
            format!("`{}` {what}", self.name),
            format!("for example `{} = {example}`", self.name),
        )
    }

    pub fn as_text(&self) -> Option<&'d str> {
        self.value.get_ref().as_str()
    }

    pub fn text(&self, example: &str) -> Result<&'d str, Problem> {
        let text = self
            .as_text()
            .ok_or_else(|| self.mismatch("a string", example))?;
        if text.trim().is_empty() {
            return Err(self.wrong("is empty", example));
        }
        Ok(text)
    }

    /// One of the names.
    pub fn one_of<T: Copy>(&self, names: &[(&'static str, T)]) -> Result<T, Problem> {
        let text = self.text(&format!("{:?}", names.first().map_or("", |(name, _)| name)))?;
        let known = names.iter().find(|(name, _)| *name == text);
        known.map(|(_, value)| *value).ok_or_else(|| {
            let message = format!("`{}` can't be `{}`", self.name, text.escape_debug());
            self.problem(message, meant(text, names.iter().map(|(name, _)| *name)))
        })
    }

    pub fn boolean(&self, example: &str) -> Result<bool, Problem> {
        self.value
            .get_ref()
            .as_bool()
            .ok_or_else(|| self.mismatch("a boolean", example))
    }

    /// At least 1.
    pub fn count(&self, example: &str) -> Result<usize, Problem> {
        let DeValue::Integer(integer) = self.value.get_ref() else {
            return Err(self.mismatch("a whole number", example));
        };
        match usize::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(number @ 1..) => Ok(number),
            _ => Err(self.wrong("must be at least 1", example)),
        }
    }

    /// At least one text.
    pub fn texts(&self, example: &str) -> Result<Vec<&'d str>, Problem> {
        let items = self.items("a list of strings", example)?;
        if items.is_empty() {
            return Err(self.wrong("is empty", example));
        }
        items.into_iter().map(|item| item.text(example)).collect()
    }

    pub fn items(&self, expected: &str, example: &str) -> Result<Vec<Self>, Problem> {
        let array = self
            .value
            .get_ref()
            .as_array()
            .ok_or_else(|| self.mismatch(expected, example))?;
        Ok(array
            .iter()
            .map(|value| Self {
                name: self.name,
                value,
            })
            .collect())
    }

    /// A day of the calendar, without a time.
    pub fn date(&self, example: &str) -> Result<Date, Problem> {
        match self.value.get_ref() {
            DeValue::Datetime(actual) if actual.time.is_none() && actual.offset.is_none() => actual
                .to_string()
                .parse()
                .map_err(|_| self.problem(format!("`{}` is not a valid date", self.name), "")),
            // The most frequent mistake is a date in quotes.
            DeValue::String(text) if text.parse::<Date>().is_ok() => {
                Err(self.mismatch("a date", text))
            }
            _ => Err(self.mismatch("a date", example)),
        }
    }

    /// `name` is what people call it.
    pub fn table(&self, name: &str, expected: &str, example: &str) -> Result<Table<'d>, Problem> {
        let table = self
            .value
            .get_ref()
            .as_table()
            .ok_or_else(|| self.mismatch(expected, example))?;
        Ok(Table::new(self.at(), name.into(), table))
    }
}
