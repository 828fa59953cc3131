//! `ambiguous-targets`: two targets of one type, such as `from` and `into`: the service keeps their types and ids, not the fields' names.

use std::collections::BTreeMap;

use audit_core::schema::record::read::{Event, Target};

use super::{Check, Form, Lint, finding};
use crate::finding::{Finding, code};

pub const LINT: Lint = Lint {
    code: code::AMBIGUOUS_TARGETS,
    form: Form::Plain(|| Box::new(AmbiguousTargets)),
};

#[derive(Debug)]
struct AmbiguousTargets;

impl Check for AmbiguousTargets {
    fn findings(&self, events: &[&Event]) -> Vec<Finding> {
        events.iter().flat_map(|event| of_event(event)).collect()
    }
}

fn of_event(event: &Event) -> Vec<Finding> {
    let mut by_type: BTreeMap<&str, Vec<&Target>> = BTreeMap::new();
    for target in event.targets.iter().filter(|target| !target.is_list) {
        by_type.entry(&target.type_name).or_default().push(target);
    }
    by_type
        .into_iter()
        .filter_map(|(type_name, targets)| of_type(event, type_name, &targets))
        .collect()
}

fn of_type(event: &Event, type_name: &str, targets: &[&Target]) -> Option<Finding> {
    let second = targets.get(1)?;
    let fields: Vec<_> = targets
        .iter()
        .map(|target| format!("`{}`", target.rust_name))
        .collect();
    let what = format!(
        "the targets {} are all of type {type_name:?}, and nothing in the event tells them apart",
        fields.join(", ")
    );
    let what = if targets.len() == 2 {
        what.replace("are all of", "are both of")
    } else {
        what
    };
    let help = "give each a type of its own, as `#[audit(target, type = \"source_folder\")]`, in a new version where this one is registered";
    Some(finding(
        code::AMBIGUOUS_TARGETS,
        event,
        &second.source,
        &what,
        help,
    ))
}
