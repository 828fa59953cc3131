//! Rust identifiers for the keys, values and types of schemas, each once in its scope.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;
use syn::Ident;

/// A value may be a sentence.
const MAX_WORDS: usize = 8;
const MAX_LETTERS: usize = 48;

/// Types of the generated source and of the prelude.
pub const TAKEN: [&str; 14] = [
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

/// The words of a name, in lower case; the first ones of a sentence.
pub fn words(text: &str) -> Vec<String> {
    let text: String = text
        .chars()
        .map(|c| if is_letter(c) { c } else { ' ' })
        .collect();
    let snake = text.to_snake_case();
    let words = snake.split('_').filter(|word| !word.is_empty());
    let first = words.take(MAX_WORDS);
    first
        .map(|word| word.chars().take(MAX_LETTERS).collect())
        .collect()
}

/// ASCII and Latin letters and digits without a warning from rustc.
fn is_letter(c: char) -> bool {
    let is_latin = matches!(c, 'À'..='ž');
    let is_warned_of = matches!(c, '×' | '÷' | 'İ' | 'ı' | 'Ĳ' | 'ĳ' | 'Ŀ' | 'ŀ' | 'ŉ');
    c.is_ascii_alphanumeric() || is_latin && !is_warned_of
}

/// `UserSignedIn`; empty for text without words. It may begin with a digit.
fn pascal(text: &str) -> String {
    words(text).iter().fold(String::new(), |mut name, word| {
        // `1.2` isn't `12`.
        if name.ends_with(is_digit) && word.starts_with(is_digit) {
            name.push('_');
        }
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name + letters.as_str()
    })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// A type's name; it begins with `kind` where its own name can't begin a type's.
pub fn type_name(text: &str, kind: &str) -> String {
    let name = pascal(text);
    if name.is_empty() || name.starts_with(is_digit) {
        kind.to_owned() + &name
    } else {
        name
    }
}

/// A field's name, which may be a keyword.
pub fn field_name(text: &str, kind: &str) -> String {
    let mut words = words(text);
    if words.first().is_none_or(|word| word.starts_with(is_digit)) {
        words.insert(0, kind.into());
    }
    words.join("_")
}

/// A variant's name.
pub fn variant_name(value: &str) -> String {
    match pascal(value) {
        _ if value.is_empty() => "Empty".into(),
        name if name.is_empty() => "Other".into(),
        name if name.starts_with(is_digit) => format!("N{name}"),
        name if name == "Self" => "SelfValue".into(),
        name => name,
    }
}

/// Whether no identifier can have the name, not even a raw one.
fn is_impossible(name: &str) -> bool {
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
    used: BTreeSet<String>,
    /// The next number of each name, so that many equal names cost no more than others.
    numbers: BTreeMap<String, u64>,
}

impl Names {
    pub fn reserving(names: &[&str]) -> Self {
        let used = names.iter().map(ToString::to_string).collect();
        Self {
            used,
            ..Self::default()
        }
    }

    pub fn reserve(&mut self, name: String) {
        self.used.insert(name);
    }

    /// The first unused name, or else the last one with a number.
    pub fn claim(&mut self, candidates: &[String]) -> String {
        self.claim_if(candidates, |_, _| true)
    }

    /// The field `name`, or `name_value` where another field has the name or a setter like it.
    pub fn claim_field(&mut self, name: &str, suffix: &str) -> String {
        let candidates = [name.to_owned(), format!("{name}_{suffix}")];
        self.claim_if(&candidates, |used, name| {
            let optional = name.strip_prefix("maybe_");
            !is_impossible(name)
                && !used.contains(&format!("maybe_{name}"))
                && !optional.is_some_and(|name| used.contains(name))
        })
    }

    fn claim_if(
        &mut self,
        candidates: &[String],
        is_allowed: impl Fn(&BTreeSet<String>, &str) -> bool,
    ) -> String {
        let last = candidates.last().cloned().unwrap_or_default();
        let next = self.numbers.get(&last).copied().unwrap_or(2);
        let plain = candidates.iter().map(|name| (next, name.clone()));
        let numbered = (next..).map(|number| (number + 1, with_number(&last, number)));
        let is_free = |name: &str| !self.used.contains(name) && is_allowed(&self.used, name);
        let free = plain.chain(numbered).find(|(_, name)| is_free(name));
        let (next, name) = free.unwrap_or_default();
        self.numbers.insert(last, next);
        self.used.insert(name.clone());
        name
    }
}

/// `Name2`, and `V1_2` where the name ends in a digit itself.
fn with_number(name: &str, number: u64) -> String {
    if name.ends_with(is_digit) {
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
        assert_eq!(pascal(sentence), "TheQuickBrownFoxJumpsOverTheLazy");
        assert_eq!(words(&"x".repeat(500)).concat().len(), MAX_LETTERS);
    }

    #[test]
    fn makes_names() {
        assert_eq!(type_name("api_key", "Entity"), "ApiKey");
        assert_eq!(type_name("2fa", "Entity"), "Entity2fa");
        assert_eq!(type_name("-", "Entity"), "Entity");
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
        let mut names = Names::reserving(&TAKEN);
        let mut claim = |name: &str| names.claim(&[name.to_owned(), format!("{name}Entity")]);
        assert_eq!(
            ["User", "User", "User", "Option", "N1"].map(&mut claim),
            ["User", "UserEntity", "UserEntity2", "OptionEntity", "N1"]
        );
    }

    #[test]
    fn many_equal_names_cost_no_more_than_others() {
        let mut names = Names::default();
        let last = (0..100_000).map(|_| names.claim(&["N".into()])).last();
        assert_eq!(last.as_deref(), Some("N100000"));
    }

    #[test]
    fn numbers_are_told_from_digits() {
        let mut names = Names::default();
        assert_eq!(
            [(); 3].map(|()| names.claim(&["N1".into()])),
            ["N1", "N1_2", "N1_3"]
        );
    }
}
