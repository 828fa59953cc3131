//! What the derives can say of one key.

use audit_core::limits::VALUE_CHARS;

use super::object::names;
use super::{Expressing, Kind, normal};
use crate::body::{Property, Types};
use crate::json::Position;

impl Expressing<'_> {
    /// The Rust type and the doc comment; `None` where no field can be that, which is noted.
    pub(super) fn field(
        &mut self,
        whose: &str,
        property: &Property,
        at: Option<Position>,
    ) -> Option<(Kind, String)> {
        let Property {
            types,
            values,
            max_len,
            constraints,
            annotations,
        } = normal::property(property);
        self.keywords(at, whose, &constraints);
        let docs = self.annotations(at, whose, &annotations);
        let kind = match values {
            Some(values) => {
                let list = if property.values.is_some() {
                    "`enum`"
                } else {
                    "the list of values"
                };
                self.choice(whose, types, &values, list, at)
            }
            None => self.plain(whose, types, at),
        }?;
        let nested = normal::nested_annotations(&property.constraints);
        if !nested.is_empty() {
            self.note(
                at,
                format!("{} in a part of {whose} isn't kept", names(&nested)),
            );
        }
        Some((self.limited(whose, kind, max_len, at), docs))
    }

    fn plain(&mut self, whose: &str, types: Types, at: Option<Position>) -> Option<Kind> {
        if types.is_empty() {
            return self.nothing(whose, at);
        }
        let kind = of(types);
        if kind.is_none() {
            let words = types.words();
            self.note(at, format!("{whose} can be {words}, and a field has one type: it isn't imported, add it by hand"));
        }
        kind
    }

    pub(super) fn nothing(&mut self, whose: &str, at: Option<Position>) -> Option<Kind> {
        self.note(
            at,
            format!("{whose} can have no value, so it isn't imported"),
        );
        None
    }

    fn limited(
        &mut self,
        whose: &str,
        kind: Kind,
        max_len: Option<u64>,
        at: Option<Position>,
    ) -> Kind {
        let Some(max_len) = max_len else { return kind };
        if kind != Kind::Text(None) {
            self.note(
                at,
                format!("`maxLength` of {whose} isn't kept: only free text has a limit"),
            );
            return kind;
        }
        let limit = u16::try_from(max_len)
            .ok()
            .filter(|limit| (1..=VALUE_CHARS).contains(limit));
        if limit.is_none() {
            self.note(at, format!("`maxLength` {max_len} of {whose} can't be expressed: a limit is 1 to {VALUE_CHARS} characters"));
        }
        Kind::Text(limit)
    }
}

pub(super) fn of(types: Types) -> Option<Kind> {
    Some(match types {
        Types::STRING => Kind::Text(None),
        Types::INTEGER => Kind::Integer,
        Types::NUMBER => Kind::Number,
        Types::BOOLEAN => Kind::Boolean,
        _ => return None,
    })
}
