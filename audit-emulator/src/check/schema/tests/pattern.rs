use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::super::Schema;
use super::{ours, theirs};
use crate::check::errors::Errors;

#[rustfmt::skip]
const PATTERNS: &[&str] = &[
    "", "a", "^a$", "a|b", "^(?:a|bc)+$", "(a)(b)?", "(?<name>a)b", "^.$", r"^\d+$", r"^\D+$", r"\w", r"^\W$", r"^\s$", r"^\S$",
    r"\bfoo\b", r"o\Bo", "^[a-z]{2,3}$", "^[^a-z]$", "[]", "[^]", r"^[\]\\^-]$", "^[a-]$", r"^[\d_]+$", r"^[^\s]$", r"^[\W]$",
    r"^[\S\s]$", r"^\u{1F600}$", r"^\uD83D\uDE00$", r"^\u00e9$", r"^\xe9$", r"^[\u{1F600}-\u{1F64F}]$", r"\cJ",
    r"^\t\n\v\f\r\0$", r"^[\b]$", r"^\p{Lu}$", r"^\P{Lu}$", r"^[\p{L}\d]+$", r"^\p{Script=Greek}$",
    r"^\/\.\*\+\?\(\)\[\]\{\}\|\^\$$", "a+?b", "a{2}", "a{2,}", "^(?=.*a)(?=.*b)", "^(?!foo)", "(?<=a)b", r"(?<!\w)b",
    r"^(?=\b)a", r"(?!x)o\Bo", "^[&&~~]$", "^[[a]$", "#", "a b", "^é+$", "^-$",
];
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "", "a", "b", "ab", "ba", "bc", "abc", "foo", "a foo b", "foot", "xfoo", "1", "12", "é", "éé", "_", "-", "]", "^", "\\",
    "A", "Ω", "😀", "\n", "\r", "\u{2028}", "\u{85}", "\u{a0}", "\u{feff}", " ", "\t\n\u{b}\u{c}\r\0", "\u{8}", "/.*+?()[]{}|^$",
    "aa", "aaa", "aab", "&", "~", "[", "#", "a b", "٣",
];

/// A schema whose keys all have to fit the pattern, and data that holds each text as a key's value.
fn case(pattern: &str, texts: &[&str]) -> (Value, Value) {
    let data: Map<String, Value> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| (index.to_string(), (*text).into()))
        .collect();
    (
        json!({"additionalProperties": {"pattern": pattern}}),
        data.into(),
    )
}

/// But for what a metadata schema hardly says.
#[test]
fn mean_what_they_mean_in_javascript() {
    let cases: Vec<_> = PATTERNS
        .iter()
        .map(|pattern| case(pattern, TEXTS))
        .collect();
    let Some(answers) = theirs(&cases) else {
        return;
    };
    let mut differences = Vec::new();
    for (((schema, data), theirs), pattern) in cases.iter().zip(answers).zip(PATTERNS) {
        let not_fitting = |errors: &[Value]| -> Vec<String> {
            errors
                .iter()
                .map(|error| error["data"].to_string())
                .collect()
        };
        let theirs = not_fitting(theirs["errors"].as_array().unwrap());
        match ours(schema, data) {
            Ok(errors) => {
                let ours = not_fitting(&errors.kept);
                for text in TEXTS.iter().map(|text| json!(text).to_string()) {
                    if ours.contains(&text) != theirs.contains(&text) {
                        differences.push(format!("/{pattern}/ fits {text}"));
                    }
                }
            }
            Err(_) => differences.push(format!("/{pattern}/ is rejected")),
        }
    }
    // The decision record 0008 says so.
    assert_eq!(
        differences,
        [
            "/^.$/ fits \"\\r\"",
            "/^.$/ fits \"\u{2028}\"",
            "/[]/ is rejected",
            "/[^]/ is rejected",
            r"/^\uD83D\uDE00$/ is rejected",
            r"/^\t\n\v\f\r\0$/ is rejected",
            r"/^[\b]$/ is rejected",
        ]
    );
}

#[test]
fn what_cannot_be_checked_is_rejected() {
    for (pattern, said) in [
        ("[".to_owned(), "Invalid regular expression"),
        (r"\-".to_owned(), "Invalid regular expression"),
        (r"(a)\1".to_owned(), "refers back"),
        (r"(?<x>a)\k<x>".to_owned(), "refers back"),
        (r"\uD800".to_owned(), "Invalid regular expression"),
        ("(?:(?:a{1000}){1000}){1000}".to_owned(), "spelled out"),
        ("abc|".repeat(14_000), "at most 4096 bytes"),
        ("(?=a)".repeat(2_000), "at most 4096 bytes"),
        ("(".repeat(51) + &")".repeat(51), "at most 50 groups"),
    ] {
        let rejected = Schema::compile(&json!({"pattern": pattern})).unwrap_err();
        assert!(rejected[0].message.contains(said), "{rejected:?}");
    }
}

/// The deepest and widest ones that are short enough end no process, whatever becomes of them.
#[test]
fn large_ones_are_survived() {
    // Half of what a thread has.
    let thread = std::thread::Builder::new()
        .stack_size(1024 * 1024)
        .spawn(try_large_ones);
    thread.unwrap().join().unwrap();
}

fn try_large_ones() {
    let (open, close) = ("(".repeat(50), ")".repeat(50));
    for pattern in [
        "|".repeat(1_000),
        "|".repeat(4_000),
        "(?=a)|".repeat(600),
        "(?=a)|".repeat(50),
        format!("{open}a{close}"),
        format!("{}a{}", "(?=".repeat(50), ")".repeat(50)),
        "(?:a|".repeat(50) + "b" + &")".repeat(50) + &"|c".repeat(900),
        "(?:(?:a{9}){9}){9}".to_owned(),
        format!("{}a{}", "(?:".repeat(50), "{2})".repeat(50)),
        format!("{}(?=a)a{}", "(?:".repeat(49), "{2})".repeat(49)),
        "a?".repeat(2_000),
        r"\p{L}".repeat(800),
        "[^a]{1000}".to_owned(),
        "(?:(?=a)a{9}){1000}".to_owned(),
    ] {
        if let Ok(schema) = Schema::compile(&json!({"pattern": pattern})) {
            schema
                .is_valid(&"a".repeat(43).into(), "#", &mut Errors::default())
                .unwrap();
        }
    }
}

#[test]
fn none_takes_for_ever() {
    let started = Instant::now();
    for (pattern, length) in [
        ("^(a+)+$", 50_000),
        ("^(a|a)*$", 50_000),
        ("^(?=(a+)+b)", 50_000),
        ("(?=x)|(?:a|a)*(?!a)b$", 50_000),
        ("^(?:(?=a)a+)+$", 60),
        ("^(?:(?=a)a|(?=a)aa)+b", 10_000),
    ] {
        let schema = Schema::compile(&json!({"pattern": pattern})).unwrap();
        let text = format!("{}!", "a".repeat(length));
        assert!(
            !schema
                .is_valid(&text.into(), "#", &mut Errors::default())
                .unwrap(),
            "{pattern}"
        );
    }
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn who_asks_for_too_much_is_named() {
    let schema = Schema::compile(&json!({"pattern": "^(?:(?=a)a|(?=a)aa)+b"})).unwrap();
    let blamed = schema.check(&"a".repeat(400).into(), "", "#", &mut Errors::default());
    assert_eq!(blamed.unwrap_err(), "the pattern /^(?:(?=a)a|(?=a)aa)+b/u");
}
