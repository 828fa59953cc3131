//! How `anyOf`, `oneOf`, `not` and `if` combine schemas of values, type by type.

use std::array::from_fn;
use std::slice::from_ref;

use serde_json::json;

use super::Meaning;
use super::part::{Part, Set};
use super::read::schema;
use super::unread::Keyword;
use crate::body::{Keywords, sha256};

/// Restricts a meaning by the keywords that combine schemas.
pub fn under_schemas(left: Meaning, keywords: &Keywords) -> Meaning {
    let beside = |keyword: &str| {
        keywords
            .get(keyword)
            .map_or_else(Meaning::everything, schema)
    };
    let combining = ["allOf", "anyOf", "oneOf", "not", "if"].into_iter();
    let combining = combining.filter_map(|keyword| keywords.get_key_value(keyword));
    combining.fold(left, |left, (keyword, value)| {
        let schemas = value.as_array().filter(|schemas| !schemas.is_empty());
        let schemas = schemas.map(|schemas| schemas.iter().map(schema).collect::<Vec<_>>());
        match (keyword.as_str(), schemas) {
            ("allOf", schemas) => {
                let schemas = schemas.iter().flatten();
                schemas.fold(left, |left, schema| left.meet(schema))
            }
            ("anyOf", Some(schemas)) => left.any_of(keyword, &schemas),
            ("oneOf", Some(schemas)) => left.by_type(&schemas, |part, of| part.one_of(keyword, of)),
            ("not", _) => left.without(keyword, schema(value)),
            ("if", _) => {
                let condition = schema(value);
                let otherwise = Meaning::everything().without(keyword, condition.clone());
                left.any_of(keyword, &[otherwise, beside("then")])
                    .any_of(keyword, &[condition, beside("else")])
            }
            _ => left.under(&Keyword::new(keyword, value)),
        }
    })
}

impl Meaning {
    fn by_type(&self, schemas: &[Self], combine: impl Fn(&Part, Vec<Part>) -> Part) -> Self {
        Self(from_fn(|of| {
            let parts = schemas.iter().map(|schema| schema.0[of].clone());
            combine(&self.0[of], parts.collect())
        }))
    }

    fn any_of(&self, keyword: &str, schemas: &[Self]) -> Self {
        self.by_type(schemas, |part, of| part.any_of(keyword, of))
    }

    fn without(&self, keyword: &str, other: Self) -> Self {
        self.by_type(&[other], |part, of| part.without(keyword, &of[0]))
    }
}

impl Part {
    /// The values that at least one of `branches` accepts.
    fn any_of(&self, keyword: &str, branches: Vec<Self>) -> Self {
        let possible = self.possible(joined(branches));
        let mut met = joined(possible.iter().map(|branch| self.meet(branch)));
        if met.len() < 2 {
            return met.pop().unwrap_or(Self::NONE);
        }
        self.clone().under(combined(keyword, &possible))
    }

    /// The values that exactly one of `branches` accepts.
    fn one_of(&self, keyword: &str, branches: Vec<Self>) -> Self {
        let possible = self.possible(branches);
        let is_apart = |(index, one): (usize, &Self)| {
            let mut others = possible[..index].iter();
            others.all(|other| self.meet(one).meet(other).is_empty())
        };
        if possible.iter().enumerate().all(is_apart) {
            self.any_of(keyword, possible)
        } else {
            self.clone().under(combined(keyword, &possible))
        }
    }

    /// The values that `other` rejects.
    fn without(&self, keyword: &str, other: &Self) -> Self {
        if self.meet(other).is_empty() {
            return self.clone();
        }
        let is_known = other.unread.is_empty();
        match &self.set {
            Set::Listed(values) if is_known => {
                let left = values.iter().filter(|value| !other.set.holds(value));
                Self::new(Set::of_values(left), self.unread.clone())
            }
            free if is_known && free.within(&other.set) => Self::NONE,
            _ => self.clone().under(combined(keyword, from_ref(other))),
        }
    }

    /// The branches that have anything in common with it.
    fn possible(&self, mut branches: Vec<Self>) -> Vec<Self> {
        branches.retain(|branch| !self.meet(branch).is_empty());
        branches
    }
}

/// As few as possible that accept the same together.
fn joined(branches: impl IntoIterator<Item = Part>) -> Vec<Part> {
    let mut joined = Vec::new();
    for mut branch in branches.into_iter().filter(|branch| !branch.is_empty()) {
        joined.retain(|other| match either(&branch, other) {
            Some(one) => {
                branch = one;
                false
            }
            None => true,
        });
        joined.push(branch);
    }
    joined
}

/// The union, if a part can be that.
fn either(one: &Part, other: &Part) -> Option<Part> {
    if one.within(other).is_yes() {
        return Some(other.clone());
    }
    if other.within(one).is_yes() {
        return Some(one.clone());
    }
    let set = Set::of_values(one.listed()?.iter().chain(other.listed()?));
    (one.unread == other.unread).then(|| Part::new(set, one.unread.clone()))
}

/// A keyword that isn't understood, with its schemas in any order. It holds their hash: nested ones would grow with each level.
fn combined(keyword: &str, schemas: &[Part]) -> Keyword {
    let mut schemas: Vec<_> = schemas
        .iter()
        .map(|schema| json!(schema).to_string())
        .collect();
    schemas.sort_unstable();
    Keyword::new(keyword, &sha256(&schemas.join("\n")).into())
}
