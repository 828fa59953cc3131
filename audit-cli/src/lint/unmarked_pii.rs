//! `unmarked-pii`: keys that are named like personal data or secrets, and leave the process as they are.

use audit_core::schema::JsonType;
use audit_core::schema::record::read::{Event, Field};

use super::key_case::words;
use super::{Lint, Report, keys};
use crate::finding::code;

pub const LINT: Lint = Lint::plain(code::UNMARKED_PII, check);

/// Names of personal data and secrets that are texts.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    // Credentials.
    "access code", "access key", "access token", "account key", "api key", "api token", "auth code", "auth header", "auth key",
    "auth token", "authorization", "backup code", "bearer", "client secret", "connection string", "cookie", "cred", "credential",
    "csrf", "database url", "dsn", "encryption key", "id token", "jwt", "license key", "master key", "mnemonic", "passphrase",
    "passwd", "password", "password hash", "private key", "psk", "pwd", "recovery code", "refresh token", "secret", "secret key",
    "security answer", "seed phrase", "session key", "session token", "signing key", "ssh key", "token", "xsrf",
    // Persons, and how they are reached.
    "addr", "address", "client addr", "client ip", "contact name", "customer name", "email", "email address", "family name",
    "first name", "forwarded for", "full name", "given name", "home address", "ip", "ip addr", "ip address", "ipv4", "ipv6",
    "last name", "legal name", "mac addr", "mac address", "maiden name", "mail", "middle name", "nickname", "patient name",
    "person name", "real name", "remote addr", "remote ip", "street", "street address", "street name", "surname", "user ip",
    "user name",
    // Papers and accounts.
    "account holder", "card holder", "card holder name", "driver licence", "driver license", "drivers licence", "drivers license",
    "driving licence", "driving license", "iban", "id card", "identity card", "licence plate", "license plate", "name on card",
    "number plate", "passport",
    // What the GDPR calls special categories, and their neighbours.
    "biometric", "birth place", "blood type", "coordinate", "criminal record", "diagnosis", "disability", "ethnicity", "gender",
    "geo location", "gps", "marital status", "medical record", "nationality", "political", "race", "religion", "sex",
    "sexual orientation", "trade union",
];

/// The names of those that may be numbers, too.
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "aadhaar", "account no", "account number", "bank account", "birth", "birth date", "birth year", "birthday", "card number",
    "cc number", "cell phone", "credit card", "cvc", "cvv", "date of birth", "debit card", "dob", "fax", "imei", "income",
    "insurance number", "lat", "latitude", "lng", "longitude", "mobile", "mobile number", "mobile phone", "national id",
    "national insurance", "nhs number", "one time code", "otp", "passcode", "phone", "phone number", "pin", "pin code",
    "postal code", "postcode", "routing number", "salary", "security code", "social insurance", "social security", "sort code",
    "ssn", "tax id", "tax number", "tel", "telephone", "totp", "verification code", "zip code",
];

/// A key with one of these behind a name is about the data, and doesn't hold it: `token_count`, `secret_name`.
#[rustfmt::skip]
const ABOUT: &[&str] = &[
    "age", "algorithm", "app", "at", "brand", "budget", "changed", "consent", "cost", "count", "country", "digest", "domain",
    "enabled", "expiry", "field", "fingerprint", "format", "hash", "id", "issuer", "kind", "label", "length", "limit", "method",
    "mode", "name", "os", "path", "platform", "policy", "prefix", "provider", "reason", "result", "scope", "server", "size",
    "source", "state", "status", "strength", "subject", "template", "ttl", "type", "usage", "used", "verified", "version",
];

fn check(events: &[&Event], report: &mut Report) {
    let help = "leave it out, send a substitute (an id, a digest made by `#[audit(with = function)]`), or waive the lint for this key with the reason";
    for key in keys(events) {
        if let Some(name) = name_in(key.field) {
            let what =
                format!("is named like personal data or a secret ({name}) and is sent as it is");
            report.key(key, &what, help);
        }
    }
}

/// The longest name in a key. A boolean or an enum holds no such data.
fn name_in(field: &Field) -> Option<&'static str> {
    let spelled = spelled(&words(&field.key));
    // In a text the plural is meant, too; as a number it is a count.
    let (names, stem): (_, fn(&str) -> &str) = match field.json {
        JsonType::String if field.values.is_none() => ([TEXTS, NUMBERS], stem),
        JsonType::Integer | JsonType::Number => ([&[], NUMBERS], |word| word),
        JsonType::String | JsonType::Boolean => return None,
    };
    let holds = |name: &&str| {
        let name = name.replace(' ', "");
        spelled
            .iter()
            .any(|spelled| *spelled == name || stem(spelled) == name)
    };
    names
        .into_iter()
        .flatten()
        .copied()
        .filter(holds)
        .max_by_key(|name| name.len())
}

/// Consecutive words of a key, joined; only those at its end where it is about the data.
fn spelled(words: &[String]) -> Vec<String> {
    let is_about = words
        .last()
        .is_some_and(|last| ABOUT.contains(&last.as_str()) || ABOUT.contains(&stem(last)));
    let parts = (0..words.len()).flat_map(|from| (from..words.len()).map(move |last| (from, last)));
    let parts = parts.filter(|(_, last)| !is_about || last + 1 == words.len());
    parts
        .map(|(from, last)| words[from..=last].concat())
        .collect()
}

/// A word without its plural, and without a number behind it.
fn stem(word: &str) -> &str {
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    match word.strip_suffix("sses") {
        Some(stem) => &word[..stem.len() + 2],
        None if word.ends_with("ss") => word,
        None => word.strip_suffix('s').unwrap_or(word),
    }
}

#[cfg(test)]
mod tests;
