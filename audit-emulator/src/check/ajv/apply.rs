//! Holds data against a schema, in Ajv's order: types, what holds for all of them, then for numbers, strings, arrays, objects.

use std::fmt::Write;

use serde_json::{Value, json};

use super::Problem;
use super::node::{Common, Node, Rules, Type, Types};
use super::words::pointer;

/// All that is wrong.
pub fn problems(node: &Node, data: &Value) -> Vec<Problem> {
    let at = At { above: None, segment: Segment::Root };
    if holds(node, data) {
        return Vec::new();
    }
    let mut report = Report { found: Vec::new(), quiet: false, failed: false };
    node.apply(data, &at, &mut report);
    report.found
}

/// Whether nothing is wrong, without saying what.
pub fn holds(node: &Node, data: &Value) -> bool {
    let mut report = Report { found: Vec::new(), quiet: true, failed: false };
    node.apply(data, &At { above: None, segment: Segment::Root }, &mut report);
    !report.failed
}

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
pub struct Report {
    found: Vec<Problem>,
    quiet: bool,
    failed: bool,
}

impl Report {
    /// Adds a problem; what it costs to word it is paid only where somebody listens.
    pub fn add(&mut self, at: &At<'_>, path: &str, keyword: &'static str, data: &Value, words: impl FnOnce() -> (Value, String)) {
        self.failed = true;
        if self.quiet {
            return;
        }
        let mut instance_path = String::new();
        at.write(&mut instance_path);
        let (params, message) = words();
        let schema_path = format!("{path}/{keyword}");
        self.found.push(Problem { instance_path, schema_path, keyword, params, message, data: data.clone() });
    }

    /// Whether nobody listens, and something is wrong already.
    pub fn is_done(&self) -> bool {
        self.quiet && self.failed
    }
}

impl Node {
    /// Whether nothing can be wrong, as Ajv sees it: a schema without keywords.
    pub fn is_always_valid(&self) -> bool {
        match self {
            Self::Bool { valid, .. } => *valid,
            Self::Rules(rules) => {
                let Rules { path: _, types, common, number, string, array, object } = &**rules;
                let no_rules = common.is_empty() && number.is_empty() && string.is_empty() && array.is_empty() && object.is_empty();
                types.is_none() && no_rules
            }
        }
    }

    /// Reports what is wrong with the data.
    pub fn apply(&self, data: &Value, at: &At<'_>, report: &mut Report) {
        match self {
            Self::Bool { valid: true, .. } => {}
            Self::Bool { valid: false, path } => {
                report.add(at, path, "false schema", data, || (json!({}), "boolean schema is false".to_owned()));
            }
            Self::Rules(rules) => rules.apply(data, at, report),
        }
    }
}

impl Rules {
    fn apply(&self, data: &Value, at: &At<'_>, report: &mut Report) {
        let deferred = self.deferred();
        if let Some(types) = &self.types
            && deferred.is_none()
        {
            types.apply(&self.path, data, at, report);
        }
        for rule in &self.common {
            rule.apply(&self.path, data, at, report);
        }
        for group in [Type::Number, Type::String, Type::Array, Type::Object] {
            if group.is(data) {
                self.apply_group(group, data, at, report);
            } else if let (Some(types), true) = (&self.types, deferred == Some(group)) {
                types.apply(&self.path, data, at, report);
            }
            if report.is_done() {
                return;
            }
        }
    }

    fn apply_group(&self, group: Type, data: &Value, at: &At<'_>, report: &mut Report) {
        match (group, data) {
            (Type::Number, Value::Number(number)) => {
                let number = number.as_f64().unwrap_or_default();
                self.number.iter().for_each(|rule| rule.apply(&self.path, number, data, at, report));
            }
            (Type::String, Value::String(text)) => {
                self.string.iter().for_each(|rule| rule.apply(&self.path, text, data, at, report));
            }
            (Type::Array, Value::Array(items)) => {
                self.array.iter().for_each(|rule| rule.apply(&self.path, items, data, at, report));
            }
            (Type::Object, Value::Object(members)) => {
                self.object.iter().for_each(|rule| rule.apply(&self.path, members, data, at, report));
            }
            _ => {}
        }
    }

    /// A single type whose own keywords follow is looked at together with those.
    fn deferred(&self) -> Option<Type> {
        let types = self.types.as_ref()?;
        let [only] = types.allowed.as_slice() else { return None };
        let follows = match only {
            Type::Number => !self.number.is_empty(),
            Type::String => !self.string.is_empty(),
            Type::Array => !self.array.is_empty(),
            Type::Object => !self.object.is_empty(),
            Type::Boolean | Type::Integer | Type::Null => false,
        };
        follows.then_some(*only)
    }
}

impl Types {
    fn apply(&self, path: &str, data: &Value, at: &At<'_>, report: &mut Report) {
        if self.allowed.iter().any(|one| one.is(data)) {
            return;
        }
        report.add(at, path, "type", data, || {
            let name = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let names = match &self.shown {
                Value::Array(list) => list.iter().map(name).collect::<Vec<_>>().join(","),
                one => name(one),
            };
            (json!({"type": self.shown}), format!("must be {names}"))
        });
    }
}

impl Common {
    fn apply(&self, path: &str, data: &Value, at: &At<'_>, report: &mut Report) {
        match self {
            Self::Const(value) if value != data => {
                report.add(at, path, "const", data, || (json!({"allowedValue": value}), "must be equal to constant".to_owned()));
            }
            Self::Enum(values) if !values.contains(data) => {
                let words = || (json!({"allowedValues": values}), "must be equal to one of the allowed values".to_owned());
                report.add(at, path, "enum", data, words);
            }
            Self::Not(node) if holds(node, data) => {
                report.add(at, path, "not", data, || (json!({}), "must NOT be valid".to_owned()));
            }
            Self::Const(_) | Self::Enum(_) | Self::Not(_) => {}
            Self::AnyOf(nodes) => {
                if !nodes.iter().any(|node| holds(node, data)) {
                    apply_all(nodes, data, at, report);
                    report.add(at, path, "anyOf", data, || (json!({}), "must match a schema in anyOf".to_owned()));
                }
            }
            Self::OneOf(nodes) => one_of(nodes, path, data, at, report),
            Self::AllOf(nodes) => apply_all(nodes, data, at, report),
            Self::If { condition, then, otherwise } => {
                let (keyword, branch) = if holds(condition, data) { ("then", then) } else { ("else", otherwise) };
                if let Some(node) = branch.as_ref().filter(|node| !holds(node, data)) {
                    node.apply(data, at, report);
                    let words = || (json!({"failingKeyword": keyword}), format!("must match \"{keyword}\" schema"));
                    report.add(at, path, "if", data, words);
                }
            }
        }
    }
}

fn apply_all(nodes: &[Node], data: &Value, at: &At<'_>, report: &mut Report) {
    for node in nodes {
        node.apply(data, at, report);
    }
}

/// Ajv stops at the second schema that fits, and keeps what it found in those before.
fn one_of(nodes: &[Node], path: &str, data: &Value, at: &At<'_>, report: &mut Report) {
    let fitting: Vec<usize> = (0..nodes.len()).filter(|index| holds(&nodes[*index], data)).take(2).collect();
    let (looked_at, passing) = match fitting[..] {
        [_] => return,
        [_, second] => (second, json!(fitting)),
        _ => (nodes.len(), Value::Null),
    };
    apply_all(&nodes[..looked_at], data, at, report);
    let words = || (json!({"passingSchemas": passing}), "must match exactly one schema in oneOf".to_owned());
    report.add(at, path, "oneOf", data, words);
}
