//! The registration body that the generated code will render.

use super::{Event, Kind, Object};
use crate::body::{Body, Metadata, Property, Types};

impl Event {
    /// The body that the type will render.
    pub fn body(&self) -> Body {
        Body {
            actor: self.actor.body(),
            metadata: self.metadata.body(),
            targets: self
                .targets
                .iter()
                .map(|(kind, object)| (kind.clone(), object.body()))
                .collect(),
        }
    }
}

impl Object {
    fn body(&self) -> Metadata {
        let fields = || self.fields.iter();
        let required = fields().filter(|field| !field.optional);
        Metadata {
            declared: true,
            properties: fields()
                .map(|field| (field.key.clone(), field.kind.property()))
                .collect(),
            required: required.map(|field| field.key.clone()).collect(),
            open: false,
            ..Metadata::default()
        }
    }
}

impl Kind {
    fn property(&self) -> Property {
        match self {
            Self::Text(limit) => Property {
                max_len: limit.map(u64::from),
                ..Property::of(Types::STRING)
            },
            Self::Integer => Property::of(Types::INTEGER),
            Self::Number => Property::of(Types::NUMBER),
            Self::Boolean => Property::of(Types::BOOLEAN),
            Self::Choice(values) => {
                let mut values = values.clone();
                values.sort_unstable();
                let values = values.into_iter().map(Into::into).collect();
                Property {
                    values: Some(values),
                    ..Property::of(Types::STRING)
                }
            }
        }
    }
}
