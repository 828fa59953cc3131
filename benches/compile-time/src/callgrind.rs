//! Counts the instructions of rustc, which are stable where times are not. Cargo calls this program in rustc's place, which runs rustc
//! under valgrind where it compiles the crate that is measured.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use crate::subject::{NAME, Subject};

/// Where the count goes. Set where cargo calls this program.
pub const LOG: &str = "COMPILE_TIME_LOG";

/// Whether instructions can be counted here.
pub fn is_there() -> io::Result<bool> {
    match Command::new("valgrind")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
    {
        Ok(status) => Ok(status.success()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// The instructions that `cargo check` of the crate alone takes, with nothing of it cached.
pub fn check(subject: &Subject) -> io::Result<u64> {
    subject.forget()?;
    let log = subject.folder.join("callgrind.log");
    let mut cargo = subject.cargo(&["check"]);
    let status = cargo
        .env("RUSTC_WORKSPACE_WRAPPER", std::env::current_exe()?)
        .env(LOG, &log)
        .status()?;
    if !status.success() {
        return Err(io::Error::other(format!("{cargo:?} ended with {status}")));
    }
    let said = fs::read_to_string(&log)?;
    collected(&said)
        .ok_or_else(|| io::Error::other(format!("valgrind said nothing of instructions: {said}")))
}

/// `==1234== Collected : 12345678`
fn collected(said: &str) -> Option<u64> {
    said.lines()
        .filter_map(|line| line.split_once("Collected :"))
        .find_map(|(_, count)| count.trim().parse().ok())
}

/// In rustc's place: `arguments` are rustc and its arguments.
pub fn rustc(log: &OsStr, arguments: &[OsString]) -> io::Result<ExitCode> {
    let (rustc, arguments) = arguments
        .split_first()
        .ok_or_else(|| io::Error::other(format!("{LOG} is for cargo's calls")))?;
    let mut command = if arguments
        .windows(2)
        .any(|pair| pair[0] == "--crate-name" && pair[1] == NAME)
    {
        let mut valgrind = Command::new("valgrind");
        let mut log_file = OsString::from("--log-file=");
        log_file.push(log);
        valgrind
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(log_file)
            .arg(itself(rustc)?);
        valgrind
    } else {
        Command::new(rustc)
    };
    let status = command.args(arguments).status()?;
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The compiler, where `rustc` is only rustup's way to it.
fn itself(rustc: &OsStr) -> io::Result<PathBuf> {
    let output = Command::new(rustc).args(["--print", "sysroot"]).output()?;
    let found = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()).join("bin/rustc");
    Ok(if found.is_file() { found } else { rustc.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_read() {
        assert_eq!(
            collected("==7== \n==7== Events    : Ir\n==7== Collected : 815981061\n"),
            Some(815_981_061)
        );
        assert_eq!(collected("==7== Collected : none\n"), None);
    }

    #[test]
    fn only_cargo_calls_it_as_rustc() {
        assert!(rustc(OsStr::new("log"), &[]).is_err());
    }
}
