//! `import`: what it makes of files compiles with the real derives, and is exported as what was imported.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::bodies::{bodies, meaning};
use crate::support::{Project, corpus};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

type Meaning = BTreeMap<String, BTreeMap<String, String>>;

/// The body that a map of types means, by the rules of JSON alone.
fn of_map(map: &Value, required: bool) -> Value {
    let object = |map: &Value| {
        let entries = map.as_object().cloned().unwrap_or_default();
        let keys: Vec<_> = entries.keys().filter(|_| required).cloned().collect();
        let property = |(key, value): (String, Value)| {
            (
                key,
                if value.is_string() {
                    json!({"type": value})
                } else {
                    value
                },
            )
        };
        json!({"properties": entries.into_iter().map(property).collect::<Map<_, _>>(), "required": keys})
    };
    let targets = map["targets"].as_array().into_iter().flatten();
    let targets: Vec<_> = targets
        .map(|target| json!({"type": target["type"], "metadata": object(&target["metadata"])}))
        .collect();
    json!({"actor": {"metadata": object(&map["actor"]["metadata"])}, "targets": targets, "metadata": object(&map["metadata"])})
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// What the folder holds after an export.
fn exported(project: &Project) -> BTreeMap<(String, u32), Meaning> {
    let mut found = BTreeMap::new();
    for line in project.read("schemas/index.txt").lines() {
        let Some((action, version)) = line
            .strip_suffix(".json")
            .and_then(|name| name.rsplit_once("/v"))
        else {
            continue;
        };
        let Ok(version) = version.parse() else {
            continue;
        };
        let body = parse(&project.read(&format!("schemas/{line}")));
        found.insert((action.to_owned(), version), meaning(&body));
    }
    found
}

/// Imports files into a module of the project, and returns what was to be said about them.
fn import(project: &Project, module: &str, args: &[&str], status: i32) -> Vec<String> {
    let output = format!("src/{module}.rs");
    let run = project
        .run(&[&["import", "-o", &output], args].concat())
        .ends(status);
    assert_eq!(run.stdout, "");
    let said: Vec<_> = run
        .stderr
        .lines()
        .filter_map(|line| {
            line.strip_prefix("warning: ")
                .or(line.strip_prefix("error: "))
        })
        .collect();
    let source = project.read(&output);
    let head: Vec<_> = source
        .lines()
        .filter_map(|line| line.strip_prefix("// - "))
        .collect();
    assert_eq!(head.len(), said.len(), "{run:?}");
    assert!(
        said.iter().all(|line| head.contains(line)),
        "stderr and the head of the source say the same: {run:?}"
    );
    project.write(
        "src/lib.rs",
        &(project.read("src/lib.rs") + &format!("pub mod {module};\n")),
    );
    head.into_iter().map(ToOwned::to_owned).collect()
}

/// Everything that the derives can say, in all forms.
#[expect(clippy::too_many_lines, reason = "one story")]
fn whole(project: &Project, expected: &mut BTreeMap<(String, u32), Meaning>) {
    let closed = |properties: Value, required: Value| json!({"type": "object", "additionalProperties": false, "properties": properties, "required": required});
    let nothing = || closed(json!({}), json!([]));
    let scope = json!({"type": "string", "enum": ["private", "workspace", "public-link"]});
    let document = |metadata: &Value| json!([{"type": "workspace", "metadata": nothing()}, {"type": "document", "metadata": metadata}]);
    let plain = closed(
        json!({"scope": scope, "bytes": {"type": "integer"}}),
        json!(["scope"]),
    );
    let rich = closed(
        json!({"scope": scope, "id": {"type": "string"}, "name": {"type": "string", "maxLength": 80}}),
        json!(["id"]),
    );
    let actor = json!({"metadata": closed(json!({"role": {"type": "string", "enum": ["admin", "member"]}}), json!(["role"]))});
    let body = |targets: Value, metadata: Value| json!({"actor": {"metadata": nothing()}, "targets": targets, "metadata": metadata});
    let of_roles = closed(
        json!({"previous_role": {"type": "string", "enum": ["admin", "member"]}, "new_role": {"type": "string", "enum": ["member", "admin"]},
            "description": {"type": "string", "maxLength": 500}}),
        json!(["new_role"]),
    );
    let odd = json!({"type": {"type": "string"}, "self": {"type": "boolean"}, "2fa": {"type": "boolean"}, "actor": {"type": "string", "maxLength": 1},
        "context": {"type": "number"}, "build": {"type": "integer"}, "document": {"type": "string"}, "maybe_a": {"type": "string"}, "a": {"type": "string"},
        "result": {"type": "string", "enum": ["none", "self", "", "30", "c", "c++", "Ünï"]}});
    let mut files = vec![
        ("document.opened/v1.json", body(document(&plain), nothing())),
        (
            "document.shared/v1.json",
            body(
                document(&plain),
                closed(json!({"scope": scope}), json!(["scope"])),
            ),
        ),
        (
            "document.shared/v2.json",
            body(
                document(&plain),
                closed(
                    json!({"scope": scope, "shareUrl": {"type": "string"}}),
                    json!([]),
                ),
            ),
        ),
        (
            "document.signed.json",
            body(document(&rich), closed(odd, json!(["a", "type"]))),
        ),
        (
            "document.roles_changed.json",
            json!({"actor": actor, "targets": document(&nothing()), "metadata": of_roles}),
        ),
    ];
    files.push((
        "document.read.json",
        json!({"actor": actor, "action": "document.read", "targets": document(&plain), "metadata": nothing()}),
    ));
    for (file, body) in files {
        project.write(&format!("whole/{file}"), &format!("{body:#}"));
        let (action, version) = file
            .strip_suffix(".json")
            .and_then(|name| name.rsplit_once("/v"))
            .unwrap_or((file, "1"));
        expected.insert(
            (
                action.trim_end_matches(".json").into(),
                version.parse().expect("a version"),
            ),
            meaning(&body),
        );
    }
    let flat = json!({"action": "guest.invited", "targets": [{"type": "member", "metadata": {"email": "string", "invites-left": {"type": "number"}}}],
        "actor": {"metadata": {"mfa": "boolean"}}, "metadata": {"type": "string", "properties": {"type": "number"}, "required": "boolean"}});
    project.write("whole/flat/anything.json", &flat.to_string());
    expected.insert(("guest.invited".into(), 1), meaning(&of_map(&flat, true)));
    project.write(
        "optional/member.left.json",
        &json!({"targets": [{"type": "member"}], "metadata": {"reason": "string", "by-force": "boolean"}}).to_string(),
    );
    expected.insert(
        ("member.left".into(), 1),
        meaning(&of_map(
            &parse(&project.read("optional/member.left.json")),
            false,
        )),
    );

    let schema = |version: u32, body: Value| {
        let mut schema = body;
        schema["object"] = "audit_log_schema".into();
        schema["version"] = version.into();
        schema["created_at"] = "2026-01-15T12:00:00.000Z".into();
        schema
    };
    let archived = body(
        document(&plain),
        closed(json!({"archive": {"type": "string"}}), json!([])),
    );
    let item = json!({"object": "audit_log_action", "name": "document.archived", "schema": schema(7, archived.clone()), "created_at": "", "updated_at": ""});
    let cursors = json!({"before": null, "after": null});
    project.write(
        "whole/actions.json",
        &json!({"object": "list", "data": [item], "list_metadata": cursors}).to_string(),
    );
    expected.insert(("document.archived".into(), 7), meaning(&archived));
    let versions = [
        schema(2, body(document(&rich), nothing())),
        schema(1, body(document(&plain), nothing())),
    ];
    project.write(
        "whole/document.printed.json",
        &json!({"object": "list", "data": versions, "list_metadata": cursors}).to_string(),
    );
    expected.extend(
        versions
            .iter()
            .zip([2, 1])
            .map(|(schema, version)| (("document.printed".into(), version), meaning(schema))),
    );
}

/// What the derives can't say, beside what they can: with the report.
fn partial(project: &Project, expected: &mut BTreeMap<(String, u32), Meaning>) -> Vec<String> {
    project.write(
        "partial/report.exported.json",
        r#"{"targets": [{"type": "report", "metadata": {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}}}}],
"metadata": {"type": "object", "title": "A report left", "additionalProperties": false, "properties": {
"pattern": {"type": "string", "pattern": "^x", "maxLength": 9, "description": "What it's `called`."},
"union": {"type": ["string", "number"]},
"numbers": {"type": "integer", "enum": [1, 2]},
"mixed": {"enum": [1, "b"]},
"long": {"type": "string", "maxLength": 501},
"nested": {"type": "object", "properties": {}},
"not a key": {"type": "string"},
"format": {"type": "string", "format": "uri", "default": "x"},
"level": {"enum": ["low", "high", null]},
"flag": {"enum": [true, false]}
}, "required": ["level"]}}
"#,
    );
    let of = |kind: &str, values: &str, limit: &str, required: bool| {
        format!("\"{kind}\" {values} {limit} {required}")
    };
    let string = |limit: &str| of("string", "None", limit, false);
    let metadata = [
        ("pattern", string("9")),
        ("numbers", of("integer", "None", "null", false)),
        ("long", string("null")),
        ("format", string("null")),
        (
            "level",
            of(
                "string",
                "Some({\"\\\"high\\\"\", \"\\\"low\\\"\"})",
                "null",
                true,
            ),
        ),
        ("flag", of("boolean", "None", "null", false)),
    ];
    let own = |entries: &[(&str, String)]| {
        entries
            .iter()
            .map(|(key, text)| ((*key).to_owned(), text.clone()))
            .collect::<BTreeMap<_, _>>()
    };
    let target = own(&[("n", of("integer", "None", "null", false))]);
    let places = [
        ("actor", BTreeMap::new()),
        ("metadata", own(&metadata)),
        ("target \"report\"", target),
    ];
    expected.insert(
        ("report.exported".into(), 1),
        places.map(|(place, keys)| (place.to_owned(), keys)).into(),
    );

    project.write(
        "partial/report.mangled.json",
        r#"{"targets": [{"type": "report"}], "metadata": {"type": "object", "properties": {
"type": {"type": "object"}, "properties": {"type": {"plan": {"type": "string"}}}, "required": {"type": ["plan"]}}}}"#,
    );
    let meant = json!({"targets": [{"type": "report"}], "metadata": {"properties": {"plan": {"type": "string"}}, "required": ["plan"]}});
    expected.insert(("report.mangled".into(), 1), meaning(&meant));
    let bare = json!({"targets": [{"type": "report"}]});
    project.write("partial/Report.Open.json", &bare.to_string());
    expected.insert(("Report.Open".into(), 1), meaning(&bare));
    project.write(
        "partial/bad.json",
        r#"{"action": "report bad", "targets": [{"type": "report"}]}"#,
    );
    project.write("partial/report.aimless.json", r#"{"targets": []}"#);
    let keys: Map<String, Value> = (0..51)
        .map(|number| (format!("k{number}"), "string".into()))
        .collect();
    project.write(
        "partial/report.full.json",
        &json!({"targets": [{"type": "report"}], "metadata": keys}).to_string(),
    );
    project.write(
        "partial/twice/report.exported.json",
        r#"{"action": "report.exported", "targets": [{"type": "report"}]}"#,
    );
    project.write("partial/registrations/staging.json", "{}");
    project.write("partial/report.exported/v1.event.json", "not looked at");
    import(project, "partial", &["partial"], 1)
}

const REPORT: &str = r#"
partial/Report.Open.json:1:1: Report.Open@1: accepts undescribed keys, and the types don't: metadata, metadata of the actor, metadata of target "report"
partial/bad.json:1:1: report bad@1: not imported: "report bad" is not a valid action: 1 to 128 printable ASCII characters without space, `/` and `\`, and not `.` or `..`
partial/report.aimless.json:1:1: report.aimless@1: not imported: 0 target types, expected 1 to 20
partial/report.aimless.json:1:13: report.aimless@1: 0 target types, expected 1 to 20
partial/report.exported.json:1:1: report.exported@1: accepts undescribed keys, and the types don't: metadata of the actor, metadata of target "report"
partial/report.exported.json:1:84: report.exported@1: can't express `minimum` of "n" of target "report"
partial/report.exported.json:3:12: report.exported@1: can't express `pattern` of "pattern"
partial/report.exported.json:4:10: report.exported@1: not imported: "union" can be string or number, and a field has one type
partial/report.exported.json:5:12: report.exported@1: can't express the values of "numbers" (only strings make an enum): 1, 2
partial/report.exported.json:6:10: report.exported@1: not imported: "mixed" can be string or integer, and a field has one type
partial/report.exported.json:7:9: report.exported@1: can't express `maxLength` 501 of "long": the limit is 500
partial/report.exported.json:8:20: report.exported@1: "nested" is nested: a metadata value is a string, a number or a boolean
partial/report.exported.json:9:14: report.exported@1: "not a key" is not a valid key: 1 to 40 letters, digits, `_` or `-`
partial/report.exported.json:10:11: report.exported@1: dropped `default` of "format"
partial/report.exported.json:10:11: report.exported@1: can't express `format` of "format"
partial/report.full.json:1:1: report.full@1: not imported: 51 metadata keys, the limit is 50
partial/report.full.json:1:13: report.full@1: 51 keys, the limit is 50
partial/report.mangled.json:1:1: report.mangled@1: accepts undescribed keys, and the types don't: metadata of the actor, metadata of target "report"
partial/report.mangled.json:1:47: report.mangled@1: `metadata` was wrapped into itself: the vendor's Node SDK takes {key: "string"}. The intended schema is imported, and differs from the registered one
partial/twice/report.exported.json:1:1: report.exported@1: not imported: partial/report.exported.json:1:1 declares this version with a different schema
"#;

#[test]
fn what_is_imported_is_exported_as_it_was() {
    let project = Project::library("import-everything", "#![deny(warnings)]\n");
    let mut expected = BTreeMap::new();
    whole(&project, &mut expected);
    let said = import(&project, "whole", &["whole", "--all-versions"], 1);
    let kinds = said
        .iter()
        .filter(|line| line.contains("schemas don't contain the actor's type: `"))
        .count();
    assert_eq!((said.len(), kinds), (2, 2), "{said:#?}");
    import(&project, "optional", &["--optional", "optional"], 0);

    let report = partial(&project, &mut expected);
    let report: BTreeSet<_> = report.iter().map(String::as_str).collect();
    assert_eq!(
        report.into_iter().collect::<Vec<_>>(),
        REPORT
            .lines()
            .filter(|line| !line.is_empty())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
    for text in [
        "/// A report left\n",
        "    /// What it's `called`.\n    #[audit(max_len = 9)]\n    pub pattern: Option<String>,\n",
    ] {
        assert!(project.read("src/partial.rs").contains(text), "{text}");
    }

    let random = bodies(40..=40)
        .new_tree(&mut TestRunner::deterministic())
        .expect("bodies")
        .current();
    for (action, body) in random {
        project.write(&format!("random/{action}.json"), &body.to_string());
        expected.insert((action, 1), meaning(&body));
    }
    import(&project, "random", &["random"], 1);

    if let Some(corpus) = corpus() {
        let files: Vec<_> = fs::read_dir(&corpus)
            .expect("a folder")
            .map(|file| file.expect("a file").path())
            .collect();
        assert_eq!(files.len(), 87);
        for file in files {
            let map = parse(&fs::read_to_string(file).expect("text"));
            let action = map["action"].as_str().expect("an action").to_owned();
            expected.insert((action, 1), meaning(&of_map(&map, true)));
        }
        import(&project, "corpus", &[corpus.to_str().expect("UTF-8")], 0);
    }

    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    let exported = exported(&project);
    assert_eq!(
        exported.keys().collect::<Vec<_>>(),
        expected.keys().collect::<Vec<_>>()
    );
    for (name, meaning) in &expected {
        assert_eq!(&exported[name], meaning, "{name:?}");
    }

    // And from code to source again.
    let run = project
        .run(&["show", "--as", "rust", "document.shared"])
        .ends(0);
    assert!(
        run.stdout
            .contains("#[audit(action = \"document.shared\", version = 2"),
        "{run:?}"
    );
    assert!(
        run.stdout.contains("pub scope: Option<Scope>,\n")
            && run.stdout.contains("pub enum Scope {\n"),
        "{run:?}"
    );
}

const MAP: &str =
    r#"{"action": "user.login", "targets": [{"type": "user"}], "metadata": {"mfa": "boolean"}}"#;

/// Files of all kinds, one of which can be imported.
fn folder() -> Project {
    let project = Project::new();
    project.write("good.json", MAP);
    project.write("empty.json", "");
    project.write("half.json", "{\n  \"targets\": [");
    project.write(
        "bom.json",
        &format!("\u{feff}{}", MAP.replace("user.login", "user.logout")),
    );
    project.write("package.json", r#"{"name": "x", "version": "1.0.0"}"#);
    project.write("nothing/readme.txt", "");
    fs::write(project.path("latin.json"), b"{\"action\": \"a.\xff\"}").expect("written");
    let huge = fs::File::create(project.path("huge.json")).expect("a file");
    huge.set_len(100 << 20).expect("a file of 100 MiB");
    project.write(
        "deep.json",
        &("[".repeat(1_000_000) + &"]".repeat(1_000_000)),
    );
    project
}

#[test]
fn one_bad_file_does_not_hide_the_others() {
    let project = folder();
    let alone = project.run(&["import", "good.json"]).ends(0);
    assert!(
        alone.stderr.is_empty()
            && alone
                .stdout
                .starts_with("use audit_core::{Actor, AuditEntity, AuditEvent};\n"),
        "{alone:?}"
    );
    let files = [
        "empty.json",
        "half.json",
        "latin.json",
        "huge.json",
        "deep.json",
        "package.json",
        "missing.json",
        "nothing",
        "bom.json",
    ];
    let run = project
        .run(&[&["import", "good.json"], &files[..]].concat())
        .ends(2);
    assert!(
        run.stdout.contains("pub struct UserLogin {")
            && run.stdout.contains("pub struct UserLogout {"),
        "{run:?}"
    );
    for line in [
        "empty.json:1:1: not JSON: EOF while parsing a value",
        "half.json:2:14: not JSON: EOF while parsing a list",
        "latin.json:1:15: not UTF-8 text",
        "can't read huge.json: exceeds 32 MiB",
        "deep.json: no importable schema",
        "package.json:1:1: neither a registration body, nor a map of targets and metadata, nor a list of schemas: it has no `targets`",
        "can't read missing.json: ",
        "there is no schema in nothing",
    ] {
        assert!(
            run.stderr.contains(&format!("error: {line}")),
            "{line} in {}",
            run.stderr
        );
        assert!(
            run.stdout.contains(&format!("\n// - {line}")),
            "{line} in {}",
            run.stdout
        );
    }
    for file in files.iter().filter(|file| **file != "bom.json") {
        let run = project.run(&["import", file]).ends(2);
        assert!(
            run.stdout.is_empty() && run.stderr.ends_with("error: nothing was imported\n"),
            "{run:?}"
        );
    }
}

#[test]
fn a_file_that_is_there_is_replaced_only_by_force() {
    let project = folder();
    project.write("audit.rs", "mine");
    let run = project
        .run(&["import", "good.json", "-o", "audit.rs"])
        .ends(2);
    assert_eq!(run.error(), "audit.rs is there already");
    assert!(
        run.stderr.contains("help: `--force` replaces it") && project.read("audit.rs") == "mine",
        "{run:?}"
    );
    let run = project
        .run(&["import", "empty.json", "-o", "audit.rs", "--force"])
        .ends(2);
    assert_eq!(
        (project.read("audit.rs").as_str(), run.stdout.as_str()),
        ("mine", ""),
        "nothing was imported"
    );
    let run = project
        .run(&["import", "good.json", "-o", "audit.rs", "--force"])
        .ends(0);
    assert_eq!(
        run.stderr,
        "1 event type, 1 entity type and 0 enums are in audit.rs\n"
    );
    assert!(project.read("audit.rs").contains("pub struct UserLogin {"));
    project
        .run(&[
            "import",
            "good.json",
            "-o",
            "new/folder/audit.rs",
            "--crate",
            "crate::audit",
        ])
        .ends(0);
    assert!(
        project
            .read("new/folder/audit.rs")
            .starts_with("use crate::audit::{")
    );
    let run = project
        .run(&["import", "good.json", "--crate", "not a path"])
        .ends(2);
    assert!(run.stderr.contains("not a path like"), "{run:?}");
}

#[test]
fn what_is_in_the_report_ends_with_1() {
    let project = Project::new();
    project.write("a.b/v1.json", r#"{"targets": [{"type": "t"}]}"#);
    project.write(
        "a.b/v2.json",
        r#"{"targets": [{"type": "t"}, {"type": "u"}]}"#,
    );
    let run = project.run(&["import", "a.b"]).ends(1);
    assert!(
        run.stdout.contains("version = 2") && !run.stdout.contains("version = 1"),
        "{run:?}"
    );
    assert!(
        run.stderr
            .contains("warning: a.b/v1.json:1:1: a.b@1: not imported: version 2 is newer; `--all-versions` imports both\n")
    );
    let run = project.run(&["import", "--all-versions", "a.b"]).ends(1);
    assert!(
        run.stdout.contains("pub struct ABV1 {") && run.stdout.contains("pub struct AB {"),
        "{run:?}"
    );
    if cfg!(windows) {
        return; // No file there has such a name.
    }
    project.write(
        "hidden\u{1b}[2J.b.json",
        r#"{"targets": [{"type": "t"}], "x\u001b[2J": 1}"#,
    );
    let run = project
        .run(&["import", "hidden\u{1b}[2J.b.json", "a.b/v1.json"])
        .ends(1);
    assert!(
        !run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'),
        "{run:?}"
    );
}

/// Only files are replaced, only where it was said, and a link stays one.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_replaced() {
    let project = Project::new();
    project.write("a.b.json", r#"{"targets": [{"type": "team"}], "metadata": {"additionalProperties": false}, "actor": {"metadata": {"additionalProperties": false}}}"#);
    let import = |output: &str, force: &[&str]| {
        project.run(&[&["import", "a.b.json", "-o", output], force].concat())
    };
    std::os::unix::fs::symlink("real.rs", project.path("link.rs")).expect("a link");
    assert!(
        import("link.rs", &[])
            .ends(2)
            .error()
            .starts_with("can't follow link.rs: "),
        "it leads nowhere"
    );
    project.write("real.rs", "old");
    assert_eq!(
        import("link.rs", &[]).ends(2).error(),
        "link.rs is there already"
    );
    import("link.rs", &["--force"]).ends(1);
    assert!(project.read("real.rs").contains("struct AB") && project.path("link.rs").is_symlink());
    for output in ["/dev/null", "."] {
        assert_eq!(
            import(output, &["--force"]).ends(2).error(),
            format!("{output} isn't a file")
        );
    }
    assert_eq!(
        import("a.b.json", &["--force"]).ends(2).error(),
        "a.b.json is what is to be imported"
    );
}
