//! Changes that several events share: those of one group or entity are one finding, which names the declaration and counts the
//! events. A change of one event stays that event's finding.

use std::collections::{BTreeMap, BTreeSet};

use super::{Code, EventName, Finding, Level, code};
use crate::catalogue::Catalogue;
use crate::diff::origin::{Origin, Owner, holdings};
use crate::diff::{Change, Class};
use crate::text::named;

/// Merges what several findings report of keys that one group or entity declares.
pub fn fold(findings: &[Finding], catalogue: &Catalogue) -> Vec<Finding> {
    let shared = Shared::of(findings, catalogue);
    let mut concerned: BTreeMap<Identity<'_>, BTreeSet<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        for identity in finding
            .changes
            .iter()
            .filter_map(|change| shared.identity(finding, change))
        {
            concerned.entry(identity).or_default().insert(index);
        }
    }
    let of = |members: &BTreeSet<usize>| {
        members
            .iter()
            .map(|index| &findings[*index])
            .collect::<Vec<_>>()
    };
    concerned.retain(|_, members| events(&of(members)).len() > 1);
    let mut clusters: BTreeMap<_, BTreeSet<&Identity<'_>>> = BTreeMap::new();
    for (identity, members) in &concerned {
        clusters
            .entry((&identity.sentence, identity.owner, members))
            .or_default()
            .insert(identity);
    }
    let together = clusters
        .iter()
        .map(|((_, owner, members), identities)| shared.together(&of(members), owner, identities));
    let together: Vec<_> = together.collect();
    let is_reported = |finding: &Finding, change: &Change| {
        shared
            .identity(finding, change)
            .is_some_and(|identity| concerned.contains_key(&identity))
    };
    let left = findings
        .iter()
        .filter_map(|finding| rest(finding, |change| is_reported(finding, change)));
    left.chain(together).collect()
}

/// What is said of events that have no file, or none that can be read: whether they lost a key isn't known.
const UNCOMPARED: [Code; 3] = [code::MISSING, code::INVALID, code::MERGE_CONFLICT];

/// The report about the events: code, level, words, help.
type Sentence<'f> = (&'static str, Level, &'f str, &'f str);

/// What makes changes of several events the same: what is said, and of which key of what.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Identity<'f> {
    sentence: Sentence<'f>,
    owner: &'f Owner,
    /// What the owner calls it.
    key: &'f str,
    is_gone: bool,
}

/// What findings have in common.
struct Shared<'f> {
    /// Which keys are gone from every event that has an owner. Which one declared a key that isn't there any more, no record tells.
    gone: BTreeSet<(&'f Owner, &'f str)>,
    /// The owners with keys that changed and are still there.
    changed: BTreeSet<&'f Owner>,
}

impl<'f> Shared<'f> {
    fn of(findings: &'f [Finding], catalogue: &Catalogue) -> Self {
        let fields = findings
            .iter()
            .flat_map(|finding| &finding.changes)
            .filter_map(|change| match &change.origin {
                Origin::Field(holding) => Some(&holding.owner),
                _ => None,
            });
        Self {
            gone: gone(findings, catalogue),
            changed: fields.collect(),
        }
    }

    fn identity(&self, finding: &'f Finding, change: &'f Change) -> Option<Identity<'f>> {
        let sentence = (
            finding.code.name,
            finding.level,
            finding.of_several.as_deref()?,
            finding.help.as_str(),
        );
        let key = change.key.as_deref()?;
        let (holding, is_gone) = match &change.origin {
            Origin::Own => return None,
            Origin::Field(holding) => (holding, false),
            Origin::Gone(holdings) => {
                let lost = holdings.iter().filter(|one| {
                    one.own(key)
                        .is_some_and(|own| self.gone.contains(&(&one.owner, own)))
                });
                (
                    lost.max_by_key(|one| self.changed.contains(&one.owner))?,
                    true,
                )
            }
        };
        Some(Identity {
            sentence,
            owner: &holding.owner,
            key: holding.own(key)?,
            is_gone,
        })
    }

    /// One finding of all of them.
    fn together(
        &self,
        members: &[&'f Finding],
        owner: &Owner,
        identities: &BTreeSet<&Identity<'f>>,
    ) -> Finding {
        let (first, events, changes) = (
            members[0],
            events(members),
            self.changes(members, identities),
        );
        let names: Vec<_> = events
            .iter()
            .map(|EventName { action, version }| format!("{action} version {version}"))
            .collect();
        let is_all_gone = identities.iter().all(|identity| identity.is_gone);
        let owner = &owner.name;
        let why = if is_all_gone {
            format!("keys are gone from every event that has {owner}")
        } else {
            format!("keys of {owner} changed")
        };
        let are = first.of_several.as_deref().unwrap_or_default();
        let message = format!("{why}, so {} events {are}: {}", events.len(), named(&names));
        let declared = changes
            .iter()
            .find(|change| matches!(change.origin, Origin::Field(_)))
            .or(changes.first());
        let location = declared
            .map(|change| change.location.clone())
            .unwrap_or_default();
        let package = first.package.clone().filter(|package| {
            members
                .iter()
                .all(|other| other.package.as_ref() == Some(package))
        });
        Finding {
            message,
            changes,
            location,
            package,
            events: events.into_iter().collect(),
            ..first.clone()
        }
    }

    /// Every change of these keys that any of the events has.
    fn changes(
        &self,
        members: &[&'f Finding],
        identities: &BTreeSet<&Identity<'f>>,
    ) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        for (finding, change) in members
            .iter()
            .flat_map(|finding| finding.changes.iter().map(move |change| (*finding, change)))
        {
            let is_meant = self
                .identity(finding, change)
                .is_some_and(|own| identities.contains(&own));
            if is_meant && !changes.iter().any(|other| says(other) == says(change)) {
                changes.push(change.clone());
            }
        }
        changes
    }
}

/// What a change says; where it stands is the event's own where a key is gone.
fn says(change: &Change) -> (&str, &str, &str, Class) {
    (change.rule, &change.place, &change.message, change.class)
}

fn events(findings: &[&Finding]) -> BTreeSet<EventName> {
    findings
        .iter()
        .filter_map(|finding| finding.event())
        .collect()
}

/// The keys that every event lost that has an owner, in all places where it has it.
fn gone<'f>(findings: &'f [Finding], catalogue: &Catalogue) -> BTreeSet<(&'f Owner, &'f str)> {
    let mut lost: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (finding, change) in findings
        .iter()
        .flat_map(|finding| finding.changes.iter().map(move |change| (finding, change)))
    {
        let (Origin::Gone(holdings), Some(key)) = (&change.origin, &change.key) else {
            continue;
        };
        for (holding, own) in holdings
            .iter()
            .filter_map(|holding| Some((holding, holding.own(key)?)))
        {
            let place = (
                finding.event(),
                change.place.clone(),
                holding.prefix.clone(),
            );
            lost.entry((&holding.owner, own)).or_default().insert(place);
        }
    }
    if lost.is_empty() {
        return BTreeSet::new();
    }
    let uncompared: BTreeSet<_> = findings
        .iter()
        .filter(|finding| UNCOMPARED.contains(&finding.code))
        .filter_map(Finding::event)
        .collect();
    let mut holders: BTreeMap<Owner, BTreeSet<_>> = BTreeMap::new();
    for entry in &catalogue.entries {
        let event = EventName {
            action: entry.event.action.clone(),
            version: entry.event.version,
        };
        if uncompared.contains(&event) {
            continue;
        }
        for (place, holding) in holdings(&entry.event) {
            let holder = (Some(event.clone()), place, holding.prefix);
            holders.entry(holding.owner).or_default().insert(holder);
        }
    }
    let is_lost_by_all = |((owner, _), places): &(_, BTreeSet<_>)| {
        holders.get(*owner).is_some_and(|all| all.is_subset(places))
    };
    lost.into_iter()
        .filter(is_lost_by_all)
        .map(|(key, _)| key)
        .collect()
}

/// A finding without the changes that are reported elsewhere; `None` where no change is left.
fn rest(finding: &Finding, is_reported: impl Fn(&Change) -> bool) -> Option<Finding> {
    let changes: Vec<_> = finding
        .changes
        .iter()
        .filter(|change| !is_reported(change))
        .cloned()
        .collect();
    if changes.len() == finding.changes.len() {
        return Some(finding.clone());
    }
    let location = changes.first()?.location.clone();
    Some(Finding {
        location,
        changes,
        ..finding.clone()
    })
}

#[cfg(test)]
mod tests;
