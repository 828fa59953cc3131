//! The schemas of a git revision. Reads only.

use std::fs::File;
use std::io::{Seek, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::read::MAX_BODY_BYTES;
use crate::failure::{Failure, io_message};
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
                    "git:{revision}:{path}: exceeds {} MiB",
                    MAX_BODY_BYTES >> 20
                );
                return Err(Failure::new(what));
            }
            files.push((name, id.to_owned()));
        }
    }
    contents(root, files)
}

/// The variables of `git rev-parse --local-env-vars` that contain paths.
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
    // A hook's variables name its own repository.

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
    let commit = format!("{revision}^{{commit}}");
    let response = output(git(root).args([
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ]));
    let text = String::from_utf8(response.unwrap_or_default()).unwrap_or_default();
    // Old versions also print `--end-of-options`.
    let commit = text.lines().last().map(ToOwned::to_owned);
    commit.ok_or_else(|| no_commit(root, revision))
}

/// No repository, one that git rejects (another user owns it), or no such revision.
fn no_commit(root: &Path, revision: &str) -> Failure {
    match output(git(root).args(["rev-parse", "--git-dir"])) {
        Err(Failure::Message { message, .. }) if message.contains("not a git repository") => {
            Failure::new(format!("{} is not in a git repository", root.display()))
        }
        Err(failure) => failure,
        Ok(_) => Failure::new(format!("git knows no revision {revision:?}")).help(
            "name a branch, a tag or a commit; a shallow clone holds few (`git fetch --unshallow`)",
        ),
    }
}

fn output(command: &mut Command) -> Result<Vec<u8>, Failure> {
    let response = command.output().map_err(|error| {
        Failure::new(format!("can't run `git`: {}", io_message(&error)))
            .help("install git, or compare with a folder")
    })?;
    if response.status.success() {
        return Ok(response.stdout);
    }
    let text = String::from_utf8_lossy(&response.stderr);
    let line = text.lines().next().unwrap_or("without a message");
    let line = line.trim_start_matches("fatal: ");
    Err(Failure::new(format!("git failed: {line}")))
}

/// Reads all files by one command; its input is a file, as git writes before it has read everything.
fn contents(root: &Path, files: Vec<(Name, String)>) -> Result<Vec<(Name, Vec<u8>)>, Failure> {
    let ids = files.iter().flat_map(|(_, id)| [id.as_str(), "\n"]);
    let ids = temporary(&ids.collect::<String>()).map_err(|error| {
        Failure::new(format!(
            "can't write a temporary file: {}",
            io_message(&error)
        ))
    })?;
    let response = output(git(root).args(["cat-file", "--batch"]).stdin(ids))?;
    let mut rest = response.as_slice();
    let content = |(name, id)| match next(&mut rest) {
        Some(content) => Ok((name, content)),
        None => Err(Failure::new(format!("git has no object {id}"))),
    };
    files.into_iter().map(content).collect()
}

/// A file to read, without a name.
fn temporary(text: &str) -> std::io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(text.as_bytes())?;
    file.rewind()?;
    Ok(file)
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
    fn parses_responses() {
        let mut rest = b"abc blob 3\n{\n}\ndef blob 0\n\nghi missing\n".as_slice();
        assert_eq!(next(&mut rest).as_deref(), Some(b"{\n}".as_slice()));
        assert_eq!(next(&mut rest).as_deref(), Some(b"".as_slice()));
        assert_eq!(next(&mut rest), None);
    }
}
