//! The one module that knows the network: asks the service, through the vendor's own client, and says what went wrong.

mod failed;
mod key;
mod register;
mod wait;

pub use failed::Failed;
pub use key::ApiKey;
pub use register::Registered;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use workos::audit_logs::{CreateSchemaParams, ListActionSchemasParams, ListActionsParams};
use workos::transport::ReqwestTransport;
use workos::{AuditLogAction, AuditLogSchema, AuditLogSchemaInput, Client, Error, Page, PaginationOrder};

use crate::console::Console;
use crate::failure::{Failure, reason};
use crate::registration::there::{There, Version};
use crate::store::config::Environment;

/// As many items as the service puts on a page. Source: its API document.
const PAGE: i64 = 100;

/// So many requests at once: quicker than one after the other, and far from any rate limit.
const AT_ONCE: usize = 4;

/// Runs what asks the network to its end.
pub fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(format!("can't start to use the network: {}", reason(&error))))?;
    runtime.block_on(work)
}

/// An environment of the service, and the key to it.
pub struct Remote<'a> {
    environment: &'a Environment,
    client: Client,
    key: ApiKey,
    console: &'a Console,
}

impl<'a> Remote<'a> {
    /// Reads the key; sends nothing yet.
    pub fn open(environment: &'a Environment, timeout: Duration, console: &'a Console) -> Result<Self, Failure> {
        let key = ApiKey::from_environment(environment)?;
        // A redirect would take the key to another address.
        let http = reqwest::Client::builder().timeout(timeout).redirect(reqwest::redirect::Policy::none()).build();
        let http = http.map_err(|error| Failure::new(format!("can't use the network: {}", failed::causes(&error))))?;
        let client = Client::builder()
            .api_key(key.expose())
            .base_url(&environment.url)
            .user_agent(concat!("cargo-audit-schema/", env!("CARGO_PKG_VERSION")))
            // Our own: the client's would wait for as long as an answer asks.
            .max_retries(0)
            .transport(Arc::new(ReqwestTransport::from_client(http)))
            .try_build()
            .map_err(|_| Failure::new(format!("the key in {} can't be sent", environment.api_key_env)))?;
        Ok(Self { environment, client, key, console })
    }

    /// Everything that the environment has of these actions, and the names of the others.
    pub async fn read(&self, actions: &BTreeSet<&str>) -> Result<There, Failed> {
        let mut there = There::default();
        for AuditLogAction { name, schema, .. } in self.actions().await? {
            if !actions.contains(name.as_str()) {
                let newest = self.version(schema)?;
                there.others.insert(name, newest);
            }
        }
        there.actions = self.schemas_of(actions.iter().map(|action| (*action).to_owned()).collect()).await?;
        Ok(there)
    }

    /// Everything that the environment has.
    pub async fn read_all(&self) -> Result<There, Failed> {
        let names = self.actions().await?.into_iter().map(|action| action.name).collect();
        Ok(There { actions: self.schemas_of(names).await?, ..There::default() })
    }

    async fn schemas_of(&self, names: Vec<String>) -> Result<std::collections::BTreeMap<String, Vec<Version>>, Failed> {
        let bar = self.console.bar("reading", names.len());
        let mut done = 0;
        let read = |name: String| async { self.schemas(&name).await.map(|versions| (name, versions)) };
        let versions = stream::iter(names).map(read).buffer_unordered(AT_ONCE).inspect_ok(|_| {
            done += 1;
            bar.at(done);
        });
        versions.try_collect().await
    }

    async fn actions(&self) -> Result<Vec<AuditLogAction>, Failed> {
        self.pages("the actions", |after| async {
            let params = ListActionsParams { after, limit: Some(PAGE), order: Some(PaginationOrder::Desc), before: None };
            self.client.audit_logs().list_actions(params).await
        })
        .await
    }

    /// The versions of an action, lowest first; none where there is no such action.
    pub async fn schemas(&self, action: &str) -> Result<Vec<Version>, Failed> {
        let pages = self.pages("the schemas of an action", |after| async {
            let params = ListActionSchemasParams { after, limit: Some(PAGE), order: Some(PaginationOrder::Desc), before: None };
            self.client.audit_logs().list_action_schemas(action, params).await
        });
        let schemas = match pages.await {
            Err(failed) if failed.status == Some(404) => Vec::new(),
            answer => answer?,
        };
        let mut versions = schemas.into_iter().map(|schema| self.version(schema)).collect::<Result<Vec<_>, _>>()?;
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
            let Page { data, list_metadata } = self.patiently(|| page(after.clone())).await?;
            items.extend(data);
            let Some(next) = list_metadata.after else { return Ok(items) };
            if !seen.insert(next.clone()) {
                return Err(self.strange(&format!("lists {what} without an end: a page leads back to itself")));
            }
            after = Some(next);
        }
    }

    /// Sends a schema once. What became of it is known only where an answer says so: see [`Failed::is_uncertain`].
    pub async fn create(&self, action: &str, body: &str) -> Result<u32, Failed> {
        let body: AuditLogSchemaInput =
            serde_json::from_str(body).map_err(|error| self.strange(&format!("can't be sent this schema: {error}")))?;
        let created = self.client.audit_logs().create_schema(action, CreateSchemaParams { body }).await;
        let AuditLogSchema { version, .. } = created.map_err(|error| self.failed(&error))?;
        self.number(version)
    }

    fn version(&self, schema: AuditLogSchema) -> Result<Version, Failed> {
        let AuditLogSchema { version, actor, targets, metadata, object: _, created_at: _ } = schema;
        let number = self.number(version)?;
        let targets = targets.into_iter().map(|target| {
            let metadata = target.metadata.map(|metadata| serde_json::json!(metadata));
            serde_json::json!({ "type": target.type_, "metadata": metadata.unwrap_or_else(|| serde_json::json!({})) })
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
        number.ok_or_else(|| self.strange(&format!("counts a version {version}, and versions count from 1")))
    }

    fn failed(&self, error: &Error) -> Failed {
        Failed::of(error, self.environment, &self.key)
    }

    /// The service isn't as it should be.
    fn strange(&self, what: &str) -> Failed {
        Failed::strange(&format!("{} {what}", self.environment.url))
    }
}
