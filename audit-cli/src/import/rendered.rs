//! What the code that was made will render, before anybody has compiled it.

use super::express::{Event, Kind, Object};
use crate::body::{Body, Metadata, Property, Types};

impl Event {
    /// What the type will render.
    pub fn body(&self) -> Body {
        Body {
            actor: self.actor.body(),
            metadata: self.metadata.body(),
            targets: self
                .targets
                .iter()
                .map(|target| (target.kind.clone(), target.object.body()))
                .collect(),
        }
    }
}

impl Object {
    fn body(&self) -> Metadata {
        let properties = self
            .fields
            .iter()
            .map(|field| (field.key.clone(), field.kind.property()))
            .collect();
        let required = self
            .fields
            .iter()
            .filter(|field| !field.optional)
            .map(|field| field.key.clone())
            .collect();
        Metadata {
            declared: true,
            properties,
            required,
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
