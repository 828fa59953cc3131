//! Schemas, and data that is nearly what they want: the same ones in every run.

mod event;

use serde_json::{Map, Value, json};

/// A generator of numbers (xorshift), so that a failure can be repeated.
pub struct Random(u64);

const KEYS: [&str; 6] = ["a", "bc", "d_e", "f/g", "h~i", "key with space"];
const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];
const PATTERNS: [&str; 5] = ["^a", "[0-9]+$", "^\\p{L}*$", "c|e", "^(?!b)"];
const TEXTS: [&str; 7] = [
    "",
    "a",
    "abc",
    "b7",
    "日本語",
    "\u{1f600}\u{1f600}",
    "\"quoted\" \\ text",
];
const NUMBERS: [f64; 10] = [
    0.0,
    1.0,
    -1.0,
    2.5,
    0.01,
    1e-7,
    1e21,
    9_007_199_254_740_992.0,
    100.0,
    3.0,
];

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn number(&mut self) -> Value {
        crate::number::from_double(self.pick(&NUMBERS))
            .unwrap()
            .into()
    }

    /// Any value.
    pub fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 5 } else { 7 }) {
            0 => Value::Null,
            1 => self.chance(2).into(),
            2 => self.number(),
            3 | 4 => self.pick(&TEXTS).into(),
            5 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => (0..self.below(4))
                .map(|_| (self.pick(&KEYS).to_owned(), self.value(depth - 1)))
                .collect(),
        }
    }

    /// A value that the schema wants, as far as one can see at a glance; or any.
    pub fn value_for(&mut self, schema: &Value, depth: usize) -> Value {
        if self.chance(5) {
            return self.value(depth);
        }
        if let Some(wanted) = schema
            .get("const")
            .or_else(|| schema["enum"].get(0))
            .or_else(|| schema["enum"].get(1))
        {
            return wanted.clone();
        }
        let branches = ["allOf", "anyOf", "oneOf"].map(|keyword| schema[keyword].get(0).cloned());
        if let Some(branch) = branches.into_iter().flatten().next() {
            return self.value_for(&branch, depth);
        }
        match schema["type"]
            .as_str()
            .or_else(|| schema["type"][0].as_str())
        {
            Some("array") => (0..self.below(4))
                .map(|_| self.value_for(&schema["items"], depth.saturating_sub(1)))
                .collect(),
            Some("object") => self.object_for(schema, depth),
            Some("string") => self.pick(&TEXTS).into(),
            Some("number" | "integer") => self.number(),
            Some("boolean") => self.chance(2).into(),
            Some("null") => Value::Null,
            _ => self.value(depth),
        }
    }

    /// The same for a metadata object, whose values hold nothing themselves: no keyword for arrays meets one.
    pub fn flat_for(&mut self, schema: &Value) -> Value {
        let mut object = self.object_for(schema, 0);
        for value in object.as_object_mut().into_iter().flat_map(Map::values_mut) {
            while value.is_array() || value.is_object() || value.is_null() {
                *value = self.value(0);
            }
        }
        object
    }

    fn object_for(&mut self, schema: &Value, depth: usize) -> Value {
        let mut object = Map::new();
        for (key, schema) in schema["properties"].as_object().into_iter().flatten() {
            if !self.chance(4) {
                object.insert(key.clone(), self.value_for(schema, depth.saturating_sub(1)));
            }
        }
        if self.chance(3) {
            object.insert(self.pick(&KEYS).to_owned(), self.value(0));
        }
        object.into()
    }

    /// A schema of up to that depth; now and then one that is rejected.
    pub fn schema(&mut self, depth: usize) -> Value {
        if self.chance(12) {
            return self.chance(2).into();
        }
        let mut schema = Map::new();
        if !self.chance(3) {
            schema.insert("type".into(), self.types());
        }
        for _ in 0..self.below(4) {
            self.keyword(&mut schema, depth);
        }
        schema.into()
    }

    fn types(&mut self) -> Value {
        if !self.chance(4) {
            return self.pick(&TYPES).into();
        }
        let mut types: Vec<&str> = (0..=self.below(3)).map(|_| self.pick(&TYPES)).collect();
        types.sort_unstable();
        types.dedup();
        types.into()
    }

    fn schemas(&mut self, depth: usize) -> Value {
        (0..=self.below(3)).map(|_| self.schema(depth)).collect()
    }

    fn members(&mut self, depth: usize, keys: &[&str]) -> Value {
        (0..=self.below(3))
            .map(|_| (self.pick(keys).to_owned(), self.schema(depth)))
            .collect()
    }

    fn names(&mut self) -> Value {
        let mut names: Vec<&str> = (0..self.below(4)).map(|_| self.pick(&KEYS)).collect();
        names.sort_unstable();
        names.dedup();
        names.into()
    }

    fn keyword(&mut self, schema: &mut Map<String, Value>, depth: usize) {
        let simple = [
            "maxLength",
            "minLength",
            "pattern",
            "maximum",
            "minimum",
            "exclusiveMaximum",
            "exclusiveMinimum",
        ];
        let more = [
            "multipleOf",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxProperties",
            "minProperties",
            "required",
        ];
        let nested = [
            "const",
            "enum",
            "not",
            "anyOf",
            "oneOf",
            "allOf",
            "if",
            "items",
            "additionalItems",
            "contains",
        ];
        let objects = [
            "propertyNames",
            "additionalProperties",
            "dependencies",
            "properties",
            "patternProperties",
            "title",
        ];
        let group = self.below(if depth == 0 { 2 } else { 4 });
        let keyword = match group {
            0 => self.pick(&simple),
            1 => self.pick(&more),
            2 => self.pick(&nested),
            _ => self.pick(&objects),
        };
        let value = self.keyword_value(keyword, depth.saturating_sub(1), schema);
        schema.insert(keyword.to_owned(), value);
    }

    fn keyword_value(
        &mut self,
        keyword: &str,
        depth: usize,
        beside: &mut Map<String, Value>,
    ) -> Value {
        match keyword {
            "pattern" => self.pick(&PATTERNS).into(),
            "maximum" | "minimum" | "exclusiveMaximum" | "exclusiveMinimum" => self.number(),
            "multipleOf" => json!(self.pick(&[0.01, 1.0, 2.5, 1e-7])),
            "uniqueItems" => self.chance(2).into(),
            "required" => self.names(),
            "const" => self.value(1),
            "enum" => {
                let mut values: Vec<Value> = (0..=self.below(3)).map(|_| self.value(1)).collect();
                values.dedup();
                values.into()
            }
            "anyOf" | "oneOf" | "allOf" => self.schemas(depth),
            "if" => {
                for branch in ["then", "else"] {
                    if self.chance(2) {
                        beside.insert(branch.into(), self.schema(depth));
                    }
                }
                self.schema(depth)
            }
            "items" if self.chance(3) => self.schemas(depth),
            "additionalItems" => {
                beside.insert("items".into(), self.schemas(depth));
                self.schema(depth)
            }
            "properties" => self.members(depth, &KEYS),
            "patternProperties" => self.members(depth, &PATTERNS),
            "dependencies" => {
                let name = self.pick(&KEYS).to_owned();
                let needs = if self.chance(2) {
                    self.names()
                } else {
                    self.schema(depth)
                };
                [(name, needs)].into_iter().collect()
            }
            "title" => "a title".into(),
            "items" | "not" | "contains" | "propertyNames" | "additionalProperties" => {
                self.schema(depth)
            }
            _ => self.below(4).into(),
        }
    }
}
