//! `key-case`: all keys are written in one of serde's cases.

use audit_core::schema::record::read::Event;
use audit_rules::case::{CASES, Case};

use super::{Check, Lint, Report, keys};
use crate::finding::code;
use crate::toml_reader::{Problem, Value};

pub const LINT: Lint = Lint {
    default: Some(|events, report| check(Case::Snake, events, report)),
    ..Lint::with(code::KEY_CASE, "case", "\"snake_case\"", read)
};

fn read(value: &Value<'_>) -> Result<Check, Problem> {
    let case = value.one_of(&CASES)?;
    Ok(Box::new(move |events, report| check(case, events, report)))
}

fn check(case: Case, events: &[&Event], report: &mut Report) {
    let name = CASES.iter().find(|(_, other)| *other == case);
    let what = format!("isn't {}", name.map_or("", |(name, _)| name));
    for key in keys(events).filter(|key| !fits(case, &key.field.key)) {
        let help = format!(
            "`#[audit(rename = {:?})]`, in a new version where this one is registered",
            converted(case, &key.field.key)
        );
        report.key(key, &what, &help);
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

/// The key in a case.
fn converted(case: Case, key: &str) -> String {
    let separator = match case {
        Case::Lower | Case::Upper => "",
        _ => "_",
    };
    case.field(&words(key).join(separator))
}

/// The words of a key in lower case: those of `user-ID`, `UserId` and `USER_ID` are `user` and `id`.
pub fn words(key: &str) -> Vec<String> {
    let (mut words, mut before) = (vec![String::new()], '_');
    let mut letters = key.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_last_capital = letters.peek().is_some_and(char::is_ascii_lowercase);
        // `HTTPServer`: the last of several capitals begins a word where it isn't alone in it.
        let begins =
            letter.is_ascii_uppercase() && (!before.is_ascii_uppercase() || is_last_capital);
        if begins || !letter.is_ascii_alphanumeric() {
            words.push(String::new());
        }
        if let (Some(word), true) = (words.last_mut(), letter.is_ascii_alphanumeric()) {
            word.push(letter.to_ascii_lowercase());
        }
        before = letter;
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
            .map(|key| converted(case, key));
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
        assert_eq!(converted(Case::Camel, "HTTPServer_id"), "httpServerId");
        assert_eq!(converted(Case::Snake, "line2_B"), "line2_b");
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
