//! What a run notes for the next one, in the folder that it builds in: a text, and a seal over it and over all that it was made of. A seal that
//! doesn't fit (something changed, this program is another one, the note is damaged) means that the work is done as if there were no note.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use crate::body::hexadecimal;
use crate::body::read::bytes_of;

/// A note that is larger isn't one.
const MAX_BYTES: u64 = 64 << 20;

/// Stands where a length would.
const NOTHING: [u8; 8] = [0xff; 8];

/// Files that are younger may change again without looking changed: times are coarse, on some file systems two seconds.
const UNSETTLED: Duration = Duration::from_secs(3);

/// Where a note is kept.
#[derive(Debug)]
pub struct Note {
    path: PathBuf,
}

/// A note that was read, and not yet found true.
#[derive(Debug)]
pub struct Noted {
    seal: String,
    pub text: String,
}

impl Note {
    /// The note in `folder` about a question: one a question, as whoever asks two in turn wants both noted.
    pub fn new(folder: &Path, name: &str, question: Inputs) -> Self {
        Self {
            path: folder.join(format!("{name}-{}.note", &question.seal("")[..16])),
        }
    }

    pub fn read(&self) -> Option<Noted> {
        let note = String::from_utf8(bytes_of(&self.path, MAX_BYTES).ok()?).ok()?;
        let (seal, text) = note.split_once('\n')?;
        Some(Noted {
            seal: seal.into(),
            text: text.into(),
        })
    }

    /// A note that can't be written is none: the next run does the work again.
    pub fn write(&self, text: &str, inputs: Inputs) {
        let temporary = self
            .path
            .with_extension(format!("{}.tmp", std::process::id()));
        let written = fs::write(&temporary, format!("{}\n{text}", inputs.seal(text)));
        if written
            .and_then(|()| fs::rename(&temporary, &self.path))
            .is_err()
        {
            let _ = fs::remove_file(&temporary);
        }
    }
}

impl Noted {
    pub fn holds(&self, inputs: Inputs) -> bool {
        self.seal == inputs.seal(&self.text)
    }
}

/// What something is made of, and with what.
#[derive(Clone, Debug)]
pub struct Inputs(Sha256);

impl Inputs {
    pub fn new() -> Self {
        let mut inputs = Self(Sha256::new());
        inputs.add(env!("CARGO_PKG_VERSION").as_bytes());
        // A version has many builds while it is worked on.
        if let Ok(program) = std::env::current_exe() {
            inputs.add_path(&program);
            inputs.add_stamp(fs::metadata(&program).ok().as_ref());
        }
        inputs
    }

    /// With its length, so that no two lists of inputs are the same bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// Or that there is nothing.
    pub fn add_all(&mut self, bytes: Option<impl AsRef<[u8]>>) {
        match bytes {
            Some(bytes) => self.add(bytes.as_ref()),
            None => self.0.update(NOTHING),
        }
    }

    pub fn add_path(&mut self, path: &Path) {
        self.add(path.as_os_str().as_encoded_bytes());
    }

    /// A file by its content, or that it can't be read.
    pub fn add_file(&mut self, path: &Path) {
        self.add_path(path);
        self.add_all(fs::read(path).ok());
    }

    /// A file by what the system says of it.
    pub fn add_stamp(&mut self, about: Option<&Metadata>) {
        self.add_all(about.map(stamp));
    }

    /// The seal of a text that is made of these.
    pub fn seal(mut self, text: &str) -> String {
        self.add(text.as_bytes());
        hexadecimal(&self.0.finalize())
    }
}

/// What changes when a file does: on Unix also the time of its last change, which no program can set.
#[cfg(unix)]
fn stamp(about: &Metadata) -> Vec<u8> {
    use std::os::unix::fs::MetadataExt;
    let times = [
        about.mtime(),
        about.mtime_nsec(),
        about.ctime(),
        about.ctime_nsec(),
    ]
    .map(i64::to_le_bytes);
    [about.size(), about.dev(), about.ino()]
        .map(u64::to_le_bytes)
        .into_iter()
        .chain(times)
        .flatten()
        .collect()
}

#[cfg(not(unix))]
fn stamp(about: &Metadata) -> Vec<u8> {
    format!(
        "{:?}",
        (about.len(), about.modified().ok(), about.created().ok())
    )
    .into()
}

/// Whether a file has been as it is for so long that another change to it would show. To be asked before it is read.
pub fn is_settled(about: &Metadata) -> bool {
    // What is younger than now is no time to rely on.
    let old = |time: SystemTime| {
        SystemTime::now()
            .duration_since(time)
            .is_ok_and(|age| age > UNSETTLED)
    };
    about.modified().is_ok_and(old) && last_change(about).is_none_or(old)
}

#[cfg(unix)]
fn last_change(about: &Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt;
    Some(SystemTime::UNIX_EPOCH + Duration::from_secs(about.ctime().try_into().ok()?))
}

#[cfg(not(unix))]
fn last_change(_: &Metadata) -> Option<SystemTime> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(parts: &[&str]) -> Inputs {
        let mut inputs = Inputs::new();
        for part in parts {
            inputs.add(part.as_bytes());
        }
        inputs
    }

    #[test]
    fn holds_of_what_it_was_made_of_and_of_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let note = Note::new(folder.path(), "check", inputs(&["question"]));
        assert!(note.read().is_none());
        note.write("12", inputs(&["ab", "c"]));
        let noted = note.read().expect("a note");
        assert_eq!(noted.text, "12");
        assert!(noted.holds(inputs(&["ab", "c"])));
        for others in [&["a", "bc"][..], &["abc"], &["ab"], &["ab", "c", ""], &[]] {
            assert!(!noted.holds(inputs(others)), "{others:?}");
        }
        assert!(
            !Noted {
                text: "13".into(),
                ..noted
            }
            .holds(inputs(&["ab", "c"]))
        );
        assert!(
            Note::new(folder.path(), "check", inputs(&["another"]))
                .read()
                .is_none()
        );
    }

    #[test]
    fn what_is_missing_is_not_what_is_empty() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        let seals = || {
            let (mut content, mut stamp) = (Inputs::new(), Inputs::new());
            content.add_file(&path);
            stamp.add_stamp(fs::metadata(&path).ok().as_ref());
            [content.seal(""), stamp.seal("")]
        };
        let missing = seals();
        fs::write(&path, "").expect("written");
        let empty = seals();
        assert!(missing[0] != empty[0] && missing[1] != empty[1]);
        assert_eq!(empty, seals());
    }

    #[test]
    fn what_is_young_may_change_unseen() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        fs::write(&path, "").expect("written");
        let set_back = |seconds: u64| {
            let time = SystemTime::now() - Duration::from_secs(seconds);
            fs::File::options()
                .write(true)
                .open(&path)
                .and_then(|file| file.set_modified(time))
                .expect("set");
        };
        let is_settled = || is_settled(&fs::metadata(&path).expect("a file"));
        assert!(!is_settled());
        set_back(60);
        // That the time was set is a change, too, where the system tells it.
        assert_eq!(is_settled(), cfg!(not(unix)));
    }
}
