//! How `anyOf`, `oneOf`, `not` and `if` put schemas together: of objects, and of the values of one type.

use serde::Serialize;
use serde_json::Value;

use super::unread::{Keyword, Within};
use crate::body::{Keywords, sha256};
use crate::json::normal;

/// What a schema accepts.
pub trait Schema: Clone {
    /// The same under a keyword that isn't understood.
    fn under(self, keyword: Keyword) -> Self;
}

/// What a schema accepts of one kind.
pub trait Accepted: Schema + Serialize {
    fn nothing() -> Self;

    fn is_empty(&self) -> bool;

    /// What both accept.
    fn meet(&self, other: &Self) -> Self;

    fn within(&self, other: &Self) -> Within;

    /// What either accepts, where neither is within the other and it can be said.
    fn join(&self, other: &Self) -> Option<Self>;

    /// What this accepts and `other` doesn't, where that can be said.
    fn minus(&self, other: &Self) -> Option<Self>;

    /// One form of all ways to write it.
    fn written(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// Puts schemas together, under the keyword that does it.
pub trait Composed: Schema {
    /// What at least one of `branches` accepts, too.
    fn any_of(&self, keyword: &str, branches: Vec<Self>) -> Self;

    /// What one of `branches` accepts, too, and no second one.
    fn one_of(&self, keyword: &str, branches: Vec<Self>) -> Self;

    /// What `other` doesn't accept.
    fn without(&self, keyword: &str, other: &Self) -> Self;
}

impl<A: Accepted> Composed for A {
    fn any_of(&self, keyword: &str, branches: Vec<Self>) -> Self {
        let possible = possible(self, joined(branches));
        let mut met = joined(possible.iter().map(|(met, _)| met.clone()));
        if met.len() < 2 {
            return met.pop().unwrap_or_else(Self::nothing);
        }
        self.clone()
            .under(composed(keyword, possible.iter().map(|(_, branch)| branch)))
    }

    fn one_of(&self, keyword: &str, branches: Vec<Self>) -> Self {
        let possible = possible(self, branches);
        let mut seen = Vec::new();
        for (met, branch) in &possible {
            if seen.iter().any(|other| !met.meet(other).is_empty()) {
                return self
                    .clone()
                    .under(composed(keyword, possible.iter().map(|(_, branch)| branch)));
            }
            join(&mut seen, branch.clone());
        }
        self.any_of(
            keyword,
            possible.into_iter().map(|(_, branch)| branch).collect(),
        )
    }

    fn without(&self, keyword: &str, other: &Self) -> Self {
        if self.meet(other).is_empty() {
            return self.clone();
        }
        self.minus(other)
            .unwrap_or_else(|| self.clone().under(composed(keyword, [other])))
    }
}

/// The branches that have anything in common with `left`, behind what that is.
fn possible<A: Accepted>(left: &A, branches: Vec<A>) -> Vec<(A, A)> {
    let met = branches
        .into_iter()
        .map(|branch| (left.meet(&branch), branch));
    met.filter(|(met, _)| !met.is_empty()).collect()
}

/// Puts as many together as can be; what accepts nothing goes.
fn joined<A: Accepted>(branches: impl IntoIterator<Item = A>) -> Vec<A> {
    let mut left = Vec::new();
    branches
        .into_iter()
        .filter(|branch| !branch.is_empty())
        .for_each(|branch| join(&mut left, branch));
    left
}

fn join<A: Accepted>(left: &mut Vec<A>, mut branch: A) {
    left.retain(|other| match either(&branch, other) {
        Some(one) => {
            branch = one;
            false
        }
        None => true,
    });
    left.push(branch);
}

fn either<A: Accepted>(one: &A, other: &A) -> Option<A> {
    match (one.within(other), other.within(one)) {
        (Within::Yes, _) => Some(other.clone()),
        (_, Within::Yes) => Some(one.clone()),
        _ => one.join(other),
    }
}

/// A keyword that isn't understood, of schemas that are in any order. Their hash stands for them: nested ones would grow with each level.
fn composed<'a, A: Accepted + 'a>(
    keyword: &str,
    schemas: impl IntoIterator<Item = &'a A>,
) -> Keyword {
    let mut schemas: Vec<_> = schemas
        .into_iter()
        .map(|schema| schema.written().to_string())
        .collect();
    schemas.sort_unstable();
    Keyword::new(keyword, sha256(&schemas.join("\n")).into())
}

/// What is left under the keywords that put schemas together, of `everything` without any; `read` reads one, where it can be read.
pub fn under_schemas<C: Composed>(
    left: C,
    everything: &C,
    keywords: &Keywords,
    read: impl Fn(&Value) -> Option<C>,
) -> C {
    let beside = |keyword: &str| {
        let schema = keywords.get(keyword);
        schema.map_or_else(|| Some(everything.clone()), &read)
    };
    let under_one = |left: &C, keyword: &str, value: &Value| {
        let schemas = || {
            let schemas = value.as_array().filter(|schemas| !schemas.is_empty())?;
            schemas.iter().map(&read).collect::<Option<Vec<_>>>()
        };
        Some(match keyword {
            "anyOf" => left.any_of(keyword, schemas()?),
            "oneOf" => left.one_of(keyword, schemas()?),
            "not" => left.without(keyword, &read(value)?),
            _ => {
                let condition = read(value)?;
                let otherwise = everything.without(keyword, &condition);
                left.any_of(keyword, vec![otherwise, beside("then")?])
                    .any_of(keyword, vec![condition, beside("else")?])
            }
        })
    };
    let written = ["anyOf", "oneOf", "not", "if"].into_iter();
    let written = written.filter_map(|keyword| keywords.get_key_value(keyword));
    written.fold(left, |left, (keyword, value)| {
        under_one(&left, keyword, value).unwrap_or_else(|| {
            let beside: &[&str] = if keyword == "if" {
                &["then", "else"]
            } else {
                &[]
            };
            let beside = beside.iter().map(|keyword| keywords.get(*keyword));
            let all = [Some(value)].into_iter().chain(beside);
            left.under(Keyword::new(
                keyword,
                all.map(|value| value.map(normal)).collect(),
            ))
        })
    })
}
