//! Holds data against a schema, in Ajv's order: types, what holds for all of them, then for numbers, strings, arrays, objects.

use serde_json::{Value, json};

use super::budget::Budget;
use super::found::Found;
use super::inherited::is_function;
use super::node::{Common, Node, Rules, Type, Types};
use super::path::Place;
use super::report::{At, Report, Segment};

/// All that is wrong, or who makes it too much work to say.
pub fn problems(node: &Node, data: &Value) -> Result<Found, String> {
    let budget = Budget::new();
    let mut found = Found::default();
    if !holds(node, data, &budget) {
        let mut report = Report {
            found: Some(&mut found),
            failed: false,
            budget: &budget,
        };
        node.apply(
            data,
            &At {
                above: None,
                segment: Segment::Root,
            },
            &mut report,
        );
    }
    budget.blamed().map_or(Ok(found), Err)
}

/// Whether nothing is wrong, without saying what. Every schema within is looked at once for a value: who asks for this first
/// and then for all that is wrong pays twice a level, and not twice for each level.
pub fn holds(node: &Node, data: &Value, budget: &Budget) -> bool {
    let mut report = Report {
        found: None,
        failed: false,
        budget,
    };
    node.apply(
        data,
        &At {
            above: None,
            segment: Segment::Root,
        },
        &mut report,
    );
    !report.failed
}

impl Node {
    /// Whether nothing can be wrong, as Ajv sees it: a schema without keywords.
    pub fn is_always_valid(&self) -> bool {
        match self {
            Self::Bool { valid, .. } => *valid,
            Self::Rules(rules) => {
                let Rules {
                    path: _,
                    types,
                    common,
                    number,
                    string,
                    array,
                    object,
                } = &**rules;
                let no_rules = common.is_empty()
                    && number.is_empty()
                    && string.is_empty()
                    && array.is_empty()
                    && object.is_empty();
                types.is_none() && no_rules
            }
        }
    }

    /// Reports what is wrong with the data.
    pub fn apply(&self, data: &Value, at: &At<'_>, report: &mut Report<'_>) {
        match self {
            Self::Bool { valid: true, .. } => {}
            Self::Bool { valid: false, path } => {
                report.add(at, path, "false schema", data, || {
                    (json!({}), "boolean schema is false".to_owned())
                });
            }
            Self::Rules(rules) => rules.apply(data, at, report),
        }
    }
}

impl Rules {
    fn apply(&self, data: &Value, at: &At<'_>, report: &mut Report<'_>) {
        if !report
            .budget
            .spend(1, || format!("the schema at {}", self.path.fragment()))
            || report.is_done()
        {
            return;
        }
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

    fn apply_group(&self, group: Type, data: &Value, at: &At<'_>, report: &mut Report<'_>) {
        match (group, data) {
            (Type::Number, Value::Number(number)) => {
                let number = number.as_f64().unwrap_or_default();
                self.number
                    .iter()
                    .for_each(|rule| rule.apply(&self.path, number, data, at, report));
            }
            (Type::String, Value::String(text)) => {
                self.string
                    .iter()
                    .for_each(|rule| rule.apply(&self.path, text, data, at, report));
            }
            (Type::Array, Value::Array(items)) => {
                self.array
                    .iter()
                    .for_each(|rule| rule.apply(&self.path, items, data, at, report));
            }
            (Type::Object, Value::Object(members)) => {
                self.object
                    .iter()
                    .for_each(|rule| rule.apply(&self.path, members, data, at, report));
            }
            _ => {}
        }
    }

    /// A single type whose own keywords follow is looked at together with those.
    fn deferred(&self) -> Option<Type> {
        let types = self.types.as_ref()?;
        let [only] = types.allowed.as_slice() else {
            return None;
        };
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
    fn apply(&self, path: &Place, data: &Value, at: &At<'_>, report: &mut Report<'_>) {
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
    fn apply(&self, path: &Place, data: &Value, at: &At<'_>, report: &mut Report<'_>) {
        match self {
            Self::Const(value) if value != data || is_function(data) => {
                report.add(at, path, "const", data, || {
                    (
                        json!({"allowedValue": value}),
                        "must be equal to constant".to_owned(),
                    )
                });
            }
            Self::Enum(values)
                if !report.budget.spend(values.len() as u64, || {
                    format!("the values at {}", path.fragment())
                }) => {}
            Self::Enum(values) if !values.contains(data) || is_function(data) => {
                let words = || {
                    (
                        json!({"allowedValues": values}),
                        "must be equal to one of the allowed values".to_owned(),
                    )
                };
                report.add(at, path, "enum", data, words);
            }
            Self::Not(node) if holds(node, data, report.budget) => {
                report.add(at, path, "not", data, || {
                    (json!({}), "must NOT be valid".to_owned())
                });
            }
            Self::Const(_) | Self::Enum(_) | Self::Not(_) => {}
            Self::AnyOf(nodes) => {
                if !nodes.iter().any(|node| holds(node, data, report.budget)) {
                    explain(nodes, data, at, report);
                    report.add(at, path, "anyOf", data, || {
                        (json!({}), "must match a schema in anyOf".to_owned())
                    });
                }
            }
            Self::OneOf(nodes) => one_of(nodes, path, data, at, report),
            Self::AllOf(nodes) => apply_all(nodes, data, at, report),
            Self::If {
                condition,
                then,
                otherwise,
            } => {
                let (keyword, branch) = if holds(condition, data, report.budget) {
                    ("then", then)
                } else {
                    ("else", otherwise)
                };
                if let Some(node) = branch
                    .as_ref()
                    .filter(|node| !holds(node, data, report.budget))
                {
                    explain(std::slice::from_ref(node), data, at, report);
                    let words = || {
                        (
                            json!({"failingKeyword": keyword}),
                            format!("must match \"{keyword}\" schema"),
                        )
                    };
                    report.add(at, path, "if", data, words);
                }
            }
        }
    }
}

fn apply_all(nodes: &[Node], data: &Value, at: &At<'_>, report: &mut Report<'_>) {
    for node in nodes {
        node.apply(data, at, report);
    }
}

/// Says what is wrong in schemas that are known not to hold; nobody has to look again where nobody listens.
fn explain(nodes: &[Node], data: &Value, at: &At<'_>, report: &mut Report<'_>) {
    if !report.is_quiet() {
        apply_all(nodes, data, at, report);
    }
}

/// Ajv stops at the second schema that fits, and keeps what it found in those before.
fn one_of(nodes: &[Node], path: &Place, data: &Value, at: &At<'_>, report: &mut Report<'_>) {
    let fitting: Vec<usize> = (0..nodes.len())
        .filter(|index| holds(&nodes[*index], data, report.budget))
        .take(2)
        .collect();
    let (looked_at, passing) = match fitting[..] {
        [_] => return,
        [_, second] => (second, json!(fitting)),
        _ => (nodes.len(), Value::Null),
    };
    explain(&nodes[..looked_at], data, at, report);
    let words = || {
        (
            json!({"passingSchemas": passing}),
            "must match exactly one schema in oneOf".to_owned(),
        )
    };
    report.add(at, path, "oneOf", data, words);
}
