//! The versions to raise, and their new numbers.

pub mod edit;
pub mod literal;

use std::collections::{BTreeMap, BTreeSet};

use crate::body::sha256;
use crate::discover::Declared;
use crate::store::{Name, Store, text_of};

/// The most numbers that are tried. A macro with an action and no number may declare all of them.
const TRIED: u32 = 100;

/// A version that is to be raised.
#[derive(Debug)]
pub struct Raise<'a> {
    /// Every place that declares it. One, as a rule.
    pub places: Vec<&'a Declared>,
    /// The environments that were given another body.
    pub registered_in: Vec<&'a str>,
    /// `None` where there is no way to tell.
    pub to: Result<u32, Undecided>,
}

impl Raise<'_> {
    pub fn is_of(&self, action: &str) -> bool {
        self.places.iter().any(|place| place.action == action)
    }

    /// The versions that other configurations had better not declare.
    pub fn candidates(&self) -> impl Iterator<Item = Name> {
        let to = self.to.ok().zip(self.places.first()).into_iter();
        to.flat_map(|(to, place)| {
            (to..to.saturating_add(TRIED)).map(|version| (place.action.clone(), version))
        })
    }
}

/// Why a version has no successor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// Several types declare it, and their schemas differ from what is registered in different ways.
    Conflict,
    /// It is the last one that there can be.
    Last,
}

/// Every registered version that code renders otherwise, sorted; of these actions only, unless there are none. What is `taken` isn't new.
pub fn plan<'a>(
    declared: &'a [Declared],
    store: &'a Store,
    taken: &BTreeSet<Name>,
    actions: &[String],
) -> Vec<Raise<'a>> {
    let mut changed: BTreeMap<(&str, u32), Vec<&Declared>> = BTreeMap::new();
    let is_asked = |one: &&Declared| actions.is_empty() || actions.contains(&one.action);
    for one in declared.iter().filter(is_asked) {
        if !differing(one, store).is_empty() {
            let places = changed.entry((&one.action, one.version));
            places.or_default().push(one);
        }
    }
    let mut raises: Vec<Raise<'_>> = Vec::new();
    for places in changed.into_values() {
        let first = places[0];
        let before = raises.last().filter(|before| before.is_of(&first.action));
        let floor = before.and_then(|before| before.to.ok()).unwrap_or_default();
        let agree = places.iter().all(|place| place.sha256 == first.sha256);
        let to = if agree {
            successor(first, floor, declared, store, taken).ok_or(Undecided::Last)
        } else {
            Err(Undecided::Conflict)
        };
        raises.push(Raise {
            registered_in: differing(first, store),
            places,
            to,
        });
    }
    raises
}

/// The environments in which this version has another body.
fn differing<'a>(declared: &Declared, store: &'a Store) -> Vec<&'a str> {
    store
        .registered_otherwise(&declared.action, declared.version, &declared.sha256)
        .collect()
}

/// The lowest version above all known ones of the action, and above `floor`. Where a higher one that no code declares has
/// this very body, that one: it was raised before, in a build with other features or on another branch.
fn successor(
    raised: &Declared,
    floor: u32,
    declared: &[Declared],
    store: &Store,
    taken: &BTreeSet<Name>,
) -> Option<u32> {
    let own = declared.iter().filter(|one| one.action == raised.action);
    let in_code: BTreeSet<_> = own.map(|one| one.version).collect();
    let known = known(&raised.action, store);
    let same = known.iter().find(|(version, hashes)| {
        **version > raised.version.max(floor)
            && !in_code.contains(version)
            && hashes.contains(&raised.sha256)
    });
    if let Some((version, _)) = same {
        return Some(*version);
    }
    let highest = in_code.last().max(known.keys().last());
    let next = highest.copied().unwrap_or_default();
    let next = next.max(floor).checked_add(1)?;
    let free = |version: &u32| !taken.contains(&(raised.action.clone(), *version));
    (next..next.saturating_add(TRIED)).find(free).or(Some(next))
}

/// The versions of an action that folder and registrations know, with the hashes of their bodies.
fn known(action: &str, store: &Store) -> BTreeMap<u32, BTreeSet<String>> {
    let mut known: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for ((_, version), files) in store
        .versions
        .range((action.to_owned(), 0)..=(action.to_owned(), u32::MAX))
    {
        let text = files.body.as_deref().map(text_of);
        known
            .entry(*version)
            .or_default()
            .extend(text.map(|text| sha256(&text)));
    }
    let registered = store
        .registrations
        .values()
        .filter_map(|all| all.get(action));
    for (version, registration) in registered.flatten() {
        let hash = registration.sha256.to_ascii_lowercase();
        known.entry(*version).or_default().insert(hash);
    }
    known
}

#[cfg(test)]
mod tests;
