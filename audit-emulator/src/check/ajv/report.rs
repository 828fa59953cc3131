//! What was found so far, and where in the data.

use std::fmt::Write;

use serde_json::Value;

use super::Problem;
use super::budget::Budget;
use super::found::Found;
use super::inherited::is_function;
use super::path::Place;
use super::words::pointer;

/// Where in the data we are: written only where something is wrong.
pub struct At<'a> {
    /// One step up.
    pub above: Option<&'a At<'a>>,
    /// The last step.
    pub segment: Segment<'a>,
}

/// One step down.
pub enum Segment<'a> {
    /// No step.
    Root,
    /// Into an object.
    Key(&'a str),
    /// Into an array.
    Index(usize),
}

impl At<'_> {
    fn write(&self, text: &mut String) {
        if let Some(above) = self.above {
            above.write(text);
        }
        // Writing to a string can't fail.
        let _ = match &self.segment {
            Segment::Root => Ok(()),
            Segment::Key(key) => write!(text, "/{}", pointer(key)),
            Segment::Index(index) => write!(text, "/{index}"),
        };
    }
}

/// What was found so far.
pub struct Report<'a> {
    /// Without it nobody listens.
    pub found: Option<&'a mut Found>,
    /// Whether something is wrong.
    pub failed: bool,
    /// What all of it may cost.
    pub budget: &'a Budget,
}

impl Report<'_> {
    /// Adds a problem; what it costs to word it is paid only where somebody listens.
    pub fn add(
        &mut self,
        at: &At<'_>,
        path: &Place,
        keyword: &'static str,
        data: &Value,
        words: impl FnOnce() -> (Value, String),
    ) {
        self.failed = true;
        let Some(found) = &mut self.found else { return };
        found.add(|| {
            let mut instance_path = String::new();
            at.write(&mut instance_path);
            let (params, message) = words();
            let schema_path = format!("{}/{keyword}", path.fragment());
            let data = (!is_function(data)).then(|| data.clone());
            Problem {
                instance_path,
                schema_path,
                keyword,
                params,
                message,
                data,
            }
        });
    }

    /// Whether nobody listens.
    pub fn is_quiet(&self) -> bool {
        self.found.is_none()
    }

    /// Whether more can't change the answer: nobody listens and something is wrong already, or it was too much work.
    pub fn is_done(&self) -> bool {
        self.is_quiet() && self.failed || self.budget.is_spent()
    }
}
