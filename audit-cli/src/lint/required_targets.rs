//! `required-targets`: every event says to which workspace, organization … it belongs.

use audit_core::schema::record::read::Event;

use super::{Check, Form, Lint, Parameter, finding};
use crate::finding::{Finding, code};
use crate::toml_reader::{Problem, Value};

pub const LINT: Lint = Lint {
    code: code::REQUIRED_TARGETS,
    form: Form::With(Parameter {
        name: "types",
        example: EXAMPLE,
        default: None,
        read,
    }),
};

const EXAMPLE: &str = r#"["workspace"]"#;

#[derive(Debug)]
struct RequiredTargets {
    types: Vec<String>,
}

fn read(value: &Value<'_>) -> Result<Box<dyn Check>, Problem> {
    let types = value
        .texts(EXAMPLE)?
        .into_iter()
        .map(str::to_owned)
        .collect();
    Ok(Box::new(RequiredTargets { types }))
}

impl Check for RequiredTargets {
    fn findings(&self, events: &[&Event]) -> Vec<Finding> {
        events
            .iter()
            .filter_map(|event| self.of_event(event))
            .collect()
    }
}

impl RequiredTargets {
    fn of_event(&self, event: &Event) -> Option<Finding> {
        let has = |kind: &str| event.targets.iter().any(|target| target.type_name == kind);
        let missing: Vec<_> = self
            .types
            .iter()
            .filter(|kind| !has(kind))
            .map(|kind| format!("`{kind}`"))
            .collect();
        let (types, field) = if missing.len() == 1 {
            ("type", "a field")
        } else {
            ("types", "fields")
        };
        let what = format!("the target {types} {} must be there", missing.join(", "));
        let help = format!(
            "add {field} with `#[audit(target)]`, in a new version where this one is registered"
        );
        (!missing.is_empty())
            .then(|| finding(code::REQUIRED_TARGETS, event, &event.source, &what, &help))
    }
}
