//! Runs the build so that records end up in readable files and the user's own builds stay fresh.

use std::collections::HashSet;
use std::io::BufReader;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Stdio};
use std::thread;

use cargo_metadata::diagnostic::DiagnosticLevel;
use cargo_metadata::{Artifact as CargoArtifact, CompilerMessage, Message, TargetKind};

use super::command::{command, could_not_run};
use super::graph::Graph;
use super::{Artifact, Artifacts};
use crate::args::Build;
use crate::console::Console;
use crate::failure::{Failure, io_message};

/// Builds, and says which files came out of which package. `meanwhile` is done while cargo works; where that fails nothing needs to be
/// built.
pub fn build<T: Send>(
    build: &Build,
    graph: &Graph,
    console: &Console,
    meanwhile: impl FnOnce() -> Result<T, Failure> + Send,
) -> Result<(Artifacts, T), Failure> {
    let mut cargo = command("build", &build.manifest, console);
    cargo
        .arg("--message-format=json-diagnostic-rendered-ansi")
        .arg("--target-dir")
        .arg(graph.target_folder())
        .arg("--config")
        .arg(graph.settings_file()?)
        .args(build.flags())
        .args(build.workspace.then_some("--workspace"));
    for package in &build.packages {
        cargo.args(["--package", package]);
    }
    // The derives leave out the comparison with committed files, so that changed code can be built.
    cargo
        .env("AUDIT_SCHEMAS", "update")
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let mut child = cargo
        .spawn()
        .map_err(|error| could_not_run(&cargo, &error))?;
    let messages = child.stdout.take();
    let (done, read) = thread::scope(|scope| {
        let other = scope.spawn(|| {
            meanwhile().inspect_err(|_| {
                // Fails where it has ended already.
                let _ = child.kill();
            })
        });
        let read = messages.map_or(Ok(Messages::default()), |messages| {
            read_messages(messages, console)
        });
        (
            other.join().unwrap_or_else(|panic| resume_unwind(panic)),
            read,
        )
    });
    let status = child
        .wait()
        .map_err(|error| could_not_run(&cargo, &error))?;
    let (done, read) = (done?, read?);
    if status.success() {
        return Ok((Artifacts(read.artifacts), done));
    }
    // Where the build didn't even begin cargo has said why, in one sentence.
    Err(if read.begun {
        failed(&read.artifacts, graph)
    } else {
        Failure::AlreadyReported
    })
}

/// Names the packages that did compile and may be what the schemas come from: others only use their events.
fn failed(built: &[Artifact], graph: &Graph) -> Failure {
    let built: HashSet<_> = built.iter().map(|artifact| &artifact.package).collect();
    let declaring = graph
        .members()
        .filter(|package| package.declares() && built.contains(&package.id));
    let options: Vec<_> = declaring
        .map(|package| format!("-p {}", package.name))
        .collect();
    let failure = Failure::new("the build failed, so no schemas were read");
    if options.is_empty() {
        return failure;
    }
    let options = options.join(" ");
    failure.help(format!(
        "`{options}` builds and reads only what did compile and may declare events"
    ))
}

/// Messages of cargo.
#[derive(Default)]
struct Messages {
    artifacts: Vec<Artifact>,
    /// Whether the build began at all.
    begun: bool,
}

/// Errors are passed on; warnings are the business of the user's own builds.
fn read_messages(from: ChildStdout, console: &Console) -> Result<Messages, Failure> {
    let mut read = Messages::default();
    for message in Message::parse_stream(BufReader::new(from)) {
        match message.map_err(|error| {
            Failure::new(format!(
                "invalid output of `cargo build`: {}",
                io_message(&error)
            ))
        })? {
            Message::CompilerArtifact(artifact) => read.artifacts.extend(readable(artifact)),
            Message::BuildFinished(_) => read.begun = true,
            Message::CompilerMessage(CompilerMessage { message, .. })
                if matches!(message.level, DiagnosticLevel::Error | DiagnosticLevel::Ice) =>
            {
                console.say(&message.rendered.unwrap_or(message.message));
            }
            _ => {}
        }
    }
    Ok(read)
}

/// The files of an artifact that can hold records; procedural macros and build scripts run on this machine and hold none.
fn readable(artifact: CargoArtifact) -> Option<Artifact> {
    let on_host =
        |kind: &TargetKind| matches!(kind, TargetKind::ProcMacro | TargetKind::CustomBuild);
    if artifact.target.kind.iter().any(on_host) {
        return None;
    }
    let files = artifact.filenames.into_iter().map(PathBuf::from);
    Some(Artifact {
        package: artifact.package_id,
        files: files.filter(|path| holds_records(path)).collect(),
    })
}

/// Metadata and debug information lie beside the artifacts.
fn holds_records(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    !matches!(
        extension,
        Some("rmeta" | "d" | "pdb" | "dSYM" | "dwp" | "dwo" | "js")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_can_hold_records() {
        for name in [
            "libacme.rlib",
            "acme",
            "acme.exe",
            "libacme.so",
            "libacme.a",
            "acme.wasm",
        ] {
            assert!(holds_records(Path::new(name)), "{name}");
        }
        for name in ["libacme.rmeta", "acme.pdb", "acme.dSYM", "acme.d"] {
            assert!(!holds_records(Path::new(name)), "{name}");
        }
    }
}
