//! Registers a schema so that the environment has it once, whatever happens on the way: look, send, look again.

use std::time::Duration;

use super::wait::ATTEMPTS;
use super::{Failed, Remote};
use crate::registration::Wanted;
use crate::registration::matching::{Fit, fit};
use crate::registration::there::Version;

/// A request that got no answer may still be at work: so long at least before looking what became of it.
const AT_WORK: Duration = Duration::from_secs(1);

/// A version that the environment has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The lowest one that means the same: what every run settles on.
    pub server: u32,
    /// Whether it is this run's.
    pub created: bool,
    /// Others that mean the same. Somebody else sent them at the same time, or a lost request was carried out late.
    pub twice: Vec<u32>,
}

impl Remote<'_> {
    /// Nothing is sent where a version means the same already, and nothing again before that has been looked for.
    pub async fn register(&self, action: &str, wanted: &Wanted) -> Result<Registered, Failed> {
        let mut attempt = 1;
        loop {
            if let Some(found) = settled(wanted, &self.schemas(action).await?, attempt > 1) {
                return Ok(found);
            }
            let failed = match self.create(action, &wanted.text).await {
                Ok(server) => return self.after(action, wanted, server).await,
                Err(failed) => failed,
            };
            let is_open = failed.is_uncertain || failed.is_worth_a_retry;
            if !is_open || (attempt == ATTEMPTS && !failed.is_uncertain) {
                return Err(failed);
            }
            if failed.is_uncertain {
                tokio::time::sleep(AT_WORK).await;
            }
            if attempt == ATTEMPTS {
                return settled(wanted, &self.schemas(action).await?, true).ok_or(failed);
            }
            self.wait(&failed, attempt).await;
            attempt += 1;
        }
    }

    /// Looks what is there after a success. That can't be known where nobody answers: the success stays one.
    async fn after(&self, action: &str, wanted: &Wanted, server: u32) -> Result<Registered, Failed> {
        let alone = Registered { server, created: true, twice: Vec::new() };
        let Ok(versions) = self.schemas(action).await else { return Ok(alone) };
        let own = versions.iter().find(|version| version.number == server);
        if own.is_some_and(|own| fit(wanted, own) != Some(Fit::Same)) {
            let what = format!("registered {action} as version {server}, and shows another schema there than was sent");
            return Err(self.strange(&what));
        }
        Ok(settled(wanted, &versions, true).unwrap_or(alone))
    }
}

/// What stands for it there, after something was sent or before.
fn settled(wanted: &Wanted, versions: &[Version], sent: bool) -> Option<Registered> {
    let mut same = versions.iter().filter(|version| fit(wanted, version) == Some(Fit::Same)).map(|version| version.number);
    let server = same.next()?;
    // Before anything was sent it is nobody's business how many there are.
    let twice = if sent { same.collect() } else { Vec::new() };
    Some(Registered { server, created: sent, twice })
}
