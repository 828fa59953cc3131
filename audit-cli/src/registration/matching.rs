//! Which version there stands for which declared one. `docs/decisions/0008-emulator-and-registration.md` says why so.

use std::collections::{BTreeMap, BTreeSet};

use super::Wanted;
use super::there::Version;
use crate::body::Body;
use crate::diff::{self, Class};

/// What becomes of a declared version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Recorded, and the version there fits.
    UpToDate,
    /// A version there means the same.
    Adopt,
    /// A version there accepts all that the declared one accepts.
    AdoptLooser,
    /// Nothing there stands for it.
    Create,
    /// The action is there, and what it has fits nothing that is declared.
    Drift,
    /// The same, and the newest is a JSON Schema that was taken for a map of types.
    Mangled,
    /// The declared version isn't what was registered under its name.
    Changed,
    /// The folder doesn't hold the file of a declared version.
    Lost,
}

/// A declared version, held against what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    pub state: State,
    /// The version there that stands for it; or else the one that it is compared with, where there is one.
    pub server: Option<u32>,
}

/// What the registrations say of a declared version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub server: u32,
    pub sha256: String,
}

/// One action's declared versions, recorded ones, and those there. All ascend.
pub struct Action<'a> {
    pub wanted: &'a [(u32, &'a Wanted)],
    pub recorded: &'a BTreeMap<u32, Recorded>,
    pub there: &'a [Version],
}

impl Action<'_> {
    /// What stands for each of the wanted versions.
    pub fn stands(&self) -> Vec<Stand> {
        let mut stands: Vec<_> = self
            .wanted
            .iter()
            .map(|(version, wanted)| self.recorded_or_equal(*version, wanted))
            .collect();
        let mut held = self.held(&stands);
        if let (Some((version, wanted)), Some(first @ None)) =
            (self.wanted.first(), stands.first_mut())
            && self.recorded.range(..version).next().is_none()
        {
            *first = self.looser(wanted, &held);
            held.extend(first.and_then(|stand| stand.server));
        }
        let alone = |(stand, (version, _)): (Option<Stand>, &(u32, &Wanted))| {
            stand.unwrap_or_else(|| self.without(*version, &held))
        };
        stands.into_iter().zip(self.wanted).map(alone).collect()
    }

    /// What is recorded, as far as it is true; or else the lowest that means the same. A body with another hash than the recorded one is
    /// another body, whatever it accepts.
    fn recorded_or_equal(&self, version: u32, wanted: &Wanted) -> Option<Stand> {
        if let Some(Recorded { server, sha256 }) = self.recorded.get(&version) {
            let stand = |state| {
                Some(Stand {
                    state,
                    server: Some(*server),
                })
            };
            if !sha256.eq_ignore_ascii_case(&wanted.sha256) {
                return stand(State::Changed);
            }
            if self
                .there
                .iter()
                .any(|there| there.number == *server && fit(wanted, there).is_some())
            {
                return stand(State::UpToDate);
            }
        }
        let equal = self
            .there
            .iter()
            .find(|there| fit(wanted, there) == Some(Fit::Same))?;
        Some(Stand {
            state: State::Adopt,
            server: Some(equal.number),
        })
    }

    /// The versions there that stand for something already, or did for a version that isn't wanted any more.
    fn held(&self, stands: &[Option<Stand>]) -> BTreeSet<u32> {
        let is_wanted = |version: u32| self.wanted.iter().any(|(wanted, _)| *wanted == version);
        let others = self
            .recorded
            .iter()
            .filter(|(version, _)| !is_wanted(**version))
            .map(|(_, recorded)| recorded.server);
        stands
            .iter()
            .flatten()
            .filter_map(|stand| stand.server)
            .chain(others)
            .collect()
    }

    /// The newest that accepts all of it: the nearest to what it is now.
    fn looser(&self, wanted: &Wanted, held: &BTreeSet<u32>) -> Option<Stand> {
        let free = self
            .there
            .iter()
            .rev()
            .filter(|there| !held.contains(&there.number));
        let looser = free
            .into_iter()
            .find(|there| fit(wanted, there) == Some(Fit::Looser))?;
        Some(Stand {
            state: State::AdoptLooser,
            server: Some(looser.number),
        })
    }

    /// What is the matter with a version that nothing stands for.
    fn without(&self, version: u32, held: &BTreeSet<u32>) -> Stand {
        let newest = self
            .there
            .last()
            .filter(|newest| !held.contains(&newest.number));
        if let Some(recorded) = self.recorded.get(&version) {
            let is_there = self
                .there
                .iter()
                .any(|there| there.number == recorded.server);
            let server = if is_there {
                Some(recorded.server)
            } else {
                newest.map(|newest| newest.number)
            };
            return Stand {
                state: State::Drift,
                server,
            };
        }
        match newest {
            None => Stand {
                state: State::Create,
                server: None,
            },
            Some(newest) if newest.mangled => Stand {
                state: State::Mangled,
                server: Some(newest.number),
            },
            Some(newest) => Stand {
                state: State::Drift,
                server: Some(newest.number),
            },
        }
    }
}

/// How a version there fits a declared one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It accepts the same events.
    Same,
    /// It accepts every event of the declared one, and more.
    Looser,
}

/// `None` where it refuses some event of the declared one, or can't be read.
pub fn fit(wanted: &Wanted, there: &Version) -> Option<Fit> {
    fit_of(&wanted.body, there.body.as_ref().ok()?)
}

pub fn fit_of(wanted: &Body, there: &Body) -> Option<Fit> {
    match Class::of(&diff::bodies(wanted, there)) {
        Class::SAME => Some(Fit::Same),
        Class { backward, .. } => backward.then_some(Fit::Looser),
    }
}

#[cfg(test)]
mod tests;
