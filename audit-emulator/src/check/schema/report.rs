//! Says in Ajv's form what the library `jsonschema` found.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::{Map, Value, json};

use super::words::{condition, encode_uri_component, of_keyword, required};
use crate::check::errors::{Errors, Words};

/// Where errors go, and what they are about.
pub struct Report<'a> {
    /// The schema.
    pub schema: &'a Value,
    /// The value that is checked.
    pub data: &'a Value,
    /// Where the value stands in the event.
    pub instance_path: &'a str,
    /// Where the schema stands in the event's.
    pub schema_path: &'a str,
    /// What was found so far.
    pub errors: &'a mut Errors,
}

impl Report<'_> {
    /// Adds an error with those behind it; says instead which pattern can't be decided.
    pub fn add(&mut self, error: &ValidationError<'_>) -> Result<(), String> {
        let path = error.schema_path().as_str();
        let value = self.schema.pointer(path).unwrap_or(&Value::Null);
        match error.kind() {
            Kind::BacktrackLimitExceeded { .. } | Kind::RegexEngineFailure { .. } => {
                let source = value.as_str().map(|source| format!(" /{source}/u"));
                return Err(format!("the pattern{}", source.unwrap_or_default()));
            }
            Kind::AnyOf { context } => {
                self.branches(context)?;
                self.own(error, path, || of_keyword("anyOf", value));
            }
            Kind::OneOfNotValid { context } => {
                self.branches(context)?;
                self.own(error, path, || one_of(&Value::Null));
            }
            // Ajv stops at the second schema that fits, and keeps what it found in those before.
            Kind::OneOfMultipleValid { context } => {
                let fitting = context
                    .iter()
                    .enumerate()
                    .filter(|(_, found)| found.is_empty());
                let fitting: Vec<usize> = fitting.map(|(index, _)| index).take(2).collect();
                self.branches(&context[..fitting.last().copied().unwrap_or_default()])?;
                self.own(error, path, || one_of(&json!(fitting)));
            }
            Kind::PropertyNames { error: inner } => {
                self.add(inner)?;
                let own = path
                    .rfind("/propertyNames")
                    .map_or(path, |end| &path[..end]);
                self.property_name(error, &format!("{own}/propertyNames"), inner.instance());
            }
            Kind::FalseSchema => self.never(error, path),
            Kind::AdditionalProperties { unexpected } => {
                for key in unexpected {
                    self.own(error, path, || additional_property(key));
                }
            }
            Kind::AdditionalItems { limit } => {
                self.own(error, path, || of_keyword("maxItems", &json!(limit)));
            }
            Kind::Required { property } => match value {
                Value::Object(dependencies) => {
                    self.dependencies(error, path, dependencies, property);
                }
                _ => self.own(error, path, || {
                    required(property.as_str().unwrap_or_default())
                }),
            },
            kind => self.own(error, path, || of_keyword(kind.keyword(), value)),
        }
        Ok(())
    }

    fn branches(&mut self, branches: &[Vec<ValidationError<'_>>]) -> Result<(), String> {
        branches
            .iter()
            .flatten()
            .try_for_each(|error| self.add(error))
    }

    fn property_name(&mut self, error: &ValidationError<'_>, path: &str, name: &Value) {
        self.own(error, path, || {
            let message = "property name must be valid".to_owned();
            (json!({"propertyName": name}), message)
        });
    }

    /// The schema `false`. As that of names or of all members the library reports it once, at the object.
    fn never(&mut self, error: &ValidationError<'_>, path: &str) {
        let at = error.instance_path().as_str();
        let object = self.data.pointer(at).unwrap_or(&Value::Null);
        let keys = || {
            object
                .as_object()
                .into_iter()
                .flat_map(|members| members.keys())
        };
        let below = format!("{path}/false schema");
        let words = || of_keyword("false schema", &Value::Null);
        if is_keyword(path, "propertyNames") {
            for name in keys().map(|name| Value::from(name.as_str())) {
                self.put(at, &below, &name, words);
                self.property_name(error, path, &name);
            }
        } else if is_keyword(path, "additionalProperties") {
            for key in keys() {
                self.put(at, path, object, || additional_property(key));
            }
        } else {
            self.put(at, &below, error.instance(), words);
        }
    }

    /// Each list that asks for the missing property, as the library doesn't say which one it was.
    fn dependencies(
        &mut self,
        error: &ValidationError<'_>,
        path: &str,
        dependencies: &Map<String, Value>,
        missing: &Value,
    ) {
        let data = error.instance();
        let lists = dependencies
            .iter()
            .filter(|(property, _)| data.get(property.as_str()).is_some())
            .filter_map(|(property, names)| Some((property, names.as_array()?)))
            .filter(|(_, names)| names.contains(missing));
        for (property, names) in lists {
            self.own(error, path, || {
                let all: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
                let noun = if all.len() == 1 { "property" } else { "properties" };
                let (count, all) = (all.len(), all.join(", "));
                let params = json!({"property": property, "missingProperty": missing, "depsCount": count, "deps": all});
                (params, format!("must have {noun} {all} when property {property} is present"))
            });
        }
    }

    fn own(&mut self, error: &ValidationError<'_>, path: &str, words: impl FnOnce() -> Words) {
        self.put(
            error.instance_path().as_str(),
            path,
            error.instance(),
            words,
        );
    }

    fn put(&mut self, at: &str, path: &str, data: &Value, words: impl FnOnce() -> Words) {
        self.place(at, path, data, words);
        self.conditions(at, path, data);
    }

    /// Ajv says of each `if` on the way that its branch doesn't hold.
    fn conditions(&mut self, at: &str, path: &str, data: &Value) {
        let (mut segments, mut above, mut depth) = (path.split('/').skip(1), String::new(), 0);
        while let Some(keyword) = segments.next() {
            if let "then" | "else" = keyword {
                let here = ancestor(at, depth);
                let data = if here == at {
                    data
                } else {
                    self.data.pointer(here).unwrap_or(data)
                };
                self.place(here, &format!("{above}/if"), data, || condition(keyword));
            }
            above = format!("{above}/{keyword}");
            let is_named = matches!(keyword, "properties" | "patternProperties");
            depth += usize::from(
                is_named || matches!(keyword, "additionalProperties" | "items" | "contains"),
            );
            if is_named || matches!(keyword, "allOf" | "anyOf" | "oneOf" | "dependencies") {
                above = format!("{above}/{}", segments.next().unwrap_or_default());
            }
        }
    }

    /// Adds an error whose paths begin at the value and its schema.
    fn place(&mut self, at: &str, path: &str, data: &Value, words: impl FnOnce() -> Words) {
        let place = || {
            let instance_path = format!("{}{at}", self.instance_path);
            (
                instance_path,
                format!("{}{}", self.schema_path, fragment(path)),
            )
        };
        self.errors.add(place, words, data);
    }
}

/// A pointer in a URL's fragment; Ajv's own last segment stays as it is.
fn fragment(path: &str) -> String {
    let segment = |segment| match segment {
        "false schema" => segment.to_owned(),
        segment => encode_uri_component(segment),
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// The first steps of a pointer.
fn ancestor(pointer: &str, depth: usize) -> &str {
    let end = pointer.match_indices('/').nth(depth).map(|(end, _)| end);
    &pointer[..end.unwrap_or(pointer.len())]
}

/// Whether a path ends in a keyword, and not in a property of that name.
fn is_keyword(path: &str, keyword: &str) -> bool {
    let above = path
        .strip_suffix(keyword)
        .and_then(|above| above.strip_suffix('/'));
    above.is_some_and(|above| {
        !["properties", "patternProperties", "dependencies"]
            .contains(&above.rsplit('/').next().unwrap_or_default())
    })
}

fn additional_property(key: &str) -> Words {
    let message = "must NOT have additional properties".to_owned();
    (json!({"additionalProperty": key}), message)
}

fn one_of(passing: &Value) -> Words {
    let message = "must match exactly one schema in oneOf".to_owned();
    (json!({"passingSchemas": passing}), message)
}
