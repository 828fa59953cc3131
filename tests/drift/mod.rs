//! The comparison with the committed file, in real builds: what makes it fail, what its error says, what it notices.

mod forms;
mod groups;
mod odd_files;
mod package;
mod targets;
mod tracked;
mod unreached;
mod workspaces;

use package::Package;

const FILE: &str = "schemas/team.renamed/v1.json";

/// What the code of [`Package::new`] renders.
const BODY: &str = r#"{
  "actor": {"metadata": {"additionalProperties": false, "properties": {
      "role": {"type": "string"}
    }, "required": ["role"], "type": "object"}},
  "metadata": {"additionalProperties": false, "properties": {
      "attempt": {"type": "integer"},
      "mfa": {"type": "boolean"},
      "reason": {"maxLength": 64, "type": "string"}
    }, "required": ["attempt", "mfa"], "type": "object"},
  "targets": [
    {"metadata": {"additionalProperties": false, "properties": {
      "plan": {"type": "string"}
    }, "type": "object"}, "type": "team"}
  ]
}
"#;

/// By `sha256sum`.
const HASH: &str = "b66b461c5973733d7084908426d94fc68e8264b2280440c83c0f03f27f5d2683";

#[test]
fn a_draft_builds_unless_none_are_allowed() {
    let package = Package::new("draft");
    package.builds(None);
    let error = package.fails(Some("require"));
    assert!(
        error.contains("audit[A0501]: team.renamed version 1 is a draft"),
        "{error}"
    );
    assert!(error.contains("cargo audit-schema export"), "{error}");
    // Set back, cargo notices.
    package.builds(None);
    let error = package.fails(Some("requires"));
    assert!(
        error.contains("audit[A0602]: AUDIT_SCHEMAS=requires isn't a mode"),
        "{error}"
    );
    let error = package.fails_with_records("no");
    assert!(
        error.contains("audit[A0602]: AUDIT_RECORDS=no is neither on nor off"),
        "{error}"
    );
    assert!(
        error.contains("due to 1 previous error\n"),
        "one mistake, one error:\n{error}"
    );
}

#[test]
fn what_is_committed_must_match_byte_for_byte() {
    let package = Package::new("match");
    package.write(FILE, BODY);
    package.builds(Some("require"));
    package.write(FILE, &BODY.replace('\n', "\r\n"));
    package.builds(None);
    package.write(FILE, &BODY.replace("      \"mfa\"", "       \"mfa\""));
    let error = package.fails(None);
    assert!(error.contains("audit[A0502]"), "{error}");
    // The tool exports, or a foreign build system has no folder.
    package.builds(Some("update"));
    package.builds(Some("off"));
}

#[test]
fn the_error_names_what_differs() {
    let package = Package::new("names");
    let changes = [
        (
            ("      \"mfa\": {\"type\": \"boolean\"},\n", ""),
            "`mfa` was added",
        ),
        (
            (
                "      \"mfa\": {\"type\": \"boolean\"},\n",
                "      \"mfa\": {\"type\": \"boolean\"},\n      \"old\": {\"type\": \"string\"},\n",
            ),
            "`old` was removed",
        ),
        (
            ("\"maxLength\": 64", "\"maxLength\": 65"),
            "`reason` changed from {\"maxLength\": 65, \"type\": \"string\"} to {\"maxLength\": 64, \"type\": \"string\"}",
        ),
        (
            (
                "      \"mfa\": {\"type\": \"boolean\"},\n",
                "      \"mfa\": {\"type\": \"boolean\"},\n      \"mfa\": {\"type\": \"string\"},\n",
            ),
            "`mfa` stands twice in the file",
        ),
        (
            ("[\"attempt\", \"mfa\"]", "[\"attempt\"]"),
            "`mfa` became required",
        ),
        (
            (
                "[\"attempt\", \"mfa\"]",
                "[\"attempt\", \"mfa\", \"reason\"]",
            ),
            "`reason` became optional",
        ),
        (
            (
                "\"role\": {\"type\": \"string\"}",
                "\"role\": {\"type\": \"integer\"}",
            ),
            "`role` of the actor changed from {\"type\": \"integer\"} to {\"type\": \"string\"}",
        ),
        (
            (
                "\"plan\": {\"type\": \"string\"}",
                "\"plan\": {\"type\": \"number\"}",
            ),
            "`plan` of target \"team\" changed from {\"type\": \"number\"} to {\"type\": \"string\"}",
        ),
        (
            ("\"type\": \"team\"", "\"type\": \"squad\""),
            "`plan` of target \"squad\" was removed, `plan` of target \"team\" was added",
        ),
    ];
    for ((from, to), expected) in changes {
        assert!(BODY.contains(from), "{from}");
        package.write(FILE, &BODY.replace(from, to));
        let error = package.fails(None);
        assert!(
            error.contains(&format!(
                "audit[A0502]: team.renamed version 1 isn't what schemas/team.renamed/v1.json holds: {expected}\n"
            )),
            "{expected}:\n{error}"
        );
        assert!(
            error.contains("export --update") && error.contains("raise `version`"),
            "{error}"
        );
        assert!(
            error.contains("if another crate declares this version, too, `cargo audit-schema check` reports the conflict"),
            "{error}"
        );
        assert!(
            error.contains("due to 1 previous error\n"),
            "one mistake, one error:\n{error}"
        );
    }
}

#[test]
fn more_than_three_differences_are_counted() {
    let package = Package::new("many");
    let keys = "      \"attempt\": {\"type\": \"integer\"},\n      \"mfa\": {\"type\": \"boolean\"},\n      \"reason\": {\"maxLength\": 64, \"type\": \"string\"}\n";
    package.write(
        FILE,
        &BODY.replace(
            keys,
            "      \"a\": {\"type\": \"string\"},\n      \"b\": {\"type\": \"string\"}\n",
        ),
    );
    let error = package.fails(None);
    assert!(
        error.contains("`a` was removed, `attempt` was added, `b` was removed and 2 more\n"),
        "{error}"
    );
    package.write(FILE, &" ".repeat(2 << 20));
    let error = package.fails(None);
    assert!(
        error.contains("v1.json can't be read: it is larger than 1 MiB\n"),
        "{error}"
    );
    package.write(FILE, "not a schema");
    assert!(package.fails(None).contains("audit[A0502]"));
}

#[test]
fn a_registered_version_asks_for_a_new_one() {
    let package = Package::new("registered");
    package.write(FILE, &BODY.replace("64", "65"));
    for environment in ["staging", "production"] {
        let path = format!("schemas/registrations/{environment}.json");
        package.write(
            &path,
            "{\"team.renamed\": {\"1\": {\"server\": 3, \"sha256\": \"aa\"}}}\n",
        );
    }
    let error = package.fails(None);
    assert!(error.contains("audit[A0503]"), "{error}");
    assert!(
        error.contains("it is registered in production, staging: `reason` changed"),
        "{error}"
    );
    assert!(
        error.contains("`cargo audit-schema bump` raises `version`")
            && !error.contains("export --update"),
        "{error}"
    );
    // A hash that is one is compared: what is registered is what the file holds, or else the file was changed.
    let registered = |hash: &str| {
        format!("{{\"team.renamed\": {{\"1\": {{\"server\": 3, \"sha256\": \"{hash}\"}}}}}}\n")
    };
    package.write("schemas/registrations/staging.json", &registered(HASH));
    let error = package.fails(None);
    assert!(
        error.contains(
            "audit[A0504]: schemas/team.renamed/v1.json isn't what is registered in staging\n"
        ),
        "{error}"
    );
    assert!(
        error.contains("restore the file")
            && error.contains("`cargo audit-schema bump` raises `version`"),
        "{error}"
    );
    assert!(
        error.contains("due to 1 previous error\n"),
        "one mistake, one error:\n{error}"
    );
    package.write(FILE, &BODY.replace('\n', "\r\n"));
    package.builds(None);
    // Code and file that were changed together.
    package.replace_in_code("max_len = 64", "max_len = 65");
    package.write(FILE, &BODY.replace("64", "65"));
    assert!(package.fails(Some("require")).contains("audit[A0504]"));
    package.write("schemas/registrations/staging.json", &registered("aa"));
    package.remove(FILE);
    let error = package.fails(None);
    assert!(
        error.contains("audit[A0504]: schemas/team.renamed/v1.json is missing"),
        "{error}"
    );
    assert!(
        error.contains("registered in production, staging") && error.contains("restore the file"),
        "{error}"
    );
    package.builds(Some("update"));
}

/// It holds the code to what it was told; the page of the error says how it forgets.
#[test]
fn an_emulator_is_an_environment() {
    let package = Package::new("emulator");
    let emulators = "[environments.local]\nurl = \"http://127.0.0.1:4010\"\n[environments]\nci = { url = \"http://emulator\" }\n";
    package.write("schemas/audit.toml", emulators);
    package.write(FILE, &BODY.replace("64", "65"));
    let registered = |hash: &str| {
        format!("{{\"team.renamed\": {{\"1\": {{\"server\": 3, \"sha256\": \"{hash}\"}}}}}}\n")
    };
    for environment in ["ci", "local"] {
        package.write(
            &format!("schemas/registrations/{environment}.json"),
            &registered("aa"),
        );
    }
    let error = package.fails(None);
    assert!(
        error.contains("audit[A0503]")
            && error.contains("it is registered in ci, local: `reason` changed")
            && error.contains("a registered version never changes"),
        "{error}"
    );
    package.remove(FILE);
    let error = package.fails(None);
    assert!(
        error.contains("v1.json is missing, and the version is registered in ci, local\n"),
        "{error}"
    );
    package.write(FILE, BODY);
    package.write(
        "schemas/registrations/local.json",
        &registered(&HASH.replace('b', "c")),
    );
    let error = package.fails(None);
    assert!(
        error.contains("isn't what is registered in local\n")
            && error.contains("a registered version never changes"),
        "{error}"
    );
    package.remove("schemas/registrations/local.json");
    package.builds(None);
}

#[test]
fn targets_without_metadata_are_named_by_their_types() {
    let package = Package::new("targets");
    package.replace_in_code(", #[audit(metadata)] plan: Option<String> }", " }");
    let (before, _) = BODY
        .split_once("    {\"metadata\"")
        .expect("the body has a target");
    let bare = |name: &str| {
        format!(
            "    {{\"metadata\": {{\"additionalProperties\": false, \"properties\": {{}}, \"type\": \"object\"}}, \"type\": \"{name}\"}}"
        )
    };
    package.write(FILE, &format!("{before}{}\n  ]\n}}\n", bare("team")));
    package.builds(None);
    package.write(
        FILE,
        &format!("{before}{},\n{}\n  ]\n}}\n", bare("squad"), bare("team")),
    );
    let error = package.fails(None);
    assert!(
        error.contains("holds: target \"squad\" was removed\n"),
        "{error}"
    );
    package.write(FILE, &format!("{before}{}\n  ]\n}}\n", bare("squad")));
    let error = package.fails(None);
    assert!(
        error.contains("holds: target \"squad\" was removed, target \"team\" was added\n"),
        "{error}"
    );
}

/// A merge conflict must not pass for "registered nowhere": the way out of that would change a registered file.
#[test]
fn registrations_that_can_t_be_read_are_an_error_of_their_own() {
    let package = Package::new("conflict");
    package.add_event();
    package.write(FILE, &BODY.replace("64", "65"));
    let path = "schemas/registrations/production.json";
    package.write(path, "{\n");
    let error = package.fails(None);
    assert!(
        error.contains("audit[A0504]: ")
            && error.contains(&format!(
                "{path} isn't a file of registrations: expected a string in line 2\n"
            )),
        "{error}"
    );
    package.write(path, "{\n<<<<<<< HEAD\n");
    let error = package.fails(None);
    assert!(
        error.contains(&format!(
            "audit[A0504]: {path}:2:1: a merge conflict isn't resolved: `<<<<<<< HEAD`\n"
        )),
        "{error}"
    );
    assert!(
        error.contains("help: restore it from version control, or resolve the merge conflict"),
        "{error}"
    );
    assert!(
        !error.contains("A0502"),
        "the file's own difference waits for it: {error}"
    );
    assert!(
        error.contains("due to 1 previous error\n"),
        "one for the whole crate:\n{error}"
    );
}

#[test]
fn what_is_wrong_with_the_surroundings_is_said_once() {
    let package = Package::new("once");
    package.add_event();
    let error = package.fails(Some("requires"));
    assert!(
        error.contains("audit[A0602]: AUDIT_SCHEMAS=requires isn't a mode"),
        "{error}"
    );
    assert!(error.contains("due to 1 previous error\n"), "{error}");
}

#[test]
fn a_file_that_appears_is_noticed() {
    let package = Package::new("appears");
    package.builds(None);
    // As `export` and then `git pull` would do it.
    package.write(FILE, &BODY.replace("64", "65"));
    package.write("schemas/index.txt", "team.renamed/v1.json\n");
    assert!(package.fails(None).contains("`reason` changed"));
    package.write("schemas/index.txt", "");
    package.remove(FILE);
    package.builds(None);
}

#[test]
fn without_the_package_folder_there_is_one_clear_error() {
    let package = Package::new("rustc");
    package.builds(None);
    let error = package.rustc_alone(None);
    assert!(
        error.contains("audit[A0601]: CARGO_MANIFEST_DIR isn't set"),
        "{error}"
    );
    assert_eq!(package.rustc_alone(Some("off")), "");
    let error = package.rustc_in("", None);
    assert!(
        error.contains("audit[A0601]: CARGO_MANIFEST_DIR is empty, so schemas/ can't be found and nothing is compared"),
        "{error}"
    );
    let error = package.rustc_in("gone", None);
    assert!(
        error.contains("audit[A0601]: CARGO_MANIFEST_DIR is ")
            && error.contains(
                "gone, which isn't a folder, so schemas/ can't be found and nothing is compared"
            ),
        "{error}"
    );
    // From where the compiler runs.
    package.write(FILE, &BODY.replace("64", "65"));
    for folder in [".", "src/.."] {
        let error = package.rustc_in(folder, None);
        assert!(
            error.contains("audit[A0502]") && error.contains("`reason` changed"),
            "{folder}: {error}"
        );
    }
}

/// Other systems don't take such a name.
#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_not_utf8_is_one_clear_error() {
    let package = Package::new("encoding")
        .renamed(std::os::unix::ffi::OsStrExt::from_bytes(b"encoding \xe9"));
    let error = package.fails(None);
    assert!(
        error.contains("audit[A0603]: the path ") && error.contains("isn't UTF-8"),
        "{error}"
    );
    assert!(
        error.contains("due to 1 previous error\n"),
        "one mistake, one error:\n{error}"
    );
}

/// The comparison walks both texts once: rustc warns of constants that take long, and would bury the error.
#[test]
fn fifty_keys_are_compared_without_a_warning() {
    let package = Package::new("large");
    let fields: Vec<String> = (10..59)
        .map(|number| format!("    field_number_{number}: u8,\n"))
        .collect();
    package.replace_in_code(
        "    attempt: u32,\n    mfa: bool,\n    #[audit(max_len = 64)] reason: Option<String>,\n",
        &fields.concat(),
    );
    let properties: Vec<String> = (10..59)
        .map(|number| format!("      \"field_number_{number}\": {{\"type\": \"integer\"}}"))
        .collect();
    let required: Vec<String> = (10..59)
        .map(|number| format!("\"field_number_{number}\""))
        .collect();
    let keys = BODY
        .find("      \"attempt\"")
        .and_then(|from| Some((from, BODY.find("\n    }, \"required\": [\"attempt\"")?)));
    let (from, to) = keys.expect("the body has root keys");
    let body = format!("{}{}{}", &BODY[..from], properties.join(",\n"), &BODY[to..]);
    let body = body.replace("\"attempt\", \"mfa\"", &required.join(", "));
    package.write(FILE, &body);
    package.builds(None);
    package.write(FILE, &body.replace("\"role\"", "\"roles\""));
    let error = package.fails(None);
    assert!(
        error.contains(": `role` of the actor was added, `roles` of the actor was removed\n"),
        "{error}"
    );
    assert!(!error.contains("warning"), "{error}");
}

/// A derive sees one event at a time, so each event has its error; but all of them name the place of the one mistake.
#[test]
fn a_key_of_a_group_is_said_to_be_shared() {
    let package = Package::new("group");
    let group = "#[derive(audit_core::AuditMetadata)]\nstruct Request {\n    attempt: u32,\n    retry: bool,\n}\n";
    let code = package::CODE.replace(
        "    attempt: u32,\n",
        "    #[audit(flatten)] request: Request,\n",
    );
    package.write("src/lib.rs", &format!("{code}\n{group}"));
    package.write(FILE, BODY);
    let error = package.fails(None);
    assert!(
        error.contains("isn't what schemas/team.renamed/v1.json holds: `retry` was added\n"),
        "{error}"
    );
    let place = format!("src/lib.rs:{}", code.lines().count() + 5);
    let help = format!(
        "help: `retry` comes from the group `Request` ({place}): every event that flattens it has this error, and one run of "
    );
    assert!(
        error.contains(&format!("{help}`export --update` is for all of them\n")),
        "{error}"
    );
    package.write(
        "schemas/registrations/production.json",
        "{\"team.renamed\": {\"1\": {\"server\": 3, \"sha256\": \"aa\"}}}\n",
    );
    let error = package.fails(None);
    assert!(
        error.contains(&format!("{help}`bump` and `export` is for all of them\n")),
        "{error}"
    );
    // What only this event has is no group's.
    package.remove("schemas/registrations/production.json");
    package.write(
        "src/lib.rs",
        &format!("{code}\n{}", group.replace("    retry: bool,\n", "")),
    );
    package.write(FILE, &BODY.replace("64", "65"));
    assert!(!package.fails(None).contains("comes from the group"));
}
