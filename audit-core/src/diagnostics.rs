//! The table of diagnostics: every code that an error of ours can begin with, and its explanation. The only list; `docs/diagnostics.md`
//! and `cargo audit-schema explain` are made from it.

/// One code.
#[derive(Clone, Copy, Debug)]
pub struct Diagnostic {
    /// `A0203`
    pub code: &'static str,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// Markdown: what the error means, why the rule exists, the ways out, a wrong and a right example. Ends in a newline.
    pub explanation: &'static str,
}

/// The diagnostic of a code, written as in the table: `A0203`.
pub fn find(code: &str) -> Option<&'static Diagnostic> {
    DIAGNOSTICS
        .iter()
        .find(|diagnostic| diagnostic.code == code)
}

macro_rules! table {
    ($($code:ident $title:literal)*) => {
        &[$(Diagnostic {
            code: stringify!($code),
            title: $title,
            explanation: include_str!(concat!("diagnostics/", stringify!($code), ".md")),
        }),*]
    };
}

/// All codes, sorted. A01 attributes, A02 limits, A03 types and composition, A04 builder, A05 schema drift and versions, A06 build
/// environment.
pub const DIAGNOSTICS: &[Diagnostic] = table! {
    A0101 "unknown attribute"
    A0102 "repeated attribute"
    A0103 "mutually exclusive attributes"
    A0104 "required attribute missing"
    A0105 "malformed attribute"
    A0106 "action that isn't dotted lower case"
    A0107 "version that isn't a positive integer"
    A0108 "unknown case rule"
    A0109 "metadata attribute on a field with a role"
    A0110 "misplaced attribute"
    A0201 "too many metadata keys"
    A0202 "metadata key too long"
    A0203 "metadata key empty or with other characters"
    A0204 "duplicate metadata key"
    A0205 "length limit outside 1 to 500"
    A0206 "length limit on a type that isn't text"
    A0207 "enum value too long"
    A0208 "duplicate enum value"
    A0209 "enum without values"
    A0210 "too many targets"
    A0211 "array of no targets"
    A0301 "type that can't be a metadata value"
    A0302 "type that isn't an entity"
    A0303 "flattened type that isn't a metadata group"
    A0304 "128-bit integer"
    A0305 "event without a target"
    A0306 "event without an actor"
    A0307 "repeated role"
    A0308 "optional actor, target, context or id"
    A0309 "two entities that share a target type"
    A0310 "enum of entities as a target"
    A0311 "metadata key with two types in an enum of entities"
    A0312 "generic event or entity"
    A0313 "derive on the wrong kind of item"
    A0314 "entity without an id, or with two"
    A0315 "variant with the wrong fields"
    A0316 "field name that conflicts with the builder"
    A0317 "option of an option"
    A0318 "actor of any type as a target"
    A0319 "type that isn't a context"
    A0320 "type without a text form"
    A0321 "`occurred_at` that isn't a point in time"
    A0322 "item that can't be read"
    A0323 "event that implements `Drop`"
    A0324 "doc comment that can't be read"
    A0401 "builder: field not set"
    A0402 "builder: field set twice"
    A0403 "`build()` with fallible fields"
    A0404 "event whose actor the caller passes"
    A0405 "type that isn't an audit event"
    A0501 "draft in a build that allows none"
    A0502 "committed schema that differs"
    A0503 "registered schema that differs"
    A0504 "file under schemas/ that is missing or can't be read"
    A0505 "schemas that didn't reach the build"
    A0601 "package folder unknown"
    A0602 "unknown value of AUDIT_SCHEMAS or AUDIT_RECORDS"
    A0603 "path that isn't UTF-8"
    A0699 "a bug of this project"
};
