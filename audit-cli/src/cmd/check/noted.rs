//! What a `check` that found nothing to report notes for the next one, and whether everything that it hangs on is as it was.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::civil::Date;

use crate::args::Build;
use crate::discover::{Artifacts, graph::Graph};
use crate::note::{self, Inputs, Note, is_settled};
use crate::store::Stamps;

/// Where it is noted.
pub fn note(build: &Build, root: &Path, graph: &Graph) -> Note {
    let mut question = Inputs::new();
    question.add(format!("{build:?}").as_bytes());
    question.add_path(graph.workspace_root());
    question.add_path(root);
    Note::new(&graph.notes_folder(), "check", question)
}

/// The note, and what it would have to be made of now: first the folder, then all else.
pub struct Noted {
    earlier: Option<note::Noted>,
    /// `None` where the folder can't be read.
    now: Option<Stamps>,
}

impl Noted {
    pub fn before_reading(note: &Note, root: &Path) -> Self {
        Self {
            earlier: note.read(),
            now: Stamps::of(root).ok(),
        }
    }

    /// Whether the folder at least is as it was, so that it needn't be read.
    pub fn has_same_folder(&self) -> bool {
        let folder = self
            .earlier
            .as_ref()
            .and_then(|earlier| earlier.text.split_once(' '))
            .map(|(folder, _)| folder);
        folder.is_some() && folder == self.folder().as_deref()
    }

    fn folder(&self) -> Option<String> {
        self.now.as_ref().map(|now| now.inputs.clone().seal(""))
    }

    /// All that findings hang on. What there is to say of source is in the records. To be asked before the artifacts are read.
    pub fn with(
        mut self,
        artifacts: &Artifacts,
        graph: &Graph,
        whole: bool,
        today: Date,
    ) -> Complete {
        let folder = self.folder();
        if let Some(Stamps {
            inputs,
            are_settled,
        }) = &mut self.now
        {
            inputs.add(graph.text().as_bytes());
            // Cargo tells them in the order in which it comes to them.
            for package in artifacts.packages().collect::<BTreeSet<_>>() {
                inputs.add(package.repr.as_bytes());
            }
            for file in artifacts.files(graph).into_iter().collect::<BTreeSet<_>>() {
                let about = fs::metadata(file).ok();
                inputs.add_path(file);
                inputs.add_stamp(about.as_ref());
                *are_settled &= about.as_ref().is_some_and(is_settled);
            }
            inputs.add(format!("{whole} {today}").as_bytes());
        }
        Complete {
            noted: self,
            folder,
        }
    }
}

/// The same with everything in it.
pub struct Complete {
    noted: Noted,
    folder: Option<String>,
}

impl Complete {
    /// How many schemas there were when there was nothing to report, if that was of what there is now.
    pub fn schemas(&self) -> Option<usize> {
        let (earlier, now) = (self.noted.earlier.as_ref()?, self.noted.now.as_ref()?);
        let (_, schemas) = earlier.text.split_once(' ')?;
        earlier
            .holds(now.inputs.clone())
            .then(|| schemas.parse().ok())?
    }

    /// Notes that there is nothing to report.
    pub fn write(self, note: &Note, schemas: usize) {
        if let (
            Some(Stamps {
                inputs,
                are_settled: true,
            }),
            Some(folder),
        ) = (self.noted.now, self.folder)
        {
            note.write(&format!("{folder} {schemas}"), inputs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_change_is_part_of_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let note = Note::new(folder.path(), "check", Inputs::new());
        let root = folder.path().join("schemas");
        fs::create_dir_all(root.join("a.b")).expect("made");
        let noted = |whole, day| {
            let noted = Noted::before_reading(&note, &root);
            noted.with(
                &Artifacts::default(),
                &Graph::default(),
                whole,
                Date::constant(2026, 11, day),
            )
        };
        noted(true, 26).write(&note, 12);
        assert_eq!(noted(true, 26).schemas(), Some(12));
        assert_eq!(noted(true, 27).schemas(), None, "a waiver may have ended");
        assert_eq!(noted(false, 26).schemas(), None);
        fs::write(root.join("a.b/v1.json"), "").expect("written");
        assert_eq!(noted(true, 26).schemas(), None);
        noted(true, 26).write(&note, 13);
        assert_eq!(
            noted(true, 26).schemas(),
            None,
            "what is that young isn't noted"
        );
        fs::remove_file(root.join("a.b/v1.json")).expect("removed");
        assert_eq!(noted(true, 26).schemas(), Some(12));
        fs::create_dir(root.join("a.c")).expect("made");
        assert!(!Noted::before_reading(&note, &root).has_same_folder());
    }
}
