//! The errors of the library `jsonschema` in Ajv's form.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::{Map, Value, json};

use crate::check::errors::Errors;
use crate::check::words::encode_uri_component;

/// The errors of one value.
pub struct Report<'a> {
    /// The schema.
    pub schema: &'a Value,
    /// The value that is checked.
    pub data: &'a Value,
    /// The value's path in the event.
    pub instance_path: &'a str,
    /// The schema's path in the event's.
    pub schema_path: &'a str,
    /// All errors of the event.
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
                self.own(error, path, value);
            }
            Kind::OneOfNotValid { context } => {
                self.branches(context)?;
                self.own(error, path, &Value::Null);
            }
            // Ajv stops at the second schema that fits, and keeps the errors of those before.
            Kind::OneOfMultipleValid { context } => {
                let errors = context.iter().enumerate();
                let fitting = errors.filter(|(_, errors)| errors.is_empty());
                let fitting: Vec<usize> = fitting.map(|(index, _)| index).take(2).collect();
                self.branches(&context[..fitting.last().copied().unwrap_or_default()])?;
                self.own(error, path, &json!(fitting));
            }
            Kind::PropertyNames { error: inner } => {
                self.add(inner)?;
                let own = path
                    .rfind("/propertyNames")
                    .map_or(path, |end| &path[..end]);
                self.own(error, &format!("{own}/propertyNames"), inner.instance());
            }
            Kind::FalseSchema => self.never(error, path),
            Kind::AdditionalProperties { unexpected } => {
                for key in unexpected {
                    self.own(error, path, &json!(key));
                }
            }
            Kind::AdditionalItems { limit } => self.own(error, path, &json!(limit)),
            Kind::Contains => self.own(error, path, &json!(1)),
            Kind::Required { property } => match value {
                Value::Object(dependencies) => {
                    self.dependencies(error, path, dependencies, property);
                }
                _ => self.own(error, path, property),
            },
            _ => self.own(error, path, value),
        }
        Ok(())
    }

    fn branches(&mut self, branches: &[Vec<ValidationError<'_>>]) -> Result<(), String> {
        branches
            .iter()
            .flatten()
            .try_for_each(|error| self.add(error))
    }

    /// The schema `false`. As that of names or of all members the library reports it once, at the object.
    fn never(&mut self, error: &ValidationError<'_>, path: &str) {
        let at = error.instance_path().as_str();
        let object = self.data.pointer(at).unwrap_or(&Value::Null);
        let members = object.as_object().into_iter().flatten();
        let keys = members.map(|(key, _)| Value::from(key.as_str()));
        let below = format!("{path}/false schema");
        if is_keyword(path, "propertyNames") {
            for name in keys {
                self.put(at, &below, &name, &Value::Null);
                self.own(error, path, &name);
            }
        } else if is_keyword(path, "additionalProperties") {
            for key in keys {
                self.put(at, path, object, &key);
            }
        } else {
            self.own(error, &below, &Value::Null);
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
        for (property, names) in dependencies {
            let names = names.as_array().map_or(&[][..], Vec::as_slice);
            if error.instance().get(property).is_some() && names.contains(missing) {
                let all: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
                let (count, all) = (all.len(), all.join(", "));
                let params = json!({"property": property, "missingProperty": missing, "depsCount": count, "deps": all});
                self.own(error, path, &params);
            }
        }
    }

    fn own(&mut self, error: &ValidationError<'_>, path: &str, value: &Value) {
        let at = error.instance_path().as_str();
        self.put(at, path, error.instance(), value);
    }

    /// Adds an error, and those of the conditions on its path.
    fn put(&mut self, at: &str, path: &str, data: &Value, value: &Value) {
        self.add_at(at, path, data, value);
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
                self.add_at(here, &format!("{above}/if"), data, &json!(keyword));
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
    fn add_at(&mut self, at: &str, path: &str, data: &Value, value: &Value) {
        let path = format_args!("{}{}", self.schema_path, fragment(path));
        let at = format_args!("{}{at}", self.instance_path);
        self.errors.add(at, path, value, data);
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
