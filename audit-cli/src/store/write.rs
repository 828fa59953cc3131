//! What is written into the folder, and in which order: everything is written beside its place before the first file takes its own, so
//! that what can't be written changes nothing, and the index comes last.

use std::borrow::Cow;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use audit_core::schema::record::read::Event;

use super::{Store, holds, index};
use crate::atomic::{self, Folders, Staged};
use crate::console::Console;
use crate::event_schema;
use crate::failure::Failure;
use crate::parallel;

/// What is to change in a folder.
#[derive(Debug, Default)]
pub struct Changes<'a> {
    files: Vec<New<'a>>,
    removed: Vec<(&'a str, u32)>,
}

/// A file to write.
#[derive(Clone, Copy, Debug)]
enum New<'a> {
    Body {
        action: &'a str,
        version: u32,
        text: &'a str,
    },
    Event(&'a Event),
}

impl<'a> Changes<'a> {
    /// Writes both files of a version.
    pub fn version(&mut self, event: &'a Event) {
        self.body(&event.action, event.version, &event.body);
        self.event(event);
    }

    /// Writes a body.
    pub fn body(&mut self, action: &'a str, version: u32, text: &'a str) {
        self.files.push(New::Body {
            action,
            version,
            text,
        });
    }

    /// Writes an event schema.
    pub fn event(&mut self, event: &'a Event) {
        self.files.push(New::Event(event));
    }

    pub fn remove(&mut self, action: &'a str, version: u32) {
        self.removed.push((action, version));
    }
}

impl New<'_> {
    fn path(self, store: &Store) -> PathBuf {
        match self {
            Self::Body {
                action, version, ..
            } => store.body_path(action, version),
            Self::Event(event) => store.event_path(&event.action, event.version),
        }
    }

    fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Body { text, .. } => Cow::Borrowed(text),
            Self::Event(event) => Cow::Owned(event_schema::render(event)),
        }
    }
}

impl Store {
    /// Makes the changes. `committed` are the versions that are there afterwards.
    pub fn apply<'n>(
        &self,
        changes: &Changes<'_>,
        committed: impl IntoIterator<Item = (&'n str, u32)>,
        console: &Console,
    ) -> Result<(), Failure> {
        let mut folders = Folders::default();
        for new in &changes.files {
            folders.make(&new.path(self))?;
        }
        let bar = console.bar("writing", changes.files.len());
        let stage = |new: &New<'_>| Staged::write(&new.path(self), new.text().as_bytes());
        let staged = parallel::map(&changes.files, stage, |done| bar.at(done));
        drop(bar);
        let staged = staged.into_iter().collect::<Result<Vec<_>, _>>()?;
        let index = self.stage_index(committed)?;
        let count = staged.len();
        for (done, file) in staged.into_iter().enumerate() {
            file.commit()
                .map_err(|failure| interrupted(failure, done, count))?;
        }
        for (action, version) in &changes.removed {
            self.remove(action, *version)?;
        }
        self.commit_index(index)
    }

    /// Lists these versions in the index, unless it lists exactly them.
    pub fn write_index<'n>(
        &self,
        versions: impl IntoIterator<Item = (&'n str, u32)>,
    ) -> Result<(), Failure> {
        let index = self.stage_index(versions)?;
        self.commit_index(index)
    }

    /// Puts the index into its place. Builds that ran without one depend on the settings.
    fn commit_index(&self, index: Option<Staged>) -> Result<(), Failure> {
        let Some(index) = index else { return Ok(()) };
        index.commit()?;
        if self.index.is_none() {
            atomic::touch(&self.config_path());
        }
        Ok(())
    }

    fn stage_index<'n>(
        &self,
        versions: impl IntoIterator<Item = (&'n str, u32)>,
    ) -> Result<Option<Staged>, Failure> {
        let text = index::text(versions);
        if self.index.as_deref().is_some_and(|file| holds(file, &text)) {
            return Ok(None);
        }
        Staged::write(&self.index_path(), text.as_bytes()).map(Some)
    }

    /// Removes a version's files, and its action's folder when nothing is left in it.
    pub fn remove(&self, action: &str, version: u32) -> Result<(), Failure> {
        for path in [
            self.body_path(action, version),
            self.event_path(action, version),
        ] {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(Failure::io("remove", &path, &error));
                }
                _ => {}
            }
        }
        // Fails where the folder isn't empty, which is as it should be.
        let _ = fs::remove_dir(self.action_path(action));
        Ok(())
    }
}

/// Every file is on the disk by now; one whose place can't be taken stops the rest.
fn interrupted(failure: Failure, done: usize, of: usize) -> Failure {
    failure.help(format!("{done} of {of} files were replaced before it, the others are as they were: mend that, and run it again"))
}

/// What tests put there.
#[cfg(test)]
impl Store {
    pub fn write_body(&self, event: &Event) -> Result<(), Failure> {
        atomic::replace(
            &self.body_path(&event.action, event.version),
            event.body.as_bytes(),
        )
    }

    pub fn write_event(&self, event: &Event) -> Result<(), Failure> {
        atomic::replace(
            &self.event_path(&event.action, event.version),
            event_schema::render(event).as_bytes(),
        )
    }
}
