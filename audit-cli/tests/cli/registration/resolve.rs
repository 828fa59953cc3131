//! `resolve` finds the registrations again, `verify` says whether they are there; both send nothing but GETs.

use std::fs;

use serde_json::json;

use super::site::{Site, body, count, json as parsed};
use crate::support::object;
use crate::support::record::{STRING, event, field};

#[test]
fn the_registrations_are_made_again_from_what_is_there() {
    let site = Site::new();
    site.production()
        .register("user.signed_in", &json!({"targets": [{"type": "team"}]}))
        .expect("registered");
    site.write("user.signed_in", 1, &["a"]);
    site.write("user.signed_in", 2, &["a", "b"]);
    site.write("user.signed_out", 1, &["a"]);
    site.push().ends(0);
    let written = site.project.read("schemas/registrations/production.json");
    fs::remove_dir_all(site.project.path("schemas/registrations")).expect("removed");
    let posts = count(site.production(), "POST");
    let run = site.run(&["resolve", "--env", "production"]).ends(0);
    assert_eq!(
        run.stdout,
        "3 of 3 are registered in production: schemas/registrations/production.json\n"
    );
    assert_eq!(
        site.project.read("schemas/registrations/production.json"),
        written
    );
    assert_eq!(count(site.production(), "POST"), posts);
}

#[test]
fn resolve_reports_what_is_missing_and_writes_the_rest() {
    let site = Site::new();
    site.write("user.signed_in", 1, &["a"]);
    site.push().ends(0);
    site.write("user.signed_out", 1, &["a"]);
    let run = site.run(&["resolve", "--env", "production"]).ends(1);
    assert!(
        run.stdout.contains(
            "error[not-registered]: user.signed_out version 1 isn't registered in production"
        ),
        "{}",
        run.stdout
    );
    assert_eq!(
        run.summary(),
        "1 of 2 are registered in production: schemas/registrations/production.json"
    );
    assert_eq!(
        (
            site.server("user.signed_in", 1),
            site.server("user.signed_out", 1)
        ),
        (Some(1), None)
    );
}

/// A folder that lacks files doesn't say what has to be registered.
#[test]
fn files_that_are_missed_fail_the_gate() {
    let site = Site::new();
    for action in ["user.signed_in", "user.signed_out"] {
        site.write(action, 1, &["a"]);
    }
    site.push().ends(0);
    let registrations = site.project.read("schemas/registrations/production.json");
    let index = "# Which schemas are committed\nuser.signed_in/v1.json\nuser.signed_out/v1.json\n";
    fs::remove_dir_all(site.project.path("schemas/user.signed_out")).expect("removed");
    fs::remove_dir_all(site.project.path("schemas/registrations")).expect("removed");
    // The index names it; what an emulator was told is no promise, what another environment was told is one.
    for (file, text, fails) in [
        ("index.txt", index, true),
        (
            "registrations/production.json",
            registrations.as_str(),
            false,
        ),
        ("registrations/staging.json", registrations.as_str(), true),
    ] {
        site.project.write(&format!("schemas/{file}"), text);
        if fails {
            let run = site.run(&["verify", "--env", "production"]).ends(1);
            assert!(
                run.stdout.starts_with("error[lost]: user.signed_out version 1 can't be compared, as its file isn't there "),
                "{run:?}"
            );
            assert_eq!(run.summary(), "1 of 2 are registered in production");
            let run = site.plan().ends(1);
            assert!(
                run.stdout.contains(
                    "lost       user.signed_out 1  its file isn't there: take the file back"
                ),
                "{run:?}"
            );
            assert!(
                run.summary().ends_with(" up to date, 1 lost; 1 unmanaged"),
                "{run:?}"
            );
            let rows = parsed(
                &site
                    .run(&["plan", "--env", "production", "--format", "json"])
                    .ends(1)
                    .stdout,
            );
            assert_eq!(
                (&rows[1]["state"], &rows[1]["sha256"]),
                (&json!("lost"), &json!(null))
            );
            let schema = jsonschema::draft202012::new(&parsed(include_str!(
                "../../../../docs/formats/plan.schema.json"
            )));
            assert!(schema.expect("a schema").is_valid(&rows), "{rows}");
            for command in ["push", "resolve"] {
                let yes: &[&str] = if command == "push" { &["--yes"] } else { &[] };
                let run = site
                    .run(&[&[command, "--env", "production"], yes].concat())
                    .ends(1);
                assert_eq!(
                    run.stdout
                        .matches("error[lost]: user.signed_out version 1 ")
                        .count(),
                    1,
                    "{run:?}"
                );
            }
            site.run(&["verify", "--env", "production", "--only", "user.signed_in"])
                .ends(0);
        } else {
            site.run(&["verify", "--env", "production"]).ends(0);
        }
        fs::remove_file(site.project.path(&format!("schemas/{file}"))).expect("removed");
    }
}

#[test]
fn verify_is_a_gate() {
    let site = Site::new();
    let verify = || site.run(&["verify", "--env", "production"]);
    site.write("user.signed_in", 1, &["a"]);
    let run = verify().ends(1);
    assert!(
        run.stdout.contains(
            "error[not-registered]: user.signed_in version 1 isn't registered in production"
        ),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("`cargo audit-schema push --env production` registers it"),
        "{}",
        run.stdout
    );
    site.production()
        .register("user.signed_in", &parsed(&body(&["a"])))
        .expect("registered");
    verify().ends(0);
    assert!(
        !site.project.exists("schemas/registrations"),
        "verify writes nothing"
    );
    site.push().ends(0);
    assert_eq!(
        verify().ends(0).stdout,
        "1 of 1 are registered in production\n"
    );
    let wrong = site
        .project
        .read("schemas/registrations/production.json")
        .replace("\"server\": 1", "\"server\": 2");
    site.project
        .write("schemas/registrations/production.json", &wrong);
    let run = verify().ends(1);
    assert!(
        run.stdout
            .contains("is version 1 in production, and the registrations say 2"),
        "{}",
        run.stdout
    );
    let run = site
        .run(&["verify", "--env", "production", "--format", "json"])
        .ends(1);
    assert_eq!(parsed(&run.stdout)[0]["code"], "not-recorded");
}

/// A program that loads the registrations can't send what they don't name, whatever is registered.
#[test]
fn registrations_that_lack_a_version_fail_the_gate() {
    let site = Site::new();
    let run = |command: &str, more: &[&str]| {
        site.run(&[&[command, "--env", "production"], more].concat())
    };
    let artifact = ["--artifact", "api"];
    site.write("user.signed_in", 1, &["a"]);
    site.write("user.signed_in", 2, &["a", "b"]);
    fs::write(
        site.project.path("api"),
        object([event("team.left", 1).field(field("a", STRING))]),
    )
    .expect("written");
    run("push", &["--yes"]).ends(0);
    run("push", &[&["--yes"][..], &artifact].concat()).ends(0);
    site.project
        .write("schemas/registrations/production.json", "{}");
    run("resolve", &["--only", "user.signed_in@1"]).ends(0);
    for (of, more, server) in [
        ("user.signed_in version 2", &[][..], 2),
        ("team.left version 1", &artifact, 1),
    ] {
        let failed = run("verify", more).ends(1);
        let said = format!(
            "error[not-recorded]: {of} is version {server} in production, and the registrations don't say so"
        );
        assert_eq!(failed.stdout.matches(&said).count(), 1, "{failed:?}");
        assert_eq!(failed.stdout.matches("error[").count(), 1, "{failed:?}");
        let help = "`cargo audit-schema resolve --env production` records it, as `push` does; commit the file where it is kept in version control";
        assert!(failed.stdout.contains(help), "{failed:?}");
        run("resolve", more).ends(0);
        run("verify", more).ends(0);
    }
    // A pipeline that keeps no registrations makes them later.
    fs::remove_dir_all(site.project.path("schemas/registrations")).expect("removed");
    run("verify", &[]).ends(0);
    run("verify", &artifact).ends(0);
}

#[test]
fn an_artifact_says_what_it_can_emit() {
    let site = Site::new();
    let program = object([event("user.signed_in", 2).field(field("a", STRING))]);
    fs::write(site.project.path("api"), program).expect("written");
    site.write("user.signed_in", 1, &["b"]);
    site.push().ends(0);
    let on_artifact =
        |command: &str| site.run(&[command, "--env", "production", "--artifact", "api"]);
    assert!(
        on_artifact("verify")
            .ends(1)
            .stdout
            .contains("user.signed_in version 2 isn't registered in production")
    );
    site.run(&["verify", "--env", "production"]).ends(0);
    site.production()
        .register("user.signed_out", &json!({"targets": [{"type": "team"}]}))
        .expect("registered");
    assert_eq!(
        on_artifact("plan").ends(1).summary(),
        "1 to register, 0 to adopt, 0 up to date",
        "the rest is nobody's business"
    );
    site.run(&["push", "--env", "production", "--artifact", "api", "--yes"])
        .ends(0);
    assert_eq!(
        (
            site.server("user.signed_in", 1),
            site.server("user.signed_in", 2)
        ),
        (Some(1), Some(2)),
        "the other one is kept"
    );
    assert_eq!(
        on_artifact("verify").ends(0).stdout,
        "1 of 1 are registered in production\n"
    );
}

#[test]
fn an_artifact_without_records_is_refused_with_the_switch() {
    let site = Site::new();
    site.write("user.signed_in", 1, &["a"]);
    site.push().ends(0);
    fs::write(site.project.path("api"), object([])).expect("written");
    for command in ["verify", "plan"] {
        let run = site
            .run(&[command, "--env", "production", "--artifact", "api"])
            .ends(2);
        assert_eq!(run.error(), "api: no audit records in it");
        assert!(
            run.stderr
                .contains("`AUDIT_RECORDS=off`: build it without the variable"),
            "{}",
            run.stderr
        );
    }
}

/// Which version stands for which is the same, whether the folder is asked or a program that emits some of it.
#[test]
fn an_artifact_is_held_against_the_whole_folder() {
    let site = Site::new();
    site.production()
        .register("user.signed_in", &json!({"targets": [{"type": "team"}]}))
        .expect("registered");
    site.write("user.signed_in", 1, &["a"]);
    fs::write(
        site.project.path("api"),
        object([event("user.signed_in", 2)
            .field(field("a", STRING))
            .field(field("b", STRING))]),
    )
    .expect("written");
    let run = site
        .run(&["plan", "--env", "production", "--artifact", "api"])
        .ends(1);
    assert_eq!(
        run.summary(),
        "1 to register, 0 to adopt, 0 up to date",
        "version 1 of the folder has the looser one"
    );
}
