//! `pull` makes source and registrations of what environments have; a team that has registered for years loses nothing.

use std::collections::BTreeMap;
use std::fs;

use audit_emulator::Emulator;
use serde_json::{Value, json};

use super::site::{Site, body, count, json as parsed};
use crate::support::{Run, TARGET, corpus, manifest};

fn open(properties: &Value) -> Value {
    json!({"targets": [{"type": "team"}], "metadata": {"type": "object", "properties": properties}})
}

fn pull(site: &Site, more: &[&str]) -> Run {
    site.run(
        &[
            ["pull", "--env", "staging", "--env", "production", "-q"].as_slice(),
            more,
        ]
        .concat(),
    )
}

#[test]
fn the_source_is_of_the_first_environment_that_has_an_action() {
    let site = Site::of(&["staging", "production"]);
    let both = parsed(&body(&["a"]));
    site.at("staging")
        .register("user.signed_in", &open(&json!({})))
        .expect("registered");
    site.at("staging")
        .register("user.signed_in", &both)
        .expect("registered");
    site.production()
        .register("user.signed_in", &both)
        .expect("registered");
    site.production()
        .register("user.signed_out", &both)
        .expect("registered");
    let run = pull(&site, &[]).ends(0);
    assert_eq!(
        run.stdout.matches("version = 1)]").count(),
        2,
        "{}",
        run.stdout
    );
    let server = |environment: &str, action: &str| {
        site.registrations(environment)[action]["1"]["server"].as_u64()
    };
    assert_eq!(
        [
            server("staging", "user.signed_in"),
            server("staging", "user.signed_out")
        ],
        [Some(2), None]
    );
    assert_eq!(
        [
            server("production", "user.signed_in"),
            server("production", "user.signed_out")
        ],
        [Some(1), Some(1)]
    );
    let sha256 = &site.registrations("production")["user.signed_in"]["1"]["sha256"];
    assert_eq!(
        sha256,
        &site.registrations("staging")["user.signed_in"]["1"]["sha256"]
    );
    assert_eq!(
        count(site.production(), "POST") + count(site.at("staging"), "POST"),
        0
    );
}

#[test]
fn actions_are_taken_as_they_are() {
    let site = Site::of(&["staging", "production"]);
    for action in ["agents:create", "USER_REGISTERED", "user_registered"] {
        site.production()
            .register(action, &parsed(&body(&["a"])))
            .expect("registered");
    }
    let run = pull(&site, &[]).ends(1);
    for action in ["agents:create", "USER_REGISTERED"] {
        assert!(
            run.stdout.contains(&format!(
                "action = \"{action}\", version = 1, as_registered"
            )),
            "{}",
            run.stdout
        );
    }
    let clash = "user_registered isn't imported: it differs from USER_REGISTERED in case only, and would share its folder";
    assert!(
        run.stderr.contains(clash) && !run.stdout.contains("\"user_registered\""),
        "{run:?}"
    );
    assert!(
        site.project.exists("schemas/agents%3Acreate/v1.json")
            && site.project.exists("schemas/USER_REGISTERED/v1.json")
    );
    assert_eq!(
        site.registrations("production")["agents:create"]["1"]["server"],
        1
    );
}

#[test]
fn nothing_to_import_is_no_failure() {
    let site = Site::of(&["staging", "production"]);
    site.project.write("audit.rs", "mine");
    let nothing = |args: &[&str]| {
        let run = site
            .run(
                &[
                    ["pull", "--env", "production", "-o", "audit.rs", "--force"].as_slice(),
                    args,
                ]
                .concat(),
            )
            .ends(0);
        assert!(
            run.stdout.is_empty() && site.project.read("audit.rs") == "mine",
            "{run:?}"
        );
        run.stderr
    };
    assert_eq!(nothing(&[]), "nothing to import\n");
    site.production()
        .register("user.signed_in", &parsed(&body(&["a"])))
        .expect("registered");
    site.write("user.signed_in", 1, &["b"]);
    assert!(nothing(&[]).starts_with("1 action of ") && nothing(&["-q"]).is_empty());
}

#[test]
fn all_versions_are_counted_from_one() {
    let site = Site::of(&["staging", "production"]);
    for keys in [
        json!({"a": {"type": "string"}}),
        json!({"b": {"type": "string"}}),
    ] {
        site.at("staging")
            .register("user.signed_in", &json!({"targets": [{"type": "user"}]}))
            .expect("registered");
        site.at("staging")
            .register("user.signed_in", &open(&keys))
            .expect("registered");
    }
    let run = pull(&site, &["--all-versions"]).ends(1);
    assert!(
        run.stdout.contains("version = 2)]") && run.stdout.contains("version = 1)]"),
        "{}",
        run.stdout
    );
    let registrations = site.registrations("staging");
    let servers: BTreeMap<_, _> = registrations["user.signed_in"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(version, registration)| (version.as_str(), registration["server"].as_u64()))
        .collect();
    assert_eq!(
        servers.values().flatten().copied().collect::<Vec<_>>(),
        [1, 2, 3, 4],
        "{registrations}"
    );
}

#[test]
fn what_the_folder_has_isnt_imported_again() {
    let site = Site::of(&["staging", "production"]);
    for action in ["user.signed_in", "user.signed_out"] {
        site.production()
            .register(action, &parsed(&body(&["a"])))
            .expect("registered");
    }
    site.write("user.signed_in", 1, &["a"]);
    site.project
        .write("schemas/user.signed_in/v1.event.json", "{}\n");
    let run = pull(&site, &[]).ends(0);
    assert!(
        run.stdout.contains("user.signed_out") && !run.stdout.contains("user.signed_in"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_was_mangled_is_imported_as_it_was_meant_and_not_recorded() {
    let site = Site::of(&["staging", "production"]);
    let mangled =
        json!({"type": {"type": "object"}, "properties": {"type": {"a": {"type": "string"}}}});
    site.production()
        .register("user.signed_in", &open(&mangled))
        .expect("registered");
    let run = pull(&site, &[]).ends(1);
    assert!(run.stderr.contains("wrapped into itself"), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("no version in production accepts all that the type can hold"),
        "{}",
        run.stderr
    );
    assert_eq!(site.registrations("production"), json!({}));
}

/// Registers an action's history: `versions` of them, the last one as it is now. Open, and nothing required.
fn register(emulator: &Emulator, map: &Value, versions: usize) {
    let schema = |properties: &Value| json!({"type": "object", "properties": properties});
    let kind = |value: &Value| value.get("type").cloned().unwrap_or_else(|| value.clone());
    let keys = |map: &Value| -> Value {
        let keys = map.as_object().into_iter().flatten();
        keys.map(|(key, value)| (key.clone(), json!({ "type": kind(value) })))
            .collect()
    };
    let target = |target: &Value| match target.get("metadata") {
        Some(metadata) => json!({"type": target["type"], "metadata": schema(&keys(metadata))}),
        None => json!({"type": target["type"]}),
    };
    let targets: Vec<_> = map["targets"]
        .as_array()
        .into_iter()
        .flatten()
        .map(target)
        .collect();
    let action = map["action"].as_str().expect("an action");
    for version in 1..=versions {
        let mut properties = keys(&map["metadata"]);
        if version < versions {
            properties["of_an_older_version"] = json!({"type": "number"});
        }
        emulator
            .register(
                action,
                &json!({"targets": targets, "metadata": schema(&properties)}),
            )
            .expect("registered");
    }
}

fn maps() -> Option<Vec<Value>> {
    let mut files: Vec<_> = fs::read_dir(corpus()?)
        .expect("a folder")
        .map(|file| file.expect("a file").path())
        .collect();
    files.sort();
    Some(
        files
            .iter()
            .map(|file| parsed(&fs::read_to_string(file).expect("text")))
            .collect(),
    )
}

#[test]
fn onboarding() {
    let Some(maps) = maps() else { return };
    assert_eq!(maps.len(), 87);
    let site = Site::of(&["staging", "production"]);
    for (index, map) in maps.iter().enumerate() {
        register(site.at("staging"), map, 1 + index % 8);
        register(site.production(), map, 1 + (index * 3 + 2) % 8);
    }
    site.project.write(
        "Cargo.toml",
        &(manifest("onboarding", "audit-core") + "[workspace]\n"),
    );
    site.project
        .write("src/lib.rs", "//! What was registered.\n\npub mod audit;\n");
    // Open schemas aren't what the types say, and that is told.
    let run = pull(&site, &["-o", "src/audit.rs"]).ends(1);
    assert_eq!(run.stdout, "");
    pull(&site, &["-o", "src/audit.rs", "--force"]).ends(1);
    let build = std::process::Command::new(env!("CARGO"))
        .args(["build", "--quiet"])
        .current_dir(site.project.path(""))
        .env("CARGO_TARGET_DIR", TARGET)
        .output();
    Run::of(build.expect("cargo runs")).ends(0);
    let run = site.run(&["export"]).ends(0);
    assert!(
        run.summary().starts_with("0 new, 0 changed, 87 unchanged"),
        "{}",
        run.stdout
    );
    for environment in ["staging", "production"] {
        let run = site.run(&["plan", "--env", environment]).ends(0);
        assert_eq!(run.summary(), "0 to register, 0 to adopt, 87 up to date");
        site.run(&["verify", "--env", environment]).ends(0);
    }
    site.run(&["check"]).ends(0);

    // One event gets a key.
    let source = site.project.read("src/audit.rs");
    let (before, event) = source
        .split_once("action = \"agent.executed\"")
        .expect("the event");
    let (head, fields) = event.split_once('{').expect("a struct");
    let changed = format!(
        "{before}action = \"agent.executed\"{head}{{\n    /// New.\n    pub cost_center: audit_core::Text<20>,{fields}"
    );
    site.project.write("src/audit.rs", &changed);
    site.run(&["bump"]).ends(0);
    site.run(&["export"]).ends(0);
    for environment in ["staging", "production"] {
        let emulator = site.at(environment);
        let before = emulator.schemas("agent.executed").expect("schemas").len();
        let run = site.run(&["plan", "--env", environment]).ends(1);
        assert_eq!(run.summary(), "1 to register, 0 to adopt, 87 up to date");
        let run = site.run(&["push", "--env", environment, "--yes"]).ends(0);
        assert_eq!(run.summary(), "1 registered, 0 adopted, 87 up to date");
        assert_eq!(count(emulator, "POST"), 1, "{environment}");
        let there = emulator.schemas("agent.executed").expect("schemas");
        assert_eq!(there.len(), before + 1, "{environment}");
        assert_eq!(
            site.registrations(environment)["agent.executed"]["2"]["server"],
            before + 1
        );
        assert!(
            there[before]["metadata"]["properties"]
                .get("cost_center")
                .is_some()
        );
        site.run(&["plan", "--env", environment]).ends(0);
    }
}
