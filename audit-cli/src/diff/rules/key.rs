//! Keys of a metadata object: described or not, required or optional.

use crate::diff::meaning::object::Object;
use crate::diff::pair::{Collector, Pair};
use crate::diff::{Class, Verdict};

type Objects<'b> = Pair<'b, Object>;

pub fn find(pair: &Objects<'_>, collector: &mut Collector<'_>) {
    let (old, new, reversed) = (pair.old, pair.new, pair.reversed());
    let name = |key: &str| format!("`{key}`{}", pair.place.words());
    for key in added(pair) {
        let (rule, how) = if new.requires(key) {
            ("key-added-required", "required")
        } else {
            ("key-added-optional", "optional")
        };
        let message = format!("{} was added, {how}", name(key));
        collector.add_at(Some(key), rule, message, verdict_of_added(pair, key));
    }
    for key in became_required(&reversed) {
        let message = format!("{} became optional", name(key));
        collector.add_at(Some(key), "key-optional", message, Class::WIDER);
    }
    for key in added(&reversed) {
        let was = if old.requires(key) {
            "required"
        } else {
            "optional"
        };
        let message = format!("{} was removed, it was {was}", name(key));
        let verdict = verdict_of_added(&reversed, key).reversed();
        collector.add_at(Some(key), "key-removed", message, verdict);
    }
    for key in became_required(pair) {
        let message = format!("{} became required", name(key));
        collector.add_at(Some(key), "key-required", message, Class::NARROWER);
    }
}

/// The keys that only the new object describes.
fn added<'b>(pair: &Objects<'b>) -> impl Iterator<Item = &'b str> {
    let (old, new) = (pair.old, pair.new);
    let keys = new.keys.keys().map(String::as_str);
    keys.filter(|key| new.describes(key) && !old.describes(key))
}

/// The verdict of a key that only the new object describes.
fn verdict_of_added(Pair { old, new, .. }: &Objects<'_>, key: &str) -> Verdict {
    Verdict::compare(*old, *new, |one, other| one.within_at(key, other))
}

/// The keys that became required, of those that both describe or neither does.
fn became_required<'b>(pair: &Objects<'b>) -> impl Iterator<Item = &'b str> {
    let (old, new) = (pair.old, pair.new);
    let keys = new.keys.keys().map(String::as_str);
    let keys = keys.filter(|key| old.describes(key) == new.describes(key));
    keys.filter(|key| new.requires(key) && !old.requires(key))
}
