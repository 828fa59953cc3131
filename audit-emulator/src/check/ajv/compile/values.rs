//! Keywords for every type, numbers and strings.

use serde_json::{Map, Value};

use super::super::found::size;
use super::super::node::{Common, Number, Text, Type, Types};
use super::{Compiler, Place, has_twice};

impl Compiler {
    pub(super) fn types(&mut self, keywords: &Map<String, Value>, place: &Place) -> Option<Types> {
        let written = keywords.get("type")?;
        let at = place.below("type");
        let names: Vec<&Value> = written
            .as_array()
            .map_or_else(|| vec![written], |list| list.iter().collect());
        let mut allowed = Vec::new();
        for name in &names {
            match name.as_str().and_then(Type::named) {
                Some(one) if allowed.contains(&one) => {
                    self.refuse(&at, "must NOT have duplicate items")
                }
                Some(one) => allowed.push(one),
                None => {
                    self.refuse(&at, format!("must be one of array, boolean, integer, null, number, object, string, is {name}"));
                }
            }
        }
        if names.is_empty() {
            self.refuse(&at, "must NOT have fewer than 1 items");
        }
        let mut shown = written.clone();
        match keywords.get("nullable") {
            None | Some(Value::Bool(false)) if !allowed.contains(&Type::Null) => {}
            Some(Value::Bool(true)) if !allowed.contains(&Type::Null) => {
                allowed.push(Type::Null);
                // Ajv adds it to the list that was written.
                if let Value::Array(list) = &mut shown {
                    list.push("null".into());
                }
            }
            Some(Value::Bool(false)) => {
                self.refuse_strictly(place, "type: null contradicts nullable: false")
            }
            None | Some(Value::Bool(true)) => {}
            Some(_) => self.refuse_strictly(&place.below("nullable"), "must be boolean"),
        }
        Some(Types { allowed, shown })
    }

    pub(super) fn common(
        &mut self,
        keywords: &Map<String, Value>,
        place: &Place,
        rules: &mut Vec<Common>,
    ) {
        if let Some(value) = keywords.get("const") {
            self.values += size(value);
            rules.push(Common::Const(value.clone()));
        }
        if let Some(value) = keywords.get("enum") {
            match value.as_array() {
                Some(list) if list.is_empty() => {
                    self.refuse(&place.below("enum"), "must NOT have fewer than 1 items")
                }
                Some(list) if has_twice(list) => {
                    self.refuse(&place.below("enum"), "must NOT have duplicate items")
                }
                Some(list) => {
                    self.values += size(value);
                    rules.push(Common::Enum(list.clone()));
                }
                None => self.refuse(&place.below("enum"), "must be array"),
            }
        }
        if let Some(value) = keywords.get("not") {
            rules.push(Common::Not(self.node(value, &place.below("not"))));
        }
        for (keyword, rule) in [
            ("anyOf", Common::AnyOf as fn(_) -> _),
            ("oneOf", Common::OneOf),
            ("allOf", Common::AllOf),
        ] {
            if let Some(value) = keywords.get(keyword) {
                rules.push(rule(self.list(value, &place.below(keyword))));
            }
        }
        if let Some(value) = keywords.get("if") {
            let condition = self.node(value, &place.below("if"));
            let mut branch = |keyword: &str| {
                keywords
                    .get(keyword)
                    .map(|value| self.node(value, &place.below(keyword)))
            };
            let (then, otherwise) = (branch("then"), branch("else"));
            rules.push(Common::If {
                condition,
                then,
                otherwise,
            });
        }
    }

    pub(super) fn number(
        &mut self,
        keywords: &Map<String, Value>,
        place: &Place,
        rules: &mut Vec<Number>,
    ) {
        let limits = [
            ("maximum", "<="),
            ("minimum", ">="),
            ("exclusiveMaximum", "<"),
            ("exclusiveMinimum", ">"),
        ];
        for (keyword, comparison) in limits {
            if let Some(limit) = self.double(keywords, keyword, place) {
                rules.push(Number::Limit {
                    keyword,
                    comparison,
                    limit,
                });
            }
        }
        match self.double(keywords, "multipleOf", place) {
            Some(number) if number > 0.0 => rules.push(Number::MultipleOf(number)),
            Some(_) => self.refuse(&place.below("multipleOf"), "must be > 0"),
            None => {}
        }
    }

    pub(super) fn double(
        &mut self,
        keywords: &Map<String, Value>,
        keyword: &str,
        place: &Place,
    ) -> Option<f64> {
        let value = keywords.get(keyword)?;
        let number = value.as_f64();
        if number.is_none() {
            self.refuse(&place.below(keyword), "must be number");
        }
        number
    }

    pub(super) fn string(
        &mut self,
        keywords: &Map<String, Value>,
        place: &Place,
        rules: &mut Vec<Text>,
    ) {
        rules.extend(
            self.count(keywords, "maxLength", place)
                .map(Text::MaxLength),
        );
        rules.extend(
            self.count(keywords, "minLength", place)
                .map(Text::MinLength),
        );
        if let Some(value) = keywords.get("pattern") {
            let at = place.below("pattern");
            match value.as_str() {
                Some(source) => rules.extend(self.pattern(source, &at).map(Text::Pattern)),
                None => self.refuse(&at, "must be string"),
            }
        }
    }
}
