//! `pull`: what environments have, as Rust source, and as registrations of the versions that the source declares.

use std::collections::{BTreeMap, BTreeSet};

use super::environment;
use crate::args::Pull;
use crate::body::{Body, canonical, sha256};
use crate::catalogue::Catalogue;
use crate::cmd::{Outcome, source};
use crate::console::Console;
use crate::failure::Failure;
use crate::import::{self, Declared, EventType, Warning, forms};
use crate::location::Location;
use crate::registration::matching::{Compatibility, compatibility_of};
use crate::registration::{Recorder, Registration, RemoteSchema, RemoteState};
use crate::remote::{Failed, Remote, block_on};
use crate::status::spelling::Spellings;
use crate::store::{Changes, Name, Store};
use crate::text::pluralize;

/// The schemas of an environment.
struct Read<'a> {
    environment: &'a str,
    there: RemoteState,
}

pub fn run(args: &Pull, console: &Console) -> Result<Outcome, Failure> {
    let output = source::destination(&args.source, &[])?;
    let (store, _lock) = environment::open(&args.access)?.locked(console)?;
    let read = read(&store, args, console)?;
    let Pulled {
        declared,
        origins,
        mut warnings,
        known,
    } = Pulled::of(&read, &store, args.source.all_versions);
    if !known.is_empty() {
        console.progress(format_args!(
            "{} of {} not imported again",
            pluralize(known.len(), "action"),
            store.root().display()
        ));
    }
    if declared.is_empty() && warnings.is_empty() {
        console.progress("nothing to import");
        return Ok(Outcome::ok(""));
    }
    let mut plan = import::plan(declared, &source::options(&args.source));
    warnings.append(&mut plan.warnings);
    for warning in &mut warnings {
        // Responses are no files.
        warning.location = Location::default();
    }
    let bodies: Vec<_> = plan.events.iter().filter_map(rendered).collect();
    let recorders = registrations(&store, &read, &bodies, &origins, &mut warnings, console);
    let outcome = source::write(
        &plan,
        warnings,
        &[],
        &args.source,
        output.as_deref(),
        console,
    )?;
    write(&store, &bodies, &recorders, console)?;
    Ok(outcome)
}

/// A declared version: its name, the text that code renders, and what that means.
type Rendered = (Name, String, Body);

fn rendered(EventType { event, .. }: &EventType) -> Option<Rendered> {
    let body = event.body();
    let name = (event.origin.action.clone(), event.origin.version);
    Some((name, canonical::render(&body)?, body))
}

/// Writes what is registered, so that the source builds: the bodies first, as a registration without its body would be an error.
fn write(
    store: &Store,
    bodies: &[Rendered],
    recorders: &[Recorder],
    console: &Console,
) -> Result<(), Failure> {
    let is_registered = |(action, version): &Name| {
        let mut all = recorders
            .iter()
            .filter_map(|recorder| recorder.registrations().get(action));
        all.any(|versions| versions.contains_key(version))
    };
    let registered = bodies.iter().filter(|(name, ..)| is_registered(name));
    let mut changes = Changes::default();
    for ((action, version), text, _) in registered.clone() {
        changes.body(action, *version, text);
    }
    let listed = store.listed.iter().chain(registered.map(|(name, ..)| name));
    let listed = listed.map(|(action, version)| (action.as_str(), *version));
    store.apply(&changes, store.committed().chain(listed), console)?;
    for recorder in recorders {
        recorder.write()?;
        console.progress(format_args!(
            "the registrations are in {}",
            recorder.path().display()
        ));
    }
    console.progress("next: make the source a module of your crate, build it, and run `cargo audit-schema export`");
    Ok(())
}

fn read<'a>(store: &'a Store, args: &Pull, console: &Console) -> Result<Vec<Read<'a>>, Failure> {
    let mut all: Vec<Read<'a>> = Vec::new();
    for name in &args.environments {
        let named = environment::named(store, name)?;
        if all.iter().all(|read| read.environment != named.name) {
            let remote = Remote::open(named, args.access.timeout(), console)?;
            let there = block_on(async { remote.read_all().await.map_err(Failed::into_failure) })?;
            all.push(Read {
                environment: &named.name,
                there,
            });
        }
    }
    Ok(all)
}

/// Schemas to import.
#[derive(Default)]
struct Pulled<'r> {
    declared: Vec<Declared>,
    /// The environment and its version that each declared one was made of.
    origins: BTreeMap<Name, (&'r str, u32)>,
    warnings: Vec<Warning>,
    /// The actions that the folder has already.
    known: BTreeSet<&'r str>,
}

impl<'r> Pulled<'r> {
    fn of(read: &'r [Read<'_>], store: &Store, all_versions: bool) -> Self {
        let mut pulled = Self::default();
        let code = Catalogue::default();
        let mut spellings = Spellings::of(&code, store);
        for Read { environment, there } in read {
            for (action, versions) in &there.actions {
                if is_exported(store, action) {
                    pulled.known.insert(action);
                } else if let Some(other) = spellings.other(action) {
                    pulled
                        .warn(format!("{action} isn't imported: it differs from {other} in case only, and would share its folder"));
                } else if !pulled.has(action) {
                    pulled.action(environment, action, versions, all_versions);
                    spellings.add(action);
                }
            }
        }
        pulled
    }

    fn has(&self, action: &str) -> bool {
        self.origins.keys().any(|(known, _)| known == action)
    }

    /// Declared versions are counted from 1, whatever the service's are.
    fn action(
        &mut self,
        environment: &'r str,
        action: &'r str,
        versions: &[RemoteSchema],
        all: bool,
    ) {
        let passed_over = if all {
            0
        } else {
            versions.len().saturating_sub(1)
        };
        let mut number = 0;
        for version in &versions[passed_over..] {
            let server = version.number;
            match declaration(action, number + 1, version) {
                Ok(forms::Reading { declared, warnings }) => {
                    number += 1;
                    let name = (action.into(), number);
                    self.origins.insert(name, (environment, server));
                    self.declared.extend(declared);
                    self.warnings.extend(warnings);
                }
                Err(why) => self.warn(format!(
                    "{action}: version {server} there isn't imported: {why}"
                )),
            }
        }
    }

    fn warn(&mut self, message: String) {
        self.warnings.push(warning(None, message));
    }
}

fn warning(event: Option<Name>, message: String) -> Warning {
    Warning {
        location: Location::default(),
        event,
        message,
    }
}

/// Whether code has it already. What an earlier `pull` has written may be written again.
fn is_exported(store: &Store, action: &str) -> bool {
    let mut versions = store
        .versions
        .iter()
        .filter(|((known, _), _)| known == action);
    versions.any(|((_, version), files)| {
        files.event.is_some() || !store.is_registered(action, *version)
    })
}

/// A version there, read as `import` reads a file.
fn declaration(
    action: &str,
    number: u32,
    version: &RemoteSchema,
) -> Result<forms::Reading, String> {
    let mut body: serde_json::Value =
        serde_json::from_str(&version.text).map_err(|error| error.to_string())?;
    body["action"] = action.into();
    body["version"] = number.into();
    let reading = forms::read(&format!("{action}.json"), body.to_string().as_bytes())
        .map_err(|problem| problem.message)?;
    if reading.declared.is_empty() {
        return Err("it holds no schema".into());
    }
    Ok(reading)
}

/// Registrations of the imported versions, by environment.
fn registrations(
    store: &Store,
    read: &[Read<'_>],
    bodies: &[Rendered],
    origins: &BTreeMap<Name, (&str, u32)>,
    warnings: &mut Vec<Warning>,
    console: &Console,
) -> Vec<Recorder> {
    let mut recorders = Vec::new();
    for Read { environment, there } in read {
        let mut recorder = Recorder::new(store, environment);
        let lacking = bodies
            .iter()
            .filter(|((action, _), ..)| there.of(action).is_empty())
            .count();
        if lacking > 0 {
            console.progress(format_args!(
                "{environment} lacks {lacking} of {} versions: `push` will register them",
                bodies.len()
            ));
        }
        for ((action, version), text, body) in bodies {
            let own = origins
                .get(&(action.clone(), *version))
                .filter(|(from, _)| from == environment)
                .map(|(_, server)| *server);
            match standing(body, there.of(action), own) {
                Some(server) => drop(recorder.record(action, *version, Registration { server, sha256: sha256(text) })),
                None if there.of(action).is_empty() => {}
                None => warnings.push(warning(
                    Some((action.clone(), *version)),
                    format!("no version in {environment} accepts all that the type can hold: `push` will register one"),
                )),
            }
        }
        recorders.push(recorder);
    }
    recorders
}

/// The version that it was made of, or the first that means the same, or the newest that accepts all of it.
fn standing(body: &Body, versions: &[RemoteSchema], own: Option<u32>) -> Option<u32> {
    let rank = |version: &RemoteSchema| {
        let number = i64::from(version.number);
        let compatibility = compatibility_of(body, version.body.as_ref().ok()?)?;
        let is_same = compatibility == Compatibility::Same;
        let order = if is_same { -number } else { number };
        Some((own == Some(version.number), is_same, order))
    };
    let ranked = versions
        .iter()
        .filter_map(|version| Some((rank(version)?, version.number)));
    ranked.max().map(|(_, number)| number)
}
