//! Findings about missing files that the index lists or that are registered: no build renders them.

use std::collections::BTreeSet;

use super::SchemaFolder;
use crate::catalogue::Catalogue;
use crate::coverage::Coverage;
use crate::finding::{Finding, code};
use crate::json::Node;
use crate::location::Location;
use crate::store::{Name, Store};

const RESTORE: &str = "take the file back from version control (`git checkout`, `git pull`); where another configuration declares the version \
                       (`--all-features`, `--workspace`), `cargo audit-schema export` writes it again";

/// Versions without a body.
#[derive(Debug, Default)]
pub struct Lost {
    /// Those that the index goes on listing: it drops only what nothing registers and no code declares any more.
    pub listed: BTreeSet<Name>,
    /// Those that the code doesn't declare in this build, and that are registered or in `listed`.
    undeclared: BTreeSet<Name>,
}

impl Lost {
    /// `coverage` is of what the folder lost.
    pub fn of(catalogue: &Catalogue, coverage: &Coverage, store: &Store) -> Self {
        let mut lost = Self::default();
        for name in store.lost() {
            let (action, version) = (name.0.as_str(), name.1);
            let is_declared = catalogue.declares(action, version);
            let is_gone = !is_declared && coverage.is_gone(action, version);
            if is_gone && !store.is_promised(action, version) {
                continue;
            }
            if !is_declared {
                lost.undeclared.insert(name.clone());
            }
            if store.listed.contains(&name) {
                lost.listed.insert(name);
            }
        }
        lost
    }

    pub fn findings(&self, folder: SchemaFolder<'_>) -> Vec<Finding> {
        self.undeclared
            .iter()
            .map(|(action, version)| finding(action, *version, folder))
            .collect()
    }
}

fn finding(action: &str, version: u32, folder: SchemaFolder<'_>) -> Finding {
    let store = folder.store;
    let environments: Vec<_> = store.promised(action, version).collect();
    let (code, what, at) = if let Some(first) = environments.first() {
        let path = store.registrations_path(first);
        let line = std::fs::read(&path)
            .ok()
            .and_then(|bytes| line_of(&bytes, action, version));
        let environments = environments.join(", ");
        let location = Location {
            line,
            ..folder.location(&path)
        };
        let what = format!("{action} version {version} is registered in {environments}");
        (code::UNKNOWN_REGISTRATION, what, location)
    } else {
        let path = store.index_path();
        let what = format!("{} lists {action} version {version}", path.display());
        (code::LOST, what, folder.location(&path))
    };
    let file = store.body_path(action, version);
    let message = format!("{what}, but there is no {}", file.display());
    Finding::new(code, message, RESTORE)
        .about(action, version)
        .at(at)
}

/// The line of a registration in its file.
fn line_of(file: &[u8], action: &str, version: u32) -> Option<u32> {
    let root = Node::parse_bytes(file).ok()?;
    let version = root.member(action)?.member(&version.to_string())?;
    Some(version.at.line)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config;
    use crate::store::{self, index};
    use crate::testing::{entry, event};

    const EMULATOR: &str =
        "[environments.local]\napi-key-env = \"KEY\"\nurl = \"http://127.0.0.1:4010\"\n";

    /// Code, file, line.
    type Place = (&'static str, String, Option<u32>);

    /// What is found, and the lines that stay in an index of `a.b` and `code.only`. Code declares the latter.
    fn lost(environment: Option<&str>, whole: bool) -> (Vec<Place>, Vec<String>) {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join(store::CONFIG), EMULATOR).expect("written");
        fs::write(
            root.path().join(index::FILE),
            index::text([("a.b", 1), ("code.only", 1)]),
        )
        .expect("written");
        if let Some(environment) = environment {
            let registrations =
                "{\n  \"a.b\": {\n    \"1\": {\"server\": 1, \"sha256\": \"x\"}\n  }\n}\n";
            fs::create_dir(root.path().join("registrations")).expect("made");
            fs::write(
                root.path()
                    .join(format!("registrations/{environment}.json")),
                registrations,
            )
            .expect("written");
        }
        let store = config::store(root.path()).expect("a folder");
        let catalogue = Catalogue::new(vec![entry(event("code.only", 1))]);
        let coverage = if whole {
            Coverage::complete()
        } else {
            Coverage::partial()
        };
        let lost = Lost::of(&catalogue, &coverage, &store);
        let findings = lost.findings(SchemaFolder {
            store: &store,
            workspace: root.path(),
        });
        let place = |finding: Finding| {
            (
                finding.code.name,
                finding.location.file.unwrap_or_default(),
                finding.location.line,
            )
        };
        (
            findings.into_iter().map(place).collect(),
            lost.listed.into_iter().map(|(action, _)| action).collect(),
        )
    }

    #[test]
    fn what_is_registered_is_missed_whatever_is_built() {
        let expected = vec![(
            "unknown-registration",
            "registrations/production.json".to_owned(),
            Some(3),
        )];
        for whole in [true, false] {
            let (found, listed) = lost(Some("production"), whole);
            assert_eq!((found, listed.len()), (expected.clone(), 2));
        }
    }

    #[test]
    fn what_is_listed_is_missed_unless_its_code_is_gone() {
        for environment in [None, Some("local")] {
            let (found, listed) = lost(environment, false);
            assert_eq!(
                (found, listed.len()),
                (vec![("lost", "index.txt".to_owned(), None)], 2)
            );
            assert_eq!(
                lost(environment, true),
                (Vec::new(), vec!["code.only".to_owned()]),
                "removed with its code"
            );
        }
    }
}
