//! Reads the files that a derive looks at. Only regular files of a bounded size are opened: a pipe would wait for its writer, a device
//! never ends.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use audit_rules::folder::MAX_FILE_BYTES;

/// What the file system says of a file that can be read, `None` where there is no file. A link that leads nowhere is an error: something
/// was meant to be there.
pub fn about(path: &Path, max_bytes: u64) -> io::Result<Option<Metadata>> {
    let about = match fs::symlink_metadata(path) {
        Ok(link) if link.is_symlink() => {
            fs::metadata(path).map_err(|error| match error.kind() {
                ErrorKind::NotFound => io::Error::other("it is a link to a file that isn't there"),
                _ => error,
            })?
        }
        Ok(about) => about,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    if !about.is_file() {
        return Err(io::Error::other("it isn't a file"));
    }
    if about.len() > max_bytes {
        let max = max_bytes >> 20;
        return Err(io::Error::other(format!("it is larger than {max} MiB")));
    }
    Ok(Some(about))
}

/// A file's bytes, `None` where there is no file.
pub fn read(path: &Path, max_bytes: u64) -> io::Result<Option<Vec<u8>>> {
    match about(path, max_bytes)? {
        Some(_) => fs::read(path).map(Some),
        None => Ok(None),
    }
}

/// Files as they were read: once however many events a crate has, and again when one changes, because an editor's macro server lives on.
pub struct Cache<T>(Mutex<Option<Known<T>>>);

type Known<T> = HashMap<PathBuf, (u64, SystemTime, Arc<T>)>;

impl<T> Cache<T> {
    pub const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// The file as `read` reads it, `None` where there is no file.
    pub fn get(&self, path: &Path, read: impl FnOnce(&[u8]) -> T) -> io::Result<Option<Arc<T>>> {
        let Some(about) = about(path, MAX_FILE_BYTES)? else {
            return Ok(None);
        };
        let (len, modified) = (about.len(), about.modified()?);
        // A panic with the lock held leaves a whole map.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get_or_insert_with(HashMap::new);
        match known.get(path) {
            Some((known_len, known_modified, file))
                if (*known_len, *known_modified) == (len, modified) =>
            {
                return Ok(Some(Arc::clone(file)));
            }
            _ => {}
        }
        let file = Arc::new(read(&fs::read(path)?));
        known.insert(path.to_owned(), (len, modified, Arc::clone(&file)));
        Ok(Some(file))
    }
}
