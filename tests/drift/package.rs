//! A package outside the workspace, with one event and a folder of schemas.

use std::path::Path;
use std::process::Command;

use audit_tests::Crate;

const CODE: &str = r#"//! One event.
#![allow(dead_code)]
use audit_core::{AuditEntity, AuditEvent};

#[derive(AuditEntity)]
#[audit(type = "user")]
struct User { #[audit(id)] id: u64, #[audit(metadata)] role: String }

#[derive(AuditEntity)]
#[audit(type = "team")]
struct Team { #[audit(id)] id: u64, #[audit(metadata)] plan: Option<String> }

#[derive(AuditEvent)]
#[audit(action = "team.renamed", version = 1)]
struct TeamRenamed {
    #[audit(actor)] user: User,
    #[audit(target)] team: Team,
    attempt: u32,
    mfa: bool,
    #[audit(max_len = 64)] reason: Option<String>,
}
"#;

pub struct Package(Crate);

impl Package {
    pub fn new(name: &str) -> Self {
        let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = scratch.join("drift packages é").join(name);
        let package = Crate::at(folder, scratch.join("drift"), &format!("drift-{name}"));
        package.write("src/lib.rs", CODE);
        package.write("schemas/index.txt", "");
        Self(package)
    }

    /// Moves the package into a folder of another name.
    #[cfg(target_os = "linux")]
    pub fn renamed(self, name: &std::ffi::OsStr) -> Self {
        Self(self.0.renamed(name))
    }

    pub fn write(&self, path: &str, text: &str) {
        self.0.write(path, text);
    }

    /// Puts other code in place of some of it.
    pub fn replace_in_code(&self, from: &str, to: &str) {
        assert!(CODE.contains(from), "{from}");
        self.write("src/lib.rs", &CODE.replace(from, to));
    }

    /// A second event, without a file.
    pub fn add_event(&self) {
        let second = "\n#[derive(AuditEvent)]\n#[audit(action = \"team.removed\", version = 1)]\n\
                      struct TeamRemoved { #[audit(actor)] user: User, #[audit(target)] team: Team }\n";
        self.write("src/lib.rs", &format!("{CODE}{second}"));
    }

    pub fn remove(&self, path: &str) {
        self.0.remove(path);
    }

    pub fn builds(&self, mode: Option<&str>) {
        let (success, errors) = self.check(mode);
        assert!(success, "{errors}");
    }

    /// What the compiler says.
    pub fn fails(&self, mode: Option<&str>) -> String {
        let (success, errors) = self.check(mode);
        assert!(!success, "it should not build");
        errors
    }

    /// What the compiler says with `AUDIT_RECORDS` set.
    pub fn fails_with_records(&self, records: &str) -> String {
        let mut cargo = self.0.command("cargo");
        cargo.args(["check", "--quiet", "--offline", "--color", "never"]).env("AUDIT_RECORDS", records);
        let (success, errors) = run(&mut cargo, None);
        assert!(!success, "it should not build");
        errors
    }

    fn check(&self, mode: Option<&str>) -> (bool, String) {
        let mut cargo = self.0.command("cargo");
        cargo.args(["check", "--quiet", "--offline", "--color", "never"]);
        run(&mut cargo, mode)
    }

    /// As a foreign build system would call the compiler. Gives back its errors.
    pub fn rustc_alone(&self, mode: Option<&str>) -> String {
        let mut rustc = self.0.command("rustc");
        rustc.args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--color", "never", "-o", "alone.rmeta"]);
        rustc.arg("src/lib.rs").args(self.0.dependencies());
        run(&mut rustc, mode).1
    }
}

fn run(command: &mut Command, mode: Option<&str>) -> (bool, String) {
    let output = command.envs(mode.map(|mode| ("AUDIT_SCHEMAS", mode))).output().expect("the compiler runs");
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}
