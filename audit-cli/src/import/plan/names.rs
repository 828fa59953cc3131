//! Each name once.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::words;

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
        self.claim(wanted, |names, name| {
            !words::is_taken(name) && !names.has(name)
        })
    }

    /// The first name that is free, or else the last one with a number.
    pub fn claim(&mut self, wanted: &[String], is_free: impl Fn(&Self, &str) -> bool) -> String {
        let free = wanted.iter().find(|name| is_free(self, name)).cloned();
        let name = free
            .unwrap_or_else(|| self.numbered(wanted.last().map_or("", String::as_str), is_free));
        self.given.insert(name.clone());
        name
    }

    fn numbered(&mut self, name: &str, is_free: impl Fn(&Self, &str) -> bool) -> String {
        let mut number = self.numbers.get(name).copied().unwrap_or(1);
        loop {
            number += 1;
            let numbered = with_number(name, number);
            if is_free(self, &numbered) {
                self.numbers.insert(name.into(), number);
                return numbered;
            }
        }
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
