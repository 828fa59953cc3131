//! The one module that knows the network: asks the service, through the vendor's own client, and says what went wrong.

mod failed;
mod key;
mod register;
mod transport;
mod wait;

pub use failed::Failed;
pub use key::ApiKey;
pub use register::Registered;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use tokio::time::Instant;
use workos::audit_logs::{CreateSchemaParams, ListActionSchemasParams, ListActionsParams};
use workos::{
    AuditLogAction, AuditLogSchema, AuditLogSchemaInput, Client, Error, Page, PaginationOrder,
};

use crate::console::Console;
use crate::failure::{Failure, reason};
use crate::registration::there::{There, Version};
use crate::store::config::Environment;

/// As many items as the service puts on a page. Source: its API document.
const PAGE: i64 = 100;

/// No list has more pages. 100,000 actions are more than anybody declares.
const PAGES: usize = 1000;

/// So many requests at once: quicker than one after the other, and far from any rate limit.
const AT_ONCE: usize = 4;

/// Runs what asks the network to its end.
pub fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| {
        Failure::new(format!(
            "can't start to use the network: {}",
            reason(&error)
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
    /// The actions that are there for certain.
    known: RefCell<BTreeSet<String>>,
    /// Until when the service wants no requests.
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
        let client = Client::builder()
            .api_key(key.expose())
            .base_url(&environment.url)
            .user_agent(concat!("cargo-audit-schema/", env!("CARGO_PKG_VERSION")))
            // Our own: the client's would wait for as long as an answer asks.
            .max_retries(0)
            .transport(Arc::new(transport::Transport::new(environment, timeout)?))
            .try_build()
            .map_err(|_| {
                Failure::new(format!(
                    "the key in {} can't be sent",
                    environment.api_key_env
                ))
            })?;
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

    /// Everything that the environment has of these actions, and the names of the others.
    pub async fn read(&self, actions: &BTreeSet<&str>) -> Result<There, Failed> {
        let (mut there, mut names) = (There::default(), Vec::new());
        for AuditLogAction { name, schema, .. } in self.actions().await? {
            if actions.contains(name.as_str()) {
                names.push(name);
            } else {
                let newest = self.version(schema)?;
                there.others.insert(name, newest);
            }
        }
        there.actions = self.schemas_of(names).await?;
        Ok(there)
    }

    /// Everything that the environment has.
    pub async fn read_all(&self) -> Result<There, Failed> {
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
        Ok(There {
            actions: self.schemas_of(names).await?,
            ..There::default()
        })
    }

    async fn schemas_of(
        &self,
        names: Vec<String>,
    ) -> Result<BTreeMap<String, Vec<Version>>, Failed> {
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

    async fn actions(&self) -> Result<Vec<AuditLogAction>, Failed> {
        let pages = self.pages("the actions", |after| async {
            let params = ListActionsParams {
                after,
                limit: Some(PAGE),
                order: Some(PaginationOrder::Desc),
                before: None,
            };
            self.client.audit_logs().list_actions(params).await
        });
        let actions = pages.await?;
        self.known
            .borrow_mut()
            .extend(actions.iter().map(|action| action.name.clone()));
        Ok(actions)
    }

    /// The versions of an action, lowest first; none where there is no such action.
    pub async fn schemas(&self, action: &str) -> Result<Vec<Version>, Failed> {
        let pages = self.pages("the schemas of an action", |after| async {
            let params = ListActionSchemasParams {
                after,
                limit: Some(PAGE),
                order: Some(PaginationOrder::Desc),
                before: None,
            };
            self.client
                .audit_logs()
                .list_action_schemas(action, params)
                .await
        });
        let schemas = match pages.await {
            // Of an action that is there it means that somebody else answers: nothing must be registered again because of that.
            Err(failed) if failed.status == Some(404) && !self.known.borrow().contains(action) => {
                Vec::new()
            }
            answer => answer?,
        };
        let mut versions = schemas
            .into_iter()
            .map(|schema| self.version(schema))
            .collect::<Result<Vec<_>, _>>()?;
        versions.sort_by_key(|version| version.number);
        versions.dedup_by_key(|version| version.number);
        Ok(versions)
    }

    /// All pages. One that was begun while something new came is complete all the same: a cursor says where it went on.
    async fn pages<T, F, Fut>(&self, what: &str, page: F) -> Result<Vec<T>, Failed>
    where
        F: Fn(Option<String>) -> Fut,
        Fut: Future<Output = Result<Page<T>, Error>>,
    {
        let (mut items, mut after, mut seen) = (Vec::new(), None::<String>, BTreeSet::new());
        loop {
            let Page {
                data,
                list_metadata,
            } = self.patiently(|| page(after.clone())).await?;
            let is_empty = data.is_empty();
            items.extend(data);
            let Some(next) = list_metadata.after.filter(|_| !is_empty) else {
                return Ok(items);
            };
            if !seen.insert(next.clone()) || seen.len() > PAGES {
                return Err(self.strange(&format!("lists {what} without an end")));
            }
            after = Some(next);
        }
    }

    /// Sends a schema once; answers what the service says that it made of it. Whether it made anything is known only where it says so:
    /// see [`Failed::done`].
    async fn create(&self, action: &str, body: &str) -> Result<Version, Failed> {
        let body: AuditLogSchemaInput = serde_json::from_str(body)
            .map_err(|error| self.strange(&format!("can't be sent this schema: {error}")))?;
        let created = self
            .client
            .audit_logs()
            .create_schema(action, CreateSchemaParams { body })
            .await;
        let created = self.version(created.map_err(|error| self.failed(&error))?)?;
        self.known.borrow_mut().insert(action.into());
        Ok(created)
    }

    fn version(&self, schema: AuditLogSchema) -> Result<Version, Failed> {
        let AuditLogSchema {
            version,
            actor,
            targets,
            metadata,
            object: _,
            created_at: _,
        } = schema;
        let number = self.number(version)?;
        let targets = targets.into_iter().map(|target| match target.metadata {
            Some(metadata) => serde_json::json!({ "type": target.type_, "metadata": metadata }),
            None => serde_json::json!({ "type": target.type_ }),
        });
        let mut body = serde_json::json!({ "targets": targets.collect::<Vec<_>>() });
        if let Some(actor) = actor {
            body["actor"] = serde_json::json!({ "metadata": actor.metadata });
        }
        if let Some(metadata) = metadata {
            body["metadata"] = serde_json::json!(metadata);
        }
        Ok(Version::read(number, body.to_string()))
    }

    fn number(&self, version: i64) -> Result<u32, Failed> {
        let number = u32::try_from(version).ok().filter(|number| *number > 0);
        number.ok_or_else(|| {
            self.strange(&format!(
                "has a version {version}, which is none: they are counted from 1"
            ))
        })
    }

    fn failed(&self, error: &Error) -> Failed {
        Failed::of(error, self.environment, &self.key)
    }

    /// The service isn't as it should be.
    fn strange(&self, what: &str) -> Failed {
        Failed::strange(&format!("{} {what}", self.environment.url))
    }
}
