//! Rust identifiers for the keys, values and types of schemas, each once in its scope.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;
use syn::Ident;

/// A name is cut after about as many letters: a value may be a sentence.
const ENOUGH: usize = 48;

/// Types of the generated source, and the prelude's that everybody writes.
const TAKEN: [&str; 14] = [
    "Actor",
    "AuditEntity",
    "AuditEvent",
    "AuditValue",
    "Box",
    "Err",
    "None",
    "Ok",
    "Option",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// Whether a type can't have that name.
pub fn is_taken(type_name: &str) -> bool {
    TAKEN.contains(&type_name)
}

/// The words of a name, however it joins them, in lower case.
pub fn words(text: &str) -> Vec<String> {
    let text: String = text
        .chars()
        .map(|c| if is_letter(c) { c } else { ' ' })
        .collect();
    let snake = text.to_snake_case();
    let mut length = 0;
    let words = snake
        .split('_')
        .filter(|word| !word.is_empty())
        .take_while(|word| {
            let first = length == 0;
            length += word.len();
            first || length <= ENOUGH
        });
    words
        .map(|word| word.chars().take(ENOUGH).collect())
        .collect()
}

/// Letters and digits of which rustc doesn't warn, and that people who write Latin letters can type.
fn is_letter(c: char) -> bool {
    let is_latin = || {
        matches!(c, 'À'..='ž') && !matches!(c, '×' | '÷' | 'İ' | 'ı' | 'Ĳ' | 'ĳ' | 'Ŀ' | 'ŀ' | 'ŉ')
    };
    c.is_ascii_alphanumeric() || is_latin()
}

/// `UserSignedIn`; empty where there are no words. It may begin with a digit.
pub fn pascal<W: AsRef<str>>(words: &[W]) -> String {
    words.iter().fold(String::new(), |mut name, word| {
        let mut letters = word.as_ref().chars();
        let first = letters.next();
        // `1.2` isn't `12`.
        if name.ends_with(|c: char| c.is_ascii_digit())
            && first.is_some_and(|first| first.is_ascii_digit())
        {
            name.push('_');
        }
        name.extend(first.into_iter().flat_map(char::to_uppercase));
        name + letters.as_str()
    })
}

/// A type's name; `kind` says what it is where its own name doesn't do.
pub fn type_name<W: AsRef<str>>(words: &[W], kind: &str) -> String {
    let name = pascal(words);
    if name.starts_with(|c: char| !c.is_ascii_digit()) {
        name
    } else {
        format!("{kind}{name}")
    }
}

/// A field's name, which may be a keyword.
pub fn field_name(text: &str, kind: &str) -> String {
    let name = words(text).join("_");
    match name.chars().next() {
        None => kind.into(),
        Some(first) if first.is_ascii_digit() => format!("{kind}_{name}"),
        Some(_) => name,
    }
}

/// A variant's name.
pub fn variant_name(value: &str) -> String {
    match pascal(&words(value)) {
        _ if value.is_empty() => "Empty".into(),
        name if name.is_empty() => "Other".into(),
        name if name.starts_with(|c: char| c.is_ascii_digit()) => format!("N{name}"),
        name if name == "Self" => "SelfValue".into(),
        name => name,
    }
}

/// Whether no identifier can have the name, not even a raw one.
pub fn is_impossible(name: &str) -> bool {
    matches!(name, "self" | "Self" | "super" | "crate" | "_")
}

/// Whether the name must be written `r#name`.
pub fn is_keyword(name: &str) -> bool {
    // `syn` doesn't know the edition, and `gen` is a keyword since 2024.
    name == "gen" || syn::parse_str::<Ident>(name).is_err()
}

/// The names of one scope.
#[derive(Debug, Default)]
pub struct Names {
    given: BTreeSet<String>,
    /// The numbers that were tried, so that many equal names cost no more than others.
    numbers: BTreeMap<String, u64>,
}

impl Names {
    pub fn reserve(&mut self, name: impl Into<String>) {
        self.given.insert(name.into());
    }

    pub fn has(&self, name: &str) -> bool {
        self.given.contains(name)
    }

    /// A type's name: the first that nothing has, or else the last one with a number.
    pub fn claim_type(&mut self, wanted: &[String]) -> String {
        self.claim(wanted, |names, name| !is_taken(name) && !names.has(name))
    }

    /// The first name that is free, or else the last one with a number.
    pub fn claim(&mut self, wanted: &[String], is_free: impl Fn(&Self, &str) -> bool) -> String {
        let mut name = wanted.iter().find(|name| is_free(self, name)).cloned();
        let last = wanted.last().map_or("", String::as_str);
        let mut number = self.numbers.get(last).copied().unwrap_or(1);
        while name.is_none() {
            number += 1;
            self.numbers.insert(last.into(), number);
            name = Some(with_number(last, number)).filter(|name| is_free(self, name));
        }
        let name = name.unwrap_or_default();
        self.given.insert(name.clone());
        name
    }
}

/// `Name2`, and `V1_2` where the name ends in a digit itself.
fn with_number(name: &str, number: u64) -> String {
    if name.ends_with(|c: char| c.is_ascii_digit()) {
        format!("{name}_{number}")
    } else {
        format!("{name}{number}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words() {
        for (text, expected) in [
            ("agentName", "agent name"),
            ("amountMicroUsd", "amount micro usd"),
            ("agent_name", "agent name"),
            ("MCP-server.id", "mcp server id"),
            ("oauth2Token", "oauth2 token"),
            ("größe", "größe"),
            ("žluťoučký", "žluťoučký"),
            ("aȺb×c", "a b c"),
            ("__", ""),
            ("日本", ""),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
        let sentence = "The quick brown fox jumps over the lazy dog and runs away from it";
        assert_eq!(
            pascal(&words(sentence)),
            "TheQuickBrownFoxJumpsOverTheLazyDogAndRunsAway"
        );
        assert_eq!(words(&"x".repeat(500)).concat().len(), ENOUGH);
    }

    #[test]
    fn makes_names() {
        assert_eq!(type_name(&words("api_key"), "Entity"), "ApiKey");
        assert_eq!(type_name(&words("2fa"), "Entity"), "Entity2fa");
        assert_eq!(type_name(&words("-"), "Entity"), "Entity");
        assert_eq!(field_name("2faMethod", "key"), "key_2fa_method");
        assert_eq!(field_name("-", "key"), "key");
    }

    #[test]
    fn makes_names_of_values() {
        for (value, name) in [
            ("read_only", "ReadOnly"),
            ("READ-ONLY", "ReadOnly"),
            ("", "Empty"),
            ("self", "SelfValue"),
            ("30", "N30"),
            ("1.2", "N1_2"),
            ("30 days", "N30Days"),
            ("<=", "Other"),
            ("日本", "Other"),
            ("c++", "C"),
        ] {
            assert_eq!(variant_name(value), name, "{value}");
        }
    }

    #[test]
    fn knows_keywords() {
        for keyword in ["type", "gen", "async", "try", "dyn", "self"] {
            assert!(is_keyword(keyword), "{keyword}");
        }
        for name in ["kind", "union", "auto", "agent_name", "größe"] {
            assert!(!is_keyword(name), "{name}");
        }
    }

    #[test]
    fn gives_each_name_once() {
        let mut names = Names::default();
        let mut claim = |name: &str| names.claim_type(&[name.to_owned(), format!("{name}Entity")]);
        assert_eq!(
            ["User", "User", "User", "Option", "N1"].map(&mut claim),
            ["User", "UserEntity", "UserEntity2", "OptionEntity", "N1"]
        );
    }

    #[test]
    fn numbers_are_told_from_digits() {
        let mut names = Names::default();
        assert_eq!(
            [(); 3].map(|()| names.claim_type(&["N1".into()])),
            ["N1", "N1_2", "N1_3"]
        );
    }
}
