//! Actions that differ in case only: on Windows and macOS they would share a folder, and one would be compared with the other's schemas.

use std::collections::{BTreeMap, BTreeSet};

use super::SchemaFolder;
use crate::catalogue::Catalogue;
use crate::finding::{Finding, code};
use crate::store::Store;

/// The actions that can be in each other's way, by how they are spelt in lower case: those of the code, and those of the folder where case isn't
/// told apart in it. Elsewhere a retired action keeps its folder beside that of its new name.
#[derive(Debug, Default)]
pub struct Spellings<'a> {
    actions: BTreeMap<String, BTreeSet<&'a str>>,
}

impl<'a> Spellings<'a> {
    pub fn of(catalogue: &'a Catalogue, store: &'a Store) -> Self {
        let declared = catalogue
            .entries
            .iter()
            .map(|entry| entry.event.action.as_str());
        let conflicts = catalogue
            .conflicts
            .iter()
            .map(|conflict| conflict.action.as_str());
        let is_shared = store.ignores_case();
        let kept = store.versions.keys().filter(|_| is_shared);
        let kept = kept.map(|(action, _)| action.as_str());
        let mut spellings = Self::default();
        for action in declared.chain(conflicts).chain(kept) {
            spellings.add(action);
        }
        spellings
    }

    pub fn add(&mut self, action: &'a str) {
        self.actions
            .entry(action.to_ascii_lowercase())
            .or_default()
            .insert(action);
    }

    /// Another action that differs from this one in case only.
    pub fn other(&self, action: &str) -> Option<&'a str> {
        self.actions
            .get(&action.to_ascii_lowercase())?
            .iter()
            .find(|other| **other != action)
            .copied()
    }

    /// One for each group of them, at the first that code declares.
    pub fn findings(&self, catalogue: &Catalogue, folder: SchemaFolder<'_>) -> Vec<Finding> {
        let clashing = self.actions.values().filter(|actions| actions.len() > 1);
        clashing
            .map(|actions| finding(actions, catalogue, folder))
            .collect()
    }
}

fn finding(actions: &BTreeSet<&str>, catalogue: &Catalogue, folder: SchemaFolder<'_>) -> Finding {
    let names = actions.iter().copied().collect::<Vec<_>>().join(" and ");
    let message = format!(
        "{names} differ in case only: where the file system doesn't tell them apart they share a folder"
    );
    let help = "give one of the events another action";
    let finding = Finding::new(code::CASE_CLASH, message, help);
    let is_one = |action: &str| actions.contains(action);
    match catalogue
        .entries
        .iter()
        .find(|entry| is_one(&entry.event.action))
    {
        Some(entry) => finding.of_type(&entry.event),
        None => {
            let first = actions.iter().next().copied().unwrap_or_default();
            Finding {
                action: Some(first.into()),
                ..finding
            }
            .at(folder.location(&folder.store.action_path(first)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{entry, event};

    #[test]
    fn actions_that_differ_in_case_only_are_one_finding() {
        let catalogue = Catalogue::new(
            ["user.left", "User.left", "User.Left", "team.left"]
                .map(|action| entry(event(action, 1)))
                .into(),
        );
        let store = Store::default();
        let spellings = Spellings::of(&catalogue, &store);
        let found = spellings.findings(
            &catalogue,
            SchemaFolder {
                store: &store,
                workspace: ".".as_ref(),
            },
        );
        assert_eq!(found.len(), 1);
        assert!(
            found[0]
                .message
                .starts_with("User.Left and User.left and user.left differ in case only"),
            "{found:?}"
        );
        assert_eq!(
            (found[0].action.as_deref(), found[0].location.line),
            (Some("User.Left"), Some(1))
        );
        assert_eq!(spellings.other("user.left"), Some("User.Left"));
        assert_eq!(spellings.other("team.left"), None);
    }
}
