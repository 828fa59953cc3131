//! `action-pattern`: actions are named as agreed.

use audit_core::schema::record::read::Event;
use regex_lite::Regex;

use super::{Check, Form, Lint, Parameter, finding};
use crate::finding::{Finding, code};
use crate::toml_reader::{Problem, Value};

pub const LINT: Lint = Lint {
    code: code::ACTION_PATTERN,
    form: Form::With(Parameter {
        name: "pattern",
        example: EXAMPLE,
        default: None,
        read,
    }),
};

const EXAMPLE: &str = r#""^(user|team)[.]""#;

#[derive(Debug)]
struct ActionPattern {
    pattern: Regex,
}

fn read(value: &Value<'_>) -> Result<Box<dyn Check>, Problem> {
    let pattern = Regex::new(value.text(EXAMPLE)?).map_err(|error| {
        let message = format!("`{}` is no regular expression: {error}", value.name);
        value.problem(message, "it has the syntax of the crate `regex`")
    })?;
    Ok(Box::new(ActionPattern { pattern }))
}

impl Check for ActionPattern {
    fn findings(&self, events: &[&Event]) -> Vec<Finding> {
        let wrong = events
            .iter()
            .filter(|event| !self.pattern.is_match(&event.action));
        let what = format!("the action doesn't fit `{}`", self.pattern.as_str());
        let help =
            "give the event an action that fits, in a new event type where this one is registered";
        wrong
            .map(|event| finding(code::ACTION_PATTERN, event, &event.source, &what, help))
            .collect()
    }
}
