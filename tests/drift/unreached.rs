//! Schemas that don't reach the build, because a filter of its sources drops them.

use super::package::Package;
use super::{BODY, FILE};

#[test]
fn files_that_the_index_lists_and_that_are_not_there_are_one_error() {
    let package = Package::new("dropped");
    package.add_event();
    package.write(
        "schemas/index.txt",
        "# The head\r\nteam.removed/v1.json\r\nteam.renamed/v1.json\r\nuser.added/v3.json\r\n",
    );
    for mode in [None, Some("require")] {
        let error = package.fails(mode);
        let expected = "audit[A0505]: schemas/index.txt lists 3 files that aren't there: schemas/team.removed/v1.json, \
                        schemas/team.renamed/v1.json, schemas/user.added/v3.json\n";
        assert!(error.contains(expected), "{error}");
        assert!(
            error.contains("nix, `.dockerignore`, a Dockerfile without `COPY schemas`"),
            "{error}"
        );
        assert!(
            error.contains("due to 1 previous error\n"),
            "one for the whole crate:\n{error}"
        );
    }
    package.builds(Some("update"));
    package.builds(Some("off"));
    package.write(FILE, BODY);
    package.write(
        "schemas/index.txt",
        "a.a/v1.json\na.b/v1.json\na.c/v1.json\nteam.removed/v1.json\nteam.renamed/v1.json\n",
    );
    let error = package.fails(None);
    assert!(
        error.contains("lists 4 files that aren't there: schemas/a.a/v1.json, ")
            && error.contains(" and 1 more\n"),
        "{error}"
    );
    package.write(
        "schemas/index.txt",
        "team.removed/v1.json\nteam.renamed/v1.json\n",
    );
    let error = package.fails(None);
    assert!(error.contains("audit[A0505]: schemas/index.txt lists schemas/team.removed/v1.json, which isn't there\n"), "{error}");
    assert!(
        error.contains(
            "; where a draft's file was removed on purpose, `cargo audit-schema export` writes"
        ),
        "{error}"
    );
    // What is registered isn't anybody's to write anew.
    for environment in ["eu", "production"] {
        let registrations = "{\"team.removed\": {\"1\": {\"server\": 3, \"sha256\": \"aa\"}}}\n";
        package.write(
            &format!("schemas/registrations/{environment}.json"),
            registrations,
        );
    }
    let error = package.fails(None);
    assert!(
        error.contains(
            "; schemas/team.removed/v1.json is registered in eu, production, so it never changes (cargo audit-schema explain A0505)\n"
        ),
        "{error}"
    );
    assert!(!error.contains("writes files and index anew"), "{error}");
}

/// An event that was deleted with its file, while the index waits for the next export.
#[test]
fn a_listed_file_of_no_event_is_no_error() {
    let package = Package::new("deleted");
    package.write(FILE, BODY);
    package.write(
        "schemas/index.txt",
        "team.removed/v1.json\nteam.renamed/v1.json\n",
    );
    package.builds(None);
    package.builds(Some("require"));
}

#[test]
fn a_release_without_a_folder_is_told_so_once() {
    let package = Package::new("no-folder");
    package.add_event();
    package.remove("schemas/index.txt");
    // As nix filters with what most use for Rust: only `audit.toml` is left.
    let error = package.fails(Some("require"));
    assert!(error.contains("audit[A0501]: team.renamed version 1 is a draft: schemas/ holds neither an index.txt nor"), "{error}");
    assert!(
        error.contains("the source filter that dropped it (nix, "),
        "{error}"
    );
    assert!(error.contains("due to 1 previous error\n"), "{error}");
    package.remove("schemas/audit.toml");
    let error = package.fails(Some("require"));
    assert!(
        error.contains(
            "audit[A0505]: there is no folder schemas/, and AUDIT_SCHEMAS=require asks for"
        ),
        "{error}"
    );
    assert!(
        error.contains("the source filter that dropped it (nix, "),
        "{error}"
    );
    assert!(error.contains("due to 1 previous error\n"), "{error}");
    package.builds(None);
}
