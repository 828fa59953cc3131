//! Shared by the commands that query an environment: folder, settings, local schemas. Neither builds nor starts a process.

use std::collections::BTreeSet;

use crate::args::{Access, Registration};
use crate::baseline;
use crate::cmd::{Outcome, no_folder, unknown, without_cargo};
use crate::config;
use crate::console::Console;
use crate::failure::Failure;
use crate::names::Environment;
use crate::registration::findings::{Site, of_item};
use crate::registration::{Item, LocalSchemas, Plan, Recorder, of_artifacts};
use crate::remote::{Failed, Remote, block_on};
use crate::store::{self, Store, parent_dir};

/// The folder, without asking cargo where it is.
pub fn open(access: &Access) -> Result<Store, Failure> {
    match without_cargo(&access.manifest, &access.folder)? {
        Some(root) => config::store(&root),
        None => Err(no_folder(". or above")),
    }
}

/// The environment of that name in `audit.toml`.
pub fn named<'s>(store: &'s Store, name: &str) -> Result<&'s Environment, Failure> {
    let known = &store.environments;
    if let Some(environment) = known.iter().find(|environment| environment.name == name) {
        return Ok(environment);
    }
    let path = store.config_path();
    let known = known.iter().map(|environment| environment.name.as_str());
    Err(Failure::new(format!("{} has no environment {name:?}", path.display())).suggest(
        name,
        known,
        format!("add `[environments.{name}]` with `api-key-env = \"…\"`, the name of the variable that holds its API key, and `url` where it isn't the service itself"),
    ))
}

/// Schemas of the folder or the artifacts, and those of them to register: limited by `--only`.
fn schemas(
    store: &Store,
    registration: &Registration,
    console: &Console,
) -> Result<(LocalSchemas, BTreeSet<store::Name>), Failure> {
    let mut all = baseline::folder(store)?;
    // What isn't there is asked for, too: an environment doesn't have all that the folder should.
    let mut asked: BTreeSet<_> = all.keys().cloned().chain(store.lost()).collect();
    if registration.artifacts.is_empty() {
        for stray in &store.unrecognized {
            console.warn(&format!(
                "{} is passed over: a schema is called <action>/v<N>.json",
                stray.display()
            ));
        }
    } else {
        let emitted = of_artifacts(&registration.artifacts)?;
        asked = emitted.keys().cloned().collect();
        all.extend(emitted);
    }
    if asked.is_empty() {
        return Err(
            Failure::new(format!("{} holds no schemas", store.root().display()))
                .help("`cargo audit-schema export` writes them, and has to run before"),
        );
    }
    let only = &registration.only;
    let names = || {
        asked
            .iter()
            .map(|(action, version)| (action.as_str(), *version))
    };
    if let Some(only) = only
        .iter()
        .find(|only| !names().any(|(action, version)| only.selects(action, version)))
    {
        return Err(unknown(&only.action, only.version, names(), "there is no"));
    }
    asked.retain(|(action, version)| {
        only.is_empty() || only.iter().any(|only| only.selects(action, *version))
    });
    all.retain(|(action, _), _| asked.iter().any(|(asked, _)| asked == action));
    Ok((all, asked))
}

/// Where findings about an environment are from.
pub fn site<'a>(store: &'a Store, environment: &'a str) -> Site<'a> {
    Site {
        environment,
        workspace: parent_dir(store.root()),
    }
}

/// The folder, and the plan to register all of it. Writes nothing.
pub fn look(registration: &Registration, console: &Console) -> Result<(Store, Plan), Failure> {
    let store = open(&registration.access)?;
    let session = Session::open(&store, registration, console)?;
    let plan = block_on(session.plan())?;
    Ok((store, plan))
}

/// An environment, and the schemas to register in it.
pub struct Session<'s> {
    store: &'s Store,
    args: &'s Registration,
    pub environment: &'s Environment,
    /// The schemas to register, and the other versions of their actions.
    pub local: LocalSchemas,
    asked: BTreeSet<store::Name>,
    pub remote: Remote<'s>,
    pub recorder: Recorder,
}

impl<'s> Session<'s> {
    pub fn open(
        store: &'s Store,
        args: &'s Registration,
        console: &'s Console,
    ) -> Result<Self, Failure> {
        let environment = named(store, &args.environment)?;
        let (local, asked) = schemas(store, args, console)?;
        Ok(Self {
            store,
            args,
            environment,
            local,
            asked,
            remote: Remote::open(environment, args.access.timeout(), console)?,
            recorder: Recorder::new(store, &environment.name),
        })
    }

    /// Plans the registration with GET requests alone.
    pub async fn plan(&self) -> Result<Plan, Failure> {
        let Self { local, asked, .. } = self;
        let actions = local.keys().map(|(action, _)| action.as_str()).collect();
        let remote = self.remote.read(&actions).await;
        let registered = self.recorder.registrations();
        let mut plan = Plan::of(local, registered, &remote.map_err(Failed::into_failure)?);
        plan.items
            .retain(|item| asked.contains(&(item.action.clone(), item.version)));
        let lost = asked.iter().filter(|name| !local.contains_key(*name));
        plan.items.extend(lost.map(|name| {
            let (action, version) = name;
            let known = registered
                .get(action)
                .and_then(|versions| versions.get(version));
            Item::lost(name, self.store.body_path(action, *version), known)
        }));
        for item in &mut plan.items {
            item.reject_for(differs_in(item, self.store));
        }
        plan.items
            .sort_by(|a, b| (&a.action, a.version).cmp(&(&b.action, b.version)));
        // What a program doesn't emit the folder may have all the same.
        if !self.args.only.is_empty() || !self.args.artifacts.is_empty() {
            plan.unmanaged.clear();
        }
        Ok(plan)
    }
}

/// Reports the versions that aren't registered. `end` ends the summary.
pub fn report(
    plan: &Plan,
    is_registered: impl Fn(&Item) -> bool,
    end: &str,
    args: &Registration,
    store: &Store,
    console: &Console,
) -> Result<Outcome, Failure> {
    let site = site(store, &args.environment);
    let missing: Vec<_> = plan
        .items
        .iter()
        .filter(|item| !is_registered(item))
        .filter_map(|item| of_item(item, site))
        .collect();
    let (all, environment) = (plan.items.len(), site.environment);
    let found = all - missing.len();
    let summary = format!("{found} of {all} are registered in {environment}{end}");
    Outcome::report(
        &missing,
        args.report.format,
        site.workspace,
        "",
        &summary,
        console,
    )
}

/// The environments that were given another body under the item's name. An emulator can be started anew.
fn differs_in(item: &Item, store: &Store) -> Vec<String> {
    let others = store.registered_otherwise(&item.action, item.version, &item.sha256);
    others
        .filter(|environment| !store.is_emulator(environment))
        .map(str::to_owned)
        .collect()
}
