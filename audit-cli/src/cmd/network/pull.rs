//! `pull`: what environments have, as Rust source, and as registrations of the versions that the source declares.

use std::collections::{BTreeMap, BTreeSet};

use super::environment;
use crate::args::Pull;
use crate::body::{Body, canonical, sha256};
use crate::cmd::{Outcome, source};
use crate::console::Console;
use crate::failure::Failure;
use crate::finding::Location;
use crate::import::{self, Declared, Note, forms};
use crate::registration::Recorder;
use crate::registration::matching::{Fit, Recorded, fit_of};
use crate::registration::there::{There, Version};
use crate::remote::{Failed, Remote, block_on};
use crate::store::{Name, Store};

/// What an environment has.
struct Read<'a> {
    environment: &'a str,
    there: There,
}

/// A declared version, and the one there that it was made of.
struct Origin {
    environment: usize,
    server: u32,
}

pub fn run(args: &Pull, console: &Console) -> Result<Outcome, Failure> {
    let output = source::destination(&args.source, &[])?;
    let (store, _lock) = environment::open(&args.access)?.locked(console)?;
    let read = read(&store, args, console)?;
    let managed: BTreeSet<&str> = store.committed().map(|(action, _)| action).collect();
    let mut pulled = Pulled::default();
    for (index, Read { there, .. }) in read.iter().enumerate() {
        for (action, versions) in &there.actions {
            if managed.contains(action.as_str()) {
                pulled.known.insert(action);
            } else if !pulled.has(action) {
                pulled.action(index, action, versions, args.source.all_versions);
            }
        }
    }
    if !pulled.known.is_empty() {
        console.progress(format_args!(
            "{} actions are in {} already, and aren't imported",
            pulled.known.len(),
            store.root().display()
        ));
    }
    let Pulled { declared, origins, mut notes, .. } = pulled;
    let (mut imported, bodies) = import::plan_and_bodies(declared, &source::options(&args.source));
    imported.notes.iter_mut().for_each(|note| note.location = Location::default());
    let recorders = registrations(&store, &read, &bodies, &origins, &mut notes);
    let outcome = source::write(&imported, notes, &[], &args.source, output.as_deref(), console)?;
    for recorder in recorders {
        recorder.write()?;
        console.progress(format_args!("the registrations are in {}", recorder.path().display()));
    }
    Ok(outcome)
}

fn read<'a>(store: &'a Store, args: &Pull, console: &Console) -> Result<Vec<Read<'a>>, Failure> {
    let mut all: Vec<Read<'a>> = Vec::new();
    for name in &args.environments {
        let named = environment::named(store, name)?;
        if all.iter().all(|read| read.environment != named.name) {
            let remote = Remote::open(named, args.access.timeout(), console)?;
            let there = block_on(async { remote.read_all().await.map_err(Failed::into_failure) })?;
            all.push(Read { environment: &named.name, there });
        }
    }
    Ok(all)
}

/// What is to be imported.
#[derive(Default)]
struct Pulled<'r> {
    declared: Vec<Declared>,
    origins: BTreeMap<Name, Origin>,
    notes: Vec<Note>,
    /// The actions that the folder has already.
    known: BTreeSet<&'r str>,
}

impl<'r> Pulled<'r> {
    fn has(&self, action: &str) -> bool {
        self.origins.keys().any(|(known, _)| known == action)
    }

    /// Declared versions are counted from 1, whatever the service's are.
    fn action(&mut self, environment: usize, action: &'r str, versions: &[Version], all: bool) {
        let newest = versions.len().saturating_sub(if all { versions.len() } else { 1 });
        let mut number = 0;
        for version in &versions[newest..] {
            match declaration(action, number + 1, version) {
                Ok(forms::Reading { declared, notes }) if !declared.is_empty() => {
                    number += 1;
                    self.origins.insert((action.into(), number), Origin { environment, server: version.number });
                    self.declared.extend(declared);
                    self.notes.extend(notes.into_iter().map(|note| Note { location: Location::default(), ..note }));
                }
                Ok(_) => self.skip(action, version, "it holds no schema"),
                Err(problem) => self.skip(action, version, &problem),
            }
        }
    }

    fn skip(&mut self, action: &str, version: &Version, why: &str) {
        let message = format!("{action}: version {} there isn't imported: {why}", version.number);
        self.notes.push(Note { location: Location::default(), event: None, message });
    }
}

/// A version there, read as `import` reads a file.
fn declaration(action: &str, number: u32, version: &Version) -> Result<forms::Reading, String> {
    let mut body: serde_json::Value = serde_json::from_str(&version.text).map_err(|error| error.to_string())?;
    body["action"] = action.into();
    body["version"] = number.into();
    forms::read(&format!("{action}.json"), body.to_string().as_bytes()).map_err(|problem| problem.message)
}

/// What each environment gave to the versions that the source declares.
fn registrations(
    store: &Store,
    read: &[Read<'_>],
    bodies: &[(Name, Body)],
    origins: &BTreeMap<Name, Origin>,
    notes: &mut Vec<Note>,
) -> Vec<Recorder> {
    let mut recorders = Vec::new();
    for (index, Read { environment, there }) in read.iter().enumerate() {
        let mut recorder = Recorder::new(store, environment);
        for ((action, version), body) in bodies {
            let own =
                origins.get(&(action.clone(), *version)).filter(|origin| origin.environment == index).map(|origin| origin.server);
            let text = canonical::render(body);
            match (standing(body, there.of(action), own), text) {
                (Some(server), Some(text)) => drop(recorder.record(action, *version, Recorded { server, sha256: sha256(&text) })),
                _ if there.of(action).is_empty() => {}
                _ => notes.push(Note {
                    location: Location::default(),
                    event: Some((action.clone(), *version)),
                    message: format!("no version in {environment} accepts all that the type can hold: `push` will register one"),
                }),
            }
        }
        recorders.push(recorder);
    }
    recorders
}

/// The version that it was made of, or one that means the same, or the newest that accepts all of it.
fn standing(body: &Body, versions: &[Version], own: Option<u32>) -> Option<u32> {
    let fits = |version: &Version| version.body.as_ref().ok().and_then(|there| fit_of(body, there));
    let own = own.and_then(|own| versions.iter().find(|version| version.number == own)).filter(|own| fits(own).is_some());
    let same = || versions.iter().find(|version| fits(version) == Some(Fit::Same));
    let looser = || versions.iter().rev().find(|version| fits(version) == Some(Fit::Looser));
    own.or_else(same).or_else(looser).map(|version| version.number)
}
