//! The schemas as git has them: asks `git`, and changes nothing.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::read::MAX_BODY_BYTES;
use crate::failure::{Failure, reason};
use crate::store::{Name, name_of};

/// The registration bodies below `root` in a revision.
pub fn bodies(root: &Path, revision: &str) -> Result<Vec<(Name, Vec<u8>)>, Failure> {
    let commit = commit(root, revision)?;
    let listing = output(git(root).args(["ls-tree", "-r", "-z", "-l", &commit, "--", "."]))?;
    let mut files = Vec::new();
    for line in String::from_utf8_lossy(&listing).split_terminator('\0') {
        // `100644 blob <id> <size>\t<path>`
        let Some((about, path)) = line.split_once('\t') else {
            continue;
        };
        let Some(name) = name_of(path) else { continue };
        if let [_, "blob", id, size] = about.split_whitespace().collect::<Vec<_>>()[..] {
            if size.parse::<u64>().is_ok_and(|size| size > MAX_BODY_BYTES) {
                let what = format!(
                    "git:{revision}:{path}: larger than {} MiB, which no schema is",
                    MAX_BODY_BYTES >> 20
                );
                return Err(Failure::new(what));
            }
            files.push((name, id.to_owned()));
        }
    }
    contents(root, files)
}

/// `git rev-parse --local-env-vars`, as far as it says where things are.
const LOCAL: [&str; 9] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
];

fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    // Its words are parsed or passed on: in one language, without asking for anything.
    // A hook's variables say where its repository is, and would make this folder the top of a work tree.
    for name in LOCAL {
        git.env_remove(name);
    }
    git.current_dir(folder)
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null());
    git
}

fn commit(root: &Path, revision: &str) -> Result<String, Failure> {
    let wanted = format!("{revision}^{{commit}}");
    let mut ask = git(root);
    ask.args([
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &wanted,
    ]);
    let answer = ask.output().map_err(|error| could_not_run(&error))?;
    let text = String::from_utf8_lossy(&answer.stdout);
    // What follows `--end-of-options` is printed, too, by old versions.
    match text.lines().last().filter(|_| answer.status.success()) {
        Some(commit) => Ok(commit.into()),
        None => Err(no_commit(root, revision)),
    }
}

/// Because there is no repository, because git won't look at it (another user owns it), or because there is no such revision.
fn no_commit(root: &Path, revision: &str) -> Failure {
    match output(git(root).args(["rev-parse", "--git-dir"])) {
        Err(Failure::Sentence { message, .. }) if message.contains("not a git repository") => {
            Failure::new(format!("{} is in no git repository", root.display()))
        }
        Err(failure) => failure,
        Ok(_) => Failure::new(format!("git knows no revision {revision:?}")).help(
            "name a branch, a tag or a commit; a shallow clone holds few (`git fetch --unshallow`)",
        ),
    }
}

fn output(command: &mut Command) -> Result<Vec<u8>, Failure> {
    let answer = command.output().map_err(|error| could_not_run(&error))?;
    if answer.status.success() {
        return Ok(answer.stdout);
    }
    let said = String::from_utf8_lossy(&answer.stderr);
    Err(Failure::new(format!(
        "git failed: {}",
        said.lines()
            .next()
            .unwrap_or("it said nothing")
            .trim_start_matches("fatal: ")
    )))
}

fn could_not_run(error: &std::io::Error) -> Failure {
    Failure::new(format!("can't run `git`: {}", reason(error)))
        .help("install git, or compare with a folder")
}

/// Asks for all files at once. They are named from a thread of its own: git answers while it is still being asked.
fn contents(root: &Path, files: Vec<(Name, String)>) -> Result<Vec<(Name, Vec<u8>)>, Failure> {
    let mut ask = git(root);
    ask.args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = ask.spawn().map_err(|error| could_not_run(&error))?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let ids = files
        .iter()
        .flat_map(|(_, id)| [id.as_str(), "\n"])
        .collect::<String>();
    let answer = std::thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(ids.as_bytes())));
        let mut answer = Vec::new();
        stdout
            .map(|mut stdout| stdout.read_to_end(&mut answer))
            .transpose()
            .map(|_| answer)
    });
    let answer = answer
        .and_then(|answer| child.wait().map(|_| answer))
        .map_err(|error| could_not_run(&error))?;
    let mut rest = answer.as_slice();
    files
        .into_iter()
        .map(|(name, id)| {
            Ok((
                name,
                next(&mut rest).ok_or_else(|| Failure::new(format!("git has no object {id}")))?,
            ))
        })
        .collect()
}

/// `<id> blob <size>\n<content>\n`
fn next(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let head = str::from_utf8(&rest[..end]).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let content = rest.get(end + 1..end + 1 + size)?.to_vec();
    *rest = rest.get(end + 2 + size..)?;
    Some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_answers_apart() {
        let mut rest = b"abc blob 3\n{\n}\ndef blob 0\n\nghi missing\n".as_slice();
        assert_eq!(next(&mut rest).as_deref(), Some(b"{\n}".as_slice()));
        assert_eq!(next(&mut rest).as_deref(), Some(b"".as_slice()));
        assert_eq!(next(&mut rest), None);
    }
}
