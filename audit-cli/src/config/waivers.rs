//! `[[waivers]]`: what isn't reported, where, until when, and why.

use audit_core::limits::is_registered_action;

use crate::diff::rules;
use crate::finding::code;
use crate::lint;
use crate::lint::waiver::Waiver;
use crate::toml_reader::{Problem, Value, keep, meant, position};

const EXAMPLE: &str = "[{ lint = \"key-types\", until = 2030-12-31, reason = \"…\" }]";
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
    let lint = table
        .need("lint", "\"missing-description\"")
        .and_then(|value| name(&value));
    let lint = keep(lint, problems);
    let action = table.take("action").map(|value| action(&value)).transpose();
    let action = keep(action, problems);
    let key = table
        .take("key")
        .map(|value| value.text("\"reason\"").map(str::to_owned))
        .transpose();
    let key = keep(key, problems);
    let until = table.need("until", DAY).and_then(|value| value.date(DAY));
    let until = keep(until, problems);
    let reason = table
        .need("reason", "\"…\"")
        .and_then(|value| value.text("\"…\"").map(str::to_owned));
    let reason = keep(reason, problems);
    table.finish("setting", problems);
    Some(Waiver {
        lint: lint?,
        action: action?,
        key: key?,
        until: until?,
        reason: reason?,
        place: position(text, value.at()),
    })
}

/// A lint's or a rule's. Other findings say that the folder isn't what the code is: there's nothing to agree on.
fn name(value: &Value<'_>) -> Result<String, Problem> {
    let text = value.text("\"missing-description\"")?;
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
        format!("{text:?} is no action"),
        "an action is written like `user.signed_in`; without one the waiver is for all",
    ))
}
