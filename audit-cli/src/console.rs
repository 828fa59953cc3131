//! Output on stdout, progress and errors on stderr, and their colours.

use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use anstream::stream::RawStream;
use anstyle::{AnsiColor, Style};
pub use clap::ColorChoice as Color;

use crate::failure::{Failure, io_message};
use crate::text::printable;

/// Style of `error`.
pub const ERROR: Style = AnsiColor::Red.on_default().bold();
/// Style of `warning`.
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// Style of `help`.
pub const HELP: Style = AnsiColor::Cyan.on_default().bold();

/// Exit status of a command that failed.
pub const COULD_NOT_RUN: u8 = 2;

/// Stdout and stderr, with the options that affect them.
#[derive(Debug)]
pub struct Console {
    color: Color,
    quiet: bool,
}

impl Console {
    pub fn new(color: Color, quiet: bool) -> Self {
        Self { color, quiet }
    }

    /// Value of cargo's `--color`.
    pub fn color(&self) -> String {
        self.color.to_string()
    }

    fn stream<S: RawStream>(&self, raw: S) -> AutoStream<S> {
        let choice = match self.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        AutoStream::new(raw, choice)
    }

    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes a command's output. A closed pipe (`| head`) is not an error.
    pub fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = self.stream(io::stdout());
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::new(format!(
                "can't write to stdout: {}",
                io_message(&error)
            ))),
            _ => Ok(()),
        }
    }

    /// Reports progress, unless `--quiet` is set.
    pub fn progress(&self, text: impl Display) {
        if !self.quiet {
            self.say(&format!("{text}\n"));
        }
    }

    /// Reports a warning.
    pub fn warn(&self, text: &str) {
        self.say(&format!(
            "{WARNING}warning{WARNING:#}: {}\n",
            printable(text)
        ));
    }

    /// Reports an error and its help.
    pub fn error(&self, failure: &Failure) {
        let (message, help) = match failure {
            Failure::AlreadyReported => return,
            Failure::Many(failures) => {
                return failures.iter().for_each(|failure| self.error(failure));
            }
            Failure::Message { message, help } => (message, help),
        };
        let help = if help.is_empty() {
            String::new()
        } else {
            format!("  {HELP}help{HELP:#}: {}\n", printable(help))
        };
        self.say(&format!(
            "{ERROR}error{ERROR:#}: {}\n{help}",
            printable(message)
        ));
    }

    /// Reports the error of a failed command and returns the exit code.
    pub fn failed(&self, failure: &Failure) -> ExitCode {
        self.error(failure);
        ExitCode::from(COULD_NOT_RUN)
    }

    /// Progress bar for long work; shown on terminals only.
    pub fn bar(&self, doing: &'static str, of: usize) -> Bar {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Bar {
            doing,
            of,
            shown: !self.quiet && !dumb && io::stderr().is_terminal(),
        }
    }

    /// Writes text to stderr unchanged; ignores a closed stderr.
    pub fn say(&self, text: &str) {
        let mut err = self.stream(io::stderr());
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }
}

/// `reading 12 of 20`, updated in place and cleared when dropped.
#[derive(Debug)]
pub struct Bar {
    doing: &'static str,
    of: usize,
    shown: bool,
}

/// Clears the line.
const CLEAR: &str = "\r\x1b[K";

impl Bar {
    pub fn at(&self, done: usize) {
        // At most 100 updates.
        let step = (self.of / 100).max(1);
        if self.shown && (done.is_multiple_of(step) || done == self.of) {
            steer(format_args!("{CLEAR}{} {done} of {}", self.doing, self.of));
        }
    }
}

/// Writes control sequences to the terminal.
fn steer(text: std::fmt::Arguments<'_>) {
    let mut err = io::stderr().lock();
    let _ = err.write_fmt(text).and_then(|()| err.flush());
}

impl Drop for Bar {
    fn drop(&mut self) {
        if self.shown {
            steer(format_args!("{CLEAR}"));
        }
    }
}
