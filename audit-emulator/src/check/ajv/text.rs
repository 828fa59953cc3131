//! Keywords for numbers and strings.

use serde_json::{Value, json};

use super::node::{Number, Text};
use super::path::Place;
use super::report::{At, Report};
use super::words::number;
use crate::number::from_double;

impl Number {
    /// Reports what is wrong with a number.
    pub fn apply(
        &self,
        path: &Place,
        given: f64,
        data: &Value,
        at: &At<'_>,
        report: &mut Report<'_>,
    ) {
        match *self {
            Self::Limit {
                keyword,
                comparison,
                limit,
            } => {
                let holds = match comparison {
                    "<=" => given <= limit,
                    ">=" => given >= limit,
                    "<" => given < limit,
                    _ => given > limit,
                };
                if !holds {
                    report.add(at, path, keyword, data, || {
                        let params = json!({"comparison": comparison, "limit": from_double(limit)});
                        (params, format!("must be {comparison} {}", number(limit)))
                    });
                }
            }
            Self::MultipleOf(divisor) if !is_multiple(given, divisor) => {
                report.add(at, path, "multipleOf", data, || {
                    (
                        json!({"multipleOf": from_double(divisor)}),
                        format!("must be multiple of {}", number(divisor)),
                    )
                })
            }
            Self::MultipleOf(_) => {}
        }
    }
}

/// `result !== parseInt(result)`: from 1e21 on a number is written with an exponent, and `parseInt` stops before it.
fn is_multiple(given: f64, divisor: f64) -> bool {
    let result = given / divisor;
    result.fract() == 0.0 && result.abs() < 1e21
}

impl Text {
    /// Reports what is wrong with a string.
    pub fn apply(
        &self,
        path: &Place,
        text: &str,
        data: &Value,
        at: &At<'_>,
        report: &mut Report<'_>,
    ) {
        report.budget.spend(text.len() as u64 / 64, || {
            format!("the schema at {}", path.fragment())
        });
        let length = || text.chars().count() as u64;
        match self {
            Self::MaxLength(limit) if length() > *limit => {
                report.add(at, path, "maxLength", data, || {
                    (
                        json!({"limit": limit}),
                        format!("must NOT have more than {limit} characters"),
                    )
                })
            }
            Self::MinLength(limit) if length() < *limit => {
                report.add(at, path, "minLength", data, || {
                    (
                        json!({"limit": limit}),
                        format!("must NOT have fewer than {limit} characters"),
                    )
                })
            }
            Self::Pattern(pattern) if !pattern.fits(text, report.budget) => {
                report.add(at, path, "pattern", data, || {
                    (
                        json!({"pattern": pattern.source}),
                        format!("must match pattern \"{}\"", pattern.source),
                    )
                })
            }
            Self::MaxLength(_) | Self::MinLength(_) | Self::Pattern(_) => {}
        }
    }
}
