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

/// What a change breaks, and which keywords that hangs on.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub class: Class,
    pub unread: Unread,
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
    /// Whether old events are accepted by the new side, and new ones by the old one.
    pub fn new(backward: Within, forward: Within) -> Self {
        let class = Class {
            backward: backward == Within::Yes,
            forward: forward == Within::Yes,
        };
        Self {
            class,
            unread: Unread {
                backward: backward.unread(),
                forward: forward.unread(),
            },
        }
    }

    /// The same of a part, where this is known of the whole: a part of what breaks nothing breaks nothing, and one of what may break something
    /// may.
    pub fn of_part(&self, part: Self) -> Self {
        let direction = |whole: (bool, &BTreeSet<String>), part: (bool, BTreeSet<String>)| match (
            whole, part,
        ) {
            ((true, _), _) | (_, (true, _)) => (true, BTreeSet::new()),
            ((false, unread), (false, own)) if own.is_empty() => (false, unread.clone()),
            (_, part) => part,
        };
        let Self { class, unread } = part;
        let (backward, unread_backward) = direction(
            (self.class.backward, &self.unread.backward),
            (class.backward, unread.backward),
        );
        let (forward, unread_forward) = direction(
            (self.class.forward, &self.unread.forward),
            (class.forward, unread.forward),
        );
        Self {
            class: Class { backward, forward },
            unread: Unread {
                backward: unread_backward,
                forward: unread_forward,
            },
        }
    }

    /// The same change, seen from the other side.
    pub fn reversed(self) -> Self {
        let Self {
            class,
            unread: Unread { backward, forward },
        } = self;
        Self {
            class: class.reversed(),
            unread: Unread {
                backward: forward,
                forward: backward,
            },
        }
    }
}

impl From<Class> for Verdict {
    fn from(class: Class) -> Self {
        Self {
            class,
            unread: Unread::default(),
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

    /// The same change, seen from the other side.
    pub fn reversed(self) -> Self {
        Self {
            backward: self.forward,
            forward: self.backward,
        }
    }

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
