//! `required-targets`: every event names its workspace, organization …

use super::{Check, Lint};
use crate::finding::code;
use crate::toml_reader::{Problem, Value};

pub const LINT: Lint = Lint::with(code::REQUIRED_TARGETS, "types", EXAMPLE, read);

const EXAMPLE: &str = r#"["workspace"]"#;

fn read(value: &Value<'_>) -> Result<Check, Problem> {
    let types = value.texts(EXAMPLE)?;
    let types: Vec<String> = types.into_iter().map(str::to_owned).collect();
    Ok(Box::new(move |events, report| {
        for event in events {
            let mut missing = types.clone();
            missing.retain(|kind| event.targets.iter().all(|target| target.type_name != *kind));
            if missing.is_empty() {
                continue;
            }
            let plural = if missing.len() == 1 { "" } else { "s" };
            let what = format!(
                "the target type{plural} `{}` must be there",
                missing.join("`, `")
            );
            let help = "add a target of each with `#[audit(target)]`, in a new version where this one is registered";
            report.event(event, &event.source, &what, help);
        }
    }))
}
