//! What the handlers share.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::{Semaphore, watch};

use crate::check::event::Checks;
use crate::clock::{Clock, Millis};
use crate::fault::Faults;
use crate::key::Keys;
use crate::refusal::Answered;
use crate::register::EqualSchema;
use crate::requests::Log;
use crate::store::Store;

/// The highest number of streams; each holds one of the server's connections.
pub const STREAMS: usize = 64;
/// The highest number of requests under way.
pub const UNDER_WAY: usize = 1_024;

/// Handed to every handler.
pub type App = Arc<State>;

/// The emulator's inside.
#[derive(Debug)]
pub struct State {
    /// Where it listens.
    pub address: SocketAddr,
    /// `http://127.0.0.1:41234`
    pub url: String,
    /// An organization that is there from the start.
    pub organization: String,
    /// The accepted API keys.
    pub keys: Keys,
    /// What time it is.
    pub clock: Clock,
    /// What is kept.
    pub store: Store,
    /// What the versions of schemas mean.
    pub checks: Checks,
    /// What goes wrong on purpose.
    pub faults: Faults,
    /// What a registration of an equal schema is answered.
    pub equal_schema: EqualSchema,
    /// What was asked.
    pub log: Log,
    /// The newest event's sequence.
    pub newest: watch::Sender<i64>,
    /// Which database this is: sequences of another one say nothing.
    pub mark: String,
    /// Permits for streams.
    pub streams: Arc<Semaphore>,
    /// Permits for requests under way, including those whose client has gone.
    pub under_way: Arc<Semaphore>,
    /// Becomes true when the server stops.
    pub stopping: watch::Receiver<bool>,
}

impl State {
    /// Now, in this emulator.
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Tells the streams of an event that was kept.
    pub fn arrived(&self, sequence: i64) {
        self.newest
            .send_if_modified(|newest| std::mem::replace(newest, sequence.max(*newest)) < sequence);
    }

    /// Work that takes a while, on a thread that may.
    pub async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&State) -> Answered<T> + Send + 'static,
    ) -> Answered<T> {
        let state = Arc::clone(self);
        tokio::task::spawn_blocking(move || work(&state)).await?
    }

    /// One transaction, on a thread that may wait for the disk.
    pub async fn transaction<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&State, &rusqlite::Connection) -> Answered<T> + Send + 'static,
    ) -> Answered<T> {
        self.blocking(|state| state.store.transaction(|db| work(state, db)))
            .await
    }
}
