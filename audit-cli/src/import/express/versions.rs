//! Which versions become types: of each action the highest that can, or all; each once.

use std::collections::BTreeMap;

use super::{Event, event};
use crate::import::{Declared, Note, Options};

/// What was made of a declaration.
struct Made {
    event: Event,
    notes: Vec<Note>,
}

pub fn select(declared: Vec<Declared>, options: &Options, notes: &mut Vec<Note>) -> Vec<Event> {
    let mut made: BTreeMap<(String, u32), Made> = BTreeMap::new();
    for declared in declared {
        let (event, own) = event(&declared, options);
        let Some(event) = event else {
            notes.extend(own);
            continue;
        };
        let name = (declared.action.clone(), declared.version);
        match made.get(&name) {
            None => drop(made.insert(name, Made { event, notes: own })),
            Some(first) if first.event.means(&event) => notes.extend(own),
            Some(first) => notes.push(second(first, &declared)),
        }
    }
    let mut highest: BTreeMap<String, u32> = BTreeMap::new();
    for (action, version) in made.keys() {
        highest.insert(action.clone(), *version);
    }
    let mut events = Vec::new();
    for ((action, version), made) in made {
        let highest = highest[&action];
        if version == highest || options.all_versions {
            notes.extend(made.notes);
            events.push(made.event);
        } else {
            let message = format!(
                "not imported, as there is version {highest}; `--all-versions` imports both"
            );
            notes.push(made.event.note(None, message));
        }
    }
    events
}

/// What is said of a version that is declared in two ways.
fn second(first: &Made, declared: &Declared) -> Note {
    let place = first.event.note(None, "").location;
    let place = [place.file, place.line.map(|line| line.to_string())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(":");
    declared.note(
        None,
        format!("not imported: {place} declares the same version with another schema"),
    )
}
