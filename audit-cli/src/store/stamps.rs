//! What the folder looks like without being read: every file that reading it would look at, by what the system says of it.

use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;

use crate::note::{Inputs, is_settled};

/// Files stand in the folder and in its folders; deeper ones are nobody's.
const DEPTH: u32 = 1;

#[derive(Debug)]
pub struct Stamps {
    pub inputs: Inputs,
    /// Whether none of the files may change unseen.
    pub are_settled: bool,
}

impl Stamps {
    /// To be taken before the folder is read, so that what changes meanwhile doesn't look as if it had been read.
    pub fn of(root: &Path) -> io::Result<Self> {
        let mut stamps = Self {
            inputs: Inputs::new(),
            are_settled: true,
        };
        stamps.add(root, DEPTH)?;
        Ok(stamps)
    }

    fn add(&mut self, folder: &Path, depth: u32) -> io::Result<()> {
        let mut children: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
        children.sort_by_cached_key(DirEntry::file_name);
        self.inputs.add(&children.len().to_le_bytes());
        for child in children {
            self.inputs.add(child.file_name().as_encoded_bytes());
            self.child(&child, depth)?;
        }
        Ok(())
    }

    fn child(&mut self, child: &DirEntry, depth: u32) -> io::Result<()> {
        let about = child.metadata()?;
        // A link is what it leads to, if that is there.
        let about = if about.is_symlink() {
            fs::metadata(child.path()).ok()
        } else {
            Some(about)
        };
        if about.as_ref().is_some_and(fs::Metadata::is_dir) {
            return if depth > 0 {
                self.add(&child.path(), depth - 1)
            } else {
                Ok(())
            };
        }
        self.are_settled &= about.as_ref().is_some_and(is_settled);
        if cfg!(unix) {
            self.inputs.add_stamp(about.as_ref());
        } else {
            // Where no time tells the last change there are few bytes to read.
            self.inputs.add_file(&child.path());
        }
        Ok(())
    }
}
