//! The handle of a running emulator: what a program does with it without HTTP.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

use crate::error::Error;
use crate::fault::Fault;
use crate::received::ReceivedEvent;
use crate::register::register;
use crate::requests::Request;
use crate::state::State;
use crate::store::events::{self, Filter};
use crate::store::schemas::{self, Schema};

/// An emulator that runs until it is stopped or dropped. It has a thread of its own: programs that block may use it too.
#[derive(Debug)]
pub struct Emulator {
    pub(crate) state: Arc<State>,
    pub(crate) stop: watch::Sender<bool>,
    pub(crate) stopped: watch::Receiver<bool>,
    pub(crate) thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// `http://127.0.0.1:41234`: what a client takes for `https://api.workos.com`.
    pub fn url(&self) -> &str {
        &self.state.url
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.state.address
    }

    /// A key that it takes.
    pub fn api_key(&self) -> &str {
        self.state.keys.first()
    }

    /// The id of an organization that is there from the start: the oldest one.
    pub fn organization(&self) -> &str {
        &self.state.organization
    }

    /// What was asked of the service since the start, oldest first; the last 10,000 requests.
    pub fn requests(&self) -> Vec<Request> {
        self.state.log.all()
    }

    /// Registers a new version of an action's schema, as the interface does; answers its number.
    ///
    /// # Errors
    /// When the body isn't one, with all of its problems.
    pub fn register(&self, action: &str, body: &Value) -> Result<u32, Error> {
        let (state, body) = (&self.state, body.clone());
        let registered = register(&state.store, state.equal_schema, action, body, state.now());
        registered.map(|schema| schema.version)
    }

    /// Every version of an action's schema as the API answers it, oldest first; none for an action that isn't there.
    ///
    /// # Errors
    /// When the database fails.
    pub fn schemas(&self, action: &str) -> Result<Vec<Value>, Error> {
        let versions = self
            .state
            .store
            .transaction(|db| schemas::versions(db, action));
        Ok(versions?.iter().map(Schema::to_json).collect())
    }

    /// The events that were accepted, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn events(&self) -> Result<Vec<ReceivedEvent>, Error> {
        self.received(true)
    }

    /// The events that were rejected, oldest first, each with the reason.
    ///
    /// # Errors
    /// When the database fails.
    pub fn refused(&self) -> Result<Vec<ReceivedEvent>, Error> {
        self.received(false)
    }

    fn received(&self, accepted: bool) -> Result<Vec<ReceivedEvent>, Error> {
        let filter = Filter {
            accepted: Some(accepted),
            ..Filter::default()
        };
        let mut events = self
            .state
            .store
            .transaction(|db| events::list(db, &filter, None))?;
        events.reverse();
        Ok(events)
    }

    /// Adds a fault and returns its ID. If both are set, `disconnect` takes precedence over `status`.
    pub fn fault(&self, fault: Fault) -> u64 {
        self.state.faults.add(fault)
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.state.faults.clear();
    }

    /// Moves its clock forward.
    pub fn advance(&self, by: Duration) {
        self.state.clock.advance(by);
    }

    /// Ends when the server has ended, for any reason.
    pub async fn stopped(&self) {
        // An error is a sender that is gone: the thread has ended.
        let _ = self.stopped.clone().wait_for(|stopped| *stopped).await;
    }

    /// Stops listening, lets requests under way end, closes the database.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        self.stopped().await;
        self.join();
    }

    fn join(&mut self) {
        if let Some(thread) = self.thread.take() {
            // A panic in there has been reported by the thread itself.
            let _ = thread.join();
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.join();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_waiter_is_told_of_the_end() {
        let emulator = Emulator::start().await.unwrap();
        let wait = |millis| tokio::time::timeout(Duration::from_millis(millis), emulator.stopped());
        assert!(wait(50).await.is_err(), "it has not ended");
        emulator.stop.send_replace(true);
        assert!(wait(10_000).await.is_ok(), "it has ended");
        assert!(wait(10_000).await.is_ok(), "and stays so");
    }
}
