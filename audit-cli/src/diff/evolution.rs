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

/// The values in `audit.toml`.
pub const NAMES: [&str; 7] = [
    "none",
    "backward",
    "backward-transitive",
    "forward",
    "forward-transitive",
    "full",
    "full-transitive",
];

impl std::str::FromStr for Evolution {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        let (mode, transitive) = name
            .strip_suffix("-transitive")
            .map_or((name, false), |mode| (mode, true));
        let mode = match mode {
            "none" if !transitive => Mode::None,
            "backward" => Mode::Backward,
            "forward" => Mode::Forward,
            "full" => Mode::Full,
            _ => return Err(()),
        };
        Ok(Self { mode, transitive })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_names_and_no_others() {
        assert!(NAMES.iter().all(|name| name.parse::<Evolution>().is_ok()));
        for name in [
            "",
            "none-transitive",
            "Backward",
            "backward_transitive",
            "-transitive",
        ] {
            assert_eq!(name.parse::<Evolution>(), Err(()), "{name}");
        }
    }
}
