//! What is being compiled, as the compiler's command line and cargo's variables tell.

use std::env;
use std::ffi::OsString;
use std::path::Path;

/// A call of the compiler.
pub struct Unit {
    /// Whether the code lies below the root of the workspace that is built. Cargo runs the compiler there and names the source relative to
    /// it; for every other package, whether from a registry, a repository or a folder elsewhere, it names an absolute path.
    pub is_local: bool,
    /// Whether it may be part of a release: unit tests, integration tests, benches, examples and doctests aren't, and no command exports
    /// their events.
    pub is_released: bool,
}

impl Unit {
    pub fn read() -> Self {
        let arguments: Vec<_> = env::args_os().skip(1).collect();
        // The first is set for integration tests and benches, the other one for doctests.
        let is_test = ["CARGO_TARGET_TMPDIR", "UNSTABLE_RUSTDOC_TEST_PATH"]
            .iter()
            .any(|name| env::var_os(name).is_some());
        Self::of(&arguments, is_test)
    }

    fn of(arguments: &[OsString], is_test: bool) -> Self {
        let is_source = |argument: &&OsString| {
            Path::new(argument)
                .extension()
                .is_some_and(|extension| extension == "rs")
        };
        let source = arguments.iter().find(is_source);
        let mut pairs = arguments.iter().zip(arguments.iter().skip(1));
        let is_example = pairs
            .any(|(name, value)| name == "--out-dir" && Path::new(value).ends_with("examples"));
        let has_harness = arguments.iter().any(|argument| argument == "--test");
        Self {
            // An editor's macro server has no such arguments.
            is_local: source.is_none_or(|source| Path::new(source).is_relative()),
            is_released: !is_test && !is_example && !has_harness,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn tells_packages_and_targets_apart() {
        let absolute = if cfg!(windows) {
            "C:\\elsewhere\\src\\lib.rs"
        } else {
            "/elsewhere/src/lib.rs"
        };
        let of = |arguments: &[&str]| {
            let arguments: Vec<_> = arguments.iter().map(Into::into).collect();
            let Unit {
                is_local,
                is_released,
            } = Unit::of(&arguments, false);
            (is_local, is_released)
        };
        assert_eq!(
            of(&[
                "--crate-name",
                "a",
                "src/lib.rs",
                "--out-dir",
                "target/debug/deps"
            ]),
            (true, true)
        );
        assert_eq!(
            of(&[
                "--crate-name",
                "a",
                absolute,
                "--out-dir",
                "target/debug/deps"
            ]),
            (false, true)
        );
        assert_eq!(of(&["src/lib.rs", "--test"]), (true, false));
        assert_eq!(
            of(&["examples/a.rs", "--out-dir", "target/debug/examples"]),
            (true, false)
        );
        assert_eq!(of(&[]), (true, true));
        assert!(!Unit::of(&["tests/a.rs".into()], true).is_released);
    }
}
