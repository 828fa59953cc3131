//! The type of a value: an integer that may be any number, or the other way round, or another type.

use super::enumeration::lists;
use crate::diff::Class;
use crate::diff::meaning::Meaning;
use crate::diff::pair::{Collector, Pair};

pub fn find(pair: &Pair<'_, Meaning>, collector: &mut Collector<'_>) {
    let (old, new) = (pair.old.types(), pair.new.types());
    if old == new || lists(pair).is_some() {
        return;
    }
    let (rule, verb, class) = match (old.within(new), new.within(old)) {
        (true, _) => ("type-widened", "was widened", Class::WIDER),
        (_, true) => ("type-narrowed", "was narrowed", Class::NARROWER),
        _ => ("type-changed", "changed", Class::OTHER),
    };
    let (subject, old, new) = (pair.subject(), old.words(), new.words());
    collector.add(rule, format!("{subject} {verb} from {old} to {new}"), class);
}
