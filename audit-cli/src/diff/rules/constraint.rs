//! Keywords that have no other rule, as the derives can't write them: bounds (`minimum` …) by what they mean, those that aren't
//! understood (`pattern` …) by what they say.

use audit_core::limits::METADATA_KEYS;
use serde_json::Value;

use crate::diff::meaning::Meaning;
use crate::diff::meaning::object::Object;
use crate::diff::meaning::range::{Bound, Range, Step};
use crate::diff::meaning::unread::{self, Unread, Within};
use crate::diff::pair::Found;
use crate::diff::{Class, Verdict};
use crate::json::number;

/// A keyword of a schema, with its value.
type Keyword = (String, Value);

/// A keyword that was added, removed or changed.
#[derive(Clone, Debug)]
pub struct Constraint {
    pub old: Option<Keyword>,
    pub new: Option<Keyword>,
    pub verdict: Verdict,
}

impl Constraint {
    fn rule(&self) -> &'static str {
        match (&self.old, &self.new) {
            (None, _) => "constraint-added",
            (_, None) => "constraint-removed",
            _ => "constraint-changed",
        }
    }
}

/// Names them, rule by rule.
pub fn find(subject: &str, mut constraints: Vec<Constraint>, found: &mut Found<'_>) {
    constraints.sort_by_key(Constraint::rule);
    for constraint in constraints {
        let rule = constraint.rule();
        let Constraint { old, new, verdict } = constraint;
        let message = match (old, new) {
            (Some((old, before)), Some((new, after))) if old == new => {
                format!("`{old}` of {subject} changed from {before} to {after}")
            }
            (Some((old, before)), Some((new, after))) => {
                format!("`{old}: {before}` of {subject} changed to `{new}: {after}`")
            }
            (Some((old, value)), None) => format!("`{old}: {value}` of {subject} was removed"),
            (None, Some((new, value))) => format!("`{new}: {value}` of {subject} was added"),
            (None, None) => continue,
        };
        found.add(rule, message, verdict);
    }
}

/// Those of a value.
pub fn of_values(old: &Meaning, new: &Meaning) -> Vec<Constraint> {
    let mut list = Vec::new();
    if let (Some(old), Some(new)) = (old.strings().length(), new.strings().length()) {
        let shown = |min: u64| (min > 0).then(|| ("minLength".to_owned(), min.into()));
        add(
            &mut list,
            shown(old.min),
            shown(new.min),
            Class {
                backward: new.min <= old.min,
                forward: old.min <= new.min,
            },
        );
    }
    if let (Some(old), Some(new)) = (old.numbers().range(), new.numbers().range()) {
        of_numbers(old, new, &mut list);
    }
    of_unread(&old.unread_beside(new), &new.unread_beside(old), &mut list);
    list
}

/// Those of a metadata object.
pub fn of_objects(old: &Object, new: &Object) -> Vec<Constraint> {
    let mut list = Vec::new();
    if !old.is_closed() && !new.is_closed() {
        let shown = |side: &Object| {
            side.rest_schema
                .clone()
                .map(|schema| ("additionalProperties".to_owned(), schema))
        };
        let verdict = Verdict {
            backward: old.rest.within(&new.rest),
            forward: new.rest.within(&old.rest),
        };
        add(&mut list, shown(old), shown(new), verdict);
    }
    let ((old_fewest, old_most), (new_fewest, new_most)) = (old.counts(), new.counts());
    let shown = |keyword: &str, count: u64, own: u64| {
        (count == own).then(|| (keyword.to_owned(), count.into()))
    };
    let fewest = Class {
        backward: new.fewest <= old_fewest,
        forward: old.fewest <= new_fewest,
    };
    let shown_fewest = |side: &Object| shown("minProperties", side.fewest, side.fewest.max(1));
    add(&mut list, shown_fewest(old), shown_fewest(new), fewest);
    let most = Class {
        backward: old_most <= new.most,
        forward: new_most <= old.most,
    };
    let shown_most = |side: &Object| {
        shown(
            "maxProperties",
            side.most,
            side.most.min(METADATA_KEYS as u64 - 1),
        )
    };
    add(&mut list, shown_most(old), shown_most(new), most);
    list
}

fn of_numbers(old: Range, new: Range, list: &mut Vec<Constraint>) {
    let step = coarser(old.step, new.step);
    let ((old_min, old_max), (new_min, new_max)) = (old.limits(step), new.limits(step));
    let min = Class {
        backward: old_min.is_above(new_min),
        forward: new_min.is_above(old_min),
    };
    let max = Class {
        backward: old_max.is_below(new_max),
        forward: new_max.is_below(old_max),
    };
    let shown = |bound: Option<Bound>, at: &str, beyond: &str| {
        bound.map(|bound| {
            (
                if bound.excluded { beyond } else { at }.to_owned(),
                number(bound.at),
            )
        })
    };
    add(
        list,
        shown(old.min, "minimum", "exclusiveMinimum"),
        shown(new.min, "minimum", "exclusiveMinimum"),
        min,
    );
    add(
        list,
        shown(old.max, "maximum", "exclusiveMaximum"),
        shown(new.max, "maximum", "exclusiveMaximum"),
        max,
    );
    let steps = Class {
        backward: old.steps_within(new),
        forward: new.steps_within(old),
    };
    let shown = |step: Option<Step>| {
        step.filter(|step| *step != Step::WHOLE)
            .map(|step| ("multipleOf".to_owned(), number(step.value())))
    };
    add(list, shown(old.step), shown(new.step), steps);
}

/// The step by which the bounds of both sides can be rounded without a change of what one accepts of the other.
fn coarser(old: Option<Step>, new: Option<Step>) -> Option<Step> {
    match (old, new) {
        (None, step) | (step, None) => step,
        (Some(old), Some(new)) if old.within(new) => Some(old),
        (Some(old), Some(new)) if new.within(old) => Some(new),
        (Some(_), Some(_)) => None,
    }
}

/// Each keyword that isn't understood and that only one side has; two of one name are a change of it. What leads to other schemas is no fact by
/// itself.
fn of_unread(old: &Unread, new: &Unread, list: &mut Vec<Constraint>) {
    let only = |one: &Unread, other: &Unread| -> Vec<_> {
        one.difference(other)
            .filter(|keyword| !unread::is_of_schemas(&keyword.name))
            .cloned()
            .collect()
    };
    let (gone, mut added) = (only(old, new), only(new, old));
    let of = |keyword: unread::Keyword| (keyword.name, keyword.value);
    for before in gone {
        let after = added
            .iter()
            .position(|keyword| keyword.name == before.name)
            .map(|index| added.remove(index));
        let verdict = Verdict {
            backward: Within::unless(&after),
            forward: Within::unless([&before]),
        };
        add(list, Some(of(before)), after.map(of), verdict);
    }
    for after in added {
        let verdict = Verdict {
            backward: Within::unless([&after]),
            forward: Within::Yes,
        };
        add(list, None, Some(of(after)), verdict);
    }
}

/// Notes what isn't the same on both sides; what isn't written on either is said by other rules.
fn add(
    list: &mut Vec<Constraint>,
    old: Option<Keyword>,
    new: Option<Keyword>,
    verdict: impl Into<Verdict>,
) {
    let verdict = verdict.into();
    if verdict.class() != Class::SAME && (old.is_some() || new.is_some()) {
        list.push(Constraint { old, new, verdict });
    }
}
