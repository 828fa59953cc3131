//! `import`: Rust source from files of schemas. A file that can't be read is reported, and the others are imported.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Outcome, Status};
use crate::args::{Import, ModulePath};
use crate::atomic;
use crate::body::read::bytes_of;
use crate::console::Console;
use crate::failure::Failure;
use crate::import::{self, Declared, Imported, Note, Options, Plan, forms};
use crate::json::Problem;
use crate::store;

/// What was read, and what couldn't be.
#[derive(Default)]
struct Files {
    declared: Vec<Declared>,
    notes: Vec<Note>,
    failures: Vec<Failure>,
}

pub fn run(args: &Import, console: &Console) -> Result<Outcome, Failure> {
    let output = args.output.as_deref().map(|output| replaceable(output, args)).transpose()?;
    let mut files = Files::default();
    args.files.iter().for_each(|path| files.read_any(path));
    let options = options(args);
    let Files { declared, notes, failures } = files;
    let Imported { plan, notes: unsaid } = import::plan(declared, &options);
    let mut notes = [notes, unsaid].concat();
    import::report::sort(&mut notes);
    for failure in &failures {
        console.error(failure);
    }
    for note in &notes {
        console.warn(&note.to_string());
    }
    if plan.events.is_empty() {
        return Err(Failure::new("nothing was imported"));
    }
    let remarks: Vec<_> = failures.iter().flat_map(sentences).chain(notes.iter().map(ToString::to_string)).collect();
    let text = import::write(&plan, &remarks, &options);
    let status = match (failures.is_empty(), notes.is_empty()) {
        (false, _) => Status::Incomplete,
        (true, false) => Status::Findings,
        (true, true) => Status::Fine,
    };
    let Some(output) = output else { return Ok(Outcome { text, status }) };
    atomic::replace(&output, text.as_bytes())?;
    console.progress(format!("{} are in {}", summary(&plan), args.output.as_deref().unwrap_or(&output).display()));
    Ok(Outcome { text: String::new(), status })
}

/// Where the source goes: the file that a link leads to. Nothing is replaced but files, and those only where it was said.
fn replaceable(output: &Path, args: &Import) -> Result<PathBuf, Failure> {
    let shown = output.display();
    if fs::symlink_metadata(output).is_err() {
        return Ok(output.into());
    }
    let target = fs::canonicalize(output).map_err(|error| Failure::io("follow", output, &error))?;
    if !target.is_file() {
        return Err(Failure::new(format!("{shown} isn't a file")).help("name one; without `-o` the source goes to stdout"));
    }
    if !args.force {
        return Err(Failure::new(format!("{shown} is there already")).help("`--force` replaces it; or write into another file"));
    }
    if args.files.iter().any(|file| fs::canonicalize(file).is_ok_and(|file| file == target)) {
        return Err(Failure::new(format!("{shown} is what is to be imported")).help("write into another file"));
    }
    Ok(target)
}

/// `87 event types, 24 entities and no enums`
fn summary(plan: &Plan) -> String {
    let counted = |count: usize, one: &str, several: &str| match count {
        0 => format!("no {several}"),
        1 => format!("1 {one}"),
        count => format!("{count} {several}"),
    };
    let events = counted(plan.events.len(), "event type", "event types");
    let entities = counted(plan.entities.len(), "entity", "entities");
    format!("{events}, {entities} and {}", counted(plan.choices.len(), "enum", "enums"))
}

fn options(args: &Import) -> Options {
    Options { optional: args.optional, all_versions: args.all_versions, core: args.core.as_ref().and_then(ModulePath::path) }
}

fn sentences(failure: &Failure) -> Vec<String> {
    match failure {
        Failure::Said => Vec::new(),
        Failure::Sentence { message, .. } => vec![message.clone()],
        Failure::Several(failures) => failures.iter().flat_map(sentences).collect(),
    }
}

impl Files {
    /// What the command line names.
    fn read_any(&mut self, path: &Path) {
        if !path.is_dir() {
            return self.read(path);
        }
        let mut found = Vec::new();
        match schemas_below(path, &mut found) {
            Ok(()) if found.is_empty() => {
                let problem = format!("there is no schema in {}", path.display());
                self.failures
                    .push(Failure::new(problem).help("it is looked through for *.json, except v<N>.event.json and registrations/"));
            }
            Ok(()) => found.iter().for_each(|file| self.read(file)),
            Err(failure) => self.failures.push(failure),
        }
    }

    fn read(&mut self, path: &Path) {
        let bytes = bytes_of(path, forms::MAX_BYTES).map_err(|error| Failure::io("read", path, &error));
        let reading = bytes.and_then(|bytes| forms::read(&slashes(path), &bytes).map_err(|problem| refused(path, &problem)));
        match reading {
            Ok(reading) => {
                if reading.declared.is_empty() {
                    self.failures.push(Failure::new(format!("{}: none of its schemas could be imported", path.display())));
                }
                self.declared.extend(reading.declared);
                self.notes.extend(reading.notes);
            }
            Err(failure) => self.failures.push(failure),
        }
    }
}

/// `user.login.json:1:1: not JSON: …`
fn refused(path: &Path, problem: &Problem) -> Failure {
    Failure::new(format!("{}:{problem}", path.display()))
}

fn slashes(path: &Path) -> String {
    let path = path.display().to_string();
    if cfg!(windows) { path.replace('\\', "/") } else { path }
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
        let name = child.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if is_folder {
            if name != store::REGISTRATIONS && !name.starts_with('.') {
                schemas_below(&child, found)?;
            }
        } else if child.extension().is_some_and(|extension| extension == "json") && !is_derived(&name) && child.is_file() {
            found.push(child);
        }
    }
    Ok(())
}

/// `v3.event.json` follows from `v3.json`; `calendar.event.json` may be an action's.
fn is_derived(name: &str) -> bool {
    matches!(store::version_of(name), Some((_, true)))
}
