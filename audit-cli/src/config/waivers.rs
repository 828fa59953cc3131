//! `[[waivers]]`: what isn't reported, where, until when, and why.

use audit_core::limits::is_registered_action;

use crate::diff::rules;
use crate::finding::code;
use crate::json::Position;
use crate::lint;
use crate::lint::waiver::Waiver;
use crate::toml_reader::{Problem, Value, keep, meant};

const EXAMPLE: &str = "[{ lint = \"key-types\", until = 2030-12-31, reason = \"…\" }]";
const LINT: &str = "\"missing-description\"";
const DAY: &str = "2030-12-31";

/// `text` is the whole file.
pub fn read(value: &Value<'_>, text: &str, problems: &mut Vec<Problem>) -> Vec<Waiver> {
    let items = value.items("a list of tables", EXAMPLE);
    keep(items, problems)
        .unwrap_or_default()
        .iter()
        .filter_map(|item| one(item, text, problems))
        .collect()
}

fn one(value: &Value<'_>, text: &str, problems: &mut Vec<Problem>) -> Option<Waiver> {
    let table = value.table("the waiver", "a list of tables", EXAMPLE);
    let mut table = keep(table, problems)?;
    let owned = |value: &Value<'_>, example: &str| value.text(example).map(str::to_owned);
    let lint = table.require("lint", LINT, problems, name);
    let action = table.read("action", problems, action);
    let key = table.read("key", problems, |value| owned(value, "\"reason\""));
    let until = table.require("until", DAY, problems, |value| value.date(DAY));
    let reason = table.require("reason", "\"…\"", problems, |value| owned(value, "\"…\""));
    table.finish("setting", problems);
    Some(Waiver {
        lint: lint?,
        action,
        key,
        until: until?,
        reason: reason?,
        at: Position::of(text, value.at()),
    })
}

/// A lint's or a rule's. Other findings say that the folder isn't what the code is: there's nothing to agree on.
fn name(value: &Value<'_>) -> Result<String, Problem> {
    let text = value.text(LINT)?;
    let known = lint::ALL
        .iter()
        .map(|lint| lint.code.name)
        .chain(rules::ALL.iter().map(|rule| rule.name));
    if known.clone().any(|name| name == text) {
        return Ok(text.into());
    }
    let is_code = code::ALL.iter().any(|code| code.name == text);
    let message = if is_code {
        format!("`{text}` can't be waived, only lints and rules of `diff` can")
    } else {
        format!(
            "`{}` is neither a lint nor a rule of `diff`",
            text.escape_debug()
        )
    };
    Err(value.problem(message, meant(text, known)))
}

fn action(value: &Value<'_>) -> Result<String, Problem> {
    let text = value.text("\"user.signed_in\"")?;
    if is_registered_action(text) {
        return Ok(text.into());
    }
    Err(value.problem(
        format!("invalid action {text:?}"),
        "expected e.g. `user.signed_in`; omit it to match all actions",
    ))
}
