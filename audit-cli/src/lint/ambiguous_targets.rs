//! `ambiguous-targets`: two targets of one type, such as `from` and `into`: the service keeps their types and ids, not the fields' names.

use std::collections::BTreeMap;

use audit_core::schema::record::read::{Event, Target};

use super::{Lint, Report};
use crate::finding::code;

pub const LINT: Lint = Lint::plain(code::AMBIGUOUS_TARGETS, check);

const HELP: &str = "give each a type of its own, as `#[audit(target, type = \"source_folder\")]`, in a new version where this one is registered";

fn check(events: &[&Event], report: &mut Report) {
    for event in events {
        let mut by_type: BTreeMap<&str, Vec<&Target>> = BTreeMap::new();
        for target in event.targets.iter().filter(|target| !target.is_list) {
            by_type.entry(&target.type_name).or_default().push(target);
        }
        for (type_name, targets) in by_type {
            let [_, second, ..] = targets[..] else {
                continue;
            };
            let fields: Vec<_> = targets.iter().map(|target| &*target.rust_name).collect();
            let what = format!(
                "the targets `{}` have one type, {type_name:?}, and nothing in the event tells them apart",
                fields.join("`, `")
            );
            report.event(event, &second.source, &what, HELP);
        }
    }
}
