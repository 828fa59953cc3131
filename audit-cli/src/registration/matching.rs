//! Matches declared versions with remote ones. For the reasons see `docs/decisions/0008-emulator-and-registration.md`.

use std::collections::{BTreeMap, BTreeSet};

use super::{LocalSchema, Registration, RemoteSchema};
use crate::body::Body;
use crate::diff::{self, Class};

/// The state of a declared version in an environment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Registered, and the remote version is compatible.
    UpToDate,
    /// A remote version means the same.
    Adopt,
    /// A remote version accepts all that the declared one accepts.
    AdoptLooser,
    /// No remote version matches.
    #[default]
    Create,
    /// The environment has the action, and no version of it matches a declared one.
    Drift,
    /// The same, and the newest is a JSON Schema that was taken for a map of types.
    Mangled,
    /// The declared version isn't what was registered under its name.
    Changed,
    /// The folder doesn't hold the file of a declared version.
    Lost,
}

/// The outcome of matching a declared version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    pub state: State,
    /// The matching remote version; or else the one that it is compared with, where there is one.
    pub server: Option<u32>,
}

/// One action's declared versions, registered ones, and remote ones. All ascend.
pub struct Action<'a> {
    pub local: &'a [(u32, &'a LocalSchema)],
    pub registered: &'a BTreeMap<u32, Registration>,
    pub remote: &'a [RemoteSchema],
}

impl<'a> Action<'a> {
    /// The match of each declared version.
    pub fn matches(&self) -> Vec<Match> {
        let matches = self.local.iter();
        let mut matches: Vec<_> = matches
            .map(|(version, local)| self.registered_or_equal(*version, local))
            .collect();
        let mut held = self.held(&matches);
        if let (Some((version, local)), Some(first @ None)) =
            (self.local.first(), matches.first_mut())
            && self.registered.range(..version).next().is_none()
        {
            *first = self.looser(local, &held);
            held.extend(first.and_then(|found| found.server));
        }
        let all = matches.into_iter().zip(self.local);
        all.map(|(found, (version, _))| found.unwrap_or_else(|| self.unmatched(*version, &held)))
            .collect()
    }

    fn remote(&self, number: u32) -> Option<&'a RemoteSchema> {
        self.remote.iter().find(|remote| remote.number == number)
    }

    /// What is registered, as far as it is true; or else the lowest that means the same. A body with another hash than the registered
    /// one is another body, whatever it accepts.
    fn registered_or_equal(&self, version: u32, local: &LocalSchema) -> Option<Match> {
        if let Some(Registration { server, sha256 }) = self.registered.get(&version) {
            if !sha256.eq_ignore_ascii_case(&local.sha256) {
                return Some(Match::with(State::Changed, *server));
            }
            let remote = self.remote(*server);
            if remote.is_some_and(|remote| compatibility(local, remote).is_some()) {
                return Some(Match::with(State::UpToDate, *server));
            }
        }
        let mut all = self.remote.iter();
        let equal = all.find(|remote| compatibility(local, remote) == Some(Compatibility::Same))?;
        Some(Match::with(State::Adopt, equal.number))
    }

    /// The remote versions that match a declared version already, or a registered one that isn't declared any more.
    fn held(&self, matches: &[Option<Match>]) -> BTreeSet<u32> {
        let is_declared = |version: u32| self.local.iter().any(|(local, _)| *local == version);
        let others = self.registered.iter();
        let others = others
            .filter(|(version, _)| !is_declared(**version))
            .map(|(_, registration)| registration.server);
        let taken = matches.iter().flatten().filter_map(|found| found.server);
        taken.chain(others).collect()
    }

    /// The newest that accepts all of it: the nearest to what it is now.
    fn looser(&self, local: &LocalSchema, held: &BTreeSet<u32>) -> Option<Match> {
        let mut newest_first = self.remote.iter().rev();
        let looser = newest_first.find(|remote| {
            !held.contains(&remote.number)
                && compatibility(local, remote) == Some(Compatibility::Looser)
        })?;
        Some(Match::with(State::AdoptLooser, looser.number))
    }

    /// The state of a version without a match.
    fn unmatched(&self, version: u32, held: &BTreeSet<u32>) -> Match {
        let newest = self.remote.last();
        let newest = newest.filter(|newest| !held.contains(&newest.number));
        let number = newest.map(|newest| newest.number);
        let registration = self.registered.get(&version);
        let (state, server) = match (registration, newest) {
            (Some(Registration { server, .. }), _) => {
                let own = self.remote(*server).map(|remote| remote.number);
                (State::Drift, own.or(number))
            }
            (None, None) => (State::Create, None),
            (None, Some(newest)) if newest.mangled => (State::Mangled, number),
            (None, Some(_)) => (State::Drift, number),
        };
        Match { state, server }
    }
}

impl Match {
    fn with(state: State, server: u32) -> Self {
        Self {
            state,
            server: Some(server),
        }
    }
}

/// How a remote version accepts the events of a declared one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compatibility {
    /// It accepts the same events.
    Same,
    /// It accepts every event of the declared one, and more.
    Looser,
}

/// `None` where it rejects some event of the declared one, or can't be read.
pub fn compatibility(local: &LocalSchema, remote: &RemoteSchema) -> Option<Compatibility> {
    compatibility_of(&local.body, remote.body.as_ref().ok()?)
}

pub fn compatibility_of(local: &Body, remote: &Body) -> Option<Compatibility> {
    match Class::of(&diff::bodies(local, remote)) {
        Class::SAME => Some(Compatibility::Same),
        Class { backward, .. } => backward.then_some(Compatibility::Looser),
    }
}

#[cfg(test)]
mod tests;
