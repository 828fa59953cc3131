//! `max-keys`: a metadata object stays small enough to read. The service's own limit is 50.

use super::{Check, Lint, objects};
use crate::body::Scope;
use crate::finding::code;
use crate::toml_reader::{Problem, Value};

pub const LINT: Lint = Lint::with(code::MAX_KEYS, "max", EXAMPLE, read);

const EXAMPLE: &str = "30";

fn read(value: &Value<'_>) -> Result<Check, Problem> {
    let max = value.count(EXAMPLE)?;
    Ok(Box::new(move |events, report| {
        for event in events {
            for object in objects(event) {
                let (keys, place) = (object.fields.len(), object.scope);
                if keys <= max {
                    continue;
                }
                let root = if place == Scope::Root { "root " } else { "" };
                let place = place.words();
                let what =
                    format!("the {root}metadata{place} has {keys} keys, at most {max} are agreed");
                let help = "leave out unused keys, or split the event; a registered version keeps its keys";
                report.event(event, object.source, &what, help);
            }
        }
    }))
}
