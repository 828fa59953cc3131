//! A metadata object as a whole: whether it accepts keys that it doesn't describe, and whether it has a schema at all. The service
//! asks for an object that has one, also where nothing in it is required.

use crate::diff::Class;
use crate::diff::meaning::object::Object;
use crate::diff::pair::{Found, Pair};

pub fn find(pair: &Pair<'_, Object>, found: &mut Found<'_>) {
    let (old, new, subject) = (pair.old, pair.new, pair.subject());
    let (was_closed, is_closed) = (old.is_closed(), new.is_closed());
    let rules = [
        (
            "object-closed",
            !was_closed && is_closed,
            "was closed: other keys aren't accepted any more",
            Class::NARROWER,
        ),
        (
            "object-declared",
            !old.declared && new.declared,
            "has a schema now, so it must be there",
            Class::NARROWER,
        ),
        (
            "object-opened",
            was_closed && !is_closed,
            "was opened: other keys are accepted, too",
            Class::WIDER,
        ),
        (
            "object-undeclared",
            old.declared && !new.declared,
            "has no schema any more, so it can be left out",
            Class::WIDER,
        ),
    ];
    for (rule, _, change, class) in rules.into_iter().filter(|(_, applies, ..)| *applies) {
        found.add(rule, format!("{subject} {change}"), class);
    }
}
