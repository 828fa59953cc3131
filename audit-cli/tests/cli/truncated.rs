//! Artifacts that end too early: what can't be known of them is never taken for nothing.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::support::{Project, TARGET, event, manifest};
use object::read::archive::ArchiveFile;

/// Where a file is cut: at its beginning byte by byte, in even strides, before its end; and around `boundaries`.
fn cuts(len: usize, boundaries: impl IntoIterator<Item = u64>) -> BTreeSet<usize> {
    let around = boundaries
        .into_iter()
        .filter_map(|at| usize::try_from(at).ok())
        .flat_map(|at| at.saturating_sub(1)..at + 2);
    let strides = (0..len).step_by(len / 40);
    (0..20)
        .chain(strides)
        .chain(around)
        .chain(len - 70..len)
        .filter(|at| *at < len)
        .collect()
}

/// Every cut is damaged, but for what fills the last member of an archive up.
fn damaged(project: &Project, path: &Path, boundaries: impl IntoIterator<Item = u64>) {
    let bytes = std::fs::read(path).expect("an artifact");
    let whole = project
        .run(&["inspect", &path.to_string_lossy()])
        .ends(0)
        .stdout;
    for len in cuts(bytes.len(), boundaries) {
        std::fs::write(project.path("cut"), &bytes[..len]).expect("written");
        let run = project.run(&["inspect", "cut"]);
        if len + 1 == bytes.len() && run.status == 0 {
            assert_eq!(run.stdout, whole, "{len} bytes of {}", path.display());
        } else {
            let run = run.ends(2);
            assert!(
                run.error().contains("damaged: "),
                "{len} bytes of {}: {run:?}",
                path.display()
            );
        }
    }
}

#[test]
fn a_library_and_a_program_that_are_cut_are_damaged() {
    let project = Project::new();
    project.write(
        "Cargo.toml",
        &(manifest("truncated", "audit-core") + "[workspace]\n[profile.dev]\ndebug = false\n"),
    );
    project.write(
        "src/lib.rs",
        &(event("library.first", 1, "") + &event("library.second", 1, "mfa: bool,")),
    );
    project.write(
        "src/main.rs",
        &(event("program.started", 1, "") + "fn main() {}\n"),
    );
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["build", "--quiet"])
        .current_dir(project.path(""))
        .env("CARGO_TARGET_DIR", TARGET);
    assert!(cargo.status().expect("cargo runs").success());

    let library = Path::new(TARGET).join("debug/libtruncated.rlib");
    let bytes = std::fs::read(&library).expect("a library");
    let archive = ArchiveFile::parse(&*bytes).expect("an archive");
    let ends = archive
        .members()
        .map(|member| member.expect("a member").file_range())
        .map(|(offset, size)| offset + size);
    damaged(&project, &library, ends);
    damaged(&project, &Path::new(TARGET).join("debug/truncated"), []);
}
