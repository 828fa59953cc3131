//! The kinds of findings. Their names are for scripts and never change their meaning.

use serde::{Serialize, Serializer};

/// A kind of finding.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    pub name: &'static str,
    /// What it says of the folder, in one line.
    pub title: &'static str,
    /// The ways out, whatever it is about.
    pub help: &'static str,
}

macro_rules! codes {
    ($($constant:ident $name:literal $title:literal $help:literal)*) => {
        $(pub const $constant: Code = Code { name: $name, title: $title, help: $help };)*
        /// Every code, in the order of a version's life.
        pub const ALL: &[Code] = &[$($constant),*];
    };
}

codes! {
    MISSING "missing" "Code declares a version that isn't exported."
        "Run `cargo audit-schema export` and commit what it writes."
    STALE "stale" "The committed schema isn't what the code renders."
        "Run `cargo audit-schema export --update` as long as the version is registered nowhere, or raise `version`."
    REGISTERED "registered" "A registered schema isn't what the code renders, or its file was changed."
        "A registered version never changes: raise `version`, or take its file back from version control."
    ORPHANED "orphaned" "Neither code nor a registration knows the file."
        "Run `cargo audit-schema export --prune`, or bring the event back."
    EVENT "event" "The event schema isn't what the code renders."
        "Run `cargo audit-schema export`: the event schema is derived from the code."
    CONFLICT "conflict" "Two different schemas for one action and version."
        "Give one of the events another action or version."
    DUPLICATE "duplicate" "One action and version is declared twice, with the same schema."
        "Keep one of the declarations."
    CASE_CLASH "case-clash" "Two actions differ in case only, and share a folder where the file system doesn't tell them apart."
        "Give one of the events another action."
    INDEX "index" "index.txt doesn't list the files that there are."
        "Run `cargo audit-schema export`, which writes the index."
    INVALID "invalid" "A file isn't a registration body."
        "Take the file back from version control, or export it again."
    MERGE_CONFLICT "merge-conflict" "A merge conflict in a file isn't resolved."
        "Resolve it as in any other file, or take one side and run `cargo audit-schema export`."
    HAND_EDITED "hand-edited" "A file isn't in the form that code renders."
        "Change the code and export it: files under `schemas/` are written by `cargo audit-schema export` alone."
    MISNAMED "misnamed" "A file's name isn't what its content says, or is no schema's."
        "Name the file `<action>/v<N>.json`, or remove it."
    UNKNOWN_REGISTRATION "unknown-registration" "A registration names a version whose file isn't there."
        "Take the file back from version control; what is registered stays registered."
    LOST "lost" "A schema's file isn't there, although index.txt lists it."
        "Take the file back from version control, or export it in the configuration that declares it."
    NOT_REGISTERED "not-registered" "An environment doesn't have a declared version."
        "Run `cargo audit-schema push --env NAME`."
    NOT_RECORDED "not-recorded" "An environment has a declared version, and the registrations don't say so, or say something else."
        "Run `cargo audit-schema resolve --env NAME`, which only reads, or `push`."
    DRIFT "drift" "An environment has the action, and no version of it accepts what is declared."
        "See what differs. `cargo audit-schema push --env NAME` registers the declared version beside the others, which stay as they are."
    MANGLED "mangled" "An environment has a JSON Schema that the vendor's Node SDK took for a map of types."
        "Run `cargo audit-schema push --env NAME`, which registers the schema as it is meant; the old version can't be removed."
    REGISTERED_TWICE "registered-twice" "Two versions of an environment mean the same: two runs registered it at once, or a lost request was carried out late."
        "Nothing has to be done: every run settles on the lower one. Let one pipeline at a time register."
    EVOLUTION "evolution" "A new version changes what the evolution mode doesn't allow."
        "Change the event so that old and new events fit together, or waive the change in `audit.toml` with a date and a reason."
    KEY_CASE "key-case" "A metadata key isn't written in the agreed case."
        "Give the field another key with `#[audit(rename = \"…\")]`, in a new version where the old one is registered."
    ACTION_NAME "action-name" "An action isn't dotted lower case."
        "Give the event an action such as `user.signed_in`; waive it where the service has it by this name."
    ACTION_PATTERN "action-pattern" "An action's name doesn't fit the agreed pattern."
        "Give the event an action that fits the pattern in `audit.toml`."
    REQUIRED_TARGETS "required-targets" "An event lacks a target type that every event must have."
        "Add a target of that type to the event, in a new version where the old one is registered."
    MAX_KEYS "max-keys" "A metadata object has more keys than agreed."
        "Leave out keys that nobody reads, or raise `max` in `audit.toml`."
    UNBOUNDED_STRING "unbounded-string" "A string has no limit of its own."
        "Give the field `#[audit(max_len = N)]` or `#[audit(truncate = N)]`, or the type `Text<N>`."
    MISSING_DESCRIPTION "missing-description" "An event or a key has no doc comment."
        "Write a doc comment: it becomes the description in the event schema."
    KEY_TYPES "key-types" "One key has different types in different events."
        "Give the key one type in all events, or two names."
    AMBIGUOUS_TARGETS "ambiguous-targets" "Two targets of an event have one type, so nothing tells them apart."
        "Give each a type of its own with `#[audit(target, type = \"…\")]`, in a new version where the old one is registered."
    UNMARKED_PII "unmarked-pii" "A key is named like personal data or a secret, and is sent as it is."
        "Leave it out, send what stands for it, or waive the lint for this key with the reason."
    NOT_IN_FOLDER "not-in-folder" "An artifact emits a version that the folder doesn't hold."
        "Compare with the folder of the commit that the artifact was built from, or export the version."
    DIFFERS "differs" "An artifact emits a version with another schema than the folder's."
        "Compare with the folder of the commit that the artifact was built from, or build anew."
    ADDED "added" "An action is new."
        "Nothing has to be done: it is what `diff` was asked for."
    NEW_VERSION "new-version" "A version is new; its changes are those since its predecessor."
        "See which changes break whom, and keep the old version as long as both are in use."
    CHANGED "changed" "A version has another schema than before."
        "Raise `version` where the version is registered; otherwise export it again."
    REMOVED "removed" "A version isn't there any more."
        "Keep the version as long as a deployment emits it."
    EXPIRED_WAIVER "expired-waiver" "A waiver's last day has passed."
        "Mend what it waived, or set a later day in `audit.toml`."
    UNUSED_WAIVER "unused-waiver" "A waiver waives nothing."
        "Remove the waiver from `audit.toml`."
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}
