//! What goes where: output on stdout, progress and errors on stderr, colours where they are wanted.

use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;

use crate::failure::{Failure, reason};
use crate::text::printable;

/// How an error announces itself.
pub const ERROR: Style = AnsiColor::Red.on_default().bold();
/// How a warning announces itself.
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// How a way out announces itself.
pub const HELP: Style = AnsiColor::Cyan.on_default().bold();

/// The exit status of what could not run.
pub const COULD_NOT_RUN: u8 = 2;

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    pub fn choice(self) -> anstream::ColorChoice {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
    }
}

/// The terminal, as the command line wants it used.
#[derive(Debug)]
pub struct Console {
    color: Color,
    quiet: bool,
}

impl Console {
    pub fn new(color: Color, quiet: bool) -> Self {
        Self { color, quiet }
    }

    /// What to tell cargo.
    pub fn color(&self) -> &'static str {
        match self.color {
            Color::Auto => "auto",
            Color::Always => "always",
            Color::Never => "never",
        }
    }

    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Writes a command's output. A reader that went away (`| head`) is none of our errors.
    pub fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = AutoStream::new(io::stdout(), self.color.choice());
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::new(format!(
                "can't write to stdout: {}",
                reason(&error)
            ))),
            _ => Ok(()),
        }
    }

    /// What is going on; left out with `--quiet`.
    pub fn progress(&self, text: impl Display) {
        if !self.quiet {
            self.say(&format!("{text}\n"));
        }
    }

    /// What isn't an error and should be known all the same.
    pub fn warn(&self, text: &str) {
        self.say(&format!(
            "{WARNING}warning{WARNING:#}: {}\n",
            printable(text)
        ));
    }

    /// A sentence, and the way out of it.
    pub fn error(&self, failure: &Failure) {
        let (message, help) = match failure {
            Failure::Said => return,
            Failure::Several(failures) => {
                return failures.iter().for_each(|failure| self.error(failure));
            }
            Failure::Sentence { message, help } => (message, help),
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

    /// Reports why the command could not run.
    pub fn failed(&self, failure: &Failure) -> ExitCode {
        self.error(failure);
        ExitCode::from(COULD_NOT_RUN)
    }

    /// A line that counts, for work that may take long: only where somebody looks on.
    pub fn bar(&self, doing: &'static str, of: usize) -> Bar {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Bar {
            doing,
            of,
            shown: !self.quiet && !dumb && io::stderr().is_terminal(),
        }
    }

    /// Passes on what others have worded. Whoever closed stderr doesn't want to know.
    pub fn say(&self, text: &str) {
        let mut err = AutoStream::new(io::stderr(), self.color.choice());
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }
}

/// `reading 12 of 20`, rewritten in its place and gone when dropped.
#[derive(Debug)]
pub struct Bar {
    doing: &'static str,
    of: usize,
    shown: bool,
}

/// Back to the line's begin, and nothing in it.
const CLEAR: &str = "\r\x1b[K";

impl Bar {
    pub fn at(&self, done: usize) {
        // A hundred steps are as many as anybody sees.
        let step = (self.of / 100).max(1);
        if self.shown && (done.is_multiple_of(step) || done == self.of) {
            steer(format_args!("{CLEAR}{} {done} of {}", self.doing, self.of));
        }
    }
}

/// To a terminal, as it is.
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
