//! What the schema of a value means: two that are written in different ways and accept the same are equal here.

use audit_core::limits::VALUE_CHARS;
use serde_json::Value;

use crate::body::{Keywords, Property, Types};

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    pub types: Types,
    /// The only values, those that types and lengths rule out left out.
    pub values: Option<Vec<Value>>,
    /// As it is written.
    pub max_len: Option<u64>,
    pub constraints: Keywords,
}

pub fn of(property: &Property) -> Meaning {
    let Property { types, values, max_len, constraints, annotations: _ } = property;
    let values = values.as_ref().map(|values| {
        let possible = |value: &&Value| type_of(value).is_some_and(|of_value| of_value.within(*types)) && fits(value, *max_len);
        values.iter().filter(possible).cloned().collect::<Vec<_>>()
    });
    let types = match &values {
        Some(values) => values.iter().filter_map(type_of).reduce(Types::and).unwrap_or(*types),
        None => *types,
    };
    Meaning { types, values, max_len: *max_len, constraints: constraints.clone() }
}

impl Meaning {
    /// Whether a value is accepted; constraints are nobody's business here.
    pub fn accepts(&self, value: &Value) -> bool {
        match &self.values {
            Some(values) => values.contains(value),
            None => type_of(value).is_some_and(|of_value| of_value.within(self.types)) && fits(value, self.max_len),
        }
    }

    /// Whether every value that the service lets through is accepted.
    pub fn is_anything(&self) -> bool {
        self.types == Types::ANY && self.values.is_none() && self.chars() == u64::from(VALUE_CHARS) && self.constraints.is_empty()
    }

    /// The limit in characters that holds: the service has one of its own.
    pub fn chars(&self) -> u64 {
        effective(self.max_len)
    }
}

fn effective(max_len: Option<u64>) -> u64 {
    max_len.unwrap_or(u64::MAX).min(VALUE_CHARS.into())
}

/// The smallest set of types that a value belongs to; `None` for what no metadata value can be. `1.0` is an integer, as JSON Schema has it.
fn type_of(value: &Value) -> Option<Types> {
    match value {
        Value::String(_) => Some(Types::STRING),
        Value::Bool(_) => Some(Types::BOOLEAN),
        Value::Number(number) => {
            let is_whole = number.as_f64().is_some_and(|number| number.fract() == 0.0);
            Some(if is_whole { Types::INTEGER } else { Types::NUMBER })
        }
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn fits(value: &Value, max_len: Option<u64>) -> bool {
    value.as_str().is_none_or(|text| text.chars().count() as u64 <= effective(max_len))
}
