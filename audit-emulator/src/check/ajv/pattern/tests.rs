use std::time::{Duration, Instant};

use super::*;

fn fits(pattern: &str, text: &str) -> bool {
    let budget = Budget::new();
    let fits = Pattern::new(pattern)
        .unwrap_or_else(|error| panic!("{error}"))
        .fits(text, &budget);
    assert_eq!(budget.blamed(), None, "{pattern}");
    fits
}

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

/// Each also read by an engine that knows JavaScript's patterns and nothing else.
#[test]
fn mean_what_they_mean_in_javascript() {
    for pattern in PATTERNS {
        let javascript = regress::Regex::with_flags(pattern, "u").unwrap();
        for text in TEXTS {
            assert_eq!(
                fits(pattern, text),
                javascript.find(text).is_some(),
                "/{pattern}/u {text:?}"
            );
        }
    }
}

#[test]
fn what_cannot_be_checked_is_refused() {
    for (pattern, said) in [
        ("[".to_owned(), "Invalid regular expression"),
        (r"\-".to_owned(), "Invalid regular expression"),
        (r"(a)\1".to_owned(), "refers back"),
        (r"(?<x>a)\k<x>".to_owned(), "refers back"),
        (r"\uD800".to_owned(), "half of a character"),
        ("(?:(?:a{1000}){1000}){1000}".to_owned(), "spelled out"),
        ("abc|".repeat(14_000), "at most 4096 bytes"),
        ("(?=a)".repeat(2_000), "at most 4096 bytes"),
        ("|".repeat(1_001), "at most 1000 alternatives"),
        ("(".repeat(51) + &")".repeat(51), "at most 50 levels"),
    ] {
        let error = Pattern::new(&pattern).unwrap_err();
        assert!(error.contains(said), "{error}");
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
        "(?=a)|".repeat(600),
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
        if let Ok(pattern) = Pattern::new(&pattern) {
            pattern.fits(
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &Budget::new(),
            );
            assert!(pattern.size() < 16 * 1024 * 1024, "{}", pattern.size());
        }
    }
}

#[test]
fn none_takes_for_ever() {
    let text = format!("{}!", "a".repeat(50_000));
    let started = Instant::now();
    for pattern in [
        "^(a+)+$",
        "^(a|a)*$",
        "^(?=(a+)+b)",
        "(?=x)|(?:a|a)*(?!a)b$",
    ] {
        let budget = Budget::new();
        assert!(
            !Pattern::new(pattern).unwrap().fits(&text, &budget),
            "{pattern}"
        );
    }
    let budget = Budget::new();
    assert!(
        !Pattern::new("^(?:(?=a)a+)+$")
            .unwrap()
            .fits(&"a".repeat(60), &budget)
            || budget.blamed().is_none()
    );
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn who_asks_for_too_much_is_named() {
    let budget = Budget::new();
    Pattern::new("^(?:(?=a)a|(?=a)aa)+b")
        .unwrap()
        .fits(&"a".repeat(400), &budget);
    assert_eq!(
        budget.blamed().as_deref(),
        Some("the pattern /^(?:(?=a)a|(?=a)aa)+b/u")
    );
}
