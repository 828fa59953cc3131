//! What the derives can say of an `enum`: texts become an enum, of other values only the type is left.

use audit_core::limits::VALUE_CHARS;
use serde_json::Value;

use super::{Expressing, Kind, field};
use crate::body::Types;
use crate::json::Position;

impl Expressing<'_> {
    /// `list`: what the values are called.
    pub(super) fn choice(
        &mut self,
        whose: &str,
        types: Types,
        values: &[Value],
        list: &str,
        at: Option<Position>,
    ) -> Option<Kind> {
        let fits = |value: &Value| {
            type_of(value).is_some_and(|of| of.within(types)) && !is_too_long(value)
        };
        let (possible, impossible): (Vec<_>, Vec<_>) = values.iter().partition(|value| fits(value));
        // The service takes no `null` whatever a schema says.
        let impossible: Vec<_> = impossible
            .into_iter()
            .filter(|value| !value.is_null())
            .map(shortened)
            .collect();
        if !impossible.is_empty() {
            self.note(
                at,
                format!(
                    "no value of {whose} can be {}, which its `enum` lists",
                    impossible.join(", ")
                ),
            );
        }
        let union = possible
            .iter()
            .filter_map(|value| type_of(value))
            .reduce(Types::and);
        let Some(union) = union else {
            return self.nothing(whose, at);
        };
        match field::of(union) {
            Some(Kind::Text(_)) => Some(Kind::Choice(
                possible
                    .into_iter()
                    .filter_map(Value::as_str)
                    .map(ToOwned::to_owned)
                    .collect(),
            )),
            Some(Kind::Boolean) if possible.len() == 2 => Some(Kind::Boolean),
            Some(kind) => {
                let shown: Vec<_> = possible.into_iter().map(shortened).collect();
                self.note(
                    at,
                    format!(
                        "{list} of {whose} can't be expressed: {}; only texts make an enum",
                        shown.join(", ")
                    ),
                );
                // The type that is written, where one is: `number` stays one whose values happen to be whole.
                field::of(types).or(Some(kind))
            }
            None => {
                let words = union.words();
                self.note(at, format!("{list} of {whose} mixes types ({words}), so it isn't imported: add it by hand"));
                None
            }
        }
    }
}

fn is_too_long(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.chars().count() > usize::from(VALUE_CHARS))
}

fn type_of(value: &Value) -> Option<Types> {
    Some(match value {
        Value::String(_) => Types::STRING,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(number)
            if number.is_f64() && number.as_f64().is_some_and(|number| number.fract() != 0.0) =>
        {
            Types::NUMBER
        }
        Value::Number(_) => Types::INTEGER,
        _ => return None,
    })
}

/// The value as JSON, as far as it is worth reading.
fn shortened(value: &Value) -> String {
    const SHOWN: usize = 40;
    let text = value.to_string();
    if text.chars().count() <= SHOWN {
        text
    } else {
        text.chars().take(SHOWN).collect::<String>() + "…"
    }
}
