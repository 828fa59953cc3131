//! A compiled schema: its keywords in the order in which Ajv looks at them.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use super::inherited::is_function;
use super::path::Place;
use super::pattern::Pattern;

/// A schema.
#[derive(Debug)]
pub enum Node {
    /// `true` and `false`.
    Bool {
        /// Which one.
        valid: bool,
        /// The schema's own place.
        path: Place,
    },
    /// An object.
    Rules(Box<Rules>),
}

/// The keywords of one schema.
#[derive(Debug)]
pub struct Rules {
    /// The schema's own place.
    pub path: Place,
    /// `type`, where it is there.
    pub types: Option<Types>,
    /// What holds for values of every type.
    pub common: Vec<Common>,
    /// What holds for numbers.
    pub number: Vec<Number>,
    /// What holds for strings.
    pub string: Vec<Text>,
    /// What holds for arrays.
    pub array: Vec<Array>,
    /// What holds for objects.
    pub object: Vec<Object>,
}

/// `type`
#[derive(Debug)]
pub struct Types {
    /// Those that are allowed.
    pub allowed: Vec<Type>,
    /// As it was written.
    pub shown: Value,
}

/// The types that JSON Schema knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `[…]`
    Array,
    /// `true`, `false`
    Boolean,
    /// A number without a fraction.
    Integer,
    /// `null`
    Null,
    /// A number.
    Number,
    /// `{…}`
    Object,
    /// `"…"`
    String,
}

/// Keywords for every type.
#[derive(Debug)]
pub enum Common {
    /// `const`
    Const(Value),
    /// `enum`
    Enum(Vec<Value>),
    /// `not`
    Not(Node),
    /// `anyOf`
    AnyOf(Vec<Node>),
    /// `oneOf`
    OneOf(Vec<Node>),
    /// `allOf`
    AllOf(Vec<Node>),
    /// `if`, `then`, `else`
    If {
        /// The condition.
        condition: Node,
        /// Where it holds.
        then: Option<Node>,
        /// Where it doesn't.
        otherwise: Option<Node>,
    },
}

/// Keywords for numbers.
#[derive(Debug)]
pub enum Number {
    /// `maximum` and its three siblings.
    Limit {
        /// The keyword.
        keyword: &'static str,
        /// `<=` …
        comparison: &'static str,
        /// The number.
        limit: f64,
    },
    /// `multipleOf`
    MultipleOf(f64),
}

/// Keywords for strings.
#[derive(Debug)]
pub enum Text {
    /// `maxLength`, in code points.
    MaxLength(u64),
    /// `minLength`
    MinLength(u64),
    /// `pattern`
    Pattern(Arc<Pattern>),
}

/// Keywords for arrays.
#[derive(Debug)]
pub enum Array {
    /// `maxItems`
    MaxItems(u64),
    /// `minItems`
    MinItems(u64),
    /// `additionalItems`, behind so many.
    AdditionalItems(usize, Node),
    /// `items`, one schema.
    Items(Node),
    /// `items`, one schema for each place.
    Tuple(Vec<Node>),
    /// `contains`
    Contains(Node),
    /// `uniqueItems`; with the types of `items` where those are simple.
    UniqueItems(Vec<Type>),
}

/// Keywords for objects.
#[derive(Debug)]
pub enum Object {
    /// `maxProperties`
    MaxProperties(u64),
    /// `minProperties`
    MinProperties(u64),
    /// `required`
    Required(Vec<String>),
    /// `propertyNames`
    PropertyNames(Node),
    /// `additionalProperties`
    AdditionalProperties {
        /// Those that `properties` names.
        named: HashSet<String>,
        /// Those of `patternProperties`.
        patterns: Vec<Arc<Pattern>>,
        /// What holds for the others.
        schema: Node,
    },
    /// `dependencies` that are lists of names.
    DependentNames(Vec<(String, Vec<String>)>),
    /// `dependencies` that are schemas.
    DependentSchemas(Vec<(String, Node)>),
    /// `properties`
    Properties(Vec<(String, Node)>),
    /// `patternProperties`
    PatternProperties(Vec<(Arc<Pattern>, Node)>),
}

impl Type {
    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "array" => Self::Array,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "null" => Self::Null,
            "number" => Self::Number,
            "object" => Self::Object,
            "string" => Self::String,
            _ => return None,
        })
    }

    /// Whether the value is of this type.
    pub fn is(self, value: &Value) -> bool {
        !is_function(value)
            && match self {
                Self::Array => value.is_array(),
                Self::Boolean => value.is_boolean(),
                Self::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
                Self::Null => value.is_null(),
                Self::Number => value.is_number(),
                Self::Object => value.is_object(),
                Self::String => value.is_string(),
            }
    }
}
