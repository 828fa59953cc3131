//! Compiles an example that depends on its surroundings: a package of its own, with the files that it names, by its own command line.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use audit_tests::Crate;

use super::explanation::Example;

/// How the compiler ended, and the first line of each error and warning.
#[derive(Debug)]
pub struct Outcome {
    pub success: bool,
    pub headlines: Vec<String>,
}

/// `None` where the system can't have such surroundings.
pub fn compile(name: &str, example: &Example) -> Option<Outcome> {
    let line = CommandLine::read(example.command.as_deref().unwrap_or("cargo check"));
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = scratch
        .join("diagnostics")
        .join(name)
        .join(file_name(&line.folder)?);
    let package = Crate::at(scratch, "diagnostics", folder, name);
    package.write("src/lib.rs", &example.source);
    for (path, content) in &example.files {
        package.write(path, content);
    }
    let output = line.command(&package).output().expect("the compiler runs");
    let headlines = String::from_utf8_lossy(&output.stderr)
        .lines()
        .filter(|line| is_headline(line))
        .map(Into::into)
        .collect();
    Some(Outcome {
        success: output.status.success(),
        headlines,
    })
}

/// Leaves out the last words of cargo and rustc, which count the errors before them.
fn is_headline(line: &str) -> bool {
    let last_words = ["error: could not compile", "error: aborting due to"];
    (line.starts_with("error") || line.starts_with("warning"))
        && !last_words.iter().any(|words| line.starts_with(words))
}

/// `cd FOLDER && NAME=value program argument …`: as much of a shell as the examples need, on every system.
struct CommandLine<'l> {
    /// What the package's folder is called, as bytes.
    folder: Vec<u8>,
    variables: Vec<(&'l str, &'l str)>,
    program: &'l str,
    arguments: Vec<&'l str>,
}

impl<'l> CommandLine<'l> {
    fn read(line: &'l str) -> Self {
        let (folder, rest) = line
            .strip_prefix("cd ")
            .and_then(|line| line.split_once(" && "))
            .unwrap_or(("package", line));
        let mut words = rest.split(' ').peekable();
        let mut variables = Vec::new();
        while let Some(variable) = words.peek().and_then(|word| word.split_once('=')) {
            variables.push(variable);
            words.next();
        }
        Self {
            folder: unescaped(folder),
            variables,
            program: words.next().expect("a program"),
            arguments: words.collect(),
        }
    }

    fn command(&self, package: &Crate) -> Command {
        let mut command = package.command(self.program);
        for argument in &self.arguments {
            match *argument {
                // Where the dependencies are is the build system's business.
                "…" => command
                    .args(package.dependencies())
                    .arg("--out-dir")
                    .arg(package.folder()),
                argument => command.arg(argument),
            };
        }
        for (name, value) in &self.variables {
            command.env(
                name,
                if *value == "$PWD" {
                    package.folder().into()
                } else {
                    OsString::from(value)
                },
            );
        }
        if self.program == "cargo" {
            command.args(["--quiet", "--offline"]);
        }
        command.args(["--color", "never"]);
        command
    }
}

/// The bytes of `$'caf\xe9'`, or of a plain word.
fn unescaped(word: &str) -> Vec<u8> {
    let Some(quoted) = word
        .strip_prefix("$'")
        .and_then(|word| word.strip_suffix('\''))
    else {
        return word.into();
    };
    let mut parts = quoted.split("\\x");
    let mut bytes: Vec<u8> = parts.next().unwrap_or_default().into();
    for part in parts {
        let (hex, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(hex, 16).expect("two hexadecimal digits"));
        bytes.extend(rest.bytes());
    }
    bytes
}

#[cfg(target_os = "linux")]
#[expect(
    clippy::unnecessary_wraps,
    reason = "other systems don't take every name"
)]
fn file_name(bytes: &[u8]) -> Option<OsString> {
    Some(std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec()))
}

#[cfg(not(target_os = "linux"))]
fn file_name(bytes: &[u8]) -> Option<OsString> {
    String::from_utf8(bytes.to_vec()).ok().map(Into::into)
}
