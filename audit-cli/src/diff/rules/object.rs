//! A metadata object as a whole: whether it accepts undescribed keys, and whether it has a schema. The service requires an object that
//! has one, even if no key is required.

use crate::diff::Class;
use crate::diff::meaning::object::Object;
use crate::diff::pair::{Collector, Pair};

pub fn find(pair: &Pair<'_, Object>, collector: &mut Collector<'_>) {
    let (old, new, subject) = (pair.old, pair.new, pair.subject());
    let rules = [
        (
            [old.is_closed(), new.is_closed()],
            "object-closed",
            "was closed: other keys aren't accepted any more",
            "object-opened",
            "was opened: other keys are accepted, too",
        ),
        (
            [old.declared, new.declared],
            "object-declared",
            "has a schema now, so it must be there",
            "object-undeclared",
            "has no schema any more, so it can be left out",
        ),
    ];
    for (sides, narrower, narrowed, wider, widened) in rules {
        let (rule, change, class) = match sides {
            [false, true] => (narrower, narrowed, Class::NARROWER),
            [true, false] => (wider, widened, Class::WIDER),
            _ => continue,
        };
        collector.add(rule, format!("{subject} {change}"), class);
    }
}
