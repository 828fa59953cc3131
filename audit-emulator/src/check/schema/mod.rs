//! A metadata schema: what Ajv's strict mode rejects in it, and what it says of data, in Ajv's words.

mod pattern;
mod report;
mod strict;

use jsonschema::{Draft, Keyword, PatternOptions, ValidationError, ValidationOptions, Validator};
use serde_json::Value;

use super::errors::Errors;
use report::Report;
pub use strict::MAX_SCHEMAS;
use strict::Size;

/// How often a pattern that looks ahead or behind may try, in one text.
const ATTEMPTS: usize = 1_000;
/// How much of an automaton is remembered while it runs, in bytes.
const CACHE: usize = 64 * 1024;
/// The most steps that the check of one event may take.
const MAX_STEPS: usize = 200_000_000;
/// What a schema takes for a value without text, in steps: room for an error, above all.
const STEPS_OF_VALUE: usize = 500;

/// What is wrong with a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Where: a JSON pointer.
    pub at: String,
    /// What, beginning with a verb or the keyword.
    pub message: String,
}

/// A compiled schema.
#[derive(Debug)]
pub struct Schema {
    source: Value,
    validator: Validator,
    /// How large it is.
    pub size: Size,
}

impl Schema {
    /// Compiles a schema; all of its problems otherwise.
    pub fn compile(schema: &Value) -> Result<Self, Vec<Rejected>> {
        let (size, source) = strict::check(schema)?;
        let validator = options(size.distinct_patterns)
            .build(&source)
            .map_err(|error| {
                vec![Rejected {
                    at: error.instance_path().to_string(),
                    message: error.to_string(),
                }]
            })?;
        Ok(Self {
            source,
            validator,
            size,
        })
    }

    /// Adds all problems of the data, which stands at one path in the event while the schema stands at another in the event's schema;
    /// otherwise says what takes too many steps.
    pub fn check(
        &self,
        data: &Value,
        instance_path: &str,
        schema_path: &str,
        errors: &mut Errors,
    ) -> Result<(), String> {
        self.spend(data, schema_path, errors)?;
        let mut report = Report {
            schema: &self.source,
            data,
            instance_path,
            schema_path,
            errors,
        };
        self.validator
            .iter_errors(data)
            .try_for_each(|error| report.add(&error))
    }

    /// Whether nothing is wrong; otherwise what takes too many steps.
    pub fn is_valid(&self, data: &Value, path: &str, errors: &mut Errors) -> Result<bool, String> {
        self.spend(data, path, errors)?;
        Ok(self.validator.is_valid(data))
    }

    /// Counts the steps of a check before it begins.
    fn spend(&self, data: &Value, schema_path: &str, errors: &mut Errors) -> Result<(), String> {
        let (values, bytes) = measure(data);
        let steps = (self.size.schemas)
            .saturating_mul(values * STEPS_OF_VALUE + bytes)
            .saturating_add(self.size.patterns.saturating_mul(bytes));
        let all = errors.steps.saturating_add(steps);
        if all > MAX_STEPS {
            return Err(format!("the schema at {schema_path}"));
        }
        errors.steps = all;
        Ok(())
    }
}

/// How many values the data has, and how many bytes its texts.
fn measure(data: &Value) -> (usize, usize) {
    let (mut values, mut bytes) = (1, 0);
    let mut add = |value| {
        let (more, more_bytes) = measure(value);
        values += more;
        bytes += more_bytes;
    };
    match data {
        Value::String(text) => bytes += text.len(),
        Value::Array(items) => items.iter().for_each(add),
        Value::Object(members) => {
            members.values().for_each(&mut add);
            bytes += members.keys().map(String::len).sum::<usize>();
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    (values, bytes)
}

/// How the library compiles schemas with a number of patterns.
fn options<'a>(patterns: usize) -> ValidationOptions<'a> {
    let pattern_options = PatternOptions::fancy_regex()
        .backtrack_limit(ATTEMPTS)
        .size_limit(pattern::max_automaton(patterns))
        .dfa_size_limit(CACHE);
    jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(false)
        .with_pattern_options(pattern_options)
        .with_keyword("multipleOf", |_, value, _| {
            Ok(Box::new(MultipleOf(value.as_f64().unwrap_or(1.0))))
        })
}

/// `multipleOf` as JavaScript computes it: `0.07` is no multiple of `0.01`.
struct MultipleOf(f64);

impl<'i> Keyword<'i> for MultipleOf {
    fn validate(&self, data: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(data) {
            Ok(())
        } else {
            Err(ValidationError::custom("not a multiple"))
        }
    }

    /// `result !== parseInt(result)`: from 1e21 on a number is written with an exponent, and `parseInt` stops before it.
    fn is_valid(&self, data: &'i Value) -> bool {
        data.as_f64().is_none_or(|number| {
            let result = number / self.0;
            result.fract() == 0.0 && result.abs() < 1e21
        })
    }
}

#[cfg(test)]
mod tests;
