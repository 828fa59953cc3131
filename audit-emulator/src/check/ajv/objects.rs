//! Keywords for objects.

use serde_json::{Map, Value, json};

use super::apply::holds;
use super::inherited::{get, has};
use super::node::{Node, Object};
use super::path::Place;
use super::report::{At, Report, Segment};

impl Object {
    /// Reports what is wrong with an object.
    pub fn apply(
        &self,
        path: &Place,
        members: &Map<String, Value>,
        data: &Value,
        at: &At<'_>,
        report: &mut Report<'_>,
    ) {
        let budget = report.budget;
        budget.spend(self.names() as u64, || {
            format!("the schema at {}", path.fragment())
        });
        match self {
            Self::MaxProperties(limit) if members.len() as u64 > *limit => {
                report.add(at, path, "maxProperties", data, || {
                    (
                        json!({"limit": limit}),
                        format!("must NOT have more than {limit} properties"),
                    )
                })
            }
            Self::MinProperties(limit) if (members.len() as u64) < *limit => {
                report.add(at, path, "minProperties", data, || {
                    (
                        json!({"limit": limit}),
                        format!("must NOT have fewer than {limit} properties"),
                    )
                })
            }
            Self::MaxProperties(_) | Self::MinProperties(_) => {}
            Self::Required(names) => {
                for name in names.iter().filter(|name| !has(members, name)) {
                    report.add(at, path, "required", data, || {
                        (
                            json!({"missingProperty": name}),
                            format!("must have required property '{name}'"),
                        )
                    });
                }
            }
            Self::PropertyNames(node) => property_names(node, path, members, data, at, report),
            Self::AdditionalProperties {
                named,
                patterns,
                schema,
            } => {
                let is_additional = |key: &str| {
                    !named.contains(key)
                        && !patterns.iter().any(|pattern| pattern.fits(key, budget))
                };
                for (key, value) in members.iter().filter(|(key, _)| is_additional(key)) {
                    additional(schema, path, key, value, data, at, report);
                }
            }
            Self::DependentNames(list) => dependent_names(list, path, members, data, at, report),
            Self::DependentSchemas(list) => {
                let present = list.iter().filter(|(name, _)| has(members, name));
                present.for_each(|(_, node)| node.apply(data, at, report));
            }
            Self::Properties(list) => {
                for (name, node) in list {
                    if let Some(value) = get(members, name) {
                        node.apply(
                            value,
                            &At {
                                above: Some(at),
                                segment: Segment::Key(name),
                            },
                            report,
                        );
                    }
                }
            }
            Self::PatternProperties(list) => {
                for (pattern, node) in list {
                    for (key, value) in members.iter().filter(|(key, _)| pattern.fits(key, budget))
                    {
                        node.apply(
                            value,
                            &At {
                                above: Some(at),
                                segment: Segment::Key(key),
                            },
                            report,
                        );
                    }
                }
            }
        }
    }
}

impl Object {
    /// How many names it looks for.
    fn names(&self) -> usize {
        match self {
            Self::MaxProperties(_)
            | Self::MinProperties(_)
            | Self::PropertyNames(_)
            | Self::AdditionalProperties { .. } => 1,
            Self::Required(names) => names.len(),
            Self::DependentNames(list) => list.iter().map(|(_, names)| names.len() + 1).sum(),
            Self::DependentSchemas(list) | Self::Properties(list) => list.len(),
            Self::PatternProperties(list) => list.len(),
        }
    }
}

fn property_names(
    node: &Node,
    path: &Place,
    members: &Map<String, Value>,
    data: &Value,
    at: &At<'_>,
    report: &mut Report<'_>,
) {
    for key in members.keys() {
        let name = Value::String(key.clone());
        if !holds(node, &name, report.budget) {
            if !report.is_quiet() {
                node.apply(&name, at, report);
            }
            let words = || {
                (
                    json!({"propertyName": key}),
                    "property name must be valid".to_owned(),
                )
            };
            report.add(at, path, "propertyNames", data, words);
        }
    }
}

fn additional(
    schema: &Node,
    path: &Place,
    key: &str,
    value: &Value,
    data: &Value,
    at: &At<'_>,
    report: &mut Report<'_>,
) {
    match schema {
        Node::Bool { valid: true, .. } => {}
        Node::Bool { valid: false, .. } => {
            report.add(at, path, "additionalProperties", data, || {
                (
                    json!({"additionalProperty": key}),
                    "must NOT have additional properties".to_owned(),
                )
            })
        }
        Node::Rules(_) => schema.apply(
            value,
            &At {
                above: Some(at),
                segment: Segment::Key(key),
            },
            report,
        ),
    }
}

fn dependent_names(
    list: &[(String, Vec<String>)],
    path: &Place,
    members: &Map<String, Value>,
    data: &Value,
    at: &At<'_>,
    report: &mut Report<'_>,
) {
    for (property, names) in list.iter().filter(|(property, _)| has(members, property)) {
        for missing in names.iter().filter(|name| !has(members, name)) {
            report.add(at, path, "dependencies", data, || {
                let (count, all) = (names.len(), names.join(", "));
                let noun = if count == 1 { "property" } else { "properties" };
                let params = json!({"property": property, "missingProperty": missing, "depsCount": count, "deps": all});
                (params, format!("must have {noun} {all} when property {property} is present"))
            });
        }
    }
}
