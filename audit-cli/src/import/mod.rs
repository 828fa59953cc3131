//! Rust source from schemas: read into declarations, planned (expressible parts, names, shared types), written.
//! Nothing here does I/O.

mod express;
pub mod forms;
mod names;
mod plan;
pub mod warning;
mod write;

pub use forms::Declared;
pub use plan::{EventType, Plan};
pub use warning::Warning;

/// The options of an import.
#[derive(Clone, Default)]
pub struct Options {
    /// The keys of flat maps are optional; maps can't express that.
    pub optional: bool,
    /// Every version becomes a type, not only each action's highest.
    pub all_versions: bool,
    /// The path of `audit_core` in the generated source.
    pub core: Option<syn::Path>,
}

/// Plans the types of these declarations.
pub fn plan(declared: Vec<Declared>, options: &Options) -> Plan {
    let mut warnings = Vec::new();
    let events = express::all(declared, options, &mut warnings);
    plan::plan(events, warnings)
}

/// The source, headed by `remarks`.
pub fn write(plan: &Plan, remarks: &[String], options: &Options) -> String {
    warning::comment(remarks) + &write::source(plan, options.core.as_ref())
}

#[cfg(test)]
mod tests;
