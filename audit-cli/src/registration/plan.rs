//! The plan of a registration: a state for each declared version. Decides; sends nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::matching::{Action, Compatibility, Match, State, compatibility};
use super::recorder::{Registration, Registrations};
use super::{LocalSchema, LocalSchemas, RemoteSchema, RemoteState};
use crate::diff::{self, Change};
use crate::store::Name;

/// A declared version, and what becomes of it.
#[derive(Clone, Debug, Default)]
pub struct Item {
    pub action: String,
    pub version: u32,
    pub state: State,
    /// The remote version that stands for it; or else the one that it is compared with.
    pub server: Option<u32>,
    /// Other remote versions that mean the same.
    pub also: Vec<u32>,
    /// The remote version in the registrations, whether or not that is true.
    pub recorded: Option<u32>,
    /// Empty where the body isn't there.
    pub sha256: String,
    pub file: Option<PathBuf>,
    /// From the remote version to the declared one.
    pub changes: Vec<Change>,
    /// Why the remote version can't be compared.
    pub unreadable: Option<String>,
    /// The other environments that were given another body under its name.
    pub differs_in: Vec<String>,
}

/// A remote action that nothing declared or registered names.
#[derive(Clone, Debug)]
pub struct Unmanaged {
    pub action: String,
    pub server: u32,
    pub mangled: bool,
}

/// Both sorted by action.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub items: Vec<Item>,
    pub unmanaged: Vec<Unmanaged>,
    /// Whether the registrations seem to be those of another environment: versions are registered, and their actions aren't remote.
    pub looks_like_other_environment: bool,
}

impl Plan {
    pub fn of(local: &LocalSchemas, registered: &Registrations, remote: &RemoteState) -> Self {
        let nothing = BTreeMap::new();
        let mut items = Vec::new();
        for (action, versions) in by_action(local) {
            let registered = registered.get(action).unwrap_or(&nothing);
            let of_action = Action {
                local: &versions,
                registered,
                remote: remote.of(action),
            };
            let matches = of_action.matches().into_iter().zip(&versions);
            items.extend(matches.map(|(found, (version, local))| Item {
                action: action.into(),
                version: *version,
                recorded: registered.get(version).map(|recorded| recorded.server),
                ..Item::matched(local, found, of_action.remote)
            }));
        }
        let others = remote.others.iter();
        let others = others.filter(|(action, _)| !registered.contains_key(*action));
        let unmanaged = |(action, newest): (&String, &RemoteSchema)| Unmanaged {
            action: action.clone(),
            server: newest.number,
            mangled: newest.mangled,
        };
        let is_remote =
            |action: &String| !remote.of(action).is_empty() || remote.others.contains_key(action);
        let known = registered.iter();
        let mut known = known
            .filter(|(_, versions)| !versions.is_empty())
            .map(|(action, _)| action)
            .peekable();
        Self {
            unmanaged: others.map(unmanaged).collect(),
            looks_like_other_environment: known.peek().is_some() && !known.any(is_remote),
            items,
        }
    }

    /// The number of versions that aren't up to date.
    pub fn to_do(&self) -> usize {
        self.items
            .iter()
            .filter(|item| item.state != State::UpToDate)
            .count()
    }
}

impl Item {
    /// A version whose file isn't there: what is registered for it can't be told.
    pub fn lost((action, version): &Name, file: PathBuf, recorded: Option<&Registration>) -> Self {
        Self {
            recorded: recorded.map(|recorded| recorded.server),
            action: action.clone(),
            version: *version,
            state: State::Lost,
            file: Some(file),
            ..Self::default()
        }
    }

    fn matched(
        local: &LocalSchema,
        Match { state, server }: Match,
        remote: &[RemoteSchema],
    ) -> Self {
        let is_matched = matches!(state, State::UpToDate | State::Adopt);
        let others = remote
            .iter()
            .filter(|other| is_matched && Some(other.number) != server);
        let also = others
            .filter(|other| compatibility(local, other) == Some(Compatibility::Same))
            .map(|other| other.number)
            .collect();
        let against = remote.iter().find(|remote| Some(remote.number) == server);
        let (mut changes, mut unreadable) = (Vec::new(), None);
        match against.map(|remote| &remote.body) {
            Some(Ok(body)) if state != State::UpToDate => {
                changes = diff::bodies(body, &local.body);
            }
            Some(Err(problem)) => unreadable = Some(problem.message.clone()),
            _ => {}
        }
        if state == State::Drift {
            // First what it rejects.
            changes.sort_by_key(|change| change.class.forward);
        }
        Self {
            state,
            server,
            also,
            sha256: local.sha256.clone(),
            file: local.file.clone(),
            changes,
            unreadable,
            ..Self::default()
        }
    }

    /// Rejects what would be registered or adopted here, where other environments were given another body under its name.
    pub fn reject_for(&mut self, differs_in: Vec<String>) {
        if differs_in.is_empty() || !(self.is_sent() || self.is_adopted()) {
            return;
        }
        (self.state, self.server, self.differs_in) = (State::Changed, None, differs_in);
        self.also.clear();
        self.changes.clear();
        self.unreadable = None;
    }

    /// Whether a version has to be registered for it.
    pub fn is_sent(&self) -> bool {
        matches!(self.state, State::Create | State::Drift | State::Mangled)
    }

    /// Whether a remote version only has to be recorded for it.
    pub fn is_adopted(&self) -> bool {
        matches!(self.state, State::Adopt | State::AdoptLooser)
    }
}

/// Each action with its declared versions, ascending.
fn by_action(local: &LocalSchemas) -> BTreeMap<&str, Vec<(u32, &LocalSchema)>> {
    let mut actions: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for ((action, version), schema) in local {
        actions.entry(action).or_default().push((*version, schema));
    }
    actions
}
