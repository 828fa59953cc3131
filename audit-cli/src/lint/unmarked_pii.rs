//! `unmarked-pii`: keys that are named like personal data or secrets, and leave the process as they are.

use audit_core::schema::JsonType;
use audit_core::schema::record::read::{Event, Field};

use super::key_case::words;
use super::{Check, Form, Lint, finding_of, keys};
use crate::finding::{Finding, code};

pub const LINT: Lint = Lint { code: code::UNMARKED_PII, form: Form::Plain(|| Box::new(UnmarkedPii)) };

/// What people call personal data and secrets, in words: plurals and `HomePhone`, `home-phone`, `HOME_PHONE` are found by the singular.
const NAMES: &[&str] = &[
    "access key",
    "account number",
    "address",
    "api key",
    "birth date",
    "birthdate",
    "birthday",
    "card number",
    "cookie",
    "credential",
    "credit card",
    "cvc",
    "cvv",
    "date of birth",
    "dob",
    "email",
    "family name",
    "fax",
    "first name",
    "full name",
    "given name",
    "iban",
    "ip",
    "last name",
    "latitude",
    "longitude",
    "maiden name",
    "mail",
    "mobile",
    "national id",
    "otp",
    "passphrase",
    "passport",
    "passwd",
    "password",
    "phone",
    "pin",
    "private key",
    "pwd",
    "secret",
    "social security",
    "ssn",
    "surname",
    "tax id",
    "telephone",
    "token",
    "zip code",
];

/// A key that ends so is about the data, and doesn't hold it: `token_count`, `email_template`.
const ABOUT: [&str; 8] = ["count", "kind", "length", "policy", "status", "template", "type", "version"];

#[derive(Debug)]
struct UnmarkedPii;

impl Check for UnmarkedPii {
    fn findings(&self, events: &[&Event]) -> Vec<Finding> {
        events.iter().flat_map(|event| of_event(event)).collect()
    }
}

fn of_event(event: &Event) -> impl Iterator<Item = Finding> {
    keys(event).filter(|(_, field)| can_hold(field)).filter_map(move |(place, field)| {
        let name = name_in(&field.key)?;
        let what = format!("the key `{}`{} is named like personal data or a secret ({name}) and is sent as it is", field.key, place.words());
        let help = "leave it out, send what stands for it (an id, a digest made by `#[audit(with = function)]`), or waive the lint for this key with the reason";
        Some(finding_of(code::UNMARKED_PII, event, field, &what, help))
    })
}

/// A yes or no and one of a few values tell nothing of that kind.
fn can_hold(field: &Field) -> bool {
    field.json != JsonType::Boolean && field.values.is_none()
}

/// The name that stands in a key as whole words.
fn name_in(key: &str) -> Option<&'static str> {
    let words = words(key);
    if words.last().is_some_and(|last| ABOUT.contains(&last.as_str())) {
        return None;
    }
    let words: Vec<_> = words.iter().map(|word| singular(word)).collect();
    NAMES.iter().copied().find(|name| {
        let name: Vec<_> = name.split(' ').collect();
        words.windows(name.len()).any(|some| some == name)
    })
}

fn singular(word: &str) -> &str {
    match word.strip_suffix("sses") {
        Some(stem) => &word[..stem.len() + 2],
        None if word.ends_with("ss") => word,
        None => word.strip_suffix('s').unwrap_or(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_names_as_whole_words_in_every_case() {
        for (key, name) in [
            ("email", "email"),
            ("user_email", "email"),
            ("homePhone", "phone"),
            ("BACKUP-EMAILS", "email"),
            ("remoteIP", "ip"),
            ("ip_address", "address"),
            ("previous_addresses", "address"),
            ("ResetToken", "token"),
            ("apiKey", "api key"),
            ("date_of_birth", "date of birth"),
            ("IBAN", "iban"),
            ("temporary_passwords", "password"),
        ] {
            assert_eq!(name_in(key), Some(name), "{key}");
        }
    }

    #[test]
    fn passes_over_parts_of_words_and_what_is_about_them() {
        for key in [
            "zip",
            "shipment",
            "tokenizer",
            "description",
            "emailed_at_night",
            "token_count",
            "email_template",
            "key",
            "status",
            "address_type",
        ] {
            assert_eq!(name_in(key), None, "{key}");
        }
    }
}
