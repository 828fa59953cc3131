//! `key-case`: all keys are written in one of serde's cases.

use audit_core::schema::record::read::{Event, Field};

use super::{Check, Form, Lint, Parameter, finding_of, keys};
use crate::body::Place;
use crate::finding::{Finding, code};
use crate::toml_reader::{Problem, Value};
use audit_rules::case::{CASES, Case};

pub const LINT: Lint = Lint {
    code: code::KEY_CASE,
    form: Form::With(Parameter {
        name: "case",
        example: "\"snake_case\"",
        default: Some(|| Box::new(KeyCase { case: Case::Snake })),
        read,
    }),
};

#[derive(Debug)]
struct KeyCase {
    case: Case,
}

fn read(value: &Value<'_>) -> Result<Box<dyn Check>, Problem> {
    Ok(Box::new(KeyCase {
        case: value.one_of(&CASES)?,
    }))
}

impl Check for KeyCase {
    fn findings(&self, events: &[&Event]) -> Vec<Finding> {
        events
            .iter()
            .flat_map(|event| {
                keys(event).filter_map(|(place, field)| self.of_key(event, place, field))
            })
            .collect()
    }
}

impl KeyCase {
    fn of_key(&self, event: &Event, place: Place<'_>, field: &Field) -> Option<Finding> {
        let key = &field.key;
        let what = format!("the key `{key}`{} isn't {}", place.words(), name(self.case));
        let help = format!(
            "`#[audit(rename = {:?})]`, in a new version where this one is registered",
            written(self.case, key)
        );
        (!fits(self.case, key)).then(|| finding_of(code::KEY_CASE, event, field, &what, &help))
    }
}

/// Whether a key is in a case. Abbreviations may stay as they are: `userID` is camelCase, too.
fn fits(case: Case, key: &str) -> bool {
    let lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let words = |separator: char, fits: fn(char) -> bool| {
        key.split(separator)
            .all(|word| !word.is_empty() && word.chars().all(fits))
    };
    let mixed = key.chars().all(|c| c.is_ascii_alphanumeric());
    match case {
        Case::Lower => key.chars().all(lower),
        Case::Upper => key.chars().all(upper),
        Case::Camel => mixed && key.starts_with(lower),
        Case::Pascal => mixed && key.starts_with(upper),
        Case::Snake => words('_', lower),
        Case::ScreamingSnake => words('_', upper),
        Case::Kebab => words('-', lower),
        Case::ScreamingKebab => words('-', upper),
    }
}

/// The key as it would be in a case.
fn written(case: Case, key: &str) -> String {
    let separator = match case {
        Case::Lower | Case::Upper => "",
        _ => "_",
    };
    case.field(&words(key).join(separator))
}

fn name(case: Case) -> &'static str {
    CASES
        .iter()
        .find(|(_, other)| *other == case)
        .map_or("", |(name, _)| name)
}

/// In lower case: `user-ID`, `UserId` and `USER_ID` are all `user` and `id`.
pub fn words(key: &str) -> Vec<String> {
    let chars: Vec<char> = key.chars().collect();
    let mut words = vec![String::new()];
    for (index, c) in chars.iter().enumerate() {
        let before = index
            .checked_sub(1)
            .and_then(|index| chars.get(index))
            .copied()
            .unwrap_or('_');
        let after = chars.get(index + 1).copied().unwrap_or('_');
        // `HTTPServer`: the last of several capitals begins a word where it isn't alone in it.
        let begins =
            c.is_ascii_uppercase() && (!before.is_ascii_uppercase() || after.is_ascii_lowercase());
        if begins || !c.is_ascii_alphanumeric() {
            words.push(String::new());
        }
        if let (Some(word), true) = (words.last_mut(), c.is_ascii_alphanumeric()) {
            word.push(c.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_serdes_cases() {
        for (name, case) in CASES {
            let words = [
                "signed_in_at",
                "SIGNED-IN-AT",
                "signedInAt",
                "SignedInAt",
                "signed-in-at",
                "SIGNED_IN_AT",
            ]
            .map(|key| written(case, key));
            assert!(
                words.iter().all(|key| key == &words[0] && fits(case, key)),
                "{name}: {words:?}"
            );
            let squashed = words[0].eq_ignore_ascii_case("signedInAt");
            assert!(
                squashed || words[0].chars().filter(|c| "_-".contains(*c)).count() == 2,
                "{name}: {words:?}"
            );
        }
        assert_eq!(written(Case::Camel, "HTTPServer_id"), "httpServerId");
        assert_eq!(written(Case::Snake, "line2_B"), "line2_b");
    }

    #[test]
    fn tells_right_from_wrong() {
        for (case, right, wrong) in [
            (Case::Snake, ["a", "a_b2", "2fa"], ["aB", "_a", "a__b"]),
            (
                Case::ScreamingSnake,
                ["A", "A_B2", "2FA"],
                ["aB", "A_", "A-B"],
            ),
            (Case::Kebab, ["a", "a-b2", "2fa"], ["a_b", "-a", "aB"]),
            (
                Case::ScreamingKebab,
                ["A", "A-B2", "2FA"],
                ["A_B", "A-", "a"],
            ),
            (
                Case::Camel,
                ["a", "userID", "a2B"],
                ["UserId", "user_id", "user-id"],
            ),
            (
                Case::Pascal,
                ["A", "UserID", "A2b"],
                ["userId", "User_Id", "user-id"],
            ),
            (Case::Lower, ["a", "ab", "a2"], ["a_b", "aB", "A"]),
            (Case::Upper, ["A", "AB", "A2"], ["A_B", "aB", "a"]),
        ] {
            assert!(right.iter().all(|key| fits(case, key)), "{case:?}");
            assert!(wrong.iter().all(|key| !fits(case, key)), "{case:?}");
        }
    }
}
