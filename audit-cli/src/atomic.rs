//! How files are replaced: whoever reads one sees the old bytes or the new ones, never half of either, also when this process is
//! killed in between. What such a process leaves is a temporary file, which can be told from all others by its name.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::failure::Failure;

/// `.v1.json.4711.audit-schema.tmp`: the file that it is to become, and who writes it.
const SUFFIX: &str = ".audit-schema.tmp";

/// New bytes beside the file whose place they are to take. Removed unless they take it.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    temporary: PathBuf,
    in_place: bool,
}

impl Staged {
    /// Writes `bytes` beside `path`, to the disk. A file that is replaced hands on its permissions.
    pub fn write(path: &Path, bytes: &[u8]) -> Result<Self, Failure> {
        let staged = Self {
            path: path.into(),
            temporary: folder_of(path).join(temporary_name(path)),
            in_place: false,
        };
        match write(&staged.temporary, bytes, path) {
            Ok(()) => Ok(staged),
            Err(error) => Err(staged.failed(&error)),
        }
    }

    /// Puts the bytes into their place.
    pub fn commit(mut self) -> Result<(), Failure> {
        fs::rename(&self.temporary, &self.path).map_err(|error| self.failed(&error))?;
        self.in_place = true;
        Ok(())
    }

    fn failed(&self, error: &io::Error) -> Failure {
        explained(Failure::io("write", &self.path, error), error)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.in_place {
            // What couldn't be written may not be there at all.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Folders that were made for files. Those in which no file came to stand are removed again.
#[derive(Debug, Default)]
pub struct Folders(Vec<PathBuf>);

impl Folders {
    /// Makes the folders around a file.
    pub fn make(&mut self, path: &Path) -> Result<(), Failure> {
        let folder = folder_of(path);
        let missing: Vec<_> = folder
            .ancestors()
            .take_while(|folder| !folder.exists())
            .map(Path::to_owned)
            .collect();
        fs::create_dir_all(folder)
            .map_err(|error| explained(Failure::io("make the folder", folder, &error), &error))?;
        self.0.extend(missing.into_iter().rev());
        Ok(())
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Fails where the folder isn't empty, which is as it should be.
            let _ = fs::remove_dir(folder);
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// What isn't ours to say is said by the system; what to do about it is known for some.
fn explained(failure: Failure, error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            failure.help("make it writable; nothing was changed in its folder")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            failure.help("make room on the disk; nothing was changed in its folder")
        }
        _ => failure,
    }
}

/// Makes a file newer, so that builds that depend on it run again. Where that isn't allowed they notice later.
pub fn touch(path: &Path) {
    let _ = OpenOptions::new()
        .append(true)
        .open(path)
        .and_then(|file| file.set_modified(SystemTime::now()));
}

/// Replaces one file. Makes the folders around it.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut folders = Folders::default();
    folders.make(path)?;
    Staged::write(path, bytes)?.commit()
}

fn write(temporary: &Path, bytes: &[u8], path: &Path) -> io::Result<()> {
    let mut file: File = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(temporary)?;
    file.write_all(bytes)?;
    if let Ok(replaced) = fs::metadata(path) {
        file.set_permissions(replaced.permissions())?;
    }
    file.sync_all()
}

fn temporary_name(path: &Path) -> OsString {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}{SUFFIX}", std::process::id()));
    name
}

/// Whether a file's name is that of a temporary file of ours.
pub fn is_temporary(name: &str) -> bool {
    let process = name
        .strip_prefix('.')
        .and_then(|name| name.strip_suffix(SUFFIX))
        .and_then(|name| name.rsplit_once('.'));
    process.is_some_and(|(file, process)| !file.is_empty() && process.parse::<u32>().is_ok())
}

/// Removes the temporary files in a folder. Only for whoever knows that nobody is writing there.
pub fn sweep(folder: &Path) {
    for child in fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
    {
        let is_file = child.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && child.file_name().to_str().is_some_and(is_temporary) {
            // Whoever can't remove it can't write here either, and says so.
            let _ = fs::remove_file(child.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder)
            .expect("a folder")
            .map(|child| child.expect("a child").file_name().into_string());
        let mut names: Vec<_> = names.map(|name| name.expect("Unicode")).collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_whole_files_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new folder/file é.json");
        replace(&path, b"old, and longer").expect("written");
        replace(&path, b"new").expect("written");
        assert_eq!(fs::read(&path).expect("a file"), b"new");
        assert_eq!(names(&folder.path().join("new folder")), ["file é.json"]);
    }

    #[test]
    fn what_is_not_committed_was_never_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let [old, new] =
            ["old.json", "new folder/below/new.json"].map(|name| folder.path().join(name));
        fs::write(&old, "old").expect("written");
        let mut folders = Folders::default();
        folders.make(&new).expect("made");
        let staged = [&old, &new].map(|path| Staged::write(path, b"new").expect("written"));
        assert_eq!(fs::read(&old).expect("a file"), b"old");
        assert!(names(folder.path()).iter().any(|name| is_temporary(name)));
        drop(staged);
        drop(folders);
        assert_eq!(names(folder.path()), ["old.json"]);
    }

    #[cfg(unix)]
    #[test]
    fn hands_on_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        fs::write(&path, "old").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o754)).expect("set");
        replace(&path, b"new").expect("written");
        assert_eq!(
            fs::metadata(&path).expect("a file").permissions().mode() & 0o777,
            0o754
        );
    }

    #[test]
    fn says_what_stands_in_the_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        fs::write(&file, "").expect("written");
        let Err(Failure::Sentence { message, .. }) = replace(&file.join("below"), b"x") else {
            unreachable!()
        };
        assert!(message.starts_with("can't make the folder "), "{message}");

        let taken = folder.path().join("taken");
        fs::create_dir(&taken).expect("made");
        fs::write(taken.join("child"), "").expect("written");
        let Err(Failure::Sentence { message, .. }) = replace(&taken, b"x") else {
            unreachable!()
        };
        assert!(message.starts_with("can't write "), "{message}");
        assert_eq!(
            names(folder.path()),
            ["file", "taken"],
            "no temporary file is left"
        );
    }

    #[test]
    fn sweeps_its_own_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let left = [
            ".v1.json.4711.audit-schema.tmp",
            ".audit.toml.1.audit-schema.tmp",
        ];
        let others = [
            ".v1.json.4711.tmp",
            ".v1.json.x.audit-schema.tmp",
            "..1.audit-schema.tmp",
            "v1.json.1.audit-schema.tmp",
            ".gitignore",
        ];
        for name in left.iter().chain(&others) {
            fs::write(folder.path().join(name), "").expect("written");
        }
        fs::create_dir(folder.path().join(".folder.1.audit-schema.tmp")).expect("made");
        sweep(folder.path());
        let mut kept: Vec<_> = others
            .into_iter()
            .map(String::from)
            .chain([".folder.1.audit-schema.tmp".into()])
            .collect();
        kept.sort();
        assert_eq!(names(folder.path()), kept);
    }
}
