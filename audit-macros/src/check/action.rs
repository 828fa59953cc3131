//! Rules for what identifies a schema: the action and the version.

use audit_rules::action_problem;
use audit_rules::limits::{ACTION_CHARS, is_action, is_registered_action};
use syn::ext::IdentExt;

use super::item;
use crate::diag::{Code, Errors};
use crate::parse::ParsedItem;
use audit_rules::case::Case;

/// Both are required; where neither is there, that is one mistake.
pub fn action_and_version(
    written: &ParsedItem,
    errors: &mut Errors,
) -> (Option<syn::LitStr>, Option<(syn::LitInt, u32)>) {
    let attributes = &written.attributes;
    // `user.signed_in` for `UserSignedIn`.
    let name = Case::Snake.variant(&written.ident.unraw().to_string());
    let action = suggested_action(&name.replacen('_', ".", 1));
    let example = format!("action = \"{action}\"");
    if attributes.first_of(&["action", "version"]).is_none() && !attributes.is_damaged() {
        let help = format!("write #[audit({example}, version = 1)]");
        errors.push(
            &written.ident,
            Code::MissingAttribute,
            format!("`{}` needs `action` and `version`", written.ident),
            help,
        );
        return (None, None);
    }
    (
        self::action(written, &example, errors),
        version(written, errors),
    )
}

fn action(written: &ParsedItem, example: &str, errors: &mut Errors) -> Option<syn::LitStr> {
    let attribute = item::required(written, "action", example, errors)?;
    let text = attribute.text()?;
    let action = text.value();
    let as_registered = written.attributes.has("as_registered");
    let Some(problem) = action_problem(&action, as_registered) else {
        return Some(text.clone());
    };
    // It may be what couldn't be read.
    if as_registered || !written.attributes.may_have_been("as_registered") {
        errors.push(
            text,
            Code::Action,
            format!("{action:?} can't be an action: {problem}"),
            help(&action, as_registered),
        );
    }
    None
}

fn help(action: &str, as_registered: bool) -> String {
    if as_registered {
        return format!(
            "write it as the service has it: 1 to {ACTION_CHARS} printable ASCII characters, without space, `/` and `\\`, and not `.` or `..`"
        );
    }
    let spelling = format!(
        "write it in lower case, in two or more words joined by dots, such as \"{}\"",
        suggested_action(action)
    );
    if is_registered_action(action) {
        format!("{spelling}; or add `as_registered`, where the service has it by that name already")
    } else {
        spelling
    }
}

fn suggested_action(action: &str) -> String {
    let mut suggested = String::new();
    for letter in action.chars() {
        let ends_word = |before| matches!(before, 'a'..='z' | '0'..='9');
        if letter.is_ascii_uppercase() && suggested.ends_with(ends_word) {
            suggested.push('_');
        }
        suggested.push(match letter {
            ':' | '/' => '.',
            '-' | ' ' => '_',
            _ => letter.to_ascii_lowercase(),
        });
    }
    if is_action(&suggested) {
        suggested
    } else {
        "user.signed_in".into()
    }
}

fn version(written: &ParsedItem, errors: &mut Errors) -> Option<(syn::LitInt, u32)> {
    let attribute = item::required(written, "version", "version = 1", errors)?;
    let literal = attribute.number()?;
    let number = literal
        .base10_parse::<u32>()
        .ok()
        .filter(|version| *version > 0);
    if number.is_none() {
        let what = format!(
            "`version = {literal}` isn't possible: versions are whole numbers from 1 to {}",
            u32::MAX
        );
        errors.push(literal, Code::Version, what, "begin with version = 1");
    }
    Some((literal.clone(), number?))
}
