//! What doesn't compile, with its exact words, and what must.

use std::fs;
use std::path::Path;
use std::process::Command;

use audit_tests::{Crate, files};

/// The compiler whose words the `.stderr` files hold.
const PINNED: &str = "1.95.";

fn is_pinned_compiler() -> bool {
    let version = Command::new("rustc")
        .arg("--version")
        .output()
        .expect("there is a compiler")
        .stdout;
    String::from_utf8_lossy(&version).starts_with(&format!("rustc {PINNED}"))
}

/// trybuild's package stands in the target folder, which may lie below a folder of real schemas; with one of its own, nothing is
/// compared with those.
fn schemas_of_its_own() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild/schemas");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    fs::write(folder.join("audit.toml"), "").expect("the target folder can be written");
}

/// Each file holds one family of mistakes. `TRYBUILD=overwrite` blesses the outputs: read them before accepting.
#[test]
fn failing() {
    if !is_pinned_compiler() {
        return eprintln!(
            "SKIPPED: the words of errors are those of rustc {PINNED}, and this is another one"
        );
    }
    schemas_of_its_own();
    let cases = trybuild::TestCases::new();
    for family in [
        "attributes",
        "limits",
        "types",
        "roles",
        "builder",
        "entities",
        "values",
        "generics",
    ] {
        cases.compile_fail(format!("ui/{family}/*.rs"));
    }
}

/// The programs of one package, built together: what runs one after the other is only they themselves.
#[test]
fn passing() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/pass");
    let package = Crate::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "ui", "passing");
    let named = |path: &Path| {
        path.file_name()
            .and_then(|name| name.to_str().map(String::from))
    };
    for (path, text) in [files(&here, "rs"), files(&here, "md")].concat() {
        let name = named(&path).expect("UTF-8");
        package.write(&format!("src/bin/{name}"), &text);
    }
    let run = |mut command: Command| {
        let output = command.output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command:?}: {said}");
    };
    let mut cargo = package.command("cargo");
    cargo.args(["build", "--quiet", "--offline"]);
    run(cargo);
    for (path, _) in files(&here, "rs") {
        run(package.command(&package.program(&named(&path.with_extension("")).expect("UTF-8"))));
    }
}

/// Whatever else an error of ours says: how to have its code explained.
#[test]
fn errors_name_their_page() {
    let mut seen = 0;
    for family in fs::read_dir("ui").expect("the cases are there") {
        let family = family.expect("the cases can be listed").path();
        for file in fs::read_dir(family).expect("a family is a folder") {
            let file = file.expect("the cases can be listed").path();
            if file
                .extension()
                .is_none_or(|extension| extension != "stderr")
            {
                continue;
            }
            let text = fs::read_to_string(&file).expect("it is text");
            for error in text
                .split("\n\n")
                .filter(|error| error.starts_with("error"))
            {
                let heading = error.lines().next().unwrap_or_default();
                let Some((_, rest)) = heading.split_once("audit[") else {
                    continue;
                };
                let hint = format!("(cargo audit-schema explain {})", &rest[..5]);
                assert!(error.contains(&hint), "{}: {error}", file.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 200, "{seen}");
}
