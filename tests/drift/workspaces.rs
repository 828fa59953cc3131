//! Which packages are compared with which folder: those of the workspace with the workspace's, whatever command compiles them; those from
//! elsewhere only with what they ship.

use super::package::{CODE, Package};
use super::{BODY, FILE};

/// Not what the code renders.
fn stale() -> String {
    BODY.replace("64", "65")
}

/// A root package without events, and what it depends on.
fn root(name: &str, dependencies: &str, workspace: &str) -> Package {
    let package = Package::new(name);
    package.write("src/lib.rs", "//! No events.\n");
    package.add_to_manifest(dependencies, workspace);
    package
}

#[test]
fn members_are_compared_whatever_command_compiles_them() {
    let package = root("members", "", "members = [\"other\"]\n");
    package.add_package("events", "drift-members-events", "");
    package.write("events/src/lib.rs", CODE);
    // A path dependency below the root is a member without being listed.
    package.add_package(
        "other",
        "drift-members-other",
        "drift-members-events = { path = \"../events\" }\ndrift-members = { path = \"..\" }\n",
    );
    package.write("other/src/lib.rs", "");
    package.write(FILE, &stale());
    let of_other = ["check", "-p", "drift-members-other"];
    let (success, said) = package.cargo(&of_other, None);
    assert!(
        !success && said.contains("audit[A0502]: team.renamed version 1"),
        "{said}"
    );
    package.remove(FILE);
    let (success, said) = package.cargo(&of_other, Some("require"));
    assert!(
        !success && said.contains("audit[A0501]: team.renamed version 1 is a draft"),
        "{said}"
    );
    package.write(FILE, BODY);
    // So is the root package itself.
    package.write("src/lib.rs", &CODE.replace("team.renamed", "team.moved"));
    let (success, said) = package.cargo(&of_other, Some("require"));
    assert!(
        !success && said.contains("audit[A0501]: team.moved version 1 is a draft"),
        "{said}"
    );
    let (success, said) = package.cargo(&of_other, None);
    assert!(success, "{said}");
    // A nearer folder comes before the workspace's.
    package.write("events/schemas/audit.toml", "");
    package.write("events/schemas/team.renamed/v1.json", &stale());
    package.write("events/src/lib.rs", &format!("{CODE}\n"));
    let (success, said) = package.cargo(&of_other, None);
    assert!(
        !success && said.contains("audit[A0502]: team.renamed version 1"),
        "{said}"
    );
}

/// A folder elsewhere, one that is patched in, one that is excluded, a workspace of its own, a vendor folder.
#[test]
fn packages_from_elsewhere_are_no_business_of_the_workspace() {
    let dependency = |path: &str| format!("drift-elsewhere-events = {{ path = \"{path}\" }}\n");
    let patch = "[patch.crates-io]\ndrift-elsewhere-events = { path = \"forks/events\" }\n";
    for (folder, own, dependencies, workspace) in [
        (
            "../elsewhere-events",
            "\n[workspace]\n",
            dependency("../elsewhere-events"),
            "",
        ),
        (
            "forks/events",
            "",
            "drift-elsewhere-events = \"0.0.0\"\n".to_owned(),
            patch,
        ),
        (
            "old/events",
            "",
            dependency("old/events"),
            "exclude = [\"old\"]\n",
        ),
        (
            "own/events",
            "\n[workspace]\n",
            dependency("own/events"),
            "exclude = [\"own/events\"]\n",
        ),
        ("vendor/events", "", dependency("vendor/events"), ""),
    ] {
        let package = root("elsewhere", &dependencies, workspace);
        let _ = std::fs::remove_dir_all(package.folder().join("../elsewhere-events"));
        package.add_package(folder, "drift-elsewhere-events", own);
        package.write(&format!("{folder}/src/lib.rs"), CODE);
        // With what the workspace has under the same name it is never compared.
        package.write(FILE, &stale());
        package.write("schemas/registrations/production.json", "{}\n");
        let (success, said) = package.cargo(&["check"], Some("require"));
        assert!(success, "{folder}: {said}");
        // What it ships is compared.
        package.write(&format!("{folder}/schemas/audit.toml"), "");
        package.write(&format!("{folder}/schemas/team.renamed/v1.json"), &stale());
        package.write(&format!("{folder}/src/lib.rs"), &format!("{CODE}\n"));
        let (success, said) = package.cargo(&["check"], Some("require"));
        assert!(
            !success && said.contains("audit[A0502]: team.renamed version 1"),
            "{folder}: {said}"
        );
        // Its own build asks for its own drafts.
        if folder.starts_with("..") {
            package.remove(&format!("{folder}/schemas/team.renamed/v1.json"));
            let manifest = package.folder().join(folder).join("Cargo.toml");
            let own_build = [
                "check",
                "--manifest-path",
                manifest.to_str().expect("UTF-8"),
            ];
            let (success, said) = package.cargo(&own_build, Some("require"));
            assert!(
                !success && said.contains("audit[A0501]: team.renamed version 1 is a draft"),
                "{said}"
            );
        }
    }
}

/// Whatever `members`, `exclude` and `[patch]` say, the workspace's packages are those that cargo takes for its members.
#[test]
fn members_are_those_of_cargo() {
    const FOLDERS: [&str; 7] = [
        "crates/listed",
        "crates/legacy",
        "crates/legacy/deep",
        "old/named",
        "old/other",
        "deep/unlisted",
        "forks/patched",
    ];
    let name = |folder: &str| format!("drift-cargo-{}", folder.replace('/', "-"));
    let dependency = |folder: &&str| match *folder {
        "forks/patched" => format!("{} = \"0.0.0\"\n", name(folder)),
        _ => format!("{} = {{ path = \"{folder}\" }}\n", name(folder)),
    };
    let dependencies: String = FOLDERS.iter().map(dependency).collect();
    let patch = "[patch.crates-io]\ndrift-cargo-forks-patched = { path = \"forks/patched\" }\n";
    for (members, exclude, count) in [
        (
            "\"crates/*\", \"old/named\"",
            "\"crates/legacy\", \"old\"",
            3,
        ),
        ("\".\"", "\"crates/legacy\", \"old\"", 6),
        ("\"*/*\"", "\"crates/legacy/deep\"", 6),
        ("", "\"crates\", \"./old/\"", 1),
    ] {
        let package = root(
            "cargo",
            &dependencies,
            &format!("members = [{members}]\nexclude = [{exclude}]\n{patch}"),
        );
        for folder in FOLDERS {
            package.add_package(folder, &name(folder), "");
            package.write(&format!("{folder}/src/lib.rs"), CODE);
        }
        let metadata = package.metadata();
        let (success, said) = package.cargo(&["check", "--keep-going"], Some("require"));
        assert!(!success, "{said}");
        let are_members = FOLDERS
            .map(|folder| metadata.contains(&format!("\"name\":\"{}\",\"version\"", name(folder))));
        let are_claimed =
            FOLDERS.map(|folder| said.contains(&format!("could not compile `{}`", name(folder))));
        assert_eq!(are_claimed, are_members, "{members}: {said}");
        assert_eq!(
            are_members.iter().filter(|is_member| **is_member).count(),
            count,
            "{members}"
        );
    }
}

/// By `cargo vendor`, from a registry.
#[test]
fn vendored_packages_are_no_business_of_the_workspace() {
    let dependency = "drift-vendored-events = { version = \"0.0.0\", registry = \"mine\" }\n";
    // What the vendored package depends on is looked for in its registry, too.
    let core = Package::new("vendored").dependency_on_core();
    let package = root("vendored", dependency, &format!("[patch.mine]\n{core}\n"));
    let index = "https://registry.invalid/index";
    package.write(
        ".cargo/config.toml",
        &format!(
            "[registries.mine]\nindex = \"{index}\"\n\n[source.mine]\nregistry = \"{index}\"\nreplace-with = \"vendored\"\n\n\
             [source.vendored]\ndirectory = \"vendor\"\n"
        ),
    );
    package.add_package("vendor/events", "drift-vendored-events", "");
    package.write(
        "vendor/events/.cargo-checksum.json",
        "{\"files\": {}, \"package\": \"00\"}\n",
    );
    package.write("vendor/events/src/lib.rs", CODE);
    package.write(FILE, &stale());
    for command in [&["check"][..], &["check", "-p", "drift-vendored-events"]] {
        let (success, said) = package.cargo(command, Some("require"));
        assert!(success, "{said}");
    }
}

/// Even one whose checkout lies below the workspace.
#[test]
fn checked_out_packages_are_no_business_of_the_workspace() {
    let package = Package::new("git");
    let library = package.library();
    package.remove("Cargo.lock");
    let manifest = |name: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n")
    };
    package.write(
        "repository/events/Cargo.toml",
        &manifest("drift-git-events"),
    );
    package.write("repository/events/src/lib.rs", CODE);
    package.commit("repository");
    let repository = package.folder().join("repository");
    let dependency = format!(
        "[dependencies]\ndrift-git-events = {{ git = 'file://{}' }}\n",
        repository.display()
    );
    package.write(
        "Cargo.toml",
        &format!("{}\n{dependency}\n[workspace]\n", manifest("drift-git")),
    );
    package.write("src/lib.rs", "//! No events.\n");
    package.write(FILE, &stale());
    let (success, said) = package.check_with_own_home(&library, Some("require"));
    assert!(
        success && said.contains("drift-git-events v0.0.0 (file://"),
        "{said}"
    );
    // What it ships is compared.
    package.write("repository/events/schemas/audit.toml", "");
    package.write("repository/events/schemas/team.renamed/v1.json", &stale());
    package.commit("repository");
    package.remove("Cargo.lock");
    let (success, said) = package.check_with_own_home(&library, Some("require"));
    assert!(
        !success && said.contains("audit[A0502]: team.renamed version 1"),
        "{said}"
    );
}

/// As `cargo package` unpacks it below the workspace's target folder, and builds it.
#[test]
fn a_packaged_crate_builds_alone() {
    let package = root("packaged", "", "");
    package.write(FILE, &stale());
    let folder = "target/package/events-0.0.0";
    package.add_package(folder, "drift-packaged-events", "\n[workspace]\n");
    package.write(&format!("{folder}/Cargo.toml.orig"), "");
    package.write(&format!("{folder}/src/lib.rs"), CODE);
    let manifest = package.folder().join(folder).join("Cargo.toml");
    let (success, said) = package.cargo(
        &[
            "check",
            "--manifest-path",
            manifest.to_str().expect("UTF-8"),
        ],
        Some("require"),
    );
    assert!(success, "{said}");
}
