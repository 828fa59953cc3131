//! What environments were told: `schemas/registrations/<environment>.json`. A file that can't be read must not pass for "registered
//! nowhere".

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use audit_rules::Problem as FileProblem;
use audit_rules::folder::{FOLDER, REGISTRATIONS};
use audit_rules::registrations;

use super::files::Cache;
use super::{ConflictIn, Problem};

/// What a file says, or what is wrong with it.
type Parsed = Result<registrations::Registrations, Vec<FileProblem>>;

/// An environment, and the hash of the body that is registered there.
pub type Hash = (String, String);

/// The environments that have the version, sorted.
pub fn of(folder: &Path, action: &str, version: u32) -> Result<Vec<Hash>, Problem> {
    static CACHE: Cache<Parsed> = Cache::new();
    let mut hashes = Vec::new();
    for (environment, path) in files(folder)? {
        let file = CACHE
            .get(&path, registrations::read)
            .map_err(|error| Problem::Unreadable(path.clone(), error))?;
        // `None` where it has been deleted by now.
        match file.as_deref() {
            Some(Err(problems)) => return Err(problem(&environment, path, problems)),
            Some(Ok(actions)) => {
                let registration = actions
                    .get(action)
                    .and_then(|versions| versions.get(&version));
                hashes.extend(registration.map(|found| (environment, found.sha256.clone())));
            }
            None => {}
        }
    }
    Ok(hashes)
}

fn problem(environment: &str, path: PathBuf, problems: &[FileProblem]) -> Problem {
    match problems.first() {
        Some(problem) if problem.is_conflict => Problem::Conflict {
            file: ConflictIn::Registrations,
            shown: format!("{FOLDER}/{REGISTRATIONS}/{environment}.json"),
            position: problem.to_string(),
        },
        first => {
            let what = first.map(|problem| format!("{} in line {}", problem.message, problem.line));
            Problem::Registrations(path, what.unwrap_or_default())
        }
    }
}

/// The environments with registrations, sorted, and their files. Without a folder for them there are none.
pub fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>, Problem> {
    let folder = folder.join(REGISTRATIONS);
    let unreadable = |error| Problem::Unreadable(folder.clone(), error);
    let children: io::Result<Vec<_>> = match fs::read_dir(&folder) {
        Ok(children) => children.collect(),
        Err(error)
            if error.kind() == ErrorKind::NotFound && fs::symlink_metadata(&folder).is_err() =>
        {
            return Ok(Vec::new());
        }
        Err(error) => return Err(unreadable(error)),
    };
    let paths = children
        .map_err(unreadable)?
        .into_iter()
        .map(|child| child.path());
    let environment = |path: &Path| {
        let name = path.file_name()?.to_str()?;
        Some(name.strip_suffix(".json")?.to_owned())
    };
    let mut files: Vec<_> = paths
        .filter_map(|path| Some((environment(&path)?, path)))
        .collect();
    files.sort();
    Ok(files)
}

/// The registrations with another hash than the file's, whose line ends don't count.
pub fn altered(file: &[u8], registered: &[Hash]) -> Vec<Hash> {
    let is_hash =
        |hash: &str| hash.len() == 64 && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
    if registered.is_empty() {
        return Vec::new();
    }
    let own = registrations::hexadecimal(&hmac_sha256::Hash::hash(&without_returns(file)));
    let is_other = |hash: &str| is_hash(hash) && !own.eq_ignore_ascii_case(hash);
    registered
        .iter()
        .filter(|(_, hash)| is_other(hash))
        .cloned()
        .collect()
}

fn without_returns(file: &[u8]) -> Vec<u8> {
    let is_kept =
        |(index, byte): &(usize, &u8)| **byte != b'\r' || file.get(index + 1) != Some(&b'\n');
    file.iter()
        .enumerate()
        .filter(is_kept)
        .map(|(_, byte)| *byte)
        .collect()
}
