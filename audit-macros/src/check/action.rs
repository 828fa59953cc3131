//! Rules for what identifies a schema: the action and the version.

use syn::ext::IdentExt;

use super::item;
use crate::action::{ACTION_CHARS, is_action, is_registered_action};
use crate::case::Case;
use crate::diag::{Code, Errors};
use crate::parse::Written;

/// Both are required; where neither is there, that is one mistake.
pub fn action_and_version(
    written: &Written,
    errors: &mut Errors,
) -> (Option<syn::LitStr>, Option<(syn::LitInt, u32)>) {
    let attributes = &written.attributes;
    if attributes.first_of(&["action", "version"]).is_none() && !attributes.is_damaged() {
        let action = action_of_name(&written.ident.unraw().to_string());
        let help = format!("write #[audit(action = \"{action}\", version = 1)]");
        errors.push(
            written.ident.span(),
            Code::MissingAttribute,
            format!("`{}` needs `action` and `version`", written.ident),
            help,
        );
        return (None, None);
    }
    (action(written, errors), version(written, errors))
}

fn action(written: &Written, errors: &mut Errors) -> Option<syn::LitStr> {
    let example = format!(
        "action = \"{}\"",
        action_of_name(&written.ident.unraw().to_string())
    );
    let attribute = item::required(
        &written.attributes,
        "action",
        &example,
        &written.ident,
        errors,
    )?;
    let text = attribute.text()?;
    let action = text.value();
    let as_registered = written.attributes.get("as_registered").is_some();
    let problem = if as_registered {
        registered_problem(&action)
    } else {
        action_problem(&action)
    };
    let Some(problem) = problem else {
        return Some(text.clone());
    };
    // It may be what couldn't be read.
    if as_registered || !written.attributes.meant("as_registered") {
        errors.push(
            text.span(),
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

/// What no action of the service has.
fn registered_problem(action: &str) -> Option<String> {
    if is_registered_action(action) {
        return None;
    }
    let other = action
        .chars()
        .find(|letter| !letter.is_ascii_graphic() || matches!(letter, '/' | '\\'));
    Some(match other {
        Some(letter) => format!("it holds {letter:?}"),
        None if action.is_empty() => "it is empty".into(),
        None if matches!(action, "." | "..") => "no URL can hold it".into(),
        None => too_long(action),
    })
}

fn too_long(action: &str) -> String {
    format!(
        "it has {} characters, at most {ACTION_CHARS} are possible",
        action.chars().count()
    )
}

/// Two or more segments of `[a-z0-9_]`, each beginning with a letter.
fn action_problem(action: &str) -> Option<String> {
    if is_action(action) {
        return None;
    }
    if action.is_empty() {
        return Some("it is empty".into());
    }
    if let Some(letter) = action
        .chars()
        .find(|letter| !matches!(letter, 'a'..='z' | '0'..='9' | '_' | '.'))
    {
        return Some(format!("it holds {letter:?}"));
    }
    if let Some(segment) = action
        .split('.')
        .find(|segment| !segment.starts_with(|first: char| first.is_ascii_lowercase()))
    {
        return Some(if segment.is_empty() {
            "a segment is empty".into()
        } else {
            format!("`{segment}` doesn't begin with a letter")
        });
    }
    Some(if !action.contains('.') {
        "it has no dot".into()
    } else if action.len() > ACTION_CHARS {
        too_long(action)
    } else if matches!(action, "audit.toml" | "index.txt") {
        "schemas/ holds a file of that name".into()
    } else {
        let device = action.split('.').next().unwrap_or_default();
        format!(
            "Windows takes `{device}` for a device, whatever follows, and can't check out a folder of that name"
        )
    })
}

/// `user.signed_in` for `UserSignedIn`.
fn action_of_name(name: &str) -> String {
    suggested_action(&Case::Snake.variant(name).replacen('_', ".", 1))
}

fn suggested_action(action: &str) -> String {
    let mut suggested = String::new();
    for letter in action.chars() {
        if letter.is_ascii_uppercase() {
            if suggested
                .ends_with(|before: char| before.is_ascii_lowercase() || before.is_ascii_digit())
            {
                suggested.push('_');
            }
            suggested.push(letter.to_ascii_lowercase());
        } else if matches!(letter, ':' | '/') {
            suggested.push('.');
        } else if matches!(letter, '-' | ' ') {
            suggested.push('_');
        } else {
            suggested.push(letter);
        }
    }
    if action_problem(&suggested).is_none() {
        suggested
    } else {
        "user.signed_in".into()
    }
}

fn version(written: &Written, errors: &mut Errors) -> Option<(syn::LitInt, u32)> {
    let attribute = item::required(
        &written.attributes,
        "version",
        "version = 1",
        &written.ident,
        errors,
    )?;
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
        errors.push(
            literal.span(),
            Code::Version,
            what,
            "begin with version = 1",
        );
    }
    Some((literal.clone(), number?))
}
