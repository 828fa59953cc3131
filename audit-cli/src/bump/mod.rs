//! The versions to raise, and their new numbers.

pub mod edit;
pub mod literal;

use std::collections::BTreeSet;

use crate::body::sha256;
use crate::discover::Declared;
use crate::store::{Name, Store, text_of};

/// The most numbers that are tried. A macro with an action and no number may declare all of them.
const TRIED: u32 = 100;

/// A declaration whose version is to be raised.
#[derive(Debug)]
pub struct Raise<'a> {
    pub declared: &'a Declared,
    /// The environments that were given another body.
    pub registered_in: Vec<&'a str>,
    pub to: Result<u32, Undecided>,
}

impl Raise<'_> {
    /// The versions that other configurations had better not declare.
    pub fn candidates(&self) -> impl Iterator<Item = Name> {
        let versions = self.to.map(|to| to..to.saturating_add(TRIED));
        let versions = versions.into_iter().flatten();
        versions.map(|version| (self.declared.action.clone(), version))
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

/// Every declaration of a registered version that renders another body, sorted as `declared` is; of these actions only, unless there are
/// none. What is `taken` isn't new.
pub fn plan<'a>(
    declared: &'a [Declared],
    store: &'a Store,
    taken: &BTreeSet<Name>,
    actions: &[String],
) -> Vec<Raise<'a>> {
    let mut changed = Vec::new();
    for one in declared {
        let registered = store.registered_otherwise(&one.action, one.version, &one.sha256);
        let registered_in: Vec<_> = registered.collect();
        if !registered_in.is_empty() && (actions.is_empty() || actions.contains(&one.action)) {
            changed.push((one, registered_in));
        }
    }
    let mut raises: Vec<Raise<'_>> = Vec::new();
    for types in changed.chunk_by(|(a, _), (b, _)| (&a.action, a.version) == (&b.action, b.version))
    {
        let first = types[0].0;
        let before = raises.last();
        let before = before.filter(|before| before.declared.action == first.action);
        let floor = before.and_then(|before| before.to.ok()).unwrap_or_default();
        let to = if types.iter().all(|(one, _)| one.sha256 == first.sha256) {
            successor(first, floor, declared, store, taken).ok_or(Undecided::Last)
        } else {
            Err(Undecided::Conflict)
        };
        raises.extend(types.iter().map(|(declared, registered_in)| Raise {
            declared,
            registered_in: registered_in.clone(),
            to,
        }));
    }
    raises
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
    let same = known.iter().find(|(version, hash)| {
        *version > raised.version.max(floor) && !in_code.contains(version) && *hash == raised.sha256
    });
    if let Some((version, _)) = same {
        return Some(*version);
    }
    let highest = known.last().map(|(version, _)| version);
    let next = in_code.last().max(highest).max(Some(&floor));
    let next = next?.checked_add(1)?;
    let free = |version: &u32| !taken.contains(&(raised.action.clone(), *version));
    (next..next.saturating_add(TRIED)).find(free).or(Some(next))
}

/// The versions of an action that folder and registrations know, each with the hashes of its bodies.
fn known(action: &str, store: &Store) -> BTreeSet<(u32, String)> {
    let range = (action.to_owned(), 0)..=(action.to_owned(), u32::MAX);
    let committed = store.versions.range(range).map(|((_, version), files)| {
        let text = files.body.as_deref().map(text_of);
        (
            *version,
            text.map_or_else(String::new, |text| sha256(&text)),
        )
    });
    let registered = store
        .registrations
        .values()
        .filter_map(|all| all.get(action));
    let registered = registered
        .flatten()
        .map(|(version, registration)| (*version, registration.sha256.to_ascii_lowercase()));
    committed.chain(registered).collect()
}

#[cfg(test)]
mod tests;
