//! What Ajv's strict mode rejects in a schema, and how large the schema is.

use std::collections::{BTreeMap, HashSet};

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::{Map, Value, json};

use super::{MAX_STEPS, Rejected, pattern};
use crate::check::words;

/// How deep a schema may be nested.
const MAX_DEPTH: usize = 100;
/// The most schemas within one.
pub const MAX_SCHEMAS: usize = 10_000;
/// How long the paths of all of them may be together, in bytes.
const MAX_PATHS: usize = 4 * 1024 * 1024;
/// No more is reported once it has this many bytes.
const MAX_REPORTED: usize = 64 * 1024;
/// What a schema takes in memory, about, in bytes.
const SCHEMA: usize = 1_024;
/// What a pattern takes in memory, about, in bytes.
const PATTERN: usize = 64 * 1024;

/// The keywords that mean nothing for the check.
const ANNOTATIONS: [&str; 16] = [
    "$comment",
    "$defs",
    "$schema",
    "$vocabulary",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "examples",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
];
/// The keywords that hold a schema.
const ONE_SCHEMA: [&str; 9] = [
    "additionalItems",
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
];
/// The keywords that hold a list of schemas, or schemas by name.
const SCHEMAS: [&str; 7] = [
    "allOf",
    "anyOf",
    "dependencies",
    "items",
    "oneOf",
    "patternProperties",
    "properties",
];
/// How large a schema is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Size {
    /// How many schemas it is made of.
    pub count: usize,
    /// How many steps those take for one value, as each may be looked at once a level.
    pub schemas: usize,
    /// How many steps its patterns take for one byte of text.
    pub patterns: usize,
    /// How much memory it takes, about, in bytes.
    pub bytes: usize,
    /// How many patterns it has, each counted once.
    pub distinct_patterns: usize,
}

/// The size of a schema, and the schema without what nothing refers to, which Ajv holds against the schema of schemas alone; or all problems.
pub fn check(schema: &Value) -> Result<(Size, Value), Vec<Rejected>> {
    let mut checker = Checker::default();
    checker.schema(schema, "", 0);
    if !checker.too_large {
        let meta = jsonschema::draft7::meta::validator();
        meta.iter_errors(schema)
            .for_each(|error| checker.malformed(&error));
        checker.patterns();
    }
    if !checker.rejected.is_empty() {
        return Err(checker.rejected);
    }
    let mut size = checker.size;
    size.distinct_patterns = checker.patterns.len();
    size.bytes = size.count * SCHEMA + checker.paths + size.distinct_patterns * PATTERN;
    let mut used = schema.clone();
    for at in checker.unused {
        let (above, keyword) = at.rsplit_once('/').unwrap_or_default();
        if let Some(Value::Object(keywords)) = used.pointer_mut(above) {
            keywords.remove(keyword);
        }
    }
    Ok((size, used))
}

type Members<'a> = &'a Map<String, Value>;

#[derive(Default)]
struct Checker<'a> {
    rejected: Vec<Rejected>,
    /// How many bytes that is.
    reported: usize,
    size: Size,
    /// How many bytes the paths have.
    paths: usize,
    /// Where each pattern stands.
    patterns: BTreeMap<&'a str, Vec<String>>,
    /// Properties beside patterns, and where.
    beside: Vec<(String, Members<'a>, Members<'a>)>,
    /// Where keywords stand that nothing refers to.
    unused: Vec<String>,
    /// Then the rest isn't looked at.
    too_large: bool,
}

impl<'a> Checker<'a> {
    fn reject(&mut self, at: impl Into<String>, message: impl Into<String>) {
        if self.reported >= MAX_REPORTED {
            return;
        }
        let rejected = Rejected {
            at: at.into(),
            message: message.into(),
        };
        self.reported += rejected.at.len() + rejected.message.len();
        self.rejected.push(rejected);
    }

    fn stop(&mut self, why: &str) {
        if !self.too_large {
            self.reject("", format!("the schema {why}"));
            self.too_large = true;
        }
    }

    fn schema(&mut self, schema: &'a Value, at: &str, depth: usize) {
        self.size.count += 1;
        self.size.schemas += depth + 1;
        self.paths += at.len();
        if self.size.count > MAX_SCHEMAS {
            self.stop(&format!("is made of more than {MAX_SCHEMAS} schemas"));
        } else if self.paths > MAX_PATHS {
            self.stop(&format!("has paths of more than {MAX_PATHS} bytes"));
        } else if depth > MAX_DEPTH {
            self.stop(&format!("is nested more than {MAX_DEPTH} levels deep"));
        }
        if self.too_large {
            return;
        }
        let Value::Object(keywords) = schema else {
            return;
        };
        self.combinations(keywords, at);
        for (keyword, value) in keywords {
            self.keyword(keyword, value, &format!("{at}/{}", escape(keyword)), depth);
        }
        if let (Some(Value::Object(properties)), Some(Value::Object(patterns))) = (
            keywords.get("properties"),
            keywords.get("patternProperties"),
        ) && !patterns.values().all(is_always_valid)
        {
            self.beside.push((at.to_owned(), properties, patterns));
        }
    }

    fn keyword(&mut self, keyword: &str, value: &'a Value, at: &str, depth: usize) {
        match keyword {
            "format" => self.reject(
                at,
                format!("unknown format {value}: the service's validator knows none"),
            ),
            "$ref" | "$id" => self.reject(
                at,
                format!("`{keyword}` isn't possible: the schema becomes a part of another one"),
            ),
            "$defs" | "$schema" | "definitions" => self.unused.push(at.to_owned()),
            "nullable" if !value.is_boolean() => self.reject(at, "must be boolean"),
            "enum" if value.as_array().is_some_and(Vec::is_empty) => {
                self.reject(at, "must NOT have fewer than 1 items");
            }
            "enum" if has_twice(value) => self.reject(at, "must NOT have duplicate items"),
            "enum" | "required" => {
                self.size.schemas += value.as_array().map_or(0, Vec::len) / 8 * (depth + 1);
            }
            "pattern" => {
                if let Some(source) = value.as_str() {
                    self.patterns.entry(source).or_default().push(at.to_owned());
                }
            }
            _ if SCHEMAS.contains(&keyword)
                && (value.is_array() || value.is_object() && keyword != "items") =>
            {
                self.schemas(keyword, value, at, depth);
            }
            _ if ONE_SCHEMA.contains(&keyword) => self.schema(value, at, depth + 1),
            _ if words::is_keyword(keyword) || ANNOTATIONS.contains(&keyword) => {}
            _ => self.reject(at, format!("unknown keyword: {keyword:?}")),
        }
    }

    fn schemas(&mut self, keyword: &str, value: &'a Value, at: &str, depth: usize) {
        for (index, schema) in value.as_array().into_iter().flatten().enumerate() {
            self.schema(schema, &format!("{at}/{index}"), depth + 1);
        }
        for (name, schema) in value.as_object().into_iter().flatten() {
            if keyword == "patternProperties" {
                self.patterns.entry(name).or_default().push(at.to_owned());
            }
            if keyword != "dependencies" || !schema.is_array() {
                self.schema(schema, &format!("{at}/{}", escape(name)), depth + 1);
            }
        }
    }

    /// Keywords that would be ignored.
    fn combinations(&mut self, keywords: &Map<String, Value>, at: &str) {
        let has = |keyword| keywords.contains_key(keyword);
        let has_branch = has("then") || has("else");
        let names_null = keywords.get("type").is_some_and(|types| {
            let list = types.as_array();
            types == "null" || list.is_some_and(|list| list.contains(&json!("null")))
        });
        let mistakes = [
            (
                has("if") && !has_branch,
                "\"if\" without \"then\" and \"else\" is ignored",
            ),
            (
                !has("if") && has_branch,
                "\"then\" and \"else\" without \"if\" are ignored",
            ),
            (
                has("additionalItems") && !keywords.get("items").is_some_and(Value::is_array),
                "\"additionalItems\" is ignored when \"items\" is not an array of schemas",
            ),
            (
                has("nullable") && !has("type"),
                "\"nullable\" cannot be used without \"type\"",
            ),
            (
                names_null && keywords.get("nullable") == Some(&Value::Bool(false)),
                "type: null contradicts nullable: false",
            ),
        ];
        for (is_made, message) in mistakes {
            if is_made {
                self.reject(at, message);
            }
        }
    }

    /// What the schema of schemas rejects, without the alternatives that it names.
    fn malformed(&mut self, error: &ValidationError<'_>) {
        match error.kind() {
            Kind::AnyOf { context } => {
                for error in context.iter().flatten() {
                    self.malformed(error);
                }
            }
            Kind::Format { .. } => {}
            _ => self.reject(
                error.instance_path().as_str(),
                error.masked_with("it").to_string(),
            ),
        }
    }

    fn patterns(&mut self) {
        let patterns = std::mem::take(&mut self.patterns);
        for (source, places) in &patterns {
            match pattern::check(source, patterns.len()) {
                Ok(steps) => self.size.patterns += steps * places.len(),
                Err(why) => self.reject(places[0].as_str(), why),
            }
        }
        self.patterns = patterns;
        if self.rejected.is_empty() {
            for (at, properties, patterns) in std::mem::take(&mut self.beside) {
                self.overlap(&at, properties, patterns);
            }
        }
    }

    /// Ajv's strict mode wants each property to have one place where it is described.
    fn overlap(&mut self, at: &str, properties: Members<'_>, patterns: Members<'_>) {
        let bytes: usize = properties.keys().map(String::len).sum();
        if bytes * self.size.patterns > MAX_STEPS {
            return self.stop("has too many properties beside patterns");
        }
        let none: Map<String, Value> = patterns
            .keys()
            .map(|source| (source.clone(), false.into()))
            .collect();
        let names = properties
            .keys()
            .map(|name| (name.clone(), Value::Null))
            .collect();
        if let Ok(validator) =
            super::options(patterns.len()).build(&json!({"patternProperties": none}))
        {
            for error in validator.iter_errors(&Value::Object(names)) {
                let last = |path: &jsonschema::paths::Location| {
                    path.iter()
                        .last()
                        .map_or_else(String::new, |last| last.to_string())
                };
                let (name, source) = (last(error.instance_path()), last(error.schema_path()));
                self.reject(
                    at,
                    format!("property {name} matches pattern {source} (use one of them)"),
                );
            }
        }
    }
}

/// Whether nothing can be wrong, as Ajv sees it: a schema without keywords.
fn is_always_valid(schema: &Value) -> bool {
    match schema {
        Value::Object(keywords) => keywords
            .keys()
            .all(|keyword| ANNOTATIONS.contains(&keyword.as_str())),
        other => *other == Value::Bool(true),
    }
}

fn has_twice(value: &Value) -> bool {
    let mut seen = HashSet::new();
    let mut values = value.as_array().into_iter().flatten();
    values.any(|value| !seen.insert(value.to_string()))
}

/// A segment of a JSON pointer.
fn escape(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}
