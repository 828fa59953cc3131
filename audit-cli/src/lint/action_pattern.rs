//! `action-pattern`: actions are named as agreed.

use regex_lite::Regex;

use super::{Check, Lint};
use crate::finding::code;
use crate::toml_reader::{Problem, Value};

pub const LINT: Lint = Lint::with(code::ACTION_PATTERN, "pattern", EXAMPLE, read);

const EXAMPLE: &str = r#""^(user|team)[.]""#;

fn read(value: &Value<'_>) -> Result<Check, Problem> {
    let pattern = Regex::new(value.text(EXAMPLE)?).map_err(|error| {
        let message = format!("`{}` is no regular expression: {error}", value.name);
        value.problem(message, "it has the syntax of the crate `regex`")
    })?;
    Ok(Box::new(move |events, report| {
        let what = format!("the action doesn't fit `{}`", pattern.as_str());
        let help =
            "give the event an action that fits, in a new event type where this one is registered";
        for event in events
            .iter()
            .filter(|event| !pattern.is_match(&event.action))
        {
            report.event(event, &event.source, &what, help);
        }
    }))
}
