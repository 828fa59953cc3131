//! From bodies to source and back: what is generated is read again by the derives' rules.

#[path = "../../tests/cli/support/bodies.rs"]
mod bodies;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use syn::ext::IdentExt;
use syn::{Attribute, Fields, GenericArgument, Item, LitInt, LitStr, PathArguments, Type};

use super::*;
use audit_rules::case::{CASES, Case};
use bodies::{bodies, meaning};

/// `#[audit(…)]`: each key with its text.
type Audit = BTreeMap<String, String>;

fn audit(attributes: &[Attribute]) -> Audit {
    let mut found = Audit::new();
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("audit"))
    {
        let read = attribute.parse_nested_meta(|meta| {
            let key = meta
                .path
                .get_ident()
                .map(IdentExt::unraw)
                .expect("one word")
                .to_string();
            let value = match meta.value() {
                Err(_) => String::new(),
                Ok(value) if value.peek(LitStr) => value.parse::<LitStr>()?.value(),
                Ok(value) if value.peek(LitInt) => value.parse::<LitInt>()?.to_string(),
                Ok(value) => value
                    .parse::<syn::Path>()?
                    .segments
                    .last()
                    .expect("a name")
                    .ident
                    .to_string(),
            };
            assert!(found.insert(key, value).is_none(), "twice");
            Ok(())
        });
        read.expect("attributes");
    }
    found
}

fn case(about: &Audit) -> Option<Case> {
    let name = about.get("rename_all")?;
    Some(
        CASES
            .iter()
            .find(|(known, _)| known == name)
            .expect("a case")
            .1,
    )
}

/// The name of a type, and the one inside it.
fn type_name(ty: &Type) -> (String, Option<String>) {
    let Type::Path(path) = ty else {
        panic!("a path")
    };
    let segment = path.path.segments.last().expect("a name");
    let inner = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.first(),
        _ => None,
    };
    let inner = inner.map(|argument| match argument {
        GenericArgument::Type(ty) => type_name(ty).0,
        _ => panic!("a type"),
    });
    (segment.ident.to_string(), inner)
}

/// A field's name, attributes and type.
type Field = (String, Audit, Type);

struct Source {
    structs: BTreeMap<String, (Audit, Vec<Field>)>,
    enums: BTreeMap<String, Vec<String>>,
}

impl Source {
    fn parse(text: &str) -> Self {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let mut source = Self {
            structs: BTreeMap::new(),
            enums: BTreeMap::new(),
        };
        let mut names = BTreeSet::new();
        for item in file.items {
            match item {
                Item::Struct(item) => {
                    let Fields::Named(fields) = item.fields else {
                        panic!("named fields")
                    };
                    let field = |field: syn::Field| {
                        (
                            field.ident.expect("a name").unraw().to_string(),
                            audit(&field.attrs),
                            field.ty,
                        )
                    };
                    let name = item.ident.to_string();
                    assert!(names.insert(name.clone()), "{name} twice");
                    source.structs.insert(
                        name,
                        (
                            audit(&item.attrs),
                            fields.named.into_iter().map(field).collect(),
                        ),
                    );
                }
                Item::Enum(item) => {
                    let case = case(&audit(&item.attrs));
                    let variants: Vec<_> = item
                        .variants
                        .iter()
                        .map(|variant| (variant.ident.unraw().to_string(), audit(&variant.attrs)))
                        .collect();
                    let idents: BTreeSet<_> = variants.iter().map(|(ident, _)| ident).collect();
                    assert_eq!(idents.len(), variants.len(), "{idents:?}");
                    let value = |(ident, about): &(String, Audit)| {
                        about.get("rename").cloned().unwrap_or_else(|| {
                            case.map_or(ident.clone(), |case| case.variant(ident))
                        })
                    };
                    let name = item.ident.to_string();
                    assert!(names.insert(name.clone()), "{name} twice");
                    source
                        .enums
                        .insert(name, variants.iter().map(value).collect());
                }
                Item::Use(_) => {}
                _ => panic!("neither a struct nor an enum"),
            }
        }
        assert!(
            names
                .iter()
                .all(|name| !names::TAKEN.contains(&name.as_str())),
            "{names:?}"
        );
        source
    }

    /// The body of each event.
    fn bodies(&self) -> BTreeMap<String, Value> {
        let events = self
            .structs
            .values()
            .filter(|(about, _)| about.contains_key("action"));
        events
            .map(|(about, fields)| (about["action"].clone(), self.body(about, fields)))
            .collect()
    }

    fn body(&self, about: &Audit, fields: &[Field]) -> Value {
        let mut names = BTreeSet::new();
        for (name, about, _) in fields {
            let methods = [
                "actor",
                "context",
                "occurred_at",
                "build",
                "try_build",
                "try_build_all",
                "encode_into",
            ];
            let is_method = methods.contains(&name.as_str());
            assert!(!is_method || about.contains_key("actor"), "{name}");
            assert!(names.insert(name.as_str()), "{name} twice");
        }
        assert!(
            names.iter().all(|name| name
                .strip_prefix("maybe_")
                .is_none_or(|other| !names.contains(other))),
            "{names:?}"
        );
        let with = |role: &'static str| {
            fields
                .iter()
                .filter(move |(_, about, _)| about.contains_key(role))
                .map(|(_, _, ty)| type_name(ty).0)
        };
        let actor = with("actor").next().expect("an actor");
        let actor = if actor == "Actor" {
            json!({})
        } else {
            self.entity(&actor).1
        };
        let targets: Vec<_> = with("target")
            .map(|name| self.entity(&name))
            .map(|(kind, metadata)| json!({"type": kind, "metadata": metadata}))
            .collect();
        let is_role = |about: &Audit| about.contains_key("actor") || about.contains_key("target");
        let metadata = self.object(
            case(about),
            fields.iter().filter(|(_, about, _)| !is_role(about)),
        );
        json!({"actor": {"metadata": actor}, "targets": targets, "metadata": metadata})
    }

    fn entity(&self, name: &str) -> (String, Value) {
        let (about, fields) = &self.structs[name];
        let names: BTreeSet<_> = fields.iter().map(|(name, _, _)| name).collect();
        assert_eq!(names.len(), fields.len(), "{names:?}");
        let marked = fields
            .iter()
            .filter(|(_, about, _)| about.contains_key("metadata"));
        assert_eq!(
            marked.clone().count(),
            fields.len() - 2,
            "all but id and name"
        );
        (about["type"].clone(), self.object(case(about), marked))
    }

    fn object<'f>(&self, case: Option<Case>, fields: impl Iterator<Item = &'f Field>) -> Value {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for (name, about, ty) in fields {
            let key = about
                .get("rename")
                .cloned()
                .unwrap_or_else(|| case.map_or(name.clone(), |case| case.field(name)));
            let (outer, inner) = type_name(ty);
            if outer != "Option" {
                required.push(key.clone());
            }
            let mut property = match inner.unwrap_or(outer).as_str() {
                "String" => json!({"type": "string"}),
                "i64" => json!({"type": "integer"}),
                "f64" => json!({"type": "number"}),
                "bool" => json!({"type": "boolean"}),
                name => json!({"type": "string", "enum": self.enums[name]}),
            };
            if let Some(max_len) = about.get("max_len") {
                property["maxLength"] = max_len.parse::<u64>().expect("a number").into();
            }
            assert!(
                properties.insert(key.clone(), property).is_none(),
                "{key} twice"
            );
        }
        json!({"properties": properties, "required": required})
    }
}

fn imported(files: &[(&str, String)], options: &Options) -> (Plan, Vec<Warning>) {
    let (mut declared, mut warnings) = (Vec::new(), Vec::new());
    for (file, text) in files {
        let reading =
            forms::read(file, text.as_bytes()).unwrap_or_else(|problem| panic!("{file}:{problem}"));
        declared.extend(reading.declared);
        warnings.extend(reading.warnings);
    }
    (plan(declared, options), warnings)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(300)))]

    #[test]
    fn nothing_is_lost_on_the_way(bodies in bodies(1..=6)) {
        let files: Vec<_> = bodies.iter().map(|(action, body)| (format!("{action}.json"), body.to_string())).collect();
        let files: Vec<_> = files.iter().map(|(file, text)| (file.as_str(), text.clone())).collect();
        let (imported, warnings) = imported(&files, &Options::default());
        prop_assert_eq!(warnings, []);
        prop_assert!(imported.warnings.iter().all(|warning| warning.message.starts_with("schemas don't contain the actor's type")), "{:?}", imported.warnings);
        let source = write(&imported, &[], &Options::default());
        let again = Source::parse(&source).bodies();
        prop_assert_eq!(again.keys().collect::<Vec<_>>(), bodies.keys().collect::<Vec<_>>());
        for (action, body) in &bodies {
            prop_assert_eq!(meaning(&again[action]), meaning(body), "{}\n{}", action, source);
        }
    }

    #[test]
    fn no_bytes_are_too_wild(bytes in any::<Vec<u8>>(), text in "[\\[\\]{}\",:a-z01 ]{0,60}") {
        let _ = forms::read("a.b.json", &bytes);
        let _ = forms::read("a.b.json", text.as_bytes());
    }
}

#[test]
fn the_committed_bodies_come_back() {
    for (path, text) in crate::testing::golden_bodies() {
        let (imported, _) = imported(
            &[(&format!("schemas/{path}"), text.clone())],
            &Options::default(),
        );
        let source = write(&imported, &[], &Options::default());
        let body: Value = serde_json::from_str(&text).expect("JSON");
        let again: Vec<_> = Source::parse(&source).bodies().into_values().collect();
        assert_eq!(
            again.iter().map(meaning).collect::<Vec<_>>(),
            [meaning(&body)],
            "{path}"
        );
    }
}
