//! The kinds of findings. Their names are for scripts and never change their meaning.

use serde::Serialize;

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Code {
    pub name: &'static str,
    /// The problem, in one line.
    #[serde(skip)]
    pub title: &'static str,
    /// How to fix it in general.
    #[serde(skip)]
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
        "Run `cargo audit-schema export --update` if the version is registered nowhere; otherwise raise `version`."
    REGISTERED "registered" "A registered schema isn't what the code renders, or its file was changed."
        "A registered version never changes: raise `version`, or take its file back from version control."
    ORPHANED "orphaned" "Schema file without code or registration."
        "Run `cargo audit-schema export --prune`, or bring the event back."
    EVENT "event" "The event schema isn't what the code renders."
        "Run `cargo audit-schema export`: the event schema is derived from the code."
    CONFLICT "conflict" "Two different schemas for one action and version."
        "Give one of the events another action or version."
    DUPLICATE "duplicate" "One action and version is declared twice, with the same schema."
        "Keep one of the declarations."
    CASE_CLASH "case-clash" "Two actions differ in case only, and share a folder on Windows and macOS."
        "Give one of the events another action."
    INDEX "index" "index.txt doesn't list the files of the folder."
        "Run `cargo audit-schema export`."
    INVALID "invalid" "A file isn't a registration body."
        "Take the file back from version control, or export it again."
    MERGE_CONFLICT "merge-conflict" "Unresolved merge conflict in a file."
        "Resolve it as in any other file, or take one side and run `cargo audit-schema export`."
    HAND_EDITED "hand-edited" "File not in canonical form."
        "Change the code, then run `cargo audit-schema export`: don't edit files under `schemas/`."
    MISNAMED "misnamed" "File name doesn't match its contents."
        "Name the file `<action>/v<N>.json`, or remove it."
    UNKNOWN_REGISTRATION "unknown-registration" "Registration of a version without a file."
        "Take the file back from version control; what is registered stays registered."
    LOST "lost" "Missing schema file that index.txt lists."
        "Take the file back from version control, or export it in the configuration that declares it."
    NOT_REGISTERED "not-registered" "Declared version missing in an environment."
        "Run `cargo audit-schema push --env NAME`."
    NOT_RECORDED "not-recorded" "Registrations don't match the environment."
        "Run `cargo audit-schema resolve --env NAME`, which only reads, or `push`."
    DRIFT "drift" "No remote version of the action accepts the declared events."
        "Run `cargo audit-schema push --env NAME`: it registers the declared version and keeps the others."
    MANGLED "mangled" "Remote JSON Schema that the vendor's Node SDK took for a map of types."
        "Run `cargo audit-schema push --env NAME`: it registers the intended schema; the old version can't be removed."
    REGISTERED_TWICE "registered-twice" "Two equivalent remote versions, of concurrent runs or of a request that was carried out late."
        "No action is needed: every run uses the lower one. Let one pipeline at a time register."
    EVOLUTION "evolution" "Change that the evolution mode forbids."
        "Make the event compatible, or waive the change in `audit.toml` with a date and a reason."
    KEY_CASE "key-case" "A metadata key isn't written in the agreed case."
        "Rename the key with `#[audit(rename = \"…\")]`, in a new version where the old one is registered."
    ACTION_NAME "action-name" "An action isn't dotted lower case."
        "Use an action such as `user.signed_in`; waive it if the service has the action already."
    ACTION_PATTERN "action-pattern" "An action's name doesn't fit the agreed pattern."
        "Use an action that fits the pattern in `audit.toml`."
    REQUIRED_TARGETS "required-targets" "An event lacks a target type that every event must have."
        "Add a target of that type, in a new version where the old one is registered."
    MAX_KEYS "max-keys" "A metadata object has more keys than agreed."
        "Leave out unused keys, or raise `max` in `audit.toml`."
    UNBOUNDED_STRING "unbounded-string" "A string has no limit of its own."
        "Give the field `#[audit(max_len = N)]` or `#[audit(truncate = N)]`, or the type `Text<N>`."
    MISSING_DESCRIPTION "missing-description" "An event or a key has no doc comment."
        "Write a doc comment: it becomes the description in the event schema."
    KEY_TYPES "key-types" "One key has different types in different events."
        "Give the key one type in all events, or two names."
    AMBIGUOUS_TARGETS "ambiguous-targets" "Two targets of an event have one type."
        "Give each a type of its own with `#[audit(target, type = \"…\")]`, in a new version where the old one is registered."
    UNMARKED_PII "unmarked-pii" "A key is named like personal data or a secret, and is sent as it is."
        "Leave it out, send a substitute, or waive the lint for this key with the reason."
    NOT_IN_FOLDER "not-in-folder" "An artifact emits a version that isn't in the folder."
        "Compare with the folder of the artifact's commit, or export the version."
    DIFFERS "differs" "An artifact emits a version with another schema than the folder's."
        "Compare with the folder of the artifact's commit, or build anew."
    ADDED "added" "An action is new."
        "No action is needed."
    NEW_VERSION "new-version" "A version is new."
        "Review the breaking changes, and keep the old version as long as both are in use."
    CHANGED "changed" "A version has another schema than before."
        "Raise `version` where the version is registered; otherwise export it again."
    REMOVED "removed" "A version isn't there any more."
        "Keep the version as long as a deployment emits it."
    EXPIRED_WAIVER "expired-waiver" "A waiver's last day has passed."
        "Fix the findings, or set a later day in `audit.toml`."
    UNUSED_WAIVER "unused-waiver" "A waiver waives nothing."
        "Remove the waiver from `audit.toml`."
}
