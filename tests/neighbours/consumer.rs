//! A crate of one file with `audit-core` as its dependency.

use std::ffi::OsString;
use std::path::Path;

use audit_tests::Crate;

pub struct Consumer {
    package: Crate,
    dependencies: [OsString; 4],
}

impl Consumer {
    /// Has cargo build the dependencies.
    pub fn new(name: &str) -> Self {
        let package = Crate::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "neighbours", name);
        package.write("src/lib.rs", "");
        Self {
            dependencies: package.dependencies(),
            package,
        }
    }

    pub fn write(&self, path: &str, text: &str) {
        self.package.write(path, text);
    }

    /// Every message about `source`, one a line: `src/lib.rs:1:1: warning: …`.
    pub fn messages(&self, source: &str) -> Vec<String> {
        self.package.write("src/lib.rs", source);
        let mut rustc = self.package.command("rustc");
        rustc.args([
            "src/lib.rs",
            "--edition=2024",
            "--crate-type=lib",
            "--emit=metadata,link",
            "--error-format=short",
        ]);
        rustc
            .args(&self.dependencies)
            .args(["--out-dir", "out"])
            .env("CARGO_MANIFEST_DIR", self.package.folder());
        let output = rustc.output().expect("there is a compiler");
        let said = String::from_utf8(output.stderr).expect("rustc writes text");
        let messages: Vec<String> = said
            .lines()
            .filter(|line| line.starts_with("src/") || line.starts_with("error"))
            .map(Into::into)
            .collect();
        assert!(output.status.success() || !messages.is_empty(), "{said}");
        messages
    }

    /// All that rustc writes about `source`, a crate that depends on a crate `events` and not on `audit-core`.
    pub fn said_behind(&self, events: &str, source: &str) -> String {
        self.package.write("src/events.rs", events);
        self.package.write("src/lib.rs", source);
        let rustc = |file: &str, name: &str| {
            let mut rustc = self.package.command("rustc");
            rustc.args([
                file,
                "--crate-name",
                name,
                "--edition=2024",
                "--crate-type=lib",
                "--emit=metadata,link",
                "--out-dir",
                "out",
            ]);
            rustc.env("CARGO_MANIFEST_DIR", self.package.folder());
            rustc
        };
        let built = rustc("src/events.rs", "events")
            .args(&self.dependencies)
            .status();
        assert!(
            built.is_ok_and(|status| status.success()),
            "the events can be built"
        );
        let mut rustc = rustc("src/lib.rs", "app");
        rustc
            .args(&self.dependencies[..2])
            .args(["--extern", "events=out/libevents.rlib"]);
        String::from_utf8(rustc.output().expect("there is a compiler").stderr)
            .expect("rustc writes text")
    }

    /// What clippy says of it.
    pub fn clippy(&self, source: &str) -> Vec<String> {
        self.package.write("src/lib.rs", source);
        self.package
            .compile("clippy")
            .into_iter()
            .filter(|message| message.file == "lib.rs")
            .map(|message| format!("{}: {}", message.line, message.text))
            .collect()
    }
}
