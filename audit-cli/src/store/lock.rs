//! One run writes into a folder at a time; the others wait. The system lets go of the lock when its process ends, however it ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use super::Store;
use crate::console::Console;
use crate::failure::Failure;

impl Store {
    /// Waits until no other run writes into the folder, and reads it again. The file keeps the others waiting as long as it is open; there is
    /// none on file systems without locks, which is no reason to stop.
    pub fn locked(&self, console: &Console) -> Result<(Self, Option<File>), Failure> {
        let lock = lock(&self.root, console);
        Ok((Self::open(&self.root, self.environments.clone())?, lock))
    }
}

fn lock(root: &Path, console: &Console) -> Option<File> {
    let file = lockable(root).ok()?;
    let locked = match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            console.progress(format_args!(
                "waiting for another run, which writes into {}",
                root.display()
            ));
            file.lock().is_ok()
        }
        result => result.is_ok(),
    };
    locked.then_some(file)
}

/// The folder itself: nothing has to be written for it, so that it can be read-only.
#[cfg(unix)]
fn lockable(root: &Path) -> io::Result<File> {
    File::open(root)
}

/// Where folders can't be locked, a file outside of it: locked files can't be read there.
#[cfg(not(unix))]
fn lockable(root: &Path) -> io::Result<File> {
    let name = crate::body::sha256(&root.canonicalize()?.to_string_lossy());
    let path = std::env::temp_dir().join(format!("audit-schema-{}.lock", &name[..16]));
    std::fs::OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::console::Color;

    #[test]
    fn holds_the_folder_and_reads_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), Vec::new()).expect("a folder");
        fs::create_dir(folder.path().join("a.b")).expect("made");
        fs::write(folder.path().join("a.b/v1.json"), "").expect("written");
        let (store, lock) = store
            .locked(&Console::new(Color::Never, true))
            .expect("locked");
        assert_eq!(store.committed().collect::<Vec<_>>(), [("a.b", 1)]);
        let again = lockable(folder.path()).expect("opened");
        assert!(matches!(again.try_lock(), Err(TryLockError::WouldBlock)));
        drop(lock);
        assert!(again.try_lock().is_ok());
    }
}
