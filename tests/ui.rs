//! What doesn't compile, with its exact words, and what must.

use std::fs;
use std::path::Path;
use std::process::Command;

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

#[test]
fn passing() {
    schemas_of_its_own();
    trybuild::TestCases::new().pass("ui/pass/*.rs");
}
