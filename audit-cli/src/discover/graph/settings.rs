//! Cargo's settings around a folder, as far as they say where, how and for what is built.

use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// Cargo's settings, the nearest first.
pub struct Settings {
    read: Vec<(PathBuf, Table)>,
}

impl Settings {
    /// `None` where they can't be read as cargo reads them.
    pub fn around(here: &Path) -> Option<Self> {
        let home = std::env::var_os("CARGO_HOME").map(|home| here.join(home));
        let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
        let folders = here
            .ancestors()
            .map(|folder| folder.join(".cargo"))
            .chain(home);
        let paths =
            folders.flat_map(|folder| ["config", "config.toml"].map(|name| folder.join(name)));
        let mut read = Vec::new();
        for path in paths.filter(|path| path.exists()) {
            let table: Table = fs::read_to_string(&path).ok()?.parse().ok()?;
            if table.contains_key("include") {
                return None;
            }
            read.push((path, table));
        }
        Some(Self { read })
    }

    /// The platforms that are built for where no option names one; empty for the machine's own.
    pub fn targets(&self) -> Vec<String> {
        if let Some(target) = variable("CARGO_BUILD_TARGET") {
            return vec![target];
        }
        let names = |place: &Path, value: &Value| {
            let values = value
                .as_array()
                .map_or(std::slice::from_ref(value), Vec::as_slice);
            let name = |value: &Value| {
                let name = value.as_str()?;
                if Path::new(name)
                    .extension()
                    .is_none_or(|extension| extension != "json")
                {
                    return Some(name.into());
                }
                // Relative to the folder that holds `.cargo`.
                let file = place.parent()?.parent()?.join(name);
                file.into_os_string().into_string().ok()
            };
            values.iter().map(name).collect()
        };
        self.first("build", "target", names).unwrap_or_default()
    }

    /// Whether cargo is kept from the network.
    pub fn is_offline(&self) -> bool {
        let set = variable("CARGO_NET_OFFLINE").and_then(|value| value.parse().ok());
        set.or_else(|| self.first("net", "offline", |_, value| value.as_bool()))
            .unwrap_or_default()
    }

    /// Tables of the profile `dev`.
    pub fn dev_profiles(&self) -> impl Iterator<Item = &Table> {
        self.read.iter().filter_map(|(_, table)| dev_profile(table))
    }

    /// Value of a key in the nearest file that has it.
    fn first<T>(
        &self,
        table: &str,
        key: &str,
        read: impl Fn(&Path, &Value) -> Option<T>,
    ) -> Option<T> {
        self.read
            .iter()
            .find_map(|(place, settings)| read(place, settings.get(table)?.get(key)?))
    }
}

/// Table of the profile `dev` in a manifest or settings.
pub fn dev_profile(table: &Table) -> Option<&Table> {
    table.get("profile")?.get("dev")?.as_table()
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
