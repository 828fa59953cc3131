//! What a change breaks, and which keywords that hangs on.

use std::collections::BTreeSet;

use super::Change;
use super::meaning::unread::Within;

/// Something in both directions: of old events under the new side, and of new events under the old one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Both<T> {
    pub backward: T,
    pub forward: T,
}

/// Whether events of one side are accepted by the other.
pub type Class = Both<bool>;

/// The same with the keywords that it hangs on.
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
    /// The same of a part, where this is known of the whole: a part of what breaks nothing breaks nothing, and one of
    /// what may break something may.
    pub fn of_part(&self, part: Self) -> Self {
        let direction = |whole: &Within, part| match (whole, part) {
            (Within::Yes, _) | (_, Within::Yes) => Within::Yes,
            (_, Within::No) => whole.clone(),
            (_, part) => part,
        };
        Self {
            backward: direction(&self.backward, part.backward),
            forward: direction(&self.forward, part.forward),
        }
    }

    pub fn class(&self) -> Class {
        self.map(|within| *within == Within::Yes)
    }

    /// The keywords that it hangs on.
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
    /// Accepts other things than before.
    pub const OTHER: Self = Self {
        backward: false,
        forward: false,
    };

    /// What all of these changes are together.
    pub fn of(changes: &[Change]) -> Self {
        Self {
            backward: changes.iter().all(|change| change.backward),
            forward: changes.iter().all(|change| change.forward),
        }
    }

    /// For people.
    pub fn words(self) -> &'static str {
        match (self.backward, self.forward) {
            (true, true) => "compatible",
            (true, false) => "backward compatible, forward breaking",
            (false, true) => "forward compatible, backward breaking",
            (false, false) => "breaking",
        }
    }
}
