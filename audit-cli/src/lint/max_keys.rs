//! `max-keys`: a metadata object stays small enough to be read. The service itself stops at 50.

use audit_core::schema::record::read::Event;

use super::{Check, Form, Lint, Object, Parameter, finding, objects};
use crate::body::Place;
use crate::finding::{Finding, code};
use crate::toml_reader::{Problem, Value};

pub const LINT: Lint = Lint {
    code: code::MAX_KEYS,
    form: Form::With(Parameter {
        name: "max",
        example: EXAMPLE,
        default: None,
        read,
    }),
};

const EXAMPLE: &str = "30";

#[derive(Debug)]
struct MaxKeys {
    max: usize,
}

fn read(value: &Value<'_>) -> Result<Box<dyn Check>, Problem> {
    Ok(Box::new(MaxKeys {
        max: value.count(EXAMPLE)?,
    }))
}

impl Check for MaxKeys {
    fn findings(&self, events: &[&Event]) -> Vec<Finding> {
        events
            .iter()
            .flat_map(|event| {
                objects(event)
                    .into_iter()
                    .filter_map(|object| self.of_object(event, &object))
            })
            .collect()
    }
}

impl MaxKeys {
    fn of_object(&self, event: &Event, object: &Object<'_>) -> Option<Finding> {
        let (keys, max) = (object.fields.len(), self.max);
        let which = if object.place == Place::Root {
            "root "
        } else {
            ""
        };
        let what = format!(
            "the {which}metadata{} has {keys} keys, at most {max} are agreed",
            object.place.words()
        );
        let help = "leave out what nobody reads, or split the event; a version that is registered keeps its keys";
        (keys > max).then(|| finding(code::MAX_KEYS, event, object.source, &what, help))
    }
}
