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

macro_rules! code {
    ($code:literal, $title:literal) => {
        Diagnostic {
            code: $code,
            title: $title,
            explanation: include_str!(concat!("diagnostics/", $code, ".md")),
        }
    };
}

/// All codes, sorted. A01 attributes, A02 limits, A03 types and composition, A04 builder, A05 schema drift and versions, A06 build
/// environment.
pub const DIAGNOSTICS: &[Diagnostic] = &[
    code!("A0101", "unknown attribute"),
    code!("A0102", "repeated attribute"),
    code!("A0103", "mutually exclusive attributes"),
    code!("A0104", "required attribute missing"),
    code!("A0105", "malformed attribute"),
    code!("A0106", "action that isn't dotted lower case"),
    code!("A0107", "version that isn't a positive integer"),
    code!("A0108", "unknown case rule"),
    code!("A0109", "metadata attribute on a field with a role"),
    code!("A0110", "misplaced attribute"),
    code!("A0201", "too many metadata keys"),
    code!("A0202", "metadata key too long"),
    code!("A0203", "metadata key empty or with other characters"),
    code!("A0204", "duplicate metadata key"),
    code!("A0205", "length limit outside 1 to 500"),
    code!("A0206", "length limit on a type that isn't text"),
    code!("A0207", "enum value too long"),
    code!("A0208", "duplicate enum value"),
    code!("A0209", "enum without values"),
    code!("A0210", "too many targets"),
    code!("A0211", "array of no targets"),
    code!("A0301", "type that can't be a metadata value"),
    code!("A0302", "type that isn't an entity"),
    code!("A0303", "flattened type that isn't a metadata group"),
    code!("A0304", "128-bit integer"),
    code!("A0305", "event without a target"),
    code!("A0306", "event without an actor"),
    code!("A0307", "repeated role"),
    code!("A0308", "optional actor, target, context or id"),
    code!("A0309", "two entities that share a target type"),
    code!("A0310", "enum of entities as a target"),
    code!(
        "A0311",
        "metadata key with two types in an enum of entities"
    ),
    code!("A0312", "generic event or entity"),
    code!("A0313", "derive on the wrong kind of item"),
    code!("A0314", "entity without an id, or with two"),
    code!("A0315", "variant with the wrong fields"),
    code!("A0316", "field name that conflicts with the builder"),
    code!("A0317", "option of an option"),
    code!("A0318", "actor of any type as a target"),
    code!("A0319", "type that isn't a context"),
    code!("A0320", "type without a text form"),
    code!("A0321", "`occurred_at` that isn't a point in time"),
    code!("A0322", "item that can't be read"),
    code!("A0323", "event that implements `Drop`"),
    code!("A0324", "doc comment that can't be read"),
    code!("A0401", "builder: field not set"),
    code!("A0402", "builder: field set twice"),
    code!("A0403", "`build()` with fallible fields"),
    code!("A0404", "event whose actor the caller passes"),
    code!("A0405", "type that isn't an audit event"),
    code!("A0501", "draft in a build that allows none"),
    code!("A0502", "committed schema that differs"),
    code!("A0503", "registered schema that differs"),
    code!(
        "A0504",
        "file under schemas/ that is missing or can't be read"
    ),
    code!("A0505", "schemas that didn't reach the build"),
    code!("A0601", "package folder unknown"),
    code!("A0602", "unknown value of AUDIT_SCHEMAS or AUDIT_RECORDS"),
    code!("A0603", "path that isn't UTF-8"),
    code!("A0699", "a bug of this project"),
];
