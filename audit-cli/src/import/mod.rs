//! Rust source from schemas that were written elsewhere: read into declarations, planned (what the derives can say, names, what is shared), written.
//! Nothing here does I/O.

mod express;
pub mod forms;
mod plan;
mod rendered;
pub mod report;
mod words;
mod write;

use crate::{body::Body, store::Name};
pub use forms::Declared;
pub use plan::Plan;
pub use report::Note;

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
    pub notes: Vec<Note>,
}

/// Plans the types that declare what `declared` declares.
pub fn plan(declared: Vec<Declared>, options: &Options) -> Imported {
    let mut notes = Vec::new();
    let events = express::all(declared, options, &mut notes);
    of_events(&events, notes)
}

/// The same, and what each of the types will render.
pub fn plan_and_bodies(
    declared: Vec<Declared>,
    options: &Options,
) -> (Imported, Vec<(Name, Body)>) {
    let mut notes = Vec::new();
    let events = express::all(declared, options, &mut notes);
    let bodies = events
        .iter()
        .map(|event| ((event.action.clone(), event.version), event.body()))
        .collect();
    (of_events(&events, notes), bodies)
}

fn of_events(events: &[express::Event], mut notes: Vec<Note>) -> Imported {
    let plan = plan::plan(events, &mut notes);
    report::sort(&mut notes);
    Imported { plan, notes }
}

/// The source, headed by `remarks`.
pub fn write(plan: &Plan, remarks: &[String], options: &Options) -> String {
    report::comment(remarks) + &write::source(plan, options.core.as_ref())
}

#[cfg(test)]
mod tests;
