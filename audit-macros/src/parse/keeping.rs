//! Words that are meant to keep a value in. None of them is an attribute, and none may be taken for one that sends the value.

use super::keys::{self, Location};
use crate::suggest::did_you_mean;
use audit_rules::case::Case;

/// How words begin that are written where a value is meant to be sent in another form, or not at all.
const PROTECTIVE: &[&str] = &[
    "anon", "censor", "conceal", "confid", "encr", "exclu", "forg", "gdpr", "hash", "hid", "ignor",
    "internal", "mask", "obfusc", "obscur", "omit", "passw", "personal", "phi", "pii", "priv",
    "protect", "pseudo", "redact", "remov", "sanit", "scrub", "secre", "sensi", "skip", "strip",
    "suppress", "tokeniz", "withh",
];

/// What says no to what follows it, or to what stands before it.
const NEGATIONS: &[&str] = &[
    "anti", "disable", "disabled", "dont", "false", "never", "no", "non", "none", "not", "off",
    "un", "without",
];

/// Whether a word, or a part of it, is meant to keep a value in. A negation says so where values are declared.
pub fn is_meant(word: &str, location: Location) -> bool {
    let of_item = matches!(
        location,
        Location::Event | Location::Entity | Location::Metadata | Location::Value
    );
    let says_so = |part: &str| {
        PROTECTIVE.iter().any(|stem| part.starts_with(stem)) || !of_item && is_negated(part)
    };
    // `NO_NAME`, `noName`
    let spellings = [word.to_lowercase(), Case::Snake.variant(word)];
    word.starts_with('!')
        || spellings.iter().any(|word| {
            word.split(|letter: char| !letter.is_alphanumeric())
                .any(says_so)
        })
}

/// `no`, `nometadata`, `unnamed`, `nameless`.
fn is_negated(part: &str) -> bool {
    let behind = NEGATIONS
        .iter()
        .filter_map(|negation| part.strip_prefix(negation));
    behind.chain(part.strip_suffix("less")).any(|rest| {
        rest.is_empty() || did_you_mean(rest, keys::KEYS.iter().map(|key| key.name)).is_some()
    })
}

/// The way to keep a value in, at a place.
pub fn help(location: Location) -> &'static str {
    match location {
        Location::Entity | Location::EntityField | Location::EntityVariant => {
            "remove it: an unmarked field never leaves the process, and a marked one is sent as it is"
        }
        _ => {
            "no attribute hides a value that is sent: #[audit(skip)] on the field keeps it in the process"
        }
    }
}
