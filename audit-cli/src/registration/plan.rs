//! What has to be done so that an environment has what is wanted: a state for each declared version. Decides; sends nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::matching::{Action, Fit, Recorded, Stand, State, fit};
use super::recorder::Registrations;
use super::there::{There, Version};
use super::wanted::{All, Wanted};
use crate::diff::{self, Change};
use crate::store::Name;

/// A declared version, and what becomes of it.
#[derive(Clone, Debug)]
pub struct Item {
    pub action: String,
    pub version: u32,
    pub state: State,
    /// The version there that stands for it; or else the one that it is compared with.
    pub server: Option<u32>,
    /// Other versions there that mean the same.
    pub also: Vec<u32>,
    /// What the registrations say, whether or not it is true.
    pub recorded: Option<u32>,
    /// Empty where the body isn't there.
    pub sha256: String,
    pub file: Option<PathBuf>,
    /// From the version there to the declared one.
    pub changes: Vec<Change>,
    /// Why the version there can't be compared.
    pub unreadable: Option<String>,
    /// The other environments that were given another body under its name.
    pub differs_in: Vec<String>,
}

/// An action that is there, and that nothing wanted or recorded names.
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
    /// Whether versions are recorded, and none of their actions is there.
    nothing_recorded_is_there: bool,
}

impl Plan {
    pub fn of(wanted: &All, recorded: &Registrations, there: &There) -> Self {
        let nothing = BTreeMap::new();
        let mut items = Vec::new();
        for (action, versions) in by_action(wanted) {
            let recorded = recorded.get(action).unwrap_or(&nothing);
            let of_action = Action {
                wanted: &versions,
                recorded,
                there: there.of(action),
            };
            let stands = of_action.stands().into_iter().zip(&versions);
            items.extend(stands.map(|(stand, (version, wanted))| {
                item(
                    (action, *version),
                    wanted,
                    stand,
                    recorded.get(version),
                    there,
                )
            }));
        }
        let others = there
            .others
            .iter()
            .filter(|(action, _)| !recorded.contains_key(*action));
        let unmanaged = |(action, newest): (&String, &Version)| Unmanaged {
            action: action.clone(),
            server: newest.number,
            mangled: newest.mangled,
        };
        let is_there =
            |action: &String| !there.of(action).is_empty() || there.others.contains_key(action);
        let mut known = recorded
            .iter()
            .filter(|(_, versions)| !versions.is_empty())
            .map(|(action, _)| action)
            .peekable();
        let nothing_recorded_is_there = known.peek().is_some() && !known.any(is_there);
        Self {
            items,
            unmanaged: others.map(unmanaged).collect(),
            nothing_recorded_is_there,
        }
    }

    /// Whether the registrations seem to be those of another environment.
    pub fn is_of_another(&self) -> bool {
        self.nothing_recorded_is_there
    }

    /// How many versions aren't as they should be.
    pub fn to_do(&self) -> usize {
        self.items
            .iter()
            .filter(|item| item.state != State::UpToDate)
            .count()
    }
}

impl Item {
    /// A version whose file isn't there: what is registered for it can't be told.
    pub fn lost((action, version): Name, file: PathBuf, recorded: Option<&Recorded>) -> Self {
        Self {
            action,
            version,
            state: State::Lost,
            server: None,
            also: Vec::new(),
            recorded: recorded.map(|recorded| recorded.server),
            sha256: String::new(),
            file: Some(file),
            changes: Vec::new(),
            unreadable: None,
            differs_in: Vec::new(),
        }
    }

    /// Refuses what would be registered or adopted here, where other environments were given another body under its name.
    pub fn refuse_for(&mut self, differs_in: Vec<String>) {
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

    /// Whether a version there only has to be recorded for it.
    pub fn is_adopted(&self) -> bool {
        matches!(self.state, State::Adopt | State::AdoptLooser)
    }
}

/// Each action with its wanted versions, ascending.
pub fn by_action(wanted: &All) -> BTreeMap<&str, Vec<(u32, &Wanted)>> {
    let mut actions: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for ((action, version), wanted) in wanted {
        actions.entry(action).or_default().push((*version, wanted));
    }
    actions
}

fn item(
    (action, version): (&str, u32),
    wanted: &Wanted,
    stand: Stand,
    recorded: Option<&Recorded>,
    there: &There,
) -> Item {
    let against = stand
        .server
        .and_then(|server| there.of(action).iter().find(|there| there.number == server));
    let (mut changes, unreadable) = match against.map(|there| &there.body) {
        Some(Ok(body)) if stand.state != State::UpToDate => {
            (diff::bodies(body, &wanted.body), None)
        }
        Some(Err(problem)) => (Vec::new(), Some(problem.message.clone())),
        _ => (Vec::new(), None),
    };
    if stand.state == State::Drift {
        // First what it refuses.
        changes.sort_by_key(|change| change.forward);
    }
    let stands = matches!(stand.state, State::UpToDate | State::Adopt);
    let others = there
        .of(action)
        .iter()
        .filter(|there| stands && Some(there.number) != stand.server);
    Item {
        action: action.into(),
        version,
        state: stand.state,
        server: stand.server,
        also: others
            .filter(|there| fit(wanted, there) == Some(Fit::Same))
            .map(|there| there.number)
            .collect(),
        recorded: recorded.map(|recorded| recorded.server),
        sha256: wanted.sha256.clone(),
        file: wanted.file.clone(),
        changes,
        unreadable,
        differs_in: Vec::new(),
    }
}
