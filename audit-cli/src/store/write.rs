//! What is written into the folder, and how: whoever reads a file sees the old bytes or the new ones, never half of either.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use audit_core::schema::record::read::Event;

use super::{CONFIG, Store, config, holds, index};
use crate::event_schema;
use crate::failure::Failure;

/// Makes the folder and marks it. Returns whether it wasn't marked before.
pub fn create(root: &Path) -> Result<bool, Failure> {
    let config = root.join(CONFIG);
    if config.exists() {
        return Ok(false);
    }
    config::create(&config).map(|()| true)
}

impl Store {
    pub fn write_body(&self, event: &Event) -> Result<(), Failure> {
        write_atomically(&self.body_path(&event.action, event.version), event.body.as_bytes())
    }

    pub fn write_event(&self, event: &Event) -> Result<(), Failure> {
        write_atomically(&self.event_path(&event.action, event.version), event_schema::render(event).as_bytes())
    }

    /// Lists these versions in the index, unless it lists exactly them.
    pub fn write_index<'n>(&self, versions: impl IntoIterator<Item = (&'n str, u32)>) -> Result<(), Failure> {
        let text = index::text(versions);
        if self.index.as_deref().is_some_and(|file| holds(file, &text)) {
            return Ok(());
        }
        write_atomically(&self.root.join(index::FILE), text.as_bytes())
    }

    /// Removes a version's files, and its action's folder when nothing is left in it.
    pub fn remove(&self, action: &str, version: u32) -> Result<(), Failure> {
        for path in [self.body_path(action, version), self.event_path(action, version)] {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(Failure::io("remove", &path, &error)),
                _ => {}
            }
        }
        // Fails where the folder isn't empty, which is as it should be.
        let _ = fs::remove_dir(self.root.join(action));
        Ok(())
    }
}

/// Writes `bytes` beside `path`, to the disk, and puts the file in its place. Makes the folders around it.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| Failure::io("make the folder", folder, &error))?;
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = folder.join(name);
    let written = write(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        // Nothing is left behind; what couldn't be written may not be there at all.
        let _ = fs::remove_file(&temporary);
        Failure::io("write", path, &error)
    })
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file: File = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_whole_files_and_leaves_nothing_else() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("new folder/file é.json");
        assert!(write_atomically(&path, b"old, and longer").is_ok());
        assert!(write_atomically(&path, b"new").is_ok());
        assert_eq!(fs::read(&path)?, b"new");
        assert_eq!(fs::read_dir(folder.path().join("new folder"))?.count(), 1);
        Ok(())
    }

    #[test]
    fn says_what_stands_in_the_way() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("file");
        fs::write(&file, "")?;
        let Err(Failure::Sentence { message, .. }) = write_atomically(&file.join("below"), b"x") else { unreachable!() };
        assert!(message.starts_with("can't make the folder "), "{message}");

        let taken = folder.path().join("taken");
        fs::create_dir(&taken)?;
        fs::write(taken.join("child"), "")?;
        let Err(Failure::Sentence { message, .. }) = write_atomically(&taken, b"x") else { unreachable!() };
        assert!(message.starts_with("can't write "), "{message}");
        assert_eq!(fs::read_dir(folder.path())?.count(), 2, "no temporary file is left");
        Ok(())
    }
}
