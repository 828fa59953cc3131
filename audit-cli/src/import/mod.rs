//! Rust source from schemas that were written elsewhere: read into declarations, planned (what the derives can say, names, what is shared), written.
//! Nothing here does I/O.

mod express;
pub mod forms;
mod names;
mod plan;
pub mod warning;
mod write;

use crate::body::Body;
use crate::store::Name;
pub use forms::Declared;
pub use plan::Plan;
pub use warning::Warning;

/// How to import.
#[derive(Clone, Default)]
pub struct Options {
    /// Keys of flat maps, which don't say, may be left out.
    pub optional: bool,
    /// Every version becomes a type, not only each action's highest.
    pub all_versions: bool,
    /// What `audit_core` is called where the source will stand.
    pub core: Option<syn::Path>,
}

/// What becomes of declarations: the types, and what can't be said with them.
#[derive(Debug)]
pub struct Imported {
    pub plan: Plan,
    pub warnings: Vec<Warning>,
    /// What each of the types will render.
    pub bodies: Vec<(Name, Body)>,
}

/// Plans the types that declare what `declared` declares.
pub fn plan(declared: Vec<Declared>, options: &Options) -> Imported {
    let mut warnings = Vec::new();
    let events = express::all(declared, options, &mut warnings);
    let plan = plan::plan(&events, &mut warnings);
    warning::sort(&mut warnings);
    let named = |event: express::Event| {
        let body = event.body();
        ((event.origin.action, event.origin.version), body)
    };
    Imported {
        plan,
        warnings,
        bodies: events.into_iter().map(named).collect(),
    }
}

/// The source, headed by `remarks`.
pub fn write(plan: &Plan, remarks: &[String], options: &Options) -> String {
    warning::comment(remarks) + &write::source(plan, options.core.as_ref())
}

#[cfg(test)]
mod tests;
