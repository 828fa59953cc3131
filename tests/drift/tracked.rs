//! What cargo tracks: a build notices what changed in the folder, and nothing is compiled where nothing changed.

use std::fs::OpenOptions;
use std::time::SystemTime;

use super::package::Package;
use super::{BODY, FILE, HASH};

fn registered(hash: &str) -> String {
    format!("{{\"team.renamed\": {{\"1\": {{\"server\": 3, \"sha256\": \"{hash}\"}}}}}}\n")
}

#[test]
fn registrations_are_tracked() {
    let package = Package::new("hashes");
    package.add_event();
    package.write(FILE, BODY);
    for environment in ["staging", "production"] {
        package.write(
            &format!("schemas/registrations/{environment}.json"),
            &registered(HASH),
        );
    }
    package.builds(None);
    assert!(package.is_fresh("hashes"), "nothing changed");
    package.write(
        "schemas/registrations/production.json",
        &registered(&HASH.replace('b', "c")),
    );
    let error = package.fails(None);
    assert!(
        error.contains(
            "audit[A0504]: schemas/team.renamed/v1.json isn't what is registered in production\n"
        ),
        "{error}"
    );
    package.remove("schemas/registrations/production.json");
    package.builds(None);
    // As the commands make a file for another environment: they touch the index.
    package.write(
        "schemas/registrations/eu.json",
        &registered(&HASH.replace('b', "c")),
    );
    touch(&package, "schemas/index.txt");
    assert!(
        package
            .fails(None)
            .contains("isn't what is registered in eu\n")
    );
    package.write("schemas/registrations/eu.json", &registered(HASH));
    package.builds(None);
    assert!(package.is_fresh("hashes"), "nothing changed");
}

/// As `init` and the first `export` make it: they touch what was tracked before.
#[test]
fn a_folder_that_appears_is_noticed() {
    let package = Package::new("folder");
    package.remove("schemas/index.txt");
    package.remove("schemas/audit.toml");
    package.builds(None);
    assert!(package.is_fresh("folder"), "nothing changed");
    package.write("schemas/audit.toml", "");
    touch(&package, "Cargo.toml");
    package.builds(None);
    package.write(FILE, &BODY.replace("64", "65"));
    touch(&package, "schemas/audit.toml");
    assert!(package.fails(None).contains("`reason` changed"));
}

fn touch(package: &Package, path: &str) {
    let file = OpenOptions::new()
        .append(true)
        .open(package.folder().join(path))
        .expect("it is there");
    file.set_modified(SystemTime::now())
        .expect("it can be touched");
}
