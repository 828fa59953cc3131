//! A keyword that our derives can't write (`pattern` …) with another value. Bounds are compared; all else may mean anything.

use serde_json::Value;

use super::{Class, Constraints, ForValue, Rule, Scope};

pub const RULE: Rule = Rule {
    name: "constraint-changed",
    summary: "A keyword was changed that the derives don't know.",
    scope: Scope::Constraints(find),
};

/// Keywords that accept less the higher they are, and those that accept less the lower they are.
const LOWER_BOUNDS: [&str; 4] = ["exclusiveMinimum", "minLength", "minProperties", "minimum"];
const UPPER_BOUNDS: [&str; 3] = ["exclusiveMaximum", "maxProperties", "maximum"];

fn find(pair: Constraints<'_>, found: ForValue<'_>) {
    for (keyword, new) in pair.new {
        let Some(old) = pair.old.get(keyword).filter(|old| *old != new) else { continue };
        found(format!("`{keyword}` of {} changed from {old} to {new}", pair.subject), class(keyword, old, new));
    }
}

fn class(keyword: &str, old: &Value, new: &Value) -> Class {
    let (Some(old), Some(new)) = (old.as_f64(), new.as_f64()) else { return Class::OTHER };
    // Two that are one number here differ beyond what it can tell.
    if (old - new).abs() < f64::EPSILON {
        return Class::OTHER;
    }
    let narrower = match (LOWER_BOUNDS.contains(&keyword), UPPER_BOUNDS.contains(&keyword)) {
        (true, _) => new > old,
        (_, true) => new < old,
        _ => return Class::OTHER,
    };
    if narrower { Class::NARROWER } else { Class::WIDER }
}
