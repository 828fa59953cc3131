//! Compiles the cases of a folder under `cargo check`, `cargo build` and clippy, and holds the errors against the marks.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use audit_tests::{Crate, Message, files};

const COMMANDS: [&str; 3] = ["check", "build", "clippy"];

/// Whose words the errors are in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Words {
    Ours,
    Rustcs,
}

/// The lines of each case on which an error is expected.
type Expected = BTreeMap<String, Vec<u64>>;

pub fn run(folder: &str, words: Words) {
    let (of_cases, expected) = generate(folder);
    let mut problems = String::new();
    for command in COMMANDS {
        compare(
            &expected,
            &errors(&of_cases, command),
            command,
            words,
            &mut problems,
        );
        assert!(problems.is_empty(), "{problems}");
    }
}

fn errors(of: &Crate, command: &str) -> Vec<Message> {
    of.compile(command)
        .into_iter()
        .filter(Message::is_error)
        .collect()
}

fn compare(
    expected: &Expected,
    found: &[Message],
    command: &str,
    words: Words,
    problems: &mut String,
) {
    for (case, lines) in expected {
        let of_case: Vec<_> = found
            .iter()
            .filter(|error| error.file == *case)
            .map(|error| (error.line, error.headline()))
            .collect();
        let at: Vec<u64> = of_case.iter().map(|(line, _)| *line).collect();
        if at != *lines {
            let _ = writeln!(
                problems,
                "{command}: {case}: errors expected on lines {lines:?}, found {of_case:#?}"
            );
        }
    }
    for error in found {
        let (place, message) = (format!("{}:{}", error.file, error.line), error.headline());
        if !expected.contains_key(&error.file) {
            let _ = writeln!(problems, "{command}: outside the cases, {place}: {message}");
        } else if words == Words::Ours && error.code().is_none() {
            let _ = writeln!(problems, "{command}: {place}: not in our words: {message}");
        } else if words == Words::Ours && !error.rendered.contains("help: ") {
            let _ = writeln!(problems, "{command}: {place}: no way out: {message}");
        } else if message.contains("_::") && command != "clippy" {
            // clippy has rustc write every path in full.
            let _ = writeln!(
                problems,
                "{command}: {place}: names a path of generated code: {message}"
            );
        }
    }
}

/// Cases that are right: clippy has nothing to say about them.
pub fn clippy(folder: &str) {
    let (of_cases, _) = generate(folder);
    let output = of_cases.cargo("clippy", &[]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Every program of `tests/ui` that must not compile, as modules of one crate: the same errors under all commands.
pub fn same_under_all_commands(families: &Path) {
    let programs = programs(families, "ui");
    let [checked, built, linted] = COMMANDS.map(|command| {
        let found = errors(&programs, command);
        found
            .into_iter()
            .map(|error| (error.file, error.line, error.column, error.text))
            .collect::<Vec<_>>()
    });
    assert!(
        checked.len() > 150,
        "all of them were compiled: {}",
        checked.len()
    );
    assert_eq!(checked, built);
    let places = |errors: &[(String, u64, u64, String)]| -> Vec<_> {
        errors
            .iter()
            .map(|(file, line, column, _)| (file.clone(), *line, *column))
            .collect()
    };
    // Its texts name types by other paths.
    assert_eq!(places(&checked), places(&linted));
}

/// The same programs: what we say of each is what its `.stderr` file has.
pub fn our_words(families: &Path) {
    let found = errors(&programs(families, "words"), "check");
    let mut differing = String::new();
    for (path, text) in files(families, "stderr") {
        let module = module_of(&path);
        // Names that other programs have, too, are written with their paths.
        let file = format!("{module}.rs");
        let of_file = found
            .iter()
            .filter(|error| error.file == file)
            .filter_map(|error| ours(error.text.lines()));
        let mut said: Vec<_> = of_file
            .map(|words| words.replace(&format!("{module}::"), "").replace("_::", ""))
            .collect();
        let mut expected: Vec<_> = text
            .split("\nerror")
            .filter_map(|error| ours(error.lines()))
            .collect();
        said.sort();
        expected.sort();
        if said != expected {
            let _ = writeln!(differing, "{file}: expected {expected:#?}, found {said:#?}");
        }
    }
    assert!(differing.is_empty(), "{differing}");
}

/// From our code to the way out, without what rustc puts before it and below.
fn ours<'l>(lines: impl Iterator<Item = &'l str>) -> Option<String> {
    let mut lines = lines.take_while(|line| !line.trim_start().starts_with("-->"));
    let first = lines.next()?;
    let first = &first[first.find("audit[A")?..];
    Some(
        std::iter::once(first)
            .chain(lines.map(str::trim))
            .collect::<Vec<_>>()
            .join("\n"),
    )
}

/// Every program of `tests/ui` that must not compile, as modules of one crate.
fn programs(families: &Path, name: &str) -> Crate {
    let programs = Crate::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "error_count", name);
    let mut root = String::from("#![allow(dead_code)]\n");
    for (path, text) in files(families, "rs")
        .into_iter()
        .filter(|(path, _)| path.with_extension("stderr").exists())
    {
        let module = module_of(&path);
        programs.write(&format!("src/{module}.rs"), &text);
        let _ = writeln!(root, "mod {module};");
    }
    programs.write("src/lib.rs", &root);
    programs
}

fn module_of(path: &Path) -> String {
    let family = path
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| name.to_str())
        .expect("families have names");
    format!("{family}_{}", name_of(path))
}

/// Writes the crate, a case a module.
fn generate(folder: &str) -> (Crate, Expected) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("error_count");
    let of_cases = Crate::new(
        Path::new(env!("CARGO_TARGET_TMPDIR")),
        "error_count",
        folder,
    );
    let common = fs::read_to_string(here.join("common.rs")).expect("it exists");
    of_cases.write("src/common.rs", &common);
    let mut root = String::from("#![allow(dead_code)]\nmod common;\n");
    let mut expected = BTreeMap::new();
    for (path, text) in files(&here.join(folder), "rs") {
        let name = name_of(&path);
        of_cases.write(&format!("src/{name}.rs"), &text);
        let _ = writeln!(root, "mod {name};");
        expected.insert(format!("{name}.rs"), marks(&text));
    }
    of_cases.write("src/lib.rs", &root);
    assert!(!expected.is_empty(), "no cases in {folder}");
    (of_cases, expected)
}

fn name_of(path: &Path) -> &str {
    path.file_stem()
        .and_then(|name| name.to_str())
        .expect("cases have names")
}

fn marks(text: &str) -> Vec<u64> {
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if let Some((_, mark)) = line.split_once("//~") {
            let above = mark.strip_prefix('^');
            let count = above.unwrap_or(mark).trim().parse().unwrap_or(1);
            lines.extend(std::iter::repeat_n(
                number - u64::from(above.is_some()),
                count,
            ));
        }
    }
    lines
}
