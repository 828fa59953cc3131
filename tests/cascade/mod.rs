//! A crate of ten modules. One thing in it is broken, everything else uses it: exactly one error follows, where the mistake is, under
//! `cargo check` and under `cargo build`.

mod breaks;

use std::fmt::Write as _;
use std::path::Path;

use audit_tests::{Crate, Message};
use breaks::{BREAKS, Break};

/// The modules, by file name.
fn fixture() -> Vec<(String, String)> {
    let modules = audit_tests::files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("cascade/fixture"),
        "rs",
    );
    let name = |path: &Path| {
        path.file_name()
            .and_then(|name| name.to_str())
            .expect("modules have names")
            .to_owned()
    };
    modules
        .into_iter()
        .map(|(path, text)| (name(&path), text))
        .collect()
}

fn line_of(text: &str, found: &str) -> u64 {
    let at = text
        .find(found)
        .unwrap_or_else(|| panic!("`{found}` stands in the fixture"));
    text[..at].lines().count().max(1) as u64 + u64::from(text[..at].ends_with('\n'))
}

/// The fixture with the break in it, and where the error is expected.
fn broken(fixture: &[(String, String)], one: &Break) -> (Vec<(String, String)>, (String, u64)) {
    let mut files = fixture.to_vec();
    let file = format!("{}.rs", one.file);
    let (_, text) = files
        .iter_mut()
        .find(|(name, _)| *name == file)
        .expect("the file is in the fixture");
    let line = line_of(text, one.from);
    *text = text.replacen(one.from, one.to, 1);
    let expected = match one.at {
        None => (file, line),
        Some((module, found)) => {
            let name = format!("{module}.rs");
            let (_, text) = files
                .iter()
                .find(|(file, _)| *file == name)
                .expect("the file is in the fixture");
            (name, line_of(text, found))
        }
    };
    (files, expected)
}

fn write(to: &Crate, files: &[(String, String)]) {
    for (name, text) in files {
        to.write(&format!("src/{name}"), text);
    }
}

fn errors(of: &Crate, command: &str) -> Vec<Message> {
    of.compile(command)
        .into_iter()
        .filter(Message::is_error)
        .collect()
}

#[test]
fn one_break_is_one_error_in_a_crate_that_uses_it_everywhere() {
    let fixture = fixture();
    assert_eq!(fixture.len(), 11, "ten modules and the crate's root");
    let scratch = Crate::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "cascade", "cascade");
    write(&scratch, &fixture);
    let whole = scratch.compile("check");
    assert!(whole.is_empty(), "the fixture itself is right: {whole:#?}");
    let mut problems = String::new();
    for one in BREAKS {
        let (files, (file, line)) = broken(&fixture, one);
        write(&scratch, &files);
        for command in ["check", "build"] {
            let found = errors(&scratch, command);
            let is_right = matches!(&found[..], [error] if error.code() == Some(one.code) && error.file == file && error.line == line);
            if !is_right {
                let found: Vec<_> = found
                    .iter()
                    .map(|error| (&error.file, error.line, error.headline()))
                    .collect();
                let _ = writeln!(
                    problems,
                    "{command}: `{}`: expected {} at {file}:{line}, found {found:#?}",
                    one.to, one.code
                );
            }
        }
    }
    assert!(problems.is_empty(), "{problems}");
}
