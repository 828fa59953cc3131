//! The compatibility of a change, and the keywords that it depends on.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Change;
use super::meaning::unread::Within;

/// A value for each direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Both<T> {
    /// Of old events under the new side.
    pub backward: T,
    /// Of new events under the old side.
    pub forward: T,
}

/// Whether events of one side are accepted by the other.
pub type Class = Both<bool>;

/// The same with the keywords that it depends on.
pub type Verdict = Both<Within>;

/// Keywords that aren't understood, where a change counts as breaking only because of them.
pub type Unread = Both<BTreeSet<String>>;

impl<T> Both<T> {
    pub fn compare<S: Copy>(old: S, new: S, within: impl Fn(S, S) -> T) -> Self {
        Self {
            backward: within(old, new),
            forward: within(new, old),
        }
    }

    /// The same change, seen from the other side.
    pub fn reversed(self) -> Self {
        Self {
            backward: self.forward,
            forward: self.backward,
        }
    }

    fn map<'s, U>(&'s self, map: impl Fn(&'s T) -> U) -> Both<U> {
        Both {
            backward: map(&self.backward),
            forward: map(&self.forward),
        }
    }
}

impl Unread {
    /// Those of both directions, each once.
    pub fn all(&self) -> Vec<&str> {
        self.backward
            .union(&self.forward)
            .map(String::as_str)
            .collect()
    }
}

impl Verdict {
    /// The verdict of a part, if this is the whole's: a part of a compatible change is compatible.
    pub fn of_part(&self, part: Self) -> Self {
        let direction = |whole: &Within, part| {
            if whole.is_yes() || part == Within::No {
                whole.clone()
            } else {
                part
            }
        };
        Self {
            backward: direction(&self.backward, part.backward),
            forward: direction(&self.forward, part.forward),
        }
    }

    pub fn class(&self) -> Class {
        self.map(Within::is_yes)
    }

    /// The keywords that it depends on.
    pub fn unread(&self) -> Unread {
        self.map(Within::unread)
    }
}

impl From<Class> for Verdict {
    fn from(class: Class) -> Self {
        class.map(|is_within| (*is_within).into())
    }
}

impl Class {
    /// Accepts the same as before.
    pub const SAME: Self = Self {
        backward: true,
        forward: true,
    };
    /// Accepts less than before.
    pub const NARROWER: Self = Self {
        backward: false,
        forward: true,
    };
    /// Accepts more than before.
    pub const WIDER: Self = Self {
        backward: true,
        forward: false,
    };
    /// Neither contains the other.
    pub const OTHER: Self = Self {
        backward: false,
        forward: false,
    };

    /// The class of all these changes together.
    pub fn of(changes: &[Change]) -> Self {
        Self {
            backward: changes.iter().all(|change| change.class.backward),
            forward: changes.iter().all(|change| change.class.forward),
        }
    }

    /// A phrase for messages.
    pub fn words(self) -> &'static str {
        match (self.backward, self.forward) {
            (true, true) => "compatible",
            (true, false) => "backward compatible, forward breaking",
            (false, true) => "forward compatible, backward breaking",
            (false, false) => "breaking",
        }
    }
}
