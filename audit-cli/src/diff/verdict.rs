//! What a change breaks, and which keywords that hangs on.

use std::collections::BTreeSet;

use super::Change;
use super::meaning::unread::Within;

/// Whether events of one side are accepted by the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    pub backward: bool,
    pub forward: bool,
}

/// What a change breaks: whether old events are accepted by the new side, and new ones by the old one.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub backward: Within,
    pub forward: Within,
}

/// Keywords that aren't understood, where a change counts as breaking only because of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    pub backward: BTreeSet<String>,
    pub forward: BTreeSet<String>,
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

    /// The same change, seen from the other side.
    pub fn reversed(self) -> Self {
        Self {
            backward: self.forward,
            forward: self.backward,
        }
    }

    pub fn class(&self) -> Class {
        Class {
            backward: self.backward == Within::Yes,
            forward: self.forward == Within::Yes,
        }
    }

    /// The keywords that it hangs on.
    pub fn unread(&self) -> Unread {
        Unread {
            backward: self.backward.unread(),
            forward: self.forward.unread(),
        }
    }
}

impl From<Class> for Verdict {
    fn from(Class { backward, forward }: Class) -> Self {
        Self {
            backward: backward.into(),
            forward: forward.into(),
        }
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
