//! `import`: Rust source from files of schemas. A file that can't be read is reported, and the others are imported.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Outcome, source};
use crate::args::Import;
use crate::body::read::bytes_of;
use crate::console::Console;
use crate::failure::Failure;
use crate::import::{self, Declared, Warning, forms};
use crate::location::slashes;
use crate::store;

/// Schemas, warnings and failures of the files.
#[derive(Default)]
struct Files {
    declared: Vec<Declared>,
    warnings: Vec<Warning>,
    failures: Vec<Failure>,
}

pub fn run(args: &Import, console: &Console) -> Result<Outcome, Failure> {
    let output = source::destination(&args.source, &args.files)?;
    let mut files = Files::default();
    args.files.iter().for_each(|path| files.read_any(path));
    let Files {
        declared,
        warnings,
        failures,
    } = files;
    let plan = import::plan(declared, &source::options(&args.source));
    source::write(
        &plan,
        warnings,
        &failures,
        &args.source,
        output.as_deref(),
        console,
    )
}

impl Files {
    /// Reads a file or a folder.
    fn read_any(&mut self, path: &Path) {
        if !path.is_dir() {
            return self.read(path);
        }
        let mut found = Vec::new();
        match schemas_below(path, &mut found) {
            Ok(()) if found.is_empty() => {
                let problem = format!("there is no schema in {}", path.display());
                self.failures.push(Failure::new(problem).help(
                    "it is looked through for *.json, except v<N>.event.json and registrations/",
                ));
            }
            Ok(()) => found.iter().for_each(|file| self.read(file)),
            Err(failure) => self.failures.push(failure),
        }
    }

    fn read(&mut self, path: &Path) {
        let bytes =
            bytes_of(path, forms::MAX_BYTES).map_err(|error| Failure::io("read", path, &error));
        let reading = bytes.and_then(|bytes| {
            forms::read(&slashes(&path.display().to_string()), &bytes)
                .map_err(|problem| Failure::new(format!("{}:{problem}", path.display())))
        });
        match reading {
            Ok(reading) => {
                if reading.declared.is_empty() {
                    self.failures.push(Failure::new(format!(
                        "{}: no importable schema",
                        path.display()
                    )));
                }
                self.declared.extend(reading.declared);
                self.warnings.extend(reading.warnings);
            }
            Err(failure) => self.failures.push(failure),
        }
    }
}

/// The files that may hold schemas, sorted by path. Links to folders aren't followed: they may lead back.
fn schemas_below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error| Failure::io("read the folder", folder, &error);
    let mut children = Vec::new();
    for child in fs::read_dir(folder).map_err(failed)? {
        let child = child.map_err(failed)?;
        children.push((child.path(), child.file_type().map_err(failed)?.is_dir()));
    }
    children.sort_unstable();
    for (child, is_folder) in children {
        let name = child.file_name().unwrap_or_default().to_string_lossy();
        if is_folder {
            if name != store::REGISTRATIONS && !name.starts_with('.') {
                schemas_below(&child, found)?;
            }
        } else if child.extension().is_some_and(|name| name == "json")
            && !is_derived(&name)
            && child.is_file()
        {
            found.push(child);
        }
    }
    Ok(())
}

/// `v3.event.json` follows from `v3.json`; `calendar.event.json` may be an action's.
fn is_derived(name: &str) -> bool {
    matches!(store::version_of(name), Some((_, true)))
}
