//! A package outside the workspace, with one event and a folder of schemas.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

pub struct Package {
    folder: PathBuf,
    name: String,
}

impl Package {
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("drift packages é").join(name);
        // What an earlier run left must not be compiled again.
        let _ = fs::remove_dir_all(&folder);
        let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../audit-core");
        let package = Self { folder, name: format!("drift-{name}") };
        package.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\naudit-core = {{ path = '{}' }}\n\n[workspace]\n",
                package.name,
                core.display()
            ),
        );
        package.write("src/lib.rs", CODE);
        package.write("schemas/audit.toml", "");
        package.write("schemas/index.txt", "");
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, package.folder.join("Cargo.lock")).expect("the workspace has a lock file");
        package
    }

    /// Moves the package into a folder of another name.
    #[cfg(target_os = "linux")]
    pub fn renamed(self, name: &std::ffi::OsStr) -> Self {
        let folder = self.folder.with_file_name(name);
        let _ = fs::remove_dir_all(&folder);
        fs::rename(&self.folder, &folder).expect("the target folder can be written");
        Self { folder, ..self }
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("it is in the package")).expect("the target folder can be written");
        fs::write(path, text).expect("the target folder can be written");
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
        fs::remove_file(self.folder.join(path)).expect("it is there");
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

    fn check(&self, mode: Option<&str>) -> (bool, String) {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["check", "--quiet", "--offline", "--color", "never"]).current_dir(&self.folder);
        Self::environment(&mut cargo, mode);
        run(&mut cargo)
    }

    /// As a foreign build system would call the compiler. Gives back its errors.
    pub fn rustc_alone(&self, mode: Option<&str>) -> String {
        let libraries = target().join("debug/deps");
        let newest = |prefix: &str, suffix: &str| {
            let files = fs::read_dir(&libraries).expect("dependencies were built").filter_map(Result::ok);
            let named = files
                .filter(|file| file.file_name().to_str().is_some_and(|name| name.starts_with(prefix) && name.ends_with(suffix)));
            named.max_by_key(|file| file.metadata().and_then(|metadata| metadata.modified()).ok()).expect("it was built").path()
        };
        let mut rustc = Command::new("rustc");
        rustc.args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--color", "never", "-o"]);
        rustc.arg(self.folder.join("alone.rmeta")).arg("src/lib.rs").current_dir(&self.folder);
        rustc.arg("-L").arg(format!("dependency={}", libraries.display()));
        rustc.arg("--extern").arg(format!("audit_core={}", newest("libaudit_core-", ".rmeta").display()));
        Self::environment(&mut rustc, mode);
        run(&mut rustc).1
    }

    fn environment(command: &mut Command, mode: Option<&str>) {
        command.env("CARGO_TARGET_DIR", target()).env_remove("AUDIT_SCHEMAS");
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
                command.env_remove(name);
            }
        }
        if let Some(mode) = mode {
            command.env("AUDIT_SCHEMAS", mode);
        }
    }
}

/// One for all packages, so that the dependencies are built once.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("drift")
}

fn run(command: &mut Command) -> (bool, String) {
    let output = command.output().expect("cargo runs");
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}
