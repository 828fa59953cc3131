//! Compiles the cases of a folder, once with `cargo check` and once with `cargo build`, and holds the errors against the marks.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// Case, line and the error's first words.
type Found = Vec<(String, u64, String)>;

/// Whose words the errors are in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Words {
    Ours,
    Rustcs,
}

pub fn run(folder: &str, words: Words) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("error_count");
    let krate = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("error_count_{folder}"));
    let expected = generate(&here, folder, &krate);
    let mut problems = String::new();
    for command in ["check", "build", "clippy"] {
        compare(&expected, &compile(&krate, command), command, words, &mut problems);
        assert!(problems.is_empty(), "{problems}");
    }
}

fn compare(expected: &BTreeMap<String, Vec<u64>>, found: &Found, command: &str, words: Words, problems: &mut String) {
    for (case, lines) in expected {
        let of_case: Vec<_> = found.iter().filter(|(of, ..)| of == case).collect();
        let at: Vec<u64> = of_case.iter().map(|(_, line, _)| *line).collect();
        if at != *lines {
            let _ = writeln!(problems, "{command}: {case}: errors expected on lines {lines:?}, found {of_case:#?}");
        }
    }
    for (case, line, message) in found {
        if !expected.contains_key(case) {
            let _ = writeln!(problems, "{command}: outside the cases, {case}:{line}: {message}");
        } else if words == Words::Ours && !is_ours(message) {
            let _ = writeln!(problems, "{command}: {case}:{line}: not in our words: {message}");
        } else if message.contains("_::") && command != "clippy" {
            // clippy has rustc write every path in full.
            let _ = writeln!(problems, "{command}: {case}:{line}: names a path of generated code: {message}");
        }
    }
}

/// Cases that are right: clippy has nothing to say about them.
pub fn clippy(folder: &str) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("error_count");
    let krate = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("error_count_{folder}"));
    generate(&here, folder, &krate);
    let output = cargo(&krate, "clippy");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Ours begin with the code, a constant's after rustc's own words.
fn is_ours(message: &str) -> bool {
    message.strip_prefix("evaluation panicked: ").unwrap_or(message).starts_with("audit[A")
}

/// Writes the crate; what it gives back are the marked lines of each case.
fn generate(here: &Path, folder: &str, krate: &Path) -> BTreeMap<String, Vec<u64>> {
    let source = krate.join("src");
    // What an earlier run left must not be compiled again.
    let _ = fs::remove_dir_all(&source);
    fs::create_dir_all(&source).expect("the target folder can be written");
    let core = here.join("../../audit-core");
    let manifest = format!(
        "[package]\nname = \"error-count\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\naudit-core = {{ path = '{}' }}\n\n[workspace]\n",
        core.display()
    );
    fs::write(krate.join("Cargo.toml"), manifest).expect("it can be written");
    fs::copy(here.join("../../Cargo.lock"), krate.join("Cargo.lock")).expect("the workspace has a lock file");
    fs::copy(here.join("common.rs"), source.join("common.rs")).expect("it can be copied");
    let mut root = String::from("#![allow(dead_code)]\nmod common;\n");
    let mut expected = BTreeMap::new();
    for path in cases(&here.join(folder)) {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("cases have names").to_owned();
        let text = fs::read_to_string(&path).expect("cases are text");
        fs::write(source.join(path.file_name().expect("it is a file")), &text).expect("it can be written");
        let _ = writeln!(root, "mod {name};");
        expected.insert(name, marks(&text));
    }
    fs::write(source.join("lib.rs"), root).expect("it can be written");
    assert!(!expected.is_empty(), "no cases in {folder}");
    expected
}

fn cases(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the cases exist");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    cases.sort();
    cases
}

fn marks(text: &str) -> Vec<u64> {
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if let Some((_, mark)) = line.split_once("//~") {
            let above = mark.strip_prefix('^');
            let count = above.unwrap_or(mark).trim().parse().unwrap_or(1);
            lines.extend(std::iter::repeat_n(number - u64::from(above.is_some()), count));
        }
    }
    lines
}

fn cargo(krate: &Path, command: &str) -> Output {
    Command::new(env!("CARGO"))
        .args([command, "--quiet", "--offline", "--message-format=json"])
        .current_dir(krate)
        .env("CARGO_TARGET_DIR", krate.join("../error_count_target"))
        .env_remove("AUDIT_SCHEMAS")
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs")
}

/// Every error, sorted.
fn compile(krate: &Path, command: &str) -> Found {
    let output = cargo(krate, command);
    let stdout = String::from_utf8(output.stdout).expect("cargo writes text");
    let messages = stdout.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut found: Found =
        messages.filter(|message| message["reason"] == "compiler-message").filter_map(|message| error(&message)).collect();
    assert!(!found.is_empty(), "nothing was compiled: {}", String::from_utf8_lossy(&output.stderr));
    found.sort();
    found
}

fn error(message: &Value) -> Option<(String, u64, String)> {
    let message = &message["message"];
    // rustc's last words, `aborting due to …`, have no place.
    let mut span = message["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?;
    if message["level"] != "error" {
        return None;
    }
    // A constant's error stands in the macro that panics: where it was called from is what is shown.
    while !span["file_name"].as_str()?.starts_with("src/") && span["expansion"].is_object() {
        span = &span["expansion"]["span"];
    }
    let file = span["file_name"].as_str()?;
    let case = file.strip_prefix("src/").and_then(|file| file.strip_suffix(".rs")).unwrap_or(file).to_owned();
    let first_line = message["message"].as_str()?.lines().next()?.to_owned();
    Some((case, span["line_start"].as_u64()?, first_line))
}
