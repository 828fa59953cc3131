//! A metadata object as a whole: whether it accepts undescribed keys, and whether it has a schema. The service requires an object that
//! has one, even if no key is required.

use crate::diff::Class;
use crate::diff::meaning::object::Object;
use crate::diff::pair::{Collector, Pair};

pub fn find(pair: &Pair<'_, Object>, collector: &mut Collector<'_>) {
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
        collector.add(rule, format!("{subject} {change}"), class);
    }
}
