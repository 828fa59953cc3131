//! Packages from npm, where there is Node.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

/// A folder in which the package is installed, made once and kept beside the build; `None`, loudly, where that can't be.
pub fn npm(package: &str) -> Option<PathBuf> {
    let build = std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().to_owned();
    let folder = build.join("npm").join(package.replace(['@', '/'], "-"));
    if folder.is_dir() {
        return Some(folder);
    }
    // Installed elsewhere and moved, so that a folder that is there is whole.
    let temporary = tempfile::tempdir_in(&build).unwrap();
    let installed = Command::new("npm")
        .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", "--prefix"])
        .arg(temporary.path())
        .arg(package)
        .status();
    if !installed.is_ok_and(|status| status.success()) {
        assert!(std::env::var_os("AUDIT_REQUIRE_NODE").is_none(), "npm can't install {package}");
        skipped(&format!("npm isn't there or can't install {package}, so nothing is held against it"));
        return None;
    }
    std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
    // Another test may have been faster: then its folder is as good.
    let _ = std::fs::rename(temporary.keep(), &folder);
    Some(folder)
}

/// Says so where the test harness doesn't keep it to itself, as it does with what the macros print in a test that passes.
pub fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}
