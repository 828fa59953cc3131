//! The changes that a new version may make: the modes of `audit.toml`.

use super::Class;

/// The setting `evolution` of `audit.toml`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evolution {
    pub mode: Mode,
    /// Compared with all lower versions, not only with the one before.
    pub transitive: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Anything may change.
    #[default]
    None,
    /// An old event is valid under the new version.
    Backward,
    /// A reader of the old version can read new events.
    Forward,
    /// Both.
    Full,
}

impl Mode {
    pub fn allows(self, class: Class) -> bool {
        match self {
            Self::None => true,
            Self::Backward => class.backward,
            Self::Forward => class.forward,
            Self::Full => class.backward && class.forward,
        }
    }

    /// `isn't … compatible`
    pub fn direction(self) -> &'static str {
        match self {
            Self::Backward => "backward",
            Self::Forward => "forward",
            Self::None | Self::Full => "fully",
        }
    }

    /// The help line.
    pub fn way_out(self) -> &'static str {
        match self {
            Self::Backward => {
                "accept what old events hold: keep keys, make new ones optional, keep types, values and lengths as wide"
            }
            Self::Forward => {
                "send nothing that a reader of the old version rejects: add no keys, keep required ones, keep types, values and lengths as narrow"
            }
            Self::None | Self::Full => "give the event that needs the change another action",
        }
    }
}

const fn evolution(mode: Mode, transitive: bool) -> Evolution {
    Evolution { mode, transitive }
}

/// The values in `audit.toml`.
pub const VALUES: [(&str, Evolution); 7] = [
    ("none", evolution(Mode::None, false)),
    ("backward", evolution(Mode::Backward, false)),
    ("backward-transitive", evolution(Mode::Backward, true)),
    ("forward", evolution(Mode::Forward, false)),
    ("forward-transitive", evolution(Mode::Forward, true)),
    ("full", evolution(Mode::Full, false)),
    ("full-transitive", evolution(Mode::Full, true)),
];
