//! A package outside the workspace for one example, with the versions of the workspace's lock file and one target folder for all.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Package {
    pub folder: PathBuf,
}

impl Package {
    /// An empty package. What an earlier run left in its folder is removed, so that it isn't compiled again. No other has its name: in one
    /// target folder they would overwrite each other's artifacts.
    pub fn new(name: &str, folder: PathBuf) -> Self {
        let _ = fs::remove_dir_all(&folder);
        let package = Self { folder };
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let core = here.join("../audit-core");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\naudit-core = {{ path = '{}' }}\n\n[workspace]\n",
            core.display()
        );
        package.write("Cargo.toml", &manifest);
        fs::copy(here.join("../Cargo.lock"), package.folder.join("Cargo.lock")).expect("the workspace has a lock file");
        package
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("it is in the package")).expect("the target folder can be written");
        fs::write(path, text).expect("the target folder can be written");
    }

    /// A command that runs in the package, in no other's environment.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(if program == "cargo" { env!("CARGO") } else { program });
        command.current_dir(&self.folder).env("CARGO_TARGET_DIR", target()).env_remove("AUDIT_SCHEMAS").env_remove("RUSTFLAGS");
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
                command.env_remove(name);
            }
        }
        command
    }
}

/// Where the packages are.
pub fn temporary() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("diagnostics")
}

pub fn target() -> PathBuf {
    temporary().join("target")
}
