//! All events of a build, each once; and the names with several schemas.

use audit_core::limits::is_registered_action;
use audit_core::schema::record::read::Event;

use crate::body::{Body, sha256};
use crate::prose;

/// An event type, its registration body and that body's identity.
#[derive(Clone, Debug)]
pub struct Entry {
    pub event: Event,
    pub body: Body,
    pub sha256: String,
}

impl Entry {
    /// Reads a record; rejects actions and versions that no derive writes (an action is also a folder's name).
    pub fn new(mut event: Event) -> Result<Self, String> {
        prose::of_event(&mut event);
        let (action, version) = (&event.action, event.version);
        if !is_registered_action(action) {
            return Err(format!(
                "invalid action {action:?} in a record (expected e.g. `user.signed_in`)"
            ));
        }
        if version == 0 {
            return Err(format!("invalid version 0 in the record of {action}"));
        }
        let body = Body::parse(&event.body).map_err(|error| {
            format!(
                "invalid registration body in the record of {action} version {version}: {error}"
            )
        })?;
        let sha256 = sha256(&event.body);
        Ok(Self {
            event,
            body,
            sha256,
        })
    }

    pub fn is(&self, action: &str, version: u32) -> bool {
        self.event.action == action && self.event.version == version
    }
}

/// One action and version that is declared several times.
#[derive(Clone, Debug)]
pub struct Conflict {
    pub action: String,
    pub version: u32,
    pub declarations: Vec<Event>,
}

impl Conflict {
    fn of(first: &Entry, others: &[Entry]) -> Self {
        let entries = std::iter::once(first).chain(others);
        Self {
            action: first.event.action.clone(),
            version: first.event.version,
            declarations: entries.map(|entry| entry.event.clone()).collect(),
        }
    }
}

/// Every event type. Each list is sorted by action and version.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    pub entries: Vec<Entry>,
    pub conflicts: Vec<Conflict>,
    /// Declared in several declarations with the same schema.
    pub duplicates: Vec<Conflict>,
}

impl Catalogue {
    /// Sorts and merges. Which of two equal ones is kept doesn't depend on their order.
    pub fn new(mut found: Vec<Entry>) -> Self {
        found.sort_by(|a, b| key(&a.event).cmp(&key(&b.event)));
        found.dedup_by(|a, b| a.event == b.event);
        let mut catalogue = Self::default();
        let mut rest = found.into_iter().peekable();
        while let Some(first) = rest.next() {
            let same_name =
                || rest.next_if(|other| other.is(&first.event.action, first.event.version));
            let others: Vec<_> = std::iter::from_fn(same_name).collect();
            catalogue.add(first, &others);
        }
        catalogue
    }

    fn add(&mut self, first: Entry, others: &[Entry]) {
        let differs = |other: &Entry| other.event.body != first.event.body;
        if others.iter().any(differs) {
            self.conflicts.push(Conflict::of(&first, others));
            return;
        }
        if !others.is_empty() {
            let mut duplicate = Conflict::of(&first, others);
            let declarations = &mut duplicate.declarations;
            declarations.dedup_by(|a, b| (&a.package, &a.source) == (&b.package, &b.source));
            if declarations.len() > 1 {
                self.duplicates.push(duplicate);
            }
        }
        self.entries.push(first);
    }

    pub fn find(&self, action: &str, version: u32) -> Option<&Entry> {
        let name = |entry: &Entry| {
            (entry.event.action.as_str(), entry.event.version).cmp(&(action, version))
        };
        self.entries.get(self.entries.binary_search_by(name).ok()?)
    }

    /// Whether code declares it, with one schema or with several.
    pub fn declares(&self, action: &str, version: u32) -> bool {
        let name = |conflict: &Conflict| {
            (conflict.action.as_str(), conflict.version).cmp(&(action, version))
        };
        self.find(action, version).is_some() || self.conflicts.binary_search_by(name).is_ok()
    }
}

/// The order of events: by action and version, then by where they are declared.
fn key(event: &Event) -> impl Ord + '_ {
    let Event {
        action,
        version,
        package,
        package_version,
        source,
        body,
        ..
    } = event;
    let file = (&source.file, source.line);
    (action, version, package, package_version, file, body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::of_source;
    use crate::testing::{entry, event};

    #[test]
    fn merges_what_is_the_same_and_names_both_places_of_what_is_not() {
        let a = entry(event("user.signed_in", 1).string("method"));
        let again = entry(event("user.signed_in", 1).string("method"));
        let elsewhere = entry(
            event("user.signed_in", 1)
                .string("method")
                .at("src/other.rs", 9)
                .package("other"),
        );
        let catalogue = Catalogue::new(vec![elsewhere.clone(), a.clone(), again]);
        assert_eq!(catalogue.entries.len(), 1);
        assert_eq!(catalogue.entries[0].event.package, "acme");

        let different = entry(
            event("user.signed_in", 1)
                .string("reason")
                .at("src/other.rs", 9)
                .package("other"),
        );
        let catalogue = Catalogue::new(vec![different, a]);
        assert!(catalogue.entries.is_empty());
        let declarations: Vec<_> = catalogue.conflicts[0]
            .declarations
            .iter()
            .map(|declaration| of_source(&declaration.source).to_string())
            .collect();
        assert_eq!(declarations, ["src/lib.rs:1", "src/other.rs:9"]);
        assert!(
            catalogue.declares("user.signed_in", 1)
                && catalogue.find("user.signed_in", 1).is_none()
        );
    }

    #[test]
    fn sorts_versions_as_numbers() {
        let names = Catalogue::new(
            [10, 2, 1]
                .map(|version| entry(event("a.b", version)))
                .into(),
        );
        assert_eq!(
            names
                .entries
                .iter()
                .map(|entry| entry.event.version)
                .collect::<Vec<_>>(),
            [1, 2, 10]
        );
    }

    #[test]
    fn refuses_what_would_leave_the_folder() {
        let mut wrong = entry(event("a.b", 1)).event;
        wrong.action = "../../etc/passwd".into();
        assert!(Entry::new(wrong).is_err());
        let mut wrong = entry(event("a.b", 1)).event;
        wrong.body = "[]".into();
        assert!(Entry::new(wrong).is_err());
    }
}
