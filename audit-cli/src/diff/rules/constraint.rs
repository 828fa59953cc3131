//! Keywords without another rule, as the derives don't write them: bounds (`minimum` …) by their meaning, unread keywords (`pattern` …) by
//! their value.

use audit_core::limits::METADATA_KEYS;

use crate::diff::meaning::Meaning;
use crate::diff::meaning::object::Object;
use crate::diff::meaning::part::Length;
use crate::diff::meaning::range::{Bound, Range, Step};
use crate::diff::meaning::unread::{Keyword, Unread, Within, is_of_schemas};
use crate::diff::pair::Collector;
use crate::diff::{Class, Verdict};
use crate::json::number;

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

/// Adds a change for each, rule by rule.
pub fn find(subject: &str, mut constraints: Vec<Constraint>, collector: &mut Collector<'_>) {
    constraints.sort_by_key(Constraint::rule);
    for constraint in constraints {
        let rule = constraint.rule();
        let Constraint { old, new, verdict } = constraint;
        let message = match (old, new) {
            (Some(old), Some(new)) if old.name == new.name => format!(
                "`{}` of {subject} changed from {} to {}",
                old.name, old.value, new.value
            ),
            (Some(old), Some(new)) => format!("`{old}` of {subject} changed to `{new}`"),
            (Some(old), None) => format!("`{old}` of {subject} was removed"),
            (None, Some(new)) => format!("`{new}` of {subject} was added"),
            (None, None) => continue,
        };
        collector.add(rule, message, verdict);
    }
}

/// Those of a value.
pub fn of_values(old: &Meaning, new: &Meaning) -> Vec<Constraint> {
    let mut list = Vec::new();
    if let (Some(old), Some(new)) = (old.strings().length(), new.strings().length()) {
        let shown = |side: Length| shown_if(side.min > 0, "minLength", side.min);
        compare(&mut list, old, new, shown, |one, other| {
            other.min <= one.min
        });
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
            let schema = side.rest_schema.as_ref()?;
            Some(Keyword::new("additionalProperties", schema))
        };
        let within = |one: &Object, other: &Object| one.rest.within(&other.rest);
        compare(&mut list, old, new, shown, within);
    }
    let shown = |side: &Object| shown_if(side.fewest > 0, "minProperties", side.fewest);
    let within = |one: &Object, other: &Object| other.fewest <= one.counts().0;
    compare(&mut list, old, new, shown, within);
    let shown =
        |side: &Object| shown_if(side.most < METADATA_KEYS as u64, "maxProperties", side.most);
    let within = |one: &Object, other: &Object| one.counts().1 <= other.most;
    compare(&mut list, old, new, shown, within);
    list
}

fn of_numbers(old: Range, new: Range, list: &mut Vec<Constraint>) {
    let step = coarser(old.step, new.step);
    let shown = |bound: Option<Bound>, at: &str, beyond: &str| {
        bound.map(|bound| {
            let keyword = if bound.excluded { beyond } else { at };
            Keyword::new(keyword, &number(bound.at))
        })
    };
    let min = |side: Range| shown(side.min, "minimum", "exclusiveMinimum");
    let is_above = |one: Range, other: Range| one.limits(step).0.is_above(other.limits(step).0);
    compare(list, old, new, min, is_above);
    let max = |side: Range| shown(side.max, "maximum", "exclusiveMaximum");
    let is_below = |one: Range, other: Range| one.limits(step).1.is_below(other.limits(step).1);
    compare(list, old, new, max, is_below);
    let step = |side: Range| {
        let step = side.step.filter(|step| *step != Step::WHOLE)?;
        Some(Keyword::new("multipleOf", &number(step.value())))
    };
    compare(list, old, new, step, Range::steps_within);
}

fn shown_if(is_bound: bool, keyword: &str, value: u64) -> Option<Keyword> {
    is_bound.then(|| Keyword::new(keyword, &value.into()))
}

/// Adds a keyword that differs between the sides, if one of them has it.
fn compare<S: Copy, W: Into<Within>>(
    list: &mut Vec<Constraint>,
    old: S,
    new: S,
    shown: impl Fn(S) -> Option<Keyword>,
    within: impl Fn(S, S) -> W,
) {
    let verdict = Verdict::compare(old, new, |one, other| within(one, other).into());
    let (old, new) = (shown(old), shown(new));
    if verdict.class() != Class::SAME && (old.is_some() || new.is_some()) {
        list.push(Constraint { old, new, verdict });
    }
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

/// Each unread keyword that only one side has; two of one name are a change of it. Keywords that refer to other schemas are skipped.
fn of_unread(old: &Unread, new: &Unread, list: &mut Vec<Constraint>) {
    let only = |one: &Unread, other: &Unread| -> Vec<_> {
        one.difference(other)
            .filter(|keyword| !is_of_schemas(&keyword.name))
            .cloned()
            .collect()
    };
    let (gone, mut added) = (only(old, new), only(new, old));
    let mut push = |old: Option<Keyword>, new: Option<Keyword>| {
        let verdict = Verdict::compare(&old, &new, |_, other| Within::unless(other));
        list.push(Constraint { old, new, verdict });
    };
    for before in gone {
        let mut names = added.iter();
        let after = names.position(|keyword| keyword.name == before.name);
        push(Some(before), after.map(|index| added.remove(index)));
    }
    for after in added {
        push(None, Some(after));
    }
}
