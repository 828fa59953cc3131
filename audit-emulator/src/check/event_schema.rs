//! A registered body, compiled to check events. Errors name locations in one JSON Schema of the whole event, which is never built.
//!
//! Known from the service's errors is the place of `contains` (`#/properties/targets/allOf/0/contains/properties/type/const`);
//! the other places are ours.

use std::sync::{Arc, LazyLock};

use audit_core::limits::{KEY_CHARS, MAX_TARGETS, METADATA_KEYS, MIN_TARGETS, VALUE_CHARS};
use serde_json::{Value, json};

use super::errors::Errors;
use super::schema::{MAX_SCHEMAS, Rejected, Schema};
use crate::refusal::Problems;

/// How many schemas a type of target takes beside its metadata.
const SCHEMAS_OF_TYPE: usize = 3;

const TARGETS: &str = "#/properties/targets";

/// What holds for every metadata object, whatever was registered: the API document's own schema.
static LIMITS: LazyLock<Arc<Schema>> = LazyLock::new(|| {
    let key = format!("^[a-zA-Z0-9_-]{{0,{KEY_CHARS}}}$");
    let value = json!({"anyOf": [{"type": "string", "maxLength": VALUE_CHARS}, {"type": "number"}, {"type": "boolean"}]});
    let schema = json!({"type": "object", "maxProperties": METADATA_KEYS, "additionalProperties": false, "patternProperties": {key: value}});
    ours(&schema)
});

/// What holds where nothing was registered, or what the vendor's SDK has mangled, which says nothing about an event.
static ANY: LazyLock<Arc<Schema>> = LazyLock::new(|| ours(&json!({"type": "object"})));

fn ours(schema: &Value) -> Arc<Schema> {
    let compiled = Schema::compile(schema);
    Arc::new(compiled.unwrap_or_else(|_| unreachable!("the schema is always the same")))
}

/// What an event of one action and version has to obey.
#[derive(Debug)]
pub struct EventSchema {
    actor: Metadata,
    targets: Vec<TargetType>,
    metadata: Metadata,
    /// How much memory it takes, about, in bytes.
    pub bytes: usize,
}

/// What holds for a metadata object.
#[derive(Debug)]
struct Metadata {
    schema: Arc<Schema>,
    /// Whether the body declares it. Then every event has to have the object, if only an empty one: the service asks for it whatever the schema
    /// says of its keys.
    is_declared: bool,
}

/// What holds for the targets of a type.
#[derive(Debug)]
struct TargetType {
    name: String,
    /// A type that is declared twice may be either; one that is declared once without metadata may leave it out.
    metadata: Vec<Metadata>,
}

impl EventSchema {
    /// Compiles a registered body; all problems of its schemas otherwise.
    pub fn compile(body: &Value) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let actor = Metadata::compile(&body["actor"], "actor.", &mut problems);
        let mut targets: Vec<TargetType> = Vec::new();
        let declared = body["targets"].as_array().into_iter().flatten();
        for (index, target) in declared.enumerate() {
            let name = target["type"].as_str().unwrap_or_default();
            let field = format!("targets.{index}.");
            let metadata = Metadata::compile(target, &field, &mut problems);
            match targets.iter_mut().find(|known| known.name == name) {
                Some(known) => known.metadata.push(metadata),
                None => targets.push(TargetType {
                    name: name.to_owned(),
                    metadata: vec![metadata],
                }),
            }
        }
        let metadata = Metadata::compile(body, "", &mut problems);
        let (mut count, mut bytes) = (targets.len() * SCHEMAS_OF_TYPE, 0);
        let of_targets = targets.iter().flat_map(|target| &target.metadata);
        for part in of_targets.chain([&actor, &metadata]) {
            count += part.schema.size.count;
            bytes += part.schema.size.bytes;
        }
        if count > MAX_SCHEMAS {
            let message = format!("the body is made of more than {MAX_SCHEMAS} schemas");
            problems.value("body", message);
        }
        problems.check()?;
        Ok(Self {
            actor,
            targets,
            metadata,
            bytes,
        })
    }

    /// All problems of an event, which is a request's; otherwise what takes too many steps.
    pub fn check(&self, event: &Value) -> Result<Errors, String> {
        let mut errors = Errors::default();
        let version = &event["version"];
        let is_integer = version.as_f64().is_some_and(|number| number.fract() == 0.0);
        if !version.is_null() && !is_integer {
            let path = "#/properties/version/type";
            errors.add("/version", path, &json!("integer"), version);
        }
        self.metadata
            .check(event, "", "#", "#/allOf/0", &mut errors)?;
        let (context, actor) = (&event["context"], &event["actor"]);
        let names = &["location", "user_agent"];
        texts(
            context,
            names,
            "/context",
            "#/properties/context",
            &mut errors,
        );
        let path = "#/properties/actor";
        texts(actor, &["id", "type", "name"], "/actor", path, &mut errors);
        let limits = "#/allOf/0/properties/actor";
        self.actor
            .check(actor, "/actor", path, limits, &mut errors)?;
        self.check_targets(&event["targets"], &mut errors)?;
        Ok(errors)
    }

    fn check_targets(&self, all: &Value, errors: &mut Errors) -> Result<(), String> {
        let targets = all.as_array().map_or(&[][..], Vec::as_slice);
        for (keyword, limit, is_broken) in [
            ("minItems", MIN_TARGETS, targets.len() < MIN_TARGETS),
            ("maxItems", MAX_TARGETS, targets.len() > MAX_TARGETS),
        ] {
            if is_broken {
                let path = format_args!("{TARGETS}/{keyword}");
                errors.add("/targets", path, &json!(limit), all);
            }
        }
        for (index, local) in self.targets.iter().enumerate() {
            if !targets.iter().any(|target| target["type"] == local.name) {
                local.add_missing(index, all, targets, errors);
            }
        }
        let names: Vec<&str> = self.targets.iter().map(|local| &*local.name).collect();
        let allowed = json!(names);
        for (index, target) in targets.iter().enumerate() {
            let (at, path) = (format!("/targets/{index}"), format!("{TARGETS}/items"));
            texts(target, &["id", "type", "name"], &at, &path, errors);
            if !names.iter().any(|name| target["type"] == *name) {
                let (at, path) = (format!("{at}/type"), format!("{path}/properties/type/enum"));
                errors.add(at, path, &allowed, &target["type"]);
            }
            self.check_target(target, &at, errors)?;
        }
        Ok(())
    }

    fn check_target(&self, target: &Value, at: &str, errors: &mut Errors) -> Result<(), String> {
        let ruled = self.targets.iter().filter(|of_type| of_type.is_ruled());
        let rule = ruled
            .enumerate()
            .find(|(_, of_type)| target["type"] == of_type.name);
        let limits = "#/allOf/0/properties/targets/items";
        let within = check_limits(target, at, limits, errors)?;
        match rule {
            Some((index, of_type)) => {
                let path = format!("{TARGETS}/items/allOf/{index}");
                ignore_beyond(within, of_type.check(target, at, &path, errors))
            }
            None => Ok(()),
        }
    }
}

impl TargetType {
    /// Adds that the type is missing, as Ajv does: for each target, and for all.
    fn add_missing(&self, index: usize, all: &Value, targets: &[Value], errors: &mut Errors) {
        let (name, path) = (
            json!(self.name),
            format!("{TARGETS}/allOf/{index}/contains"),
        );
        for (number, target) in targets.iter().enumerate() {
            let at = format_args!("/targets/{number}/type");
            let path = format_args!("{path}/properties/type/const");
            errors.add(at, path, &name, &target["type"]);
        }
        errors.add("/targets", path, &json!(1), all);
    }

    fn is_ruled(&self) -> bool {
        self.metadata.iter().all(|metadata| metadata.is_declared)
    }

    fn check(
        &self,
        target: &Value,
        at: &str,
        path: &str,
        errors: &mut Errors,
    ) -> Result<(), String> {
        let (before, then) = (errors.count(), format!("{path}/then"));
        let below = format!("{at}/metadata");
        match (target.get("metadata"), &self.metadata[..]) {
            (None, _) => {
                errors.add(
                    at,
                    format_args!("{then}/required"),
                    &json!("metadata"),
                    target,
                );
            }
            (Some(data), [only]) => {
                let path = format!("{then}/properties/metadata");
                only.schema.check(data, &below, &path, errors)?;
            }
            (Some(data), several) => {
                let path = |index| format!("{then}/anyOf/{index}/properties/metadata");
                for (index, one) in several.iter().enumerate() {
                    if one.schema.is_valid(data, &path(index), errors)? {
                        return Ok(());
                    }
                }
                for (index, one) in several.iter().enumerate() {
                    one.schema.check(data, &below, &path(index), errors)?;
                }
                errors.add(at, format_args!("{then}/anyOf"), &Value::Null, target);
            }
        }
        if errors.count() > before {
            errors.add(at, format_args!("{path}/if"), &json!("then"), target);
        }
        Ok(())
    }
}

impl Metadata {
    /// Compiles what a part of a body declares; the part's field begins the names of the problems.
    fn compile(of: &Value, part: &str, problems: &mut Problems) -> Self {
        let schema = &of["metadata"];
        let is_declared = schema.is_object();
        let mut compiled = Arc::clone(&ANY);
        if is_declared && !is_mangled(schema) {
            match Schema::compile(schema) {
                Ok(schema) => compiled = Arc::new(schema),
                Err(rejected) => {
                    for Rejected { at, message } in rejected {
                        let field = format!("{part}metadata{}", at.replace('/', "."));
                        problems.value(&field, format!("{part}metadata{at}: {message}"));
                    }
                }
            }
        }
        Self {
            schema: compiled,
            is_declared,
        }
    }

    /// Checks the metadata of an event or an actor, which stands at a path in the event and has a schema and limits at two others.
    fn check(
        &self,
        of: &Value,
        at: &str,
        path: &str,
        limits: &str,
        errors: &mut Errors,
    ) -> Result<(), String> {
        let Some(data) = of.get("metadata") else {
            if self.is_declared {
                errors.add(at, format_args!("{path}/required"), &json!("metadata"), of);
            }
            return Ok(());
        };
        let within = check_limits(of, at, limits, errors)?;
        let (at, path) = (
            format!("{at}/metadata"),
            format!("{path}/properties/metadata"),
        );
        ignore_beyond(within, self.schema.check(data, &at, &path, errors))
    }
}

/// What the vendor's Node SDK and command line make of a JSON Schema: its keywords became properties. The service takes it.
pub fn is_mangled(schema: &Value) -> bool {
    let properties = &schema["properties"];
    let is_type = matches!(&properties["type"], Value::String(name) if name == "object")
        || properties["type"]["type"] == "object";
    is_type && properties["properties"].is_object()
}

/// Whether the metadata of an event, an actor or a target keeps to what holds for all.
fn check_limits(of: &Value, at: &str, path: &str, errors: &mut Errors) -> Result<bool, String> {
    let before = errors.count();
    if let Some(data) = of.get("metadata") {
        let (at, path) = (
            format!("{at}/metadata"),
            format!("{path}/properties/metadata"),
        );
        LIMITS.check(data, &at, &path, errors)?;
    }
    Ok(errors.count() == before)
}

/// Metadata beyond the limits is rejected, whether or not its schema can be checked.
fn ignore_beyond(is_within: bool, checked: Result<(), String>) -> Result<(), String> {
    if is_within { checked } else { Ok(()) }
}

/// Members that are text where they are there.
fn texts(of: &Value, names: &[&str], at: &str, path: &str, errors: &mut Errors) {
    for name in names {
        if let Some(value) = of.get(name).filter(|value| !value.is_string()) {
            let at = format_args!("{at}/{name}");
            let path = format_args!("{path}/properties/{name}/type");
            errors.add(at, path, &json!("string"), value);
        }
    }
}
