//! One run writes into a folder at a time; the others wait. The system lets go of the lock when its process ends, however it ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use super::{REGISTRATIONS, Store, children};
use crate::atomic::sweep;
use crate::console::Console;
use crate::failure::Failure;

/// Held while a run writes.
#[derive(Debug)]
pub struct Lock {
    /// `None` on file systems without locks, which is no reason to refuse the work.
    file: Option<File>,
}

impl Store {
    /// Waits until nobody else writes into the folder, removes what dead runs have left there, and reads the folder again.
    pub fn locked(&self, console: &Console) -> Result<(Self, Lock), Failure> {
        let lock = Lock::take(&self.root, console);
        if lock.file.is_some() {
            self.sweep()?;
        }
        Ok((Self::open(&self.root, self.environments.clone())?, lock))
    }

    fn sweep(&self) -> Result<(), Failure> {
        sweep(&self.root);
        let is_ours =
            |name: &str| name == REGISTRATIONS || audit_core::schema::action_of(name).is_some();
        for (_, path) in children(&self.root)?
            .into_iter()
            .filter(|(name, _)| is_ours(name))
        {
            sweep(&path);
        }
        Ok(())
    }
}

impl Lock {
    pub fn take(root: &Path, console: &Console) -> Self {
        let Ok(file) = lockable(root) else {
            return Self { file: None };
        };
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
        Self {
            file: locked.then_some(file),
        }
    }
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
    fn removes_what_dead_runs_left_and_reads_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), Vec::new()).expect("a folder");
        fs::create_dir(folder.path().join("a.b")).expect("made");
        fs::create_dir(folder.path().join("no action")).expect("made");
        let [left, other] = ["a.b", "no action"]
            .map(|name| folder.path().join(name).join(".v1.json.1.audit-schema.tmp"));
        for path in [&left, &other, &folder.path().join("a.b/v1.json")] {
            fs::write(path, "").expect("written");
        }
        let (store, lock) = store
            .locked(&Console::new(Color::Never, true))
            .expect("locked");
        assert_eq!(store.committed().collect::<Vec<_>>(), [("a.b", 1)]);
        assert!(!left.exists() && other.exists(), "only where we write");
        let again = lockable(folder.path()).expect("opened");
        assert!(matches!(again.try_lock(), Err(TryLockError::WouldBlock)));
        drop(lock);
        assert!(again.try_lock().is_ok());
    }
}
