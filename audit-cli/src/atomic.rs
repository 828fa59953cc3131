//! Atomic replacement of files: a reader sees the old bytes or the new ones, even if this process is killed in between. Such a process
//! may leave a temporary file, whose name ends in `SUFFIX`.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::{Builder, NamedTempFile, TempPath};

use crate::failure::Failure;

/// How the names of temporary files end.
pub const SUFFIX: &str = ".audit-schema.tmp";

/// New bytes in a temporary file beside the one to replace. Removed unless committed.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    /// Closed: there may be thousands.
    temporary: TempPath,
}

impl Staged {
    /// Writes `bytes` beside `path`, to the disk. A file that is replaced hands on its permissions.
    pub fn write(path: &Path, bytes: &[u8]) -> Result<Self, Failure> {
        let temporary = write(path, bytes).map_err(|error| failed(path, &error))?;
        Ok(Self {
            path: path.into(),
            temporary,
        })
    }

    /// Replaces the file.
    pub fn commit(self) -> Result<(), Failure> {
        let Self { path, temporary } = self;
        temporary
            .persist(&path)
            .map_err(|error| failed(&path, &error.error))
    }
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    explained(Failure::io("write", path, error), error)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<TempPath> {
    let mut file = create_in(parent_dir(path))?;
    file.write_all(bytes)?;
    if let Ok(replaced) = fs::metadata(path) {
        file.as_file().set_permissions(replaced.permissions())?;
    }
    file.as_file().sync_all()?;
    Ok(file.into_temp_path())
}

/// With the permissions of any new file.
fn create_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".").suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Folders that were made for files. Those that stay empty are removed again.
#[derive(Debug, Default)]
pub struct Folders(Vec<PathBuf>);

impl Folders {
    /// Makes the folders around a file.
    pub fn make(&mut self, path: &Path) -> Result<(), Failure> {
        let folder = parent_dir(path);
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
            // Fails, as intended, if the folder isn't empty.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The folder that a file or a folder is in.
pub fn parent_dir(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Adds help to some errors of the system.
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

/// Makes a file newer, so that builds that depend on it run again. If that isn't allowed, they notice later.
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
        assert!(
            names(folder.path())
                .iter()
                .any(|name| name.ends_with(SUFFIX))
        );
        drop(staged);
        drop(folders);
        assert_eq!(names(folder.path()), ["old.json"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_has_usual_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let [usual, ours] = ["usual", "ours"].map(|name| folder.path().join(name));
        fs::write(&usual, "").expect("written");
        replace(&ours, b"").expect("written");
        let mode = |path| fs::metadata(path).expect("a file").permissions().mode();
        assert_eq!(mode(usual), mode(ours));
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
        let Err(Failure::Message { message, .. }) = replace(&file.join("below"), b"x") else {
            unreachable!()
        };
        assert!(message.starts_with("can't make the folder "), "{message}");

        let taken = folder.path().join("taken");
        fs::create_dir(&taken).expect("made");
        fs::write(taken.join("child"), "").expect("written");
        let Err(Failure::Message { message, .. }) = replace(&taken, b"x") else {
            unreachable!()
        };
        assert!(message.starts_with("can't write "), "{message}");
        assert_eq!(
            names(folder.path()),
            ["file", "taken"],
            "no temporary file is left"
        );
    }
}
