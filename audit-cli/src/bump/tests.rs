use std::fs;

use super::*;
use crate::config;
use crate::testing::{Record, entry, event};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        config::create(folder.path()).expect("marked");
        Self(folder)
    }

    fn store(&self) -> Store {
        config::store(self.0.path()).expect("a folder")
    }

    /// Registers these versions of `a.b` in an environment.
    fn register(&self, environment: &str, versions: &[(u32, &Record)]) {
        let versions: Vec<_> = versions
            .iter()
            .map(|(version, record)| {
                format!(
                    r#""{version}": {{"server": 9, "sha256": "{}"}}"#,
                    hash(record).to_uppercase()
                )
            })
            .collect();
        fs::create_dir_all(self.0.path().join("registrations")).expect("a folder");
        let json = format!(r#"{{"a.b": {{{}}}}}"#, versions.join(", "));
        fs::write(
            self.0
                .path()
                .join("registrations")
                .join(environment)
                .with_extension("json"),
            json,
        )
        .expect("written");
    }

    fn commit(&self, record: &Record) {
        self.store().write_body(&record.event()).expect("written");
    }

    /// What is raised from what to what.
    fn plan(&self, code: &[Record]) -> Vec<(u32, Result<u32, Undecided>)> {
        let declared: Vec<_> = code
            .iter()
            .cloned()
            .map(|record| Declared::new(&entry(record)))
            .collect();
        let store = self.store();
        plan(&declared, &store, &BTreeSet::new(), &[])
            .iter()
            .map(|raise| (raise.declared.version, raise.to))
            .collect()
    }
}

/// `a.b` with one key.
fn v(version: u32, key: &str) -> Record {
    event("a.b", version).string(key)
}

fn hash(record: &Record) -> String {
    sha256(&record.event().body)
}

#[test]
fn raises_what_is_registered_otherwise_and_nothing_else() {
    let folder = Folder::new();
    assert_eq!(folder.plan(&[v(1, "new")]), []);
    folder.register("production", &[(1, &v(1, "old"))]);
    assert_eq!(folder.plan(&[v(1, "old")]), []);
    assert_eq!(folder.plan(&[v(1, "new")]), [(1, Ok(2))]);
    folder.register("staging", &[(1, &v(1, "new"))]);
    assert_eq!(
        folder.plan(&[v(1, "new")]),
        [(1, Ok(2))],
        "production has another body"
    );
    let declared = [Declared::new(&entry(v(1, "new")))];
    assert!(
        plan(
            &declared,
            &folder.store(),
            &BTreeSet::new(),
            &["a.c".into()]
        )
        .is_empty()
    );
    assert_eq!(
        plan(
            &declared,
            &folder.store(),
            &BTreeSet::new(),
            &["a.b".into()]
        )[0]
        .registered_in,
        ["production"]
    );
}

#[test]
fn goes_above_all_that_anybody_knows() {
    let folder = Folder::new();
    folder.register("production", &[(1, &v(1, "old"))]);
    assert_eq!(
        folder.plan(&[v(1, "new"), v(4, "later")]),
        [(1, Ok(5))],
        "code"
    );
    folder.commit(&v(6, "gone"));
    assert_eq!(
        folder.plan(&[v(1, "new"), v(4, "later")]),
        [(1, Ok(7))],
        "folder"
    );
    folder.register("staging", &[(9, &v(1, "pulled"))]);
    assert_eq!(
        folder.plan(&[v(1, "new"), v(4, "later")]),
        [(1, Ok(10))],
        "registrations"
    );
    folder.register("staging", &[(u32::MAX, &v(1, "pulled"))]);
    assert_eq!(folder.plan(&[v(1, "new")]), [(1, Err(Undecided::Last))]);
}

#[test]
fn several_versions_keep_their_order() {
    let folder = Folder::new();
    folder.register(
        "production",
        &[(1, &v(1, "one")), (2, &v(2, "two")), (3, &v(3, "three"))],
    );
    assert_eq!(
        folder.plan(&[v(1, "one"), v(2, "two_more"), v(3, "three")]),
        [(2, Ok(4))]
    );
    assert_eq!(
        folder.plan(&[v(1, "a"), v(2, "b"), v(3, "c")]),
        [(1, Ok(4)), (2, Ok(5)), (3, Ok(6))]
    );
    // The second's body is that of version 4, but the first goes above it.
    folder.commit(&v(4, "b"));
    assert_eq!(
        folder.plan(&[v(1, "a"), v(2, "b"), v(3, "three")]),
        [(1, Ok(5)), (2, Ok(6))]
    );
}

#[test]
fn takes_a_version_that_has_this_body_already() {
    let folder = Folder::new();
    folder.register("production", &[(1, &v(1, "old"))]);
    folder.commit(&v(2, "new"));
    assert_eq!(
        folder.plan(&[v(1, "new")]),
        [(1, Ok(2))],
        "raised in a build with other features"
    );
    assert_eq!(folder.plan(&[v(1, "newer")]), [(1, Ok(3))]);
    assert_eq!(
        folder.plan(&[v(1, "new"), v(2, "new")]),
        [(1, Ok(3))],
        "not one that code declares"
    );
    folder.register("staging", &[(7, &v(1, "newer"))]);
    assert_eq!(folder.plan(&[v(1, "newer")]), [(1, Ok(7))]);
    // Back to what a lower one was: versions only go up.
    folder.register("production", &[(1, &v(1, "old")), (8, &v(1, "latest"))]);
    assert_eq!(folder.plan(&[v(8, "old")]), [(8, Ok(9))]);
}

#[test]
fn one_of_two_that_claim_a_version_is_raised_where_the_other_is_what_is_registered() {
    let folder = Folder::new();
    let elsewhere = |key: &str| v(1, key).at("src/other.rs", 9);
    folder.register("production", &[(1, &v(1, "old"))]);
    let declared = [v(1, "old"), elsewhere("new")].map(|record| Declared::new(&entry(record)));
    let store = folder.store();
    let raises = plan(&declared, &store, &BTreeSet::new(), &[]);
    assert_eq!(raises.len(), 1);
    assert_eq!(
        (raises[0].declared.file.as_str(), raises[0].to),
        ("src/other.rs", Ok(2))
    );
    assert_eq!(
        folder.plan(&[v(1, "a"), elsewhere("b")]),
        [(1, Err(Undecided::Conflict)), (1, Err(Undecided::Conflict))]
    );
    assert_eq!(
        folder.plan(&[v(1, "new"), elsewhere("new")]),
        [(1, Ok(2)), (1, Ok(2))],
        "both go up together"
    );
}
