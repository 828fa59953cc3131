//! Files under `schemas/` that aren't what they should be: none of them may hang the compiler or pass for absent.

use super::package::Package;
use super::{BODY, FILE};

const REGISTRATIONS: &str = "schemas/registrations/production.json";

#[cfg(unix)]
#[test]
fn what_is_no_file_is_an_error() {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::process::Command;

    let package = Package::new("odd");
    package.write("schemas/registrations/keep", "");
    package.write("schemas/team.renamed/keep", "");
    let pipe = |path: &str| {
        let made = Command::new("mkfifo")
            .arg(package.folder().join(path))
            .status();
        assert!(
            made.is_ok_and(|status| status.success()),
            "mkfifo is part of every Unix"
        );
    };
    let link =
        |to: &str, path: &str| symlink(to, package.folder().join(path)).expect("links can be made");
    let rejected = |path: &str, why: &str| {
        let error = package.fails(None);
        let name = path.rsplit_once('/').expect("a file in a folder").1;
        assert!(
            error.contains(&format!("{name} can't be read: {why}"))
                && error.contains("audit[A0504]: "),
            "{path}: {error}"
        );
        assert!(error.contains("due to 1 previous error\n"), "{error}");
        package.remove(path);
    };
    for path in [REGISTRATIONS, FILE] {
        pipe(path);
        rejected(path, "it isn't a file\n");
        link("/dev/zero", path);
        rejected(path, "it isn't a file\n");
        link("v1.json", path);
        link("production.json", "schemas/registrations/v1.json");
        if path == FILE {
            package.remove("schemas/registrations/v1.json");
            rejected(path, "Too many levels of symbolic links");
        } else {
            package.fails(None);
            package.remove("schemas/registrations/v1.json");
            rejected(path, "it is a link to a file that isn't there\n");
        }
    }
    package.remove("schemas/index.txt");
    pipe("schemas/index.txt");
    rejected("schemas/index.txt", "it isn't a file\n");
    package.write("schemas/index.txt", "");
    let large = fs::File::create(package.folder().join(REGISTRATIONS)).expect("it can be made");
    large.set_len(17 << 20).expect("a file may have holes");
    rejected(REGISTRATIONS, "it is larger than 16 MiB");
    // A link to a schema is as good as the schema.
    package.write("elsewhere.json", BODY);
    link("../../elsewhere.json", FILE);
    package.builds(Some("require"));
}

/// As the command reads them.
#[test]
fn registrations_are_read_strictly() {
    let package = Package::new("strict");
    package.write(FILE, &BODY.replace("64", "65"));
    let entry = r#"{"server": 3, "sha256": "aa"}"#;
    package.write(
        REGISTRATIONS,
        &format!("\u{feff}{{\"team.renamed\": {{\"1\": {entry}}}}}\n"),
    );
    let error = package.fails(None);
    assert!(
        error.contains("audit[A0503]") && error.contains("it is registered in production"),
        "{error}"
    );
    for version in ["0", "x"] {
        package.write(
            REGISTRATIONS,
            &format!("{{\"team.renamed\": {{\"1\": {entry},\n\"{version}\": {entry}}}}}\n"),
        );
        let error = package.fails(None);
        let expected = format!(
            "production.json isn't a file of registrations: version \"{version}\" of \"team.renamed\" isn't one: a declared version is a \
             positive integer in line 2\n"
        );
        assert!(
            error.contains(&expected) && error.contains("audit[A0504]"),
            "{error}"
        );
    }
}

#[test]
fn merge_conflicts_are_named() {
    let package = Package::new("merged");
    let conflict = BODY.replace(
        "      \"mfa\": {\"type\": \"boolean\"},\n",
        "<<<<<<< HEAD\n      \"mfa\": {\"type\": \"boolean\"},\n=======\n      \"mfb\": {\"type\": \"boolean\"},\n>>>>>>> main\n",
    );
    package.write(FILE, &conflict);
    let error = package.fails(None);
    let in_file = "audit[A0504]: schemas/team.renamed/v1.json:7:1: a merge conflict isn't resolved: `<<<<<<< HEAD`\n";
    assert!(error.contains(in_file), "{error}");
    assert!(
        error.contains("help: resolve it")
            && error.contains("`cargo audit-schema export --update`"),
        "{error}"
    );
    assert!(error.contains("due to 1 previous error\n"), "{error}");
    // One that is half resolved.
    package.write(FILE, &BODY.replacen("    },", "=======\n    },", 1));
    let error = package.fails(None);
    assert!(
        error.contains("v1.json:4:1: a merge conflict isn't resolved: `=======`\n"),
        "{error}"
    );
    package.write(FILE, &conflict);
    package.write(
        REGISTRATIONS,
        "{\"team.renamed\": {\"1\": {\"server\": 3, \"sha256\": \"aa\"}}}\n",
    );
    let error = package.fails(None);
    assert!(
        error.contains(in_file) && !error.contains("--update"),
        "{error}"
    );
    assert!(
        error.contains("as it was before the merge: it is registered in production, and"),
        "{error}"
    );
    package.remove(REGISTRATIONS);
    package.remove(FILE);
    package.write(
        "schemas/index.txt",
        "<<<<<<< HEAD\nteam.renamed/v1.json\n=======\nteam.removed/v1.json\n>>>>>>> main\n",
    );
    let error = package.fails(None);
    assert!(
        error.contains(
            "audit[A0504]: schemas/index.txt:1:1: a merge conflict isn't resolved: `<<<<<<< HEAD`\n"
        ),
        "{error}"
    );
    assert!(error.contains("due to 1 previous error\n"), "{error}");
}
