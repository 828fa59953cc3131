//! Requests to an environment, and their errors; the only module that uses the network.

mod client;
mod failed;
mod key;
mod register;
mod wait;

pub use failed::Failed;
pub use key::ApiKey;
pub use register::Registered;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use self::client::{ACTIONS, Action, Client, Error, Schema, schemas_path};
use crate::console::Console;
use crate::failure::{Failure, io_message};
use crate::names::Environment;
use crate::registration::{RemoteSchema, RemoteState};

/// The most pages of a list: 100,000 actions.
const PAGES: usize = 1000;

/// Concurrent requests: quicker than one after the other, and far from any rate limit.
const AT_ONCE: usize = 4;

/// Runs a future that uses the network.
pub fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| {
        Failure::new(format!(
            "can't start to use the network: {}",
            io_message(&error)
        ))
    })?;
    runtime.block_on(work)
}

/// An environment of the service, and the key to it.
pub struct Remote<'a> {
    environment: &'a Environment,
    client: Client,
    key: ApiKey,
    timeout: Duration,
    /// The actions that the environment is known to have.
    known: RefCell<BTreeSet<String>>,
    /// The end of a rate limit's pause.
    not_before: Cell<Option<Instant>>,
    console: &'a Console,
}

impl<'a> Remote<'a> {
    /// Reads the key; sends nothing yet.
    pub fn open(
        environment: &'a Environment,
        timeout: Duration,
        console: &'a Console,
    ) -> Result<Self, Failure> {
        let key = ApiKey::from_environment(environment)?;
        let client = Client::new(environment, &key, timeout)?;
        Ok(Self {
            environment,
            client,
            key,
            timeout,
            known: RefCell::default(),
            not_before: Cell::new(None),
            console,
        })
    }

    /// Reads all versions of these actions, and the newest one of each other action.
    pub async fn read(&self, actions: &BTreeSet<&str>) -> Result<RemoteState, Failed> {
        let (mut remote, mut names) = (RemoteState::default(), Vec::new());
        for Action { name, schema } in self.actions().await? {
            if actions.contains(name.as_str()) {
                names.push(name);
            } else {
                let newest = self.version(&schema)?;
                remote.others.insert(name, newest);
            }
        }
        remote.actions = self.schemas_of(names).await?;
        Ok(remote)
    }

    /// Reads all versions of all actions.
    pub async fn read_all(&self) -> Result<RemoteState, Failed> {
        let mut names: Vec<_> = self
            .actions()
            .await?
            .into_iter()
            .map(|action| action.name)
            .collect();
        names.retain(|name| {
            let can_be_asked = !matches!(name.as_str(), "" | "." | "..");
            if !can_be_asked {
                self.console.warn(&format!(
                    "{} has an action {name:?}, which no address can name: it isn't read",
                    self.environment.name
                ));
            }
            can_be_asked
        });
        Ok(RemoteState {
            actions: self.schemas_of(names).await?,
            ..RemoteState::default()
        })
    }

    async fn schemas_of(
        &self,
        names: Vec<String>,
    ) -> Result<BTreeMap<String, Vec<RemoteSchema>>, Failed> {
        let bar = self.console.bar("reading", names.len());
        let mut done = 0;
        let read =
            |name: String| async { self.schemas(&name).await.map(|versions| (name, versions)) };
        let versions = stream::iter(names)
            .map(read)
            .buffer_unordered(AT_ONCE)
            .inspect_ok(|_| {
                done += 1;
                bar.at(done);
            });
        versions.try_collect().await
    }

    async fn actions(&self) -> Result<Vec<Action>, Failed> {
        let actions: Vec<Action> = self.pages("the actions", ACTIONS).await?;
        self.known
            .borrow_mut()
            .extend(actions.iter().map(|action| action.name.clone()));
        Ok(actions)
    }

    /// Reads the versions of an action, lowest first; none where there is no such action.
    pub async fn schemas(&self, action: &str) -> Result<Vec<RemoteSchema>, Failed> {
        let path = schemas_path(action);
        let schemas = match self.pages("the schemas of an action", &path).await {
            // For an action that exists it means that another server responds: nothing must be registered again because of that.
            Err(failed) if failed.status == Some(404) && !self.known.borrow().contains(action) => {
                Vec::new()
            }
            response => response?,
        };
        let mut versions = schemas
            .iter()
            .map(|schema| self.version(schema))
            .collect::<Result<Vec<_>, _>>()?;
        versions.sort_by_key(|version| version.number);
        versions.dedup_by_key(|version| version.number);
        Ok(versions)
    }

    /// Reads all pages. What is added meanwhile doesn't shift them: a cursor says where the next one begins.
    async fn pages<T: DeserializeOwned>(&self, what: &str, path: &str) -> Result<Vec<T>, Failed> {
        let (mut items, mut after, mut seen) = (Vec::new(), None::<String>, BTreeSet::new());
        loop {
            let page = || self.client.page(path, after.as_deref());
            let page = self.patiently(page).await?;
            let next = page.list_metadata.after.filter(|_| !page.data.is_empty());
            items.extend(page.data);
            let Some(next) = next else {
                return Ok(items);
            };
            if !seen.insert(next.clone()) || seen.len() > PAGES {
                return Err(self.strange(&format!("lists {what} without an end")));
            }
            after = Some(next);
        }
    }

    /// Sends a schema once and returns the version that the response describes. What a failure leaves open is [`Failed::done`].
    async fn create(&self, action: &str, body: &str) -> Result<RemoteSchema, Failed> {
        let created = self.client.create_schema(action, body).await;
        let created = self.version(&created.map_err(|error| self.failed(&error))?)?;
        self.known.borrow_mut().insert(action.into());
        Ok(created)
    }

    fn version(&self, schema: &Schema) -> Result<RemoteSchema, Failed> {
        let version = schema.version;
        let number = u32::try_from(version).ok().filter(|number| *number > 0);
        let number = number.ok_or_else(|| {
            self.strange(&format!(
                "has a version {version}, which is none: they are counted from 1"
            ))
        })?;
        let body = serde_json::json!(schema).to_string();
        Ok(RemoteSchema::read(number, body))
    }

    fn failed(&self, error: &Error) -> Failed {
        Failed::of(error, self.environment, &self.key)
    }

    /// A response that the service doesn't give.
    fn strange(&self, what: &str) -> Failed {
        Failed::strange(&format!("{} {what}", self.environment.url))
    }
}
