//! `require` is for what is released: tests, benches and examples may declare drafts, which no command exports.

use super::package::{CODE, Package};
use super::{BODY, FILE};

#[test]
fn drafts_of_tests_benches_and_examples_build_under_require() {
    let package = Package::new("targets-of-a-package");
    package.write(FILE, BODY);
    let other = CODE.replace("team.renamed", "team.tried");
    let module = |name: &str| {
        format!(
            "#[cfg({name})] mod {name} {{\n{}\n}}\n",
            other.replace("//! One event.\n#![allow(dead_code)]\n", "")
        )
    };
    package.write("src/lib.rs", &format!("{CODE}\n{}", module("test")));
    for path in [
        "tests/integration.rs",
        "benches/bench.rs",
        "examples/example.rs",
    ] {
        package.write(path, &format!("{other}\nfn main() {{}}\n"));
    }
    let (success, said) = package.cargo(&["check", "--all-targets"], Some("require"));
    assert!(success, "{said}");
    package.write("src/main.rs", &format!("{other}\nfn main() {{}}\n"));
    let (success, said) = package.cargo(&["check", "--all-targets"], Some("require"));
    assert!(
        !success && said.contains("audit[A0501]: team.tried version 1 is a draft"),
        "{said}"
    );
    // What is committed is compared wherever it is declared.
    package.remove("src/main.rs");
    package.write(
        "tests/integration.rs",
        &format!(
            "{}\nfn main() {{}}\n",
            CODE.replace("max_len = 64", "max_len = 65")
        ),
    );
    let (success, said) = package.cargo(&["check", "--tests"], None);
    assert!(
        !success && said.contains("audit[A0502]: team.renamed version 1"),
        "{said}"
    );
}
