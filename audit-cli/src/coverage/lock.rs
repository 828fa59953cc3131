//! Packages that `Cargo.lock` knows and this build doesn't have: optional dependencies of features that are off, and those of other
//! targets. Decides which of them may have events: those that depend on `audit-core`.

use std::collections::HashSet;
use std::fs;

use serde::Deserialize;

use crate::discover::graph::{CORE, Graph};

#[derive(Deserialize)]
struct Lock {
    #[serde(default)]
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    /// Each a name, with a version and a source where there are several of that name.
    #[serde(default)]
    dependencies: Vec<String>,
}

/// One that isn't in the build and may have events.
pub fn not_built(graph: &Graph) -> Option<String> {
    let text = fs::read_to_string(graph.workspace_root().join("Cargo.lock")).ok()?;
    let lock: Lock = toml::from_str(&text).ok()?;
    let reaching = reaching(&lock);
    let missing = |package: &&Package| {
        reaching.contains(package.name.as_str())
            && package.name != CORE
            && !graph.has(&package.name, &package.version)
    };
    lock.package
        .iter()
        .find(missing)
        .map(|package| package.name.clone())
}

/// The names of all packages that depend on `audit-core`, directly or not.
fn reaching(lock: &Lock) -> HashSet<&str> {
    let mut reached = HashSet::from([CORE]);
    loop {
        let known = reached.len();
        for Package {
            name, dependencies, ..
        } in &lock.package
        {
            let mut names = dependencies
                .iter()
                .filter_map(|dependency| dependency.split(' ').next());
            if names.any(|name| reached.contains(name)) {
                reached.insert(name);
            }
        }
        if reached.len() == known {
            return reached;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_dependencies() {
        let text = "version = 4\n[[package]]\nname = \"audit-core\"\nversion = \"0.1.0\"\n\
                    [[package]]\nname = \"events\"\nversion = \"1.0.0\"\ndependencies = [\"audit-core 0.1.0\", \"serde\"]\n\
                    [[package]]\nname = \"app\"\nversion = \"1.0.0\"\ndependencies = [\"events\"]\n\
                    [[package]]\nname = \"serde\"\nversion = \"1.0.0\"\n";
        let lock: Lock = toml::from_str(text).expect("a lock file");
        assert_eq!(
            reaching(&lock),
            HashSet::from(["app", "audit-core", "events"])
        );
    }
}
