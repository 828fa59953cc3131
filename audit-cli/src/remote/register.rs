//! Registers a schema so that the environment has it once, whatever happens on the way: look, send, look again.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::failed::Done;
use super::wait::Patience;
use super::{Failed, Remote};
use crate::registration::matching::{Compatibility, compatibility};
use crate::registration::{LocalSchema, RemoteSchema};

/// How long the outcome of a request is looked for after its connection was lost.
const AT_WORK: Duration = Duration::from_secs(1);

/// The pause between two looks.
const GLANCE: Duration = Duration::from_millis(500);

/// The most looks at a list, which may lag behind a response.
const GLANCES: u32 = 4;

/// A version that an environment has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The lowest of the equivalent versions, on which all runs agree.
    pub server: u32,
    /// Whether this run made it.
    pub created: bool,
    /// Equivalent versions: another run sent them at the same time, or a lost request was carried out late.
    pub duplicates: Vec<u32>,
    /// Whether a request was lost, which may still be carried out.
    pub is_in_doubt: bool,
}

impl Remote<'_> {
    /// Registers a schema. Nothing is sent where an equivalent version exists, and nothing again before one was looked for.
    pub async fn register(&self, action: &str, local: &LocalSchema) -> Result<Registered, Failed> {
        let (mut patience, mut is_in_doubt) = (Patience::default(), false);
        loop {
            // A rejected request registered nothing: an equivalent version is then another run's.
            let versions = self.schemas(action).await?;
            if let Some(found) = settled(local, &versions, is_in_doubt, is_in_doubt) {
                return Ok(found);
            }
            self.turn().await;
            let failed = match self.create(action, &local.text).await {
                Ok(created) => return self.after(action, local, &created, is_in_doubt).await,
                Err(failed) => failed,
            };
            if failed.done != Done::No {
                is_in_doubt = true;
                if let Some(found) = self.look(action, local, &failed).await? {
                    return Ok(found);
                }
            }
            let Some(pause) = patience.pause(&failed) else {
                return Err(failed);
            };
            self.wait(&failed, pause).await;
        }
    }

    /// Looks whether a request without a response was carried out, for as long as the response was waited for.
    async fn look(
        &self,
        action: &str,
        local: &LocalSchema,
        failed: &Failed,
    ) -> Result<Option<Registered>, Failed> {
        let until = Instant::now()
            + if failed.done == Done::PerhapsLater {
                self.timeout
            } else {
                AT_WORK
            };
        loop {
            let found = settled(local, &self.schemas(action).await?, true, true);
            if found.is_some() {
                return Ok(found);
            }
            if Instant::now() >= until {
                return Ok(None);
            }
            sleep(GLANCE).await;
        }
    }

    /// Checks after a success that the version is what was sent, and looks for equivalent ones.
    async fn after(
        &self,
        action: &str,
        local: &LocalSchema,
        created: &RemoteSchema,
        is_in_doubt: bool,
    ) -> Result<Registered, Failed> {
        let server = created.number;
        let alone = Registered {
            server,
            created: true,
            duplicates: Vec::new(),
            is_in_doubt,
        };
        match compatibility(local, created) {
            Some(Compatibility::Same) => {}
            // It keeps less of the schema than was sent, and accepts every event: sent again it would do the same.
            Some(Compatibility::Looser) => return Ok(alone),
            None => {
                let what = format!(
                    "registered {action} as version {server}, with another schema than was sent"
                );
                return Err(Failed {
                    help: "it would do so again: ask whoever runs it before anything is sent again"
                        .into(),
                    ..self.strange(&what)
                });
            }
        }
        for _ in 0..GLANCES {
            // The response holds where no list can be read any more.
            let Ok(versions) = self.schemas(action).await else {
                return Ok(alone);
            };
            let own = versions.iter().find(|version| version.number == server);
            if own.is_some_and(|own| compatibility(local, own) == Some(Compatibility::Same))
                && let Some(found) = settled(local, &versions, true, is_in_doubt)
            {
                return Ok(found);
            }
            sleep(GLANCE).await;
        }
        let what = format!(
            "says that it registered {action} as version {server}, and its list doesn't show that"
        );
        Err(self.strange(&what))
    }

    /// Reads the equivalent versions besides the recorded one.
    pub async fn others(
        &self,
        action: &str,
        local: &LocalSchema,
        server: u32,
    ) -> Result<Vec<u32>, Failed> {
        Ok(same(local, &self.schemas(action).await?)
            .filter(|other| *other != server)
            .collect())
    }
}

fn same(local: &LocalSchema, versions: &[RemoteSchema]) -> impl Iterator<Item = u32> {
    versions
        .iter()
        .filter(|version| compatibility(local, version) == Some(Compatibility::Same))
        .map(|version| version.number)
}

/// The version to record; `sent` where a request may have made it.
fn settled(
    local: &LocalSchema,
    versions: &[RemoteSchema],
    sent: bool,
    is_in_doubt: bool,
) -> Option<Registered> {
    let mut same = same(local, versions);
    Some(Registered {
        server: same.next()?,
        created: sent,
        // Older duplicates aren't this run's.
        duplicates: same.filter(|_| sent).collect(),
        is_in_doubt,
    })
}
