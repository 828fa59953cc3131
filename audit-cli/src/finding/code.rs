//! The kinds of findings. Their names are for scripts and never change their meaning.

use serde::{Serialize, Serializer};

/// A kind of finding.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    pub name: &'static str,
    /// What it says of the folder, in one line.
    pub title: &'static str,
}

macro_rules! codes {
    ($($constant:ident $name:literal $title:literal)*) => {
        $(pub const $constant: Code = Code { name: $name, title: $title };)*
        /// Every code, in the order of a version's life.
        pub const ALL: &[Code] = &[$($constant),*];
    };
}

codes! {
    MISSING "missing" "Code declares a version that isn't exported."
    STALE "stale" "The committed schema isn't what the code renders."
    REGISTERED "registered" "A registered schema isn't what the code renders, or its file was changed."
    ORPHANED "orphaned" "Neither code nor a registration knows the file."
    EVENT "event" "The event schema isn't what the code renders."
    CONFLICT "conflict" "Two different schemas for one action and version."
    DUPLICATE "duplicate" "One action and version is declared twice, with the same schema."
    INDEX "index" "index.txt doesn't list the files that there are."
    INVALID "invalid" "A file isn't a registration body."
    HAND_EDITED "hand-edited" "A file isn't in the form that code renders."
    MISNAMED "misnamed" "A file's name isn't what its content says, or is no schema's."
    UNKNOWN_REGISTRATION "unknown-registration" "A registration names a version that neither code nor folder knows."
    EVOLUTION "evolution" "A new version changes what the evolution mode doesn't allow."
    KEY_CASE "key-case" "A metadata key isn't written in the agreed case."
    ACTION_PATTERN "action-pattern" "An action's name doesn't fit the agreed pattern."
    REQUIRED_TARGETS "required-targets" "An event lacks a target type that every event must have."
    MAX_KEYS "max-keys" "A metadata object has more keys than agreed."
    UNBOUNDED_STRING "unbounded-string" "A string has no limit of its own."
    MISSING_DESCRIPTION "missing-description" "An event or a key has no doc comment."
    KEY_TYPES "key-types" "One key has different types in different events."
    NOT_IN_FOLDER "not-in-folder" "An artifact emits a version that the folder doesn't hold."
    DIFFERS "differs" "An artifact emits a version with another schema than the folder's."
    ADDED "added" "An action is new."
    NEW_VERSION "new-version" "A version is new; its changes are those since its predecessor."
    CHANGED "changed" "A version has another schema than before."
    REMOVED "removed" "A version isn't there any more."
    EXPIRED_WAIVER "expired-waiver" "A waiver's last day has passed."
    UNUSED_WAIVER "unused-waiver" "A waiver waives nothing."
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
