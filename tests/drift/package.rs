//! A package outside the workspace, with one event and a folder of schemas.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::Command;

use audit_tests::Crate;

pub const CODE: &str = r#"//! One event.
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
        let package = Crate::at(scratch, "drift", folder, &format!("drift-{name}"));
        package.write("src/lib.rs", CODE);
        package.write("schemas/index.txt", "");
        Self(package)
    }

    /// Adds a package in `folder`, below this one or beside it, and says what its manifest is.
    pub fn add_package(&self, folder: &str, name: &str, manifest: &str) {
        let core = self.dependency_on_core();
        let package = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{core}\n"
        );
        self.write(
            &format!("{folder}/Cargo.toml"),
            &format!("{package}{manifest}"),
        );
    }

    /// Adds to the manifest, whose last table is `[workspace]`.
    pub fn add_to_manifest(&self, dependencies: &str, workspace: &str) {
        let manifest = self.manifest();
        let manifest = manifest.replace(
            "\n[workspace]\n",
            &format!("{dependencies}\n[workspace]\n{workspace}"),
        );
        self.write("Cargo.toml", &manifest);
    }

    /// `audit-core = …`, as the manifest has it.
    pub fn dependency_on_core(&self) -> String {
        let manifest = self.manifest();
        manifest
            .lines()
            .find(|line| line.starts_with("audit-core = "))
            .expect("it depends on audit-core")
            .to_owned()
    }

    fn manifest(&self) -> String {
        std::fs::read_to_string(self.folder().join("Cargo.toml")).expect("it has a manifest")
    }

    /// Moves the package into a folder of another name.
    #[cfg(target_os = "linux")]
    pub fn renamed(self, name: &OsStr) -> Self {
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
        cargo
            .args(["check", "--quiet", "--offline", "--color", "never"])
            .env("AUDIT_RECORDS", records);
        let (success, errors) = run(&mut cargo, None);
        assert!(!success, "it should not build");
        errors
    }

    fn check(&self, mode: Option<&str>) -> (bool, String) {
        let mut cargo = self.0.command("cargo");
        cargo.args(["check", "--quiet", "--offline", "--color", "never"]);
        run(&mut cargo, mode)
    }

    /// A cargo command with everything that it says; whether it succeeded.
    pub fn cargo(&self, arguments: &[&str], mode: Option<&str>) -> (bool, String) {
        let mut cargo = self.0.command("cargo");
        cargo
            .args(arguments)
            .args(["--offline", "--color", "never"]);
        run(&mut cargo, mode)
    }

    /// A check with a home of cargo's own below the package, which has nothing but what cargo checks out there: the compiler is given
    /// audit-core's library, and no manifest may name it.
    pub fn check_with_own_home(
        &self,
        library: &[OsString; 4],
        mode: Option<&str>,
    ) -> (bool, String) {
        let mut cargo = self.0.command("cargo");
        cargo
            .args(["check", "--color", "never"])
            .env("CARGO_HOME", self.folder().join("home"));
        run(
            cargo.env(
                "CARGO_ENCODED_RUSTFLAGS",
                library.join(OsStr::new("\u{1f}")),
            ),
            mode,
        )
    }

    /// audit-core's library, as arguments for the compiler.
    pub fn library(&self) -> [OsString; 4] {
        self.0.dependencies()
    }

    /// Commits everything in a folder, whatever git is told elsewhere.
    pub fn commit(&self, folder: &str) {
        for arguments in [
            &["init", "--quiet"][..],
            &["add", "--all"],
            &["commit", "--quiet", "--message", "events"],
        ] {
            let mut git = self.0.command("git");
            git.current_dir(self.folder().join(folder))
                .args(["-c", "user.name=a", "-c", "user.email=a@a.invalid"])
                .args(arguments);
            for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
                git.env_remove(variable);
            }
            let status = git
                .env("GIT_CONFIG_NOSYSTEM", "1")
                .env("GIT_CONFIG_GLOBAL", "")
                .status();
            assert!(
                status.is_ok_and(|status| status.success()),
                "git {arguments:?}"
            );
        }
    }

    /// What cargo says of the workspace's members.
    pub fn metadata(&self) -> String {
        let mut cargo = self.0.command("cargo");
        let output = cargo
            .args([
                "metadata",
                "--no-deps",
                "--format-version",
                "1",
                "--offline",
            ])
            .output()
            .expect("cargo runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Whether cargo finds nothing to compile.
    pub fn is_fresh(&self, name: &str) -> bool {
        let (success, said) = self.cargo(&["check", "--verbose"], None);
        assert!(success, "{said}");
        said.contains(&format!("Fresh drift-{name} "))
    }

    pub fn folder(&self) -> &Path {
        self.0.folder()
    }

    /// As a foreign build system would call the compiler. Gives back its errors.
    pub fn rustc_alone(&self, mode: Option<&str>) -> String {
        run(&mut self.rustc(), mode).1
    }

    /// [`rustc_alone`](Self::rustc_alone), told that the package is in `folder`.
    pub fn rustc_in(&self, folder: &str, mode: Option<&str>) -> String {
        run(self.rustc().env("CARGO_MANIFEST_DIR", folder), mode).1
    }

    fn rustc(&self) -> Command {
        let mut rustc = self.0.command("rustc");
        rustc.args([
            "--edition",
            "2024",
            "--crate-type",
            "lib",
            "--emit",
            "metadata",
            "--color",
            "never",
            "-o",
            "alone.rmeta",
        ]);
        rustc.arg("src/lib.rs").args(self.0.dependencies());
        rustc
    }
}

fn run(command: &mut Command, mode: Option<&str>) -> (bool, String) {
    let output = command
        .envs(mode.map(|mode| ("AUDIT_SCHEMAS", mode)))
        .output()
        .expect("the compiler runs");
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}
