//! Keywords for arrays.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::apply::holds;
use super::found::size;
use super::node::{Array, Node, Type};
use super::path::Place;
use super::report::{At, Report, Segment};
use super::words::canonical;

impl Array {
    /// Reports what is wrong with an array.
    pub fn apply(
        &self,
        path: &Place,
        items: &[Value],
        data: &Value,
        at: &At<'_>,
        report: &mut Report<'_>,
    ) {
        let work = if matches!(self, Self::UniqueItems(_)) {
            size(data)
        } else {
            items.len()
        };
        report.budget.spend(work as u64 / 8, || {
            format!("the schema at {}", path.fragment())
        });
        match self {
            Self::MaxItems(limit) if items.len() as u64 > *limit => {
                report.add(at, path, "maxItems", data, || {
                    (
                        json!({"limit": limit}),
                        format!("must NOT have more than {limit} items"),
                    )
                })
            }
            Self::MinItems(limit) if (items.len() as u64) < *limit => {
                report.add(at, path, "minItems", data, || {
                    (
                        json!({"limit": limit}),
                        format!("must NOT have fewer than {limit} items"),
                    )
                })
            }
            Self::MaxItems(_) | Self::MinItems(_) => {}
            Self::AdditionalItems(count, node) => {
                additional(*count, node, path, items, data, at, report)
            }
            Self::Items(node) => each(node, items, 0, at, report),
            Self::Tuple(nodes) => {
                for (index, (node, item)) in nodes.iter().zip(items).enumerate() {
                    node.apply(
                        item,
                        &At {
                            above: Some(at),
                            segment: Segment::Index(index),
                        },
                        report,
                    );
                }
            }
            Self::Contains(node) => {
                if !items.iter().any(|item| holds(node, item, report.budget)) {
                    if !report.is_quiet() {
                        each(node, items, 0, at, report);
                    }
                    let words = || {
                        (
                            json!({"minContains": 1}),
                            "must contain at least 1 valid item(s)".to_owned(),
                        )
                    };
                    report.add(at, path, "contains", data, words);
                }
            }
            Self::UniqueItems(types) => {
                if let Some((i, j)) = duplicates(types, items) {
                    report.add(at, path, "uniqueItems", data, || {
                        let message = format!(
                            "must NOT have duplicate items (items ## {j} and {i} are identical)"
                        );
                        (json!({"i": i, "j": j}), message)
                    });
                }
            }
        }
    }
}

fn each(node: &Node, items: &[Value], from: usize, at: &At<'_>, report: &mut Report<'_>) {
    for (index, item) in items.iter().enumerate().skip(from) {
        node.apply(
            item,
            &At {
                above: Some(at),
                segment: Segment::Index(index),
            },
            report,
        );
    }
}

/// `false` is worded as a limit.
fn additional(
    count: usize,
    node: &Node,
    path: &Place,
    items: &[Value],
    data: &Value,
    at: &At<'_>,
    report: &mut Report<'_>,
) {
    match node {
        Node::Bool { valid: false, .. } if items.len() > count => {
            report.add(at, path, "additionalItems", data, || {
                (
                    json!({"limit": count}),
                    format!("must NOT have more than {count} items"),
                )
            })
        }
        Node::Bool { .. } => {}
        Node::Rules(_) => each(node, items, count, at, report),
    }
}

/// Two equal items, the pair that Ajv finds first: it looks from the end.
fn duplicates(types: &[Type], items: &[Value]) -> Option<(usize, usize)> {
    let mut seen = HashMap::new();
    if types.is_empty() {
        let pairs = items
            .iter()
            .enumerate()
            .filter_map(|(i, item)| Some((i, seen.insert(canonical(item), i)?)));
        return pairs.last();
    }
    let comparable = (0..items.len())
        .rev()
        .filter(|i| types.iter().any(|one| one.is(&items[*i])));
    comparable
        .into_iter()
        .find_map(|i| Some((i, seen.insert(items[i].to_string(), i)?)))
}
