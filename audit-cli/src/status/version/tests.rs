use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::*;
use crate::body::sha256;
use crate::config;
use crate::discover::sections;
use crate::finding::{Code, Finding, code};
use crate::status::state::of_version;
use crate::status::{SchemaFolder, files, state};
use crate::testing::{Record, entry, event};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        config::create(folder.path()).expect("marked");
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn store(&self) -> Store {
        config::store(self.path()).expect("a folder")
    }

    fn commit(&self, record: &Record) {
        self.store().write_body(&record.event()).expect("written");
        self.store().write_event(&record.event()).expect("written");
    }

    fn register(&self, action: &str, sha256: &str) {
        fs::create_dir_all(self.path().join("registrations")).expect("a folder");
        let json = format!(r#"{{"{action}": {{"1": {{"server": 3, "sha256": "{sha256}"}}}}}}"#);
        fs::write(self.path().join("registrations/production.json"), json).expect("written");
    }

    /// State and finding of the only version.
    fn life_of(&self, code: &[Record]) -> (State, Option<Code>) {
        let catalogue = Catalogue::new(code.iter().cloned().map(entry).collect());
        let store = self.store();
        let versions = versions(&catalogue, &store, &Coverage::complete());
        let [version] = versions.as_slice() else {
            panic!("one version, not {versions:?}")
        };
        (
            version.state(),
            of_version(
                version,
                SchemaFolder {
                    store: &store,
                    workspace: self.path(),
                },
            )
            .into_iter()
            .next()
            .map(|finding| finding.code),
        )
    }
}

fn old() -> Record {
    event("user.signed_in", 1).string("method")
}

fn new() -> Record {
    old().string("reason")
}

#[test]
fn a_draft_becomes_committed() {
    let folder = Folder::new();
    assert_eq!(
        folder.life_of(&[old()]),
        (State::Draft, Some(code::MISSING))
    );
    folder.commit(&old());
    assert_eq!(folder.life_of(&[old()]), (State::Committed, None));
    assert_eq!(
        folder.life_of(&[new()]),
        (State::Committed, Some(code::STALE))
    );
    assert_eq!(
        folder.life_of(&[old().docs("Described.")]),
        (State::Committed, Some(code::EVENT))
    );
    assert_eq!(folder.life_of(&[]), (State::Orphaned, Some(code::ORPHANED)));
}

#[test]
fn what_is_registered_never_changes() {
    let folder = Folder::new();
    folder.commit(&old());
    folder.register("user.signed_in", &sha256(&old().event().body));
    assert_eq!(folder.life_of(&[old()]), (State::Registered, None));
    assert_eq!(
        folder.life_of(&[new()]),
        (State::Registered, Some(code::REGISTERED))
    );
    assert_eq!(folder.life_of(&[]), (State::Retired, None));
    folder.commit(&new());
    assert_eq!(
        folder.life_of(&[old()]),
        (State::Registered, Some(code::REGISTERED)),
        "the file was edited"
    );
    assert_eq!(
        folder.life_of(&[new()]),
        (State::Registered, Some(code::REGISTERED)),
        "file and code were changed together"
    );
}

#[test]
fn a_lost_file_of_what_is_registered_is_missing() {
    let folder = Folder::new();
    folder.register("user.signed_in", &sha256(&old().event().body));
    assert_eq!(
        folder.life_of(&[old()]),
        (State::Registered, Some(code::MISSING))
    );
    assert_eq!(
        folder.life_of(&[new()]),
        (State::Registered, Some(code::REGISTERED))
    );
}

#[test]
fn what_only_an_emulator_was_told_can_be_taken_back() {
    let folder = Folder::new();
    folder.commit(&old());
    folder.register("user.signed_in", &sha256(&old().event().body));
    let help = || {
        let (catalogue, store) = (Catalogue::new(vec![entry(new())]), folder.store());
        let versions = versions(&catalogue, &store, &Coverage::complete());
        of_version(
            &versions[0],
            SchemaFolder {
                store: &store,
                workspace: folder.path(),
            },
        )
        .swap_remove(0)
        .help
    };
    assert!(help().starts_with("a registered version never changes: "));
    let emulator =
        "[environments.production]\napi-key-env = \"KEY\"\nurl = \"http://127.0.0.1:4010\"\n";
    fs::write(folder.path().join("audit.toml"), emulator).expect("written");
    assert!(
        help().starts_with("only an emulator was told: remove ")
            && help().contains("production.json"),
        "{}",
        help()
    );
}

#[test]
fn other_line_ends_are_no_difference() {
    let folder = Folder::new();
    folder.commit(&old());
    for path in [
        folder.store().body_path("user.signed_in", 1),
        folder.store().event_path("user.signed_in", 1),
    ] {
        let text = fs::read_to_string(&path).expect("a file");
        fs::write(&path, text.replace('\n', "\r\n")).expect("written");
    }
    assert_eq!(folder.life_of(&[old()]), (State::Committed, None));
}

#[test]
fn conflicts_are_no_orphans_and_a_part_of_the_workspace_knows_of_none() {
    let folder = Folder::new();
    folder.commit(&old());
    let store = folder.store();
    let conflict = Catalogue::new(vec![entry(old()), entry(new().package("other"))]);
    assert!(versions(&conflict, &store, &Coverage::complete()).is_empty());
    assert!(versions(&Catalogue::default(), &store, &Coverage::partial()).is_empty());
}

/// Reads the records of a file, opens the folder and compares.
fn check(artifact: &Path, folder: &Folder) -> (usize, Vec<Finding>) {
    let events = sections::read(artifact).expect("records");
    let catalogue = Catalogue::new(
        events
            .into_iter()
            .map(|event| Entry::new(event).expect("an entry"))
            .collect(),
    );
    let store = folder.store();
    let named = SchemaFolder {
        store: &store,
        workspace: folder.path(),
    };
    let versions = versions(&catalogue, &store, &Coverage::complete());
    let mut findings = state::all(&catalogue, &versions, named);
    findings.extend(files::all(&catalogue, named, &Coverage::complete()));
    (versions.len(), findings)
}

/// What `check` does after the build, without optimization.
#[test]
fn time_grows_with_the_number_of_events() {
    let elsewhere = tempfile::tempdir().expect("a folder");
    let [few, many] = [125, 1000].map(|events| (events, scaled(events, elsewhere.path())));
    let (mut quickest_of_few, mut quickest_of_many) = (Duration::MAX, Duration::MAX);
    // Other processes may use this machine: one quick round is enough.
    for _ in 0..20 {
        quickest_of_few = quickest_of_few.min(time(&few));
        quickest_of_many = quickest_of_many.min(time(&many));
        // 8 times as many events; where the time grew with the square it would be 64.
        if quickest_of_many < 24 * quickest_of_few {
            return;
        }
    }
    panic!("{quickest_of_few:?}, {quickest_of_many:?}");
}

/// An artifact with this number of events, and their folder.
fn scaled(events: usize, artifacts: &Path) -> (PathBuf, Folder) {
    let folder = Folder::new();
    let mut artifact = Vec::new();
    for index in 0..events {
        let record = (0..6).fold(event(&format!("scale.event_{index}"), 1), |record, key| {
            record.string(&format!("key_{key}"))
        });
        artifact.extend(record.bytes());
        let Event { action, body, .. } = record.event();
        fs::create_dir(folder.path().join(&action)).expect("made");
        fs::write(folder.path().join(&action).join("v1.json"), body).expect("written");
        fs::write(
            folder.path().join(&action).join("v1.event.json"),
            event_schema::render(&record.event()),
        )
        .expect("written");
    }
    let path = artifacts.join(events.to_string());
    fs::write(&path, artifact).expect("written");
    (path, folder)
}

fn time((events, (path, folder)): &(usize, (PathBuf, Folder))) -> Duration {
    let start = Instant::now();
    assert_eq!(check(path, folder), (*events, Vec::new()));
    start.elapsed()
}
