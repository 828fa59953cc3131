//! What a build without the network does when it is asked for it: makes the whole command in the same checkout, and hands over to it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use std::{env, io, thread};

use cargo_metadata::Message;

use super::Outcome;
use crate::args::{Access, Command as Asked, Registration};
use crate::console::Console;
use crate::failure::{Failure, reason};
use crate::store::Store;

/// Where this was built from.
const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

/// Whoever waits longer wants to know for what.
const PATIENCE: Duration = Duration::from_secs(2);

/// Does what the command line says, in another process.
pub fn run(asked: &Asked, console: &Console) -> Result<Outcome, Failure> {
    if !Path::new(MANIFEST).exists() {
        return Err(
            Failure::new("this `cargo-audit-schema` was built without the network")
                .help("install it with its default features: `cargo install --path audit-cli`"),
        );
    }
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let program = build(Command::new(cargo), &secrets(asked), console)?;
    let mut whole = Command::new(&program);
    whole.args(env::args_os().skip(1));
    hand_over(whole, &program)
}

/// What tells where the names of the keys' variables are.
fn access(asked: &Asked) -> Option<&Access> {
    match asked {
        Asked::Plan(Registration { access, .. })
        | Asked::Resolve(Registration { access, .. })
        | Asked::Verify(Registration { access, .. })
        | Asked::Push {
            registration: Registration { access, .. },
            ..
        } => Some(access),
        Asked::Pull(pull) => Some(&pull.access),
        _ => None,
    }
}

/// Build scripts and macros run while it is built, and keys are none of their business.
fn build(mut cargo: Command, secrets: &[String], console: &Console) -> Result<PathBuf, Failure> {
    cargo.args([
        "build",
        "--quiet",
        "--manifest-path",
        MANIFEST,
        "--bin",
        "cargo-audit-schema",
    ]);
    cargo
        .arg("--message-format=json-render-diagnostics")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    for secret in secrets {
        cargo.env_remove(secret);
    }
    let output = output_of(cargo, console)
        .map_err(|error| Failure::new(format!("can't run cargo: {}", reason(&error))))?;
    if !output.status.success() {
        return Err(Failure::Said);
    }
    let messages = Message::parse_stream(output.stdout.as_slice()).filter_map(Result::ok);
    let built = messages.filter_map(|message| match message {
        Message::CompilerArtifact(artifact) => artifact.executable,
        _ => None,
    });
    built
        .last()
        .map(Into::into)
        .ok_or_else(|| Failure::new("cargo built no `cargo-audit-schema`"))
}

/// Says what takes so long, where it does.
fn output_of(mut cargo: Command, console: &Console) -> io::Result<Output> {
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || sender.send(cargo.output()));
        match receiver.recv_timeout(PATIENCE) {
            Ok(output) => output,
            Err(_) => {
                console.progress(
                    "building what uses the network, which takes a minute or two the first time",
                );
                receiver
                    .recv()
                    .unwrap_or_else(|_| Err(io::Error::other("it ended without a word")))
            }
        }
    })
}

/// The variables that hold keys: those that the settings name, and whatever else looks like one.
fn secrets(asked: &Asked) -> Vec<String> {
    let of_serve = if let Asked::Serve(serve) = asked {
        serve.api_key_env.clone()
    } else {
        None
    };
    let store = access(asked).and_then(|access| {
        super::without_cargo(&access.manifest, &access.folder)
            .ok()
            .flatten()
    });
    let store = store.and_then(|root| Store::open(&root).ok());
    let named = store
        .into_iter()
        .flat_map(|store| store.config.environments)
        .map(|environment| environment.api_key_env);
    let looks =
        env::vars_os().filter(|(_, value)| value.to_string_lossy().trim_start().starts_with("sk_"));
    of_serve
        .into_iter()
        .chain(named)
        .chain(looks.filter_map(|(name, _)| name.into_string().ok()))
        .collect()
}

/// This process becomes the other one.
#[cfg(unix)]
fn hand_over(mut whole: Command, program: &Path) -> Result<Outcome, Failure> {
    use std::os::unix::process::CommandExt;
    Err(Failure::io("run", program, &whole.exec()))
}

/// Where a process can't become another one it waits for it.
#[cfg(not(unix))]
fn hand_over(mut whole: Command, program: &Path) -> Result<Outcome, Failure> {
    use super::Status;
    let status = whole
        .status()
        .map_err(|error| Failure::io("run", program, &error))?;
    let status = match status.code() {
        Some(0) => Status::Fine,
        Some(1) => Status::Findings,
        _ => Status::Incomplete,
    };
    Ok(Outcome {
        text: String::new(),
        status,
    })
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::args::{Args, Color};
    use clap::Parser;

    /// In the place of cargo: writes down what it sees, and says that it has built `/bin/true`.
    const CARGO: &str = r#"#!/bin/sh
env > "$(dirname "$0")/seen"
echo '{"reason":"compiler-artifact","package_id":"p 0.1.0","manifest_path":"/p/Cargo.toml","target":{"kind":["bin"],"crate_types":["bin"],"name":"p","src_path":"/p/main.rs","edition":"2024","doc":true,"doctest":false,"test":true},"profile":{"opt_level":"0","debuginfo":0,"debug_assertions":true,"overflow_checks":true,"test":false},"features":[],"filenames":[],"executable":"/bin/true","fresh":true}'
"#;

    #[test]
    fn what_builds_the_whole_command_sees_no_key() {
        let folder = tempfile::tempdir().expect("a folder");
        let cargo = folder.path().join("cargo");
        fs::write(&cargo, CARGO).expect("written");
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("set");
        let settings = "[environments.production]\napi-key-env = \"NAMED_KEY\"\n";
        fs::create_dir(folder.path().join("schemas")).expect("made");
        fs::write(folder.path().join("schemas/audit.toml"), settings).expect("written");
        let schemas = folder.path().join("schemas");
        let line = [
            "x",
            "plan",
            "--env",
            "production",
            "--schemas",
            &schemas.display().to_string(),
        ]
        .map(ToOwned::to_owned);
        let asked = Args::parse_from(line).command;
        let of_serve =
            secrets(&Args::parse_from(["x", "serve", "--api-key-env", "ITS_KEY"]).command);
        assert_eq!(of_serve, ["ITS_KEY"]);
        let secrets = secrets(&asked);
        assert_eq!(secrets, ["NAMED_KEY"]);
        let mut command = Command::new(&cargo);
        command
            .env("NAMED_KEY", "a key that begins otherwise")
            .env("OTHER", "kept");
        let built = build(command, &secrets, &Console::new(Color::Never, true)).expect("built");
        assert_eq!(built, Path::new("/bin/true"));
        let seen = fs::read_to_string(folder.path().join("seen")).expect("written");
        assert!(
            seen.contains("OTHER=kept") && !seen.contains("NAMED_KEY"),
            "{seen}"
        );
    }
}
