//! Versions that are raised in the source: the sequences that teams meet, and what can't be done for them.

use std::fs;

use crate::support::{Project, event, manifest};
use serde_json::{Map, Value, json};

/// Registers every version that code declares in an environment, as `push` would.
fn register(project: &Project, environment: &str) {
    let list: Value =
        serde_json::from_str(&project.run(&["list", "--format", "json"]).ends(0).stdout)
            .expect("JSON");
    let path = format!("schemas/registrations/{environment}.json");
    let known = if project.exists(&path) {
        project.read(&path)
    } else {
        "{}".into()
    };
    let mut actions: Map<String, Value> = serde_json::from_str(&known).expect("JSON");
    for item in list
        .as_array()
        .expect("an array")
        .iter()
        .filter(|item| !item["sha256"].is_null())
    {
        let versions = actions
            .entry(item["action"].as_str().expect("text"))
            .or_insert_with(|| json!({}));
        let version = item["version"].to_string();
        if versions[&version].is_null() {
            versions[&version] = json!({"server": 7, "sha256": item["sha256"]});
        }
    }
    project.write(&path, &Value::from(actions).to_string());
}

/// The state of every version of an action.
fn states(project: &Project, action: &str) -> Vec<(u64, String)> {
    let list: Value =
        serde_json::from_str(&project.run(&["list", "--format", "json"]).ends(0).stdout)
            .expect("JSON");
    let of_action = list
        .as_array()
        .expect("an array")
        .iter()
        .filter(|item| item["action"] == action);
    of_action
        .map(|item| {
            (
                item["version"].as_u64().unwrap_or(0),
                item["state"].as_str().unwrap_or_default().to_owned(),
            )
        })
        .collect()
}

fn expect(states: &[(u64, &str)]) -> Vec<(u64, String)> {
    states
        .iter()
        .map(|(version, state)| (*version, (*state).to_owned()))
        .collect()
}

/// A checkout with CRLF line ends, a dirty tree: versions 2 and 3, the old struct kept and later deleted.
#[test]
#[expect(clippy::too_many_lines, reason = "one story")]
fn a_second_and_a_third_version() {
    let others =
        event("user.signed_out", 1, "attempts: u32,") + &event("team.left", 1, "reason: String,");
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let project = Project::library(
        "bump-third",
        &crlf(&(event("user.signed_in", 1, "mfa: bool,") + &others)),
    );
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    register(&project, "production");
    project.write("notes.txt", "committed\n");
    project.git(&["init", "--quiet"]);
    project.git(&["add", "--all"]);
    project.git(&["commit", "--quiet", "-m", "Begin"]);
    project.write("notes.txt", "not committed\n");
    project.git(&["mv", "notes.txt", "staged.txt"]);

    let run = project.run(&["bump"]).ends(0);
    assert_eq!(
        run.stdout,
        "nothing to bump: all registered schemas match the code\n"
    );

    // A key more; and an integer that got wider, which no body says.
    let source = project
        .read("src/lib.rs")
        .replace("mfa: bool,", "mfa: bool, method: String,")
        .replace("attempts: u32", "attempts: u64");
    project.write("src/lib.rs", &source);
    let before = project.git(&["status", "--porcelain"]);
    let run = project.run(&["bump", "--dry-run"]).ends(0);
    assert_eq!(
        run.summary(),
        "1 version to bump in 1 file: nothing was written"
    );
    assert_eq!(project.read("src/lib.rs"), source);
    let run = project
        .run(&["bump", "user.signed_in", "user.signed_out"])
        .ends(0);
    assert!(
        run.stdout
            .starts_with("action          version  source\nuser.signed_in  1 → 2    src/lib.rs:"),
        "{run:?}"
    );
    assert_eq!(
        run.summary(),
        "1 version bumped in 1 file: `cargo audit-schema export` writes the new schemas"
    );
    assert!(
        run.stderr
            .contains("user.signed_out unchanged: no registered version differs\n"),
        "{run:?}"
    );
    let second = source.replacen(
        "action = \"user.signed_in\", version = 1",
        "action = \"user.signed_in\", version = 2",
        1,
    );
    assert_eq!(project.read("src/lib.rs"), second);
    assert_eq!(project.git(&["status", "--porcelain"]), before);

    let run = project.run(&["check"]).ends(1);
    assert!(
        run.stdout
            .contains("error[event]: user.signed_out version 1 "),
        "only its event schema: {run:?}"
    );
    assert_eq!(
        project.run(&["export"]).ends(0).summary(),
        "1 new, 1 changed, 1 unchanged, 0 orphaned"
    );
    project.run(&["check"]).ends(0);
    assert_eq!(
        states(&project, "user.signed_in"),
        expect(&[(1, "retired"), (2, "committed")])
    );
    register(&project, "production");

    // The old struct comes back beside the new one, for whoever still emits it; then the new one changes.
    let third = second.replace("method: String,", "#[audit(max_len = 9)] method: String,");
    let old = event("user.signed_in", 1, "mfa: bool,").replace("mod user_signed_in_1", "mod kept");
    project.write(
        "src/lib.rs",
        &(third.clone() + &old.replace("mfa: bool", "mfa: u8")),
    );
    let run = project.run(&["bump", "--dry-run"]).ends(0);
    assert!(
        run.stdout.contains("user.signed_in  1 → 3 ")
            && run.stdout.contains("user.signed_in  2 → 4 "),
        "{run:?}"
    );
    assert!(
        run.stderr.contains("warning: user.signed_in version 1 was bumped, too: a type that it shares with version 2 changed."),
        "{run:?}"
    );
    project.write("src/lib.rs", &(third.clone() + &crlf(&old)));
    let run = project.run(&["bump"]).ends(0);
    assert!(run.stdout.contains("user.signed_in  2 → 3 "), "{run:?}");
    project.run(&["export"]).ends(0);
    project.run(&["check"]).ends(0);
    assert_eq!(
        states(&project, "user.signed_in"),
        expect(&[(1, "registered"), (2, "retired"), (3, "committed")])
    );

    let kept = project.read("src/lib.rs");
    let (third, _) = kept.split_at(third.len());
    project.write("src/lib.rs", third);
    project.run(&["check"]).ends(0);
    assert_eq!(
        states(&project, "user.signed_in"),
        expect(&[(1, "retired"), (2, "retired"), (3, "committed")])
    );
    assert_eq!(
        project.run(&["bump", "team.left"]).ends(0).stdout,
        "nothing to bump in team.left\n"
    );
}

/// A key that was renamed in review; and two types for one event, of which a feature chooses one.
#[test]
fn registered_in_staging_renamed_in_review_and_registered_again() {
    let old = format!(
        "#[cfg(not(feature = \"other\"))]{}#[cfg(feature = \"other\")]{}",
        event("user.signed_in", 1, "reason: String,"),
        event("user.signed_in", 1, "reason: String,").replace("struct Happened", "struct Other")
    ) + &event("user.draft", 1, "key: String,");
    let project = Project::library("bump-renamed", &old);
    project.write(
        "Cargo.toml",
        &(project.read("Cargo.toml") + "[features]\nother = []\n"),
    );
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    register(&project, "staging");
    let mut staging: Value =
        serde_json::from_str(&project.read("schemas/registrations/staging.json")).expect("JSON");
    staging
        .as_object_mut()
        .expect("an object")
        .remove("user.draft")
        .expect("it was registered");
    project.write("schemas/registrations/staging.json", &staging.to_string());

    project.write(
        "src/lib.rs",
        &old.replace("reason: String", "cause: String")
            .replace("key: String", "name: String"),
    );
    let run = project.run(&["export", "--update"]).ends(1);
    assert!(
        run.stdout
            .contains("`cargo audit-schema bump` raises `version`"),
        "{run:?}"
    );
    project.write(
        "schemas/user.draft/v1.json",
        &project
            .read("schemas/user.draft/v1.json")
            .replace("name", "key"),
    );
    let run = project.run(&["bump"]).ends(0);
    assert_eq!(run.stdout.matches('→').count(), 1, "{run:?}");
    assert!(
        run.stderr
            .contains("user.signed_in version 1 is also declared at src/lib.rs:"),
        "{run:?}"
    );
    assert!(
        run.stderr
            .contains("use `cargo audit-schema export --update`: user.draft version 1\n"),
        "{run:?}"
    );
    let source = project.read("src/lib.rs");
    let versions: Vec<_> = source
        .lines()
        .filter(|line| line.contains("version = "))
        .map(str::trim)
        .collect();
    assert_eq!(
        versions,
        [
            "#[audit( action = \"user.signed_in\", version = 2)]",
            "#[audit( action = \"user.signed_in\", version = 1)]",
            "#[audit( action = \"user.draft\", version = 1)]",
        ]
    );
    project.run(&["export", "--update"]).ends(0);
    // The other one says the same, so it gets the same number.
    let run = project.run(&["bump", "--features", "other"]).ends(0);
    assert!(run.stdout.contains("user.signed_in  1 → 2 "), "{run:?}");
    for features in ["", "other"] {
        project.run(&["check", "--features", features]).ends(0);
    }
    register(&project, "staging");
    register(&project, "production");
    project.run(&["check"]).ends(0);
    assert_eq!(
        states(&project, "user.signed_in"),
        expect(&[(1, "retired"), (2, "registered")])
    );

    let run = project.run(&["bump", "user.singed_in"]).ends(2);
    assert_eq!(run.error(), "no code declares action \"user.singed_in\"");
    assert!(
        run.stderr.contains("help: did you mean user.signed_in?"),
        "{run:?}"
    );
}

/// How an event holds the enum `Channel`: in an entity, in a group, in itself.
const WAYS: [(&str, &str); 3] = [
    (
        "#[audit(actor)] user: User, #[audit(target)] team: Team, index: u8,",
        "entity",
    ),
    (
        "#[audit(target)] team: Team, #[audit(flatten)] meta: shared::Meta,",
        "group",
    ),
    (
        "#[audit(target)] team: Team, channel: Option<shared::Channel>,",
        "enum",
    ),
];

fn forty() -> String {
    let events = (0..40).map(|index| {
        let (fields, way) = WAYS[index % WAYS.len()];
        let actor = if way == "entity" { "" } else { ", actor = audit_core::Actor" };
        format!("#[derive(AuditEvent)]\n#[audit(action = \"{way}.used_{index}\", version = {}{actor})]\npub struct Used{index} {{ {fields} }}\n\n", index + 1)
    });
    "use audit_core::{AuditEntity, AuditEvent};\nuse shared::User;\n\
     #[derive(AuditEntity)]\n#[audit(type = \"team\")]\npub struct Team { #[audit(id)] id: String }\n\n"
        .to_owned()
        + &events.collect::<String>()
}

const SHARED: &str = "use audit_core::{AuditEntity, AuditMetadata, AuditValue};\n\
    #[derive(AuditValue)]\npub enum Channel { Web, Phone }\n\
    #[derive(AuditMetadata)]\npub struct Meta { pub channel: Channel, pub attempt: u32 }\n\
    #[derive(AuditEntity)]\n#[audit(type = \"user\")]\npub struct User { #[audit(id)] pub id: String, #[audit(metadata)] pub last: Channel }\n";

/// One variant more, in a package that forty events of another one use.
#[test]
fn one_new_variant_raises_forty_events() {
    let project = Project::new();
    project.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\", \"shared\"]\n",
    );
    project.write("shared/Cargo.toml", &manifest("shared", "audit-core"));
    project.write("shared/src/lib.rs", SHARED);
    project.write(
        "app/Cargo.toml",
        &(manifest("bump-forty", "audit-core") + "shared = { path = \"../shared\" }\n"),
    );
    let source = forty();
    project.write(
        "app/src/lib.rs",
        &(source.clone() + &event("user.unrelated", 1, "")),
    );
    project.run(&["init"]).ends(0);
    project.run(&["export"]).ends(0);
    register(&project, "production");
    project.write(
        "shared/src/lib.rs",
        &SHARED.replace("Web, Phone", "Web, Phone, Post"),
    );

    let run = project.run(&["bump", "-q"]).ends(0);
    assert_eq!(
        run.summary(),
        "40 versions bumped in 1 file: `cargo audit-schema export` writes the new schemas"
    );
    assert!(!run.stderr.contains("building"), "{run:?}");
    let raised = (0..40).rev().fold(source, |text, index| {
        text.replace(
            &format!("used_{index}\", version = {}", index + 1),
            &format!("used_{index}\", version = {}", index + 2),
        )
    });
    assert_eq!(
        project.read("app/src/lib.rs"),
        raised + &event("user.unrelated", 1, "")
    );
    assert_eq!(
        project.run(&["export"]).ends(0).summary(),
        "40 new, 0 changed, 1 unchanged, 0 orphaned"
    );
    project.run(&["check"]).ends(0);
}

/// What no edit can do is said with its place, and the rest is done.
#[test]
#[expect(clippy::too_many_lines, reason = "one story")]
fn says_what_is_to_be_done_by_hand() {
    let project = Project::new();
    project.write(
        "work/Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"app\"]\n",
    );
    project.write(
        "outside/Cargo.toml",
        &(manifest("bump-outside", "audit-core") + "[workspace]\n"),
    );
    project.write("outside/src/lib.rs", &event("outside.used", 1, "a: u8,"));
    let dependencies = "[dependencies.bump-outside]\npath = \"../../outside\"\n";
    project.write(
        "work/app/Cargo.toml",
        &(manifest("bump-by-hand", "audit-core") + dependencies),
    );
    project.write(
        "work/app/build.rs",
        "fn main() { std::fs::copy(\"made.rs\", format!(\"{}/made.rs\", std::env::var(\"OUT_DIR\").unwrap())).unwrap(); }\n",
    );
    project.write("work/app/made.rs", &event("made.used", 1, "a: u8,"));
    let made_by_macro = event("macro.used", 1, "a: u8,")
        .replace("version = 1", "version = $version")
        .replace("mod macro_used_1", "mod $name");
    let modules = "mod locked;\nmod linked;\ninclude!(concat!(env!(\"OUT_DIR\"), \"/made.rs\"));\n";
    let source = format!(
        "{modules}macro_rules! one {{ ($name:ident, $version:literal) => {{ {made_by_macro} }} }}\none!(macro_used, 1);\n"
    );
    project.write("work/app/src/lib.rs", &source);
    project.write("work/app/src/locked.rs", &event("locked.used", 1, "a: u8,"));
    project.write("work/elsewhere.rs", &event("linked.used", 1, "a: u8,"));
    link(
        "../../elsewhere.rs",
        &project.path("work/app/src/linked.rs"),
    );
    let run = |args: &[&str]| crate::support::run(&project.path("work"), args);
    run(&["init"]).ends(0);
    // Builds don't ask a package from elsewhere for its schemas: `check` does.
    let unexported = run(&["check"]).ends(1);
    assert!(
        unexported
            .stdout
            .contains("error[missing]: outside.used version 1 isn't exported"),
        "{unexported:?}"
    );
    run(&["export"]).ends(0);
    let names = ["linked", "locked", "macro", "made", "outside"];
    let other = json!({"1": {"server": 1, "sha256": "00"}});
    let registrations = Map::from_iter(names.map(|name| (format!("{name}.used"), other.clone())));
    project.write(
        "work/schemas/registrations/staging.json",
        &Value::from(registrations).to_string(),
    );
    lock(&project.path("work/app/src/locked.rs"), true);
    mode(&project.path("work/elsewhere.rs"), 0o640);

    let result = run(&["bump"]).ends(1);
    assert!(
        result
            .stdout
            .contains("linked.used  1 → 2    app/src/linked.rs:"),
        "{result:?}"
    );
    assert_eq!(
        project.read("work/elsewhere.rs"),
        event("linked.used", 2, "a: u8,").replace("linked_used_2", "linked_used_1")
    );
    assert!(
        fs::symlink_metadata(project.path("work/app/src/linked.rs"))
            .expect("a link")
            .is_symlink()
    );
    assert_eq!(mode_of(&project.path("work/elsewhere.rs")), 0o640);
    for (action, place, what, help) in [
        (
            "locked.used",
            "(app/src/locked.rs:",
            "its source is read-only",
            "make it writable",
        ),
        (
            "macro.used",
            "(app/src/lib.rs:",
            "no `version = 1` beside `action = \"macro.used\"`",
            "give it version 2 by hand, where the macro is used or defined",
        ),
        (
            "made.used",
            "/out/made.rs:",
            "its source is generated by the build",
            "raise it in what generates",
        ),
        (
            "outside.used",
            "/outside/src/lib.rs:",
            "its source lies outside this workspace",
            "raise it there",
        ),
    ] {
        let start = format!(
            "error[registered]: {action} version 1 isn't what is registered in staging, and can't be raised "
        );
        let mut lines = result
            .stdout
            .lines()
            .skip_while(|line| !line.starts_with(&start));
        let (line, next) = (
            lines.next().unwrap_or_default(),
            lines.next().unwrap_or_default(),
        );
        assert!(
            line.contains(place) && line.contains(what) && next.contains(help),
            "{action}: {line}\n{next}\nin {result:?}"
        );
    }
    assert_eq!(
        result.summary(),
        "1 version bumped in 1 file, 4 to bump by hand: `cargo audit-schema export` writes the new schemas"
    );
    lock(&project.path("work/app/src/locked.rs"), false);
    let left: Vec<_> = fs::read_dir(project.path("work/app/src"))
        .expect("a folder")
        .map(|child| child.expect("a child").file_name())
        .collect();
    assert_eq!(left.len(), 3, "no temporary file: {left:?}");
}

fn lock(path: &std::path::Path, locked: bool) {
    let mut permissions = fs::metadata(path).expect("a file").permissions();
    permissions.set_readonly(locked);
    fs::set_permissions(path, permissions).expect("set");
}

#[cfg(unix)]
fn link(to: &str, at: &std::path::Path) {
    std::os::unix::fs::symlink(to, at).expect("a link");
}

#[cfg(unix)]
fn mode(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
}

#[cfg(unix)]
fn mode_of(path: &std::path::Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).expect("a file").permissions().mode() & 0o777
}
