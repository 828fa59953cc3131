//! `plan` tells what is there from what is declared, and sends nothing.

use serde_json::json;

use super::site::{Site, body, count, json as parsed};
use crate::support::object;
use crate::support::record::{STRING, event, field};

#[test]
fn says_of_each_version_what_becomes_of_it() {
    let site = Site::new();
    let there = |action: &str, body: &serde_json::Value| {
        site.production()
            .register(action, body)
            .expect("registered")
    };
    let open = |keys: serde_json::Value| json!({"targets": [{"type": "team"}], "metadata": {"type": "object", "properties": keys}});
    there(
        "invoice.adopted",
        &open(json!({"other": {"type": "string"}})),
    );
    there("invoice.adopted", &parsed(&body(&["a"])));
    there("invoice.drifted", &parsed(&body(&["b"])));
    there("invoice.looser", &open(json!({})));
    there(
        "invoice.mangled",
        &open(
            json!({"type": {"type": "object"}, "properties": {"type": {"a": {"type": "string"}}}, "required": {"type": ["a"]}}),
        ),
    );
    there("invoice.foreign", &open(json!({})));
    for action in ["adopted", "created", "drifted", "looser", "mangled"] {
        site.write(&format!("invoice.{action}"), 1, &["a"]);
    }
    let run = site.plan().ends(1);
    let lines: Vec<_> = run.stdout.lines().collect();
    assert!(
        lines.iter().all(|line| !line.ends_with(' ')),
        "{}",
        run.stdout
    );
    let states: Vec<_> = lines
        .iter()
        .filter(|line| !line.starts_with(' '))
        .map(|line| line.split("  ").next().unwrap_or_default())
        .collect();
    assert_eq!(
        states,
        [
            "adopt",
            "create",
            "drift",
            "adopt, looser",
            "mangled",
            "unmanaged",
            "3 to register, 2 to adopt, 0 up to date; 1 unmanaged"
        ],
        "{}",
        run.stdout
    );
    assert!(
        lines[0].contains("invoice.adopted 1  is version 2 there, which isn't recorded yet"),
        "{}",
        run.stdout
    );
    let drift = lines
        .iter()
        .position(|line| line.starts_with("drift"))
        .expect("a drift");
    assert!(
        lines[drift].contains("version 1 refuses events that the declared one accepts"),
        "{}",
        lines[drift]
    );
    assert!(
        lines[drift + 1].contains("key-added-required")
            || lines[drift + 2].contains("key-added-required"),
        "{}",
        run.stdout
    );
    assert_eq!(count(site.production(), "POST"), 0);
    assert!(
        !site.project.exists("schemas/registrations"),
        "nothing is written"
    );
}

#[test]
fn compares_what_other_tools_wrote_by_what_it_accepts() {
    let site = Site::new();
    site.write("invoice.paid", 1, &["a"]);
    let mut there = parsed(&body(&["a"]));
    there["metadata"]["title"] = json!("Paid");
    let mut put = |site: &Site, a: serde_json::Value| {
        there["metadata"]["properties"]["a"] = a;
        site.production()
            .register("invoice.paid", &there)
            .expect("registered");
    };
    put(&site, json!({"type": "string", "pattern": "^x"}));
    let drift = site.plan().ends(1).stdout;
    assert!(
        drift.starts_with(
            "drift  invoice.paid 1  its version 1 may refuse events that the declared one accepts: `pattern` isn't compared"
        ),
        "{drift}"
    );
    assert!(
        drift.contains(
            "constraint-removed  `pattern: \"^x\"` of `a` was removed (`pattern` isn't compared)"
        ),
        "{drift}"
    );
    put(&site, json!({"type": "string", "minLength": 1}));
    assert!(
        site.plan()
            .ends(1)
            .stdout
            .contains("its version 2 refuses events that the declared one accepts")
    );
    put(
        &site,
        json!({"anyOf": [{"type": ["string"], "minLength": 0, "maxLength": 500.0}, {"type": "null"}], "default": null}),
    );
    let adopt = site.plan().ends(1).stdout;
    assert!(
        adopt.starts_with("adopt  invoice.paid 1  is version 3 there, which isn't recorded yet\n"),
        "{adopt}"
    );
}

#[test]
fn after_a_push_there_is_nothing_to_do() {
    let site = Site::new();
    site.write("user.signed_in", 1, &["a"]);
    site.push().ends(0);
    let run = site.plan().ends(0);
    assert_eq!(
        run.stdout,
        "up to date  user.signed_in 1  is version 1 there\n0 to register, 0 to adopt, 1 up to date\n"
    );
}

#[test]
fn has_a_form_for_programs() {
    let site = Site::new();
    site.production()
        .register("a.foreign", &json!({"targets": [{"type": "team"}]}))
        .expect("registered");
    site.write("user.signed_in", 1, &["a"]);
    let run = site
        .run(&["plan", "--env", "production", "--format", "json"])
        .ends(1);
    let rows = parsed(&run.stdout);
    let schema = jsonschema::draft202012::new(&parsed(include_str!(
        "../../../../docs/formats/plan.schema.json"
    )))
    .expect("a schema");
    assert!(schema.is_valid(&rows), "{rows}");
    assert_eq!(
        rows,
        json!([
            {"action": "user.signed_in", "version": 1, "state": "create", "server": null, "also": [], "recorded": null,
             "sha256": rows[0]["sha256"], "changes": [], "file": "schemas/user.signed_in/v1.json", "line": null, "column": null},
            {"action": "a.foreign", "version": null, "state": "unmanaged", "server": 1, "also": [], "recorded": null,
             "sha256": null, "changes": [], "file": null, "line": null, "column": null}
        ])
    );
    assert_eq!(rows[0]["sha256"].as_str().map(str::len), Some(64));
    let run = site
        .run(&["plan", "--env", "production", "--format", "github"])
        .ends(1);
    assert!(
        run.stdout
            .starts_with("::error file=schemas/user.signed_in/v1.json,"),
        "{}",
        run.stdout
    );
    let run = site
        .run(&["plan", "--env", "production", "--format", "sarif"])
        .ends(1);
    assert_eq!(
        parsed(&run.stdout)["runs"][0]["results"][0]["ruleId"],
        "not-registered"
    );
}

#[test]
fn only_what_was_asked_for() {
    let site = Site::new();
    for (action, version) in [("a.b", 1), ("a.b", 2), ("a.c", 1)] {
        site.write(action, version, &["a", &format!("k{version}")]);
    }
    let only = |name: &str| site.run(&["plan", "--env", "production", "--only", name]);
    assert_eq!(
        only("a.b").ends(1).summary(),
        "2 to register, 0 to adopt, 0 up to date"
    );
    assert_eq!(
        only("a.b@2").ends(1).summary(),
        "1 to register, 0 to adopt, 0 up to date"
    );
    assert_eq!(only("a.d").ends(2).error(), "there is no action \"a.d\"");
    assert_eq!(
        only("a.b@3").ends(2).error(),
        "there is no version 3 of a.b"
    );
}

#[test]
fn reads_all_pages() {
    let site = Site::new();
    for number in 0..130 {
        let action = format!("page.action_{number:03}");
        site.production()
            .register(&action, &parsed(&body(&["a"])))
            .expect("registered");
        site.write(&action, 1, &["a"]);
    }
    for _ in 0..120 {
        site.production()
            .register("page.action_007", &parsed(&body(&["b"])))
            .expect("registered");
    }
    let run = site.plan().ends(1);
    assert_eq!(run.summary(), "0 to register, 130 to adopt, 0 up to date");
    let lists = site
        .production()
        .requests()
        .into_iter()
        .filter(|request| request.path == "/audit_logs/actions")
        .count();
    assert!(lists >= 2, "several pages: {lists}");
}

/// A string of at most 500 characters is what the service takes of every string; which of them was registered is a promise all the same.
#[test]
fn what_accepts_the_same_is_another_body() {
    let site = Site::new();
    let (file, registrations) = (
        "schemas/user.signed_in/v1.json",
        "schemas/registrations/production.json",
    );
    let run = |command: &str, more: &[&str]| {
        site.run(&[&[command, "--env", "production"], more].concat())
    };
    let program = |string| {
        std::fs::write(
            site.project.path("api"),
            object([event("team.left", 1).field(string)]),
        )
        .expect("written");
    };
    site.write("user.signed_in", 1, &["a"]);
    program(field("a", STRING));
    run("push", &["--yes"]).ends(0);
    run("push", &["--yes", "--artifact", "api"]).ends(0);
    let (body, recorded) = (site.project.read(file), site.project.read(registrations));

    program(field("a", STRING).max_len(500));
    site.project.write(
        file,
        &body.replace(
            r#"{"type": "string"}"#,
            r#"{"maxLength": 500, "type": "string"}"#,
        ),
    );
    let refused = |action: &str, command: &str, more: &[&str]| {
        let run = run(command, more).ends(1);
        let said = if command == "plan" {
            format!("changed  {action} 1  isn't what was")
        } else {
            format!("error[registered]: {action}")
        };
        assert!(run.stdout.contains(&said), "{run:?}");
        assert_eq!(site.project.read(registrations), recorded, "{command}");
    };
    for command in ["verify", "plan", "resolve"] {
        refused("user.signed_in", command, &[]);
        refused("team.left", command, &["--artifact", "api"]);
    }
    refused("user.signed_in", "push", &["--yes"]);
    refused("team.left", "push", &["--yes", "--artifact", "api"]);
}

#[test]
fn an_edited_file_is_to_be_taken_back() {
    let site = Site::new();
    site.write("user.signed_in", 1, &["a"]);
    site.push().ends(0);
    site.write("user.signed_in", 1, &["a", "b"]);
    let run = site.plan().ends(1);
    assert!(
        run.stdout.contains("isn't what was registered under its name, as version 1: take the file back from version control\n"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("raise `version`"), "{}", run.stdout);
    std::fs::write(
        site.project.path("api"),
        object([event("user.signed_in", 1).field(field("b", STRING))]),
    )
    .expect("written");
    let run = site
        .run(&["plan", "--env", "production", "--artifact", "api"])
        .ends(1);
    assert!(
        run.stdout.contains("as version 1: raise `version`\n"),
        "{}",
        run.stdout
    );
}

/// What one environment was told is a promise wherever the version is sent next; what an emulator was told is none.
#[test]
fn what_another_environment_has_under_the_name_is_refused() {
    let site = Site::of(&["production", "local"]);
    site.write("user.signed_in", 1, &["a"]);
    site.run(&["push", "--env", "local", "--yes"]).ends(0);
    let told = site.project.read("schemas/registrations/local.json");
    site.write("user.signed_in", 1, &["a", "b"]);
    assert_eq!(
        site.plan().ends(1).summary(),
        "1 to register, 0 to adopt, 0 up to date",
        "an emulator's is no promise"
    );

    // No environment of `audit.toml`, as another team's.
    site.project
        .write("schemas/registrations/staging.json", &told);
    std::fs::remove_file(site.project.path("schemas/registrations/local.json")).expect("removed");
    std::fs::write(
        site.project.path("api"),
        object([event("user.signed_in", 1).field(field("b", STRING))]),
    )
    .expect("written");
    let refused = |way_back: &str, more: &[&str]| {
        for environment in ["production", "local"] {
            let run = |command: &str, yes: &[&str]| {
                site.run(&[&[command, "--env", environment], yes, more].concat())
                    .ends(1)
            };
            let plan = run("plan", &[]);
            let said =
                "changed  user.signed_in 1  isn't what was registered under its name in staging: ";
            assert!(
                plan.stdout.contains(&format!("{said}{way_back}\n")),
                "{plan:?}"
            );
            assert_eq!(
                plan.summary(),
                "0 to register, 0 to adopt, 0 up to date, 1 changed"
            );
            for (command, yes) in [("verify", &[][..]), ("resolve", &[]), ("push", &["--yes"])] {
                let run = run(command, yes);
                let said = "error[registered]: user.signed_in version 1 isn't what was registered in staging under its name";
                assert!(run.stdout.contains(said), "{run:?}");
            }
            let path = format!("schemas/registrations/{environment}.json");
            assert!(
                !site.project.exists(&path) || site.project.read(&path) == "{}\n",
                "nothing is recorded in {path}"
            );
        }
    };
    // Where nothing is there, and where what is there means the same.
    refused("raise `version`", &["--artifact", "api"]);
    assert_eq!(count(site.production(), "POST"), 0);
    site.production()
        .register("user.signed_in", &parsed(&body(&["a", "b"])))
        .expect("registered");
    refused("take the file back from version control", &[]);
    assert_eq!(count(site.production(), "POST"), 0);
    site.write("user.signed_in", 1, &["a"]);
    site.push().ends(0);
}
