//! `push` registers once, writes down each success, and goes on where it stopped.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use audit_emulator::{Emulator, EqualSchema, Fault};
use serde_json::json;

use super::site::{Site, body, count, json as parsed, start};
use crate::support::Run;

fn fault(text: &str) -> Fault {
    text.parse().expect("a fault")
}

fn actions(site: &Site, number: usize) -> Vec<String> {
    let actions: Vec<_> = (0..number)
        .map(|number| format!("many.action_{number:03}"))
        .collect();
    for action in &actions {
        site.write(action, 1, &["a"]);
    }
    actions
}

/// Exactly one version of each.
fn each_once(emulator: &Emulator, actions: &[String]) {
    for action in actions {
        assert_eq!(
            emulator.schemas(action).expect("schemas").len(),
            1,
            "{action}"
        );
    }
}

#[test]
fn actions_are_registered_by_their_own_name() {
    let site = Site::new();
    let actions = ["agents:create", "USER_REGISTERED", "what?is#this%41"];
    for folder in ["agents%3Acreate", "USER_REGISTERED", "what%3Fis#this%2541"] {
        site.write(folder, 1, &["a"]);
    }
    site.push().ends(0);
    for action in actions {
        assert_eq!(site.server(action, 1), Some(1), "{action}");
        assert_eq!(
            site.production().schemas(action).expect("schemas").len(),
            1,
            "{action}"
        );
    }
    site.run(&["verify", "--env", "production"]).ends(0);
    site.project
        .write("schemas/registrations/production.json", "{}");
    site.run(&["resolve", "--env", "production"]).ends(0);
    assert!(
        actions
            .iter()
            .all(|action| site.server(action, 1) == Some(1)),
        "{}",
        site.registrations("production")
    );
    site.plan().ends(0);
}

#[test]
fn a_hundred_and_thirty_actions_and_a_second_push_that_sends_nothing() {
    let site = Site::new();
    let actions = actions(&site, 130);
    let run = site.push().ends(0);
    assert_eq!(run.summary(), "130 registered, 0 adopted, 0 up to date");
    each_once(site.production(), &actions);
    assert_eq!(count(site.production(), "POST"), 130);
    let written = site.project.read("schemas/registrations/production.json");
    let run = site.push().ends(0);
    assert_eq!(run.stdout, "0 registered, 0 adopted, 130 up to date\n");
    assert_eq!(
        count(site.production(), "POST"),
        130,
        "the second push sends no POST"
    );
    assert_eq!(
        site.project.read("schemas/registrations/production.json"),
        written
    );
}

#[test]
fn what_is_sent_is_what_the_file_says() {
    let site = Site::new();
    site.write("user.signed_in", 1, &["b", "a"]);
    site.push().ends(0);
    let there = &site
        .production()
        .schemas("user.signed_in")
        .expect("schemas")[0];
    let file = parsed(&site.project.read("schemas/user.signed_in/v1.json"));
    for member in ["actor", "targets", "metadata"] {
        assert_eq!(there[member], file[member]);
    }
}

#[test]
fn versions_of_one_action_are_registered_in_their_order() {
    let site = Site::new();
    for version in [1, 2, 10] {
        site.write("user.signed_in", version, &["a", &format!("k{version}")]);
    }
    site.push().ends(0);
    let registrations = site.registrations("production");
    let server = |version: &str| registrations["user.signed_in"][version]["server"].as_u64();
    assert_eq!(
        [server("1"), server("2"), server("10")],
        [Some(1), Some(2), Some(3)]
    );
}

#[test]
fn adopts_what_is_there_without_sending() {
    let site = Site::new();
    site.production()
        .register("user.signed_in", &json!({"targets": [{"type": "user"}]}))
        .expect("registered");
    site.production()
        .register("user.signed_in", &parsed(&body(&["a"])))
        .expect("registered");
    site.production()
        .register("user.signed_out", &json!({"targets": [{"type": "team"}]}))
        .expect("registered");
    site.write("user.signed_in", 1, &["a"]);
    site.write("user.signed_out", 1, &["a"]);
    let run = site.run(&["push", "--env", "production"]).ends(0);
    assert_eq!(
        run.summary(),
        "0 registered, 2 adopted, 0 up to date",
        "nothing is sent, so nothing is asked"
    );
    assert!(
        run.stdout
            .contains("user.signed_in   1        2               adopted"),
        "{}",
        run.stdout
    );
    assert_eq!(count(site.production(), "POST"), 0);
    assert_eq!(
        (
            site.server("user.signed_in", 1),
            site.server("user.signed_out", 1)
        ),
        (Some(2), Some(1))
    );
    site.plan().ends(0);
}

#[test]
fn registers_beside_what_drifted() {
    let site = Site::new();
    site.production()
        .register("user.signed_in", &parsed(&body(&["b"])))
        .expect("registered");
    site.write("user.signed_in", 1, &["a"]);
    site.push().ends(0);
    assert_eq!(site.server("user.signed_in", 1), Some(2));
    site.plan().ends(0);
}

#[test]
fn a_registered_version_that_was_changed_is_refused() {
    let site = Site::new();
    site.write("user.signed_in", 1, &["a"]);
    site.push().ends(0);
    site.write("user.signed_in", 1, &["a", "b"]);
    site.write("user.signed_out", 1, &["a"]);
    let run = site.push().ends(1);
    assert!(
        run.stdout.contains(
            "error[registered]: user.signed_in version 1 isn't what was registered in production"
        ),
        "{}",
        run.stdout
    );
    assert_eq!(
        site.production()
            .schemas("user.signed_in")
            .expect("schemas")
            .len(),
        1
    );
    assert_eq!(
        site.server("user.signed_out", 1),
        Some(1),
        "the others are registered all the same"
    );
}

#[test]
fn asks_first() {
    let site = Site::new();
    site.write("user.signed_in", 1, &["a"]);
    let run = Run::of(
        site.command(&["push", "--env", "production"])
            .stdin(Stdio::null())
            .output()
            .expect("the program runs"),
    )
    .ends(2);
    assert!(
        run.error()
            .starts_with("register 1 schema in production (http://127.0.0.1:"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("create  user.signed_in 1"),
        "it says what it would do: {}",
        run.stderr
    );
    assert_eq!(count(site.production(), "POST"), 0);
}

/// On a terminal, with somebody who types.
#[cfg(unix)]
#[test]
fn registers_when_somebody_agrees() {
    use std::io::Write;
    use std::process::Command;

    use crate::support::skipped;

    for (typed, registered) in [("n\n", 0), ("\n", 0), ("y\n", 1)] {
        let site = Site::new();
        site.write("user.signed_in", 1, &["a"]);
        let mut script = Command::new("script");
        script.args([
            "-qec",
            concat!(
                "'",
                env!("CARGO_BIN_EXE_cargo-audit-schema"),
                "' push --env production"
            ),
            "/dev/null",
        ]);
        script
            .current_dir(site.project.path(""))
            .env("KEY_OF_PRODUCTION", site.production().api_key());
        let Ok(mut script) = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else {
            return skipped("there is no `script` of util-linux to make a terminal");
        };
        script
            .stdin
            .take()
            .expect("its input")
            .write_all(typed.as_bytes())
            .expect("typed");
        let output = script.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            said.contains("register 1 schema in production"),
            "{typed:?}: {said}"
        );
        assert_eq!(
            count(site.production(), "POST"),
            registered,
            "{typed:?}: {said}"
        );
        assert_eq!(
            said.contains("nothing was registered"),
            registered == 0,
            "{said}"
        );
    }
}

#[test]
fn two_environments_count_their_own_versions() {
    let site = Site::of(&["staging", "production"]);
    for _ in 0..4 {
        site.at("staging")
            .register("user.signed_in", &json!({"targets": [{"type": "user"}]}))
            .expect("registered");
    }
    site.production()
        .register("user.signed_in", &json!({"targets": [{"type": "user"}]}))
        .expect("registered");
    site.write("user.signed_in", 1, &["a"]);
    for (environment, server) in [("staging", 5), ("production", 2)] {
        site.run(&["push", "--env", environment, "--yes"]).ends(0);
        assert_eq!(
            site.registrations(environment)["user.signed_in"]["1"]["server"],
            server
        );
    }
}

#[test]
fn killed_on_the_way_it_goes_on() {
    let site = Site::new();
    let actions = actions(&site, 40);
    site.production().fault(fault(
        "POST /audit_logs/actions/*/schemas delay=60ms commit",
    ));
    let mut push = site.command(&["push", "--env", "production", "--yes"]);
    let mut push = push
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let begun = Instant::now();
    while count(site.production(), "POST") < 15 {
        assert!(begun.elapsed() < Duration::from_mins(1), "it registers");
        thread::sleep(Duration::from_millis(5));
    }
    push.kill().expect("killed");
    push.wait().expect("ended");
    // What was under way is carried out.
    thread::sleep(Duration::from_millis(300));
    let written = site
        .registrations("production")
        .as_object()
        .map_or(0, serde_json::Map::len);
    let there = |action: &&String| {
        !site
            .production()
            .schemas(action)
            .expect("schemas")
            .is_empty()
    };
    let carried_out = actions.iter().filter(there).count();
    assert!(
        (5..40).contains(&written) && written <= carried_out,
        "{written} are written down, {carried_out} carried out"
    );
    let before = count(site.production(), "POST");
    let run = site.push().ends(0);
    assert_eq!(
        count(site.production(), "POST") - before,
        40 - carried_out,
        "only what isn't there is sent"
    );
    assert!(
        run.summary().ends_with(&format!("{written} up to date")),
        "{}",
        run.stdout
    );
    each_once(site.production(), &actions);
}

#[test]
fn two_at_once_settle_on_the_same_versions() {
    let site = Site::new();
    // Two checkouts, as two pipelines have them.
    let other = Site::with([("production", start(Emulator::builder()))]);
    let elsewhere = site.project.read("schemas/audit.toml");
    other.project.write("schemas/audit.toml", &elsewhere);
    let names = actions(&site, 20);
    actions(&other, 20);
    // Both look before either has sent: the worst case, which can't be prevented.
    site.production()
        .fault(fault("POST /audit_logs/actions/*/schemas delay=150ms"));
    let spawn = |of: &Site| {
        let mut push = of.command(&["push", "--env", "production", "--yes"]);
        push.stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs")
    };
    let both = [spawn(&site), spawn(&other)];
    let runs = both.map(|push| Run::of(push.wait_with_output().expect("it ends")).ends(0));
    let (one, two) = (
        site.registrations("production"),
        other.registrations("production"),
    );
    assert_eq!(one, two, "both settle on the same versions");
    let mut twice = 0;
    for action in &names {
        assert_eq!(one[action]["1"]["server"], 1, "{action}: the lowest");
        twice += site.production().schemas(action).expect("schemas").len() - 1;
    }
    let reported: usize = runs
        .iter()
        .map(|run| run.stdout.matches("warning[registered-twice]").count())
        .sum();
    assert!(
        reported >= twice,
        "{twice} were registered twice, {reported} reported: {runs:?}"
    );
    site.plan().ends(0);
}

/// Both look before either has sent: what can't be prevented. Where an equal schema is answered with the latest version nothing is there twice.
#[test]
fn what_two_registered_at_once_is_reported() {
    for (answer, versions) in [
        (EqualSchema::NewVersion, 2),
        (EqualSchema::LatestVersion, 1),
    ] {
        let site = Site::with([(
            "production",
            start(Emulator::builder().equal_schema(answer)),
        )]);
        let other = Site::with([("production", start(Emulator::builder()))]);
        other.project.write(
            "schemas/audit.toml",
            &site.project.read("schemas/audit.toml"),
        );
        for of in [&site, &other] {
            of.write("user.signed_in", 1, &["a"]);
        }
        site.production()
            .fault(fault("POST /audit_logs/actions/*/schemas delay=4s"));
        let both = [&site, &other].map(|of| {
            let mut push = of.command(&["push", "--env", "production", "--yes"]);
            push.stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("the program runs")
        });
        let runs = both.map(|push| Run::of(push.wait_with_output().expect("it ends")).ends(0));
        assert_eq!(count(site.production(), "POST"), 2);
        assert_eq!(
            site.production()
                .schemas("user.signed_in")
                .expect("schemas")
                .len(),
            versions
        );
        assert_eq!(
            (
                site.server("user.signed_in", 1),
                other.server("user.signed_in", 1)
            ),
            (Some(1), Some(1))
        );
        let report = "warning[registered-twice]: user.signed_in version 1";
        assert_eq!(
            runs.iter().any(|run| run.stdout.contains(report)),
            versions == 2,
            "{runs:?}"
        );
        assert_eq!(
            site.plan()
                .ends(0)
                .stdout
                .contains("is version 1 there (and 2)"),
            versions == 2
        );
    }
}

/// An older version that is equal isn't the latest one: it is registered again only where none means the same.
#[test]
fn is_right_where_an_equal_schema_is_answered_with_the_latest_version() {
    let site = Site::with([(
        "production",
        start(Emulator::builder().equal_schema(EqualSchema::LatestVersion)),
    )]);
    for (version, keys) in [(1, ["a"].as_slice()), (2, &["a", "b"]), (3, &["a"])] {
        site.write("user.signed_in", version, keys);
    }
    site.push().ends(0);
    let servers = [1, 2, 3].map(|version| site.server("user.signed_in", version));
    assert_eq!(servers, [Some(1), Some(2), Some(1)]);
    assert_eq!(
        site.push().ends(0).summary(),
        "0 registered, 0 adopted, 3 up to date"
    );
    site.production().fault(fault(
        "POST /audit_logs/actions/*/schemas disconnect=after-commit times=1",
    ));
    site.write("user.signed_in", 4, &["c"]);
    site.push().ends(0);
    assert_eq!(
        (
            site.server("user.signed_in", 4),
            site.production()
                .schemas("user.signed_in")
                .expect("schemas")
                .len()
        ),
        (Some(3), 3)
    );
    site.plan().ends(0);
}
