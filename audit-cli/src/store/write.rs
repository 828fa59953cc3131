//! What is written into the folder, and in which order: everything is written beside its place before the first file takes its own, so
//! that what can't be written changes nothing, and the index comes last.

use std::borrow::Cow;
use std::fs;
use std::io::ErrorKind;

use audit_core::schema::record::read::Event;

use super::{Store, body_file, event_file, holds, index};
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
#[derive(Debug)]
struct New<'a> {
    action: &'a str,
    name: String,
    text: Cow<'a, str>,
}

impl<'a> Changes<'a> {
    /// Writes both files of a version.
    pub fn version(&mut self, event: &'a Event) {
        self.body(&event.action, event.version, &event.body);
        self.event(event);
    }

    /// Writes a body.
    pub fn body(&mut self, action: &'a str, version: u32, text: &'a str) {
        self.files.push(New {
            action,
            name: body_file(version),
            text: text.into(),
        });
    }

    /// Writes an event schema.
    pub fn event(&mut self, event: &'a Event) {
        self.files.push(New {
            action: &event.action,
            name: event_file(event.version),
            text: event_schema::render(event).into(),
        });
    }

    pub fn remove(&mut self, action: &'a str, version: u32) {
        self.removed.push((action, version));
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
        let path = |new: &New<'_>| self.action_path(new.action).join(&new.name);
        for new in &changes.files {
            folders.make(&path(new))?;
        }
        let bar = console.bar("writing", changes.files.len());
        let stage = |new: &New<'_>| Staged::write(&path(new), new.text.as_bytes());
        let staged = parallel::map(&changes.files, stage, |done| bar.at(done));
        drop(bar);
        let staged = staged.into_iter().collect::<Result<Vec<_>, _>>()?;
        let text = index::text(committed);
        let is_current = self.index.as_ref().is_some_and(|file| holds(file, &text));
        let index = (!is_current).then(|| Staged::write(&self.index_path(), text.as_bytes()));
        let index = index.transpose()?;
        let count = staged.len();
        for (done, file) in staged.into_iter().enumerate() {
            file.commit()
                .map_err(|failure| interrupted(failure, done, count))?;
        }
        for (action, version) in &changes.removed {
            self.remove(action, *version)?;
        }
        if let Some(index) = index {
            index.commit()?;
            if self.index.is_none() {
                // Builds that ran without an index depend on the settings.
                atomic::touch(&self.config_path());
            }
        }
        Ok(())
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
