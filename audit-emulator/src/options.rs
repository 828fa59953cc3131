//! What an emulator is started with.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot, watch};

use crate::check::event::Checks;
use crate::clock::Clock;
use crate::emulator::Emulator;
use crate::error::Error;
use crate::fault::{Fault, Faults};
use crate::folder;
use crate::key::Keys;
use crate::register::EqualSchema;
use crate::requests::Log;
use crate::seed;
use crate::server;
use crate::state::{STREAMS, State, UNDER_WAY};
use crate::store::{self, Store, events, organizations};

/// How long transactions under way may take once the server has ended.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// Made by [`Emulator::builder`].
#[derive(Debug, Default)]
pub struct Builder {
    address: Option<SocketAddr>,
    database: Option<PathBuf>,
    keys: Keys,
    schemas: Option<PathBuf>,
    seed: Option<PathBuf>,
    faults: Vec<Fault>,
    equal_schema: EqualSchema,
}

impl Emulator {
    /// On a free port of this machine, with a temporary database.
    ///
    /// # Errors
    /// When this machine has no port or thread left.
    pub async fn start() -> Result<Self, Error> {
        Self::builder().start().await
    }

    /// For everything that can be chosen.
    pub fn builder() -> Builder {
        Builder::default()
    }
}

impl Builder {
    /// Where to listen; without it, on a free port of `127.0.0.1`.
    #[must_use]
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = Some(address);
        self
    }

    /// A file that keeps everything; without it, a temporary database that is gone afterwards.
    #[must_use]
    pub fn database(mut self, path: impl Into<PathBuf>) -> Self {
        self.database = Some(path.into());
        self
    }

    /// A key that is taken. More than one may be given; without any, every key is taken that begins with `sk_`.
    #[must_use]
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.keys.add(key.into());
        self
    }

    /// A folder of schemas (`<action>/v<N>.json`), which are registered at the start.
    #[must_use]
    pub fn schemas(mut self, folder: impl Into<PathBuf>) -> Self {
        self.schemas = Some(folder.into());
        self
    }

    /// A file of organizations, schemas and events that are there from the start: see [the crate's documentation](crate#seeds).
    #[must_use]
    pub fn seed(mut self, file: impl Into<PathBuf>) -> Self {
        self.seed = Some(file.into());
        self
    }

    /// A fault that is injected from the start. More than one may be given.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// What a registration is answered whose body equals the action's latest version; without it, a new version. Folders and seeds register every
    /// version that they hold.
    #[must_use]
    pub fn equal_schema(mut self, answer: EqualSchema) -> Self {
        self.equal_schema = answer;
        self
    }

    /// Opens the database, registers, listens.
    ///
    /// # Errors
    /// When the port is taken, the database or a file can't be used, or a key or fault isn't one.
    pub async fn start(self) -> Result<Emulator, Error> {
        let (ready, started) = oneshot::channel();
        let (stop, stopping) = watch::channel(false);
        let (done, stopped) = watch::channel(false);
        let life = move || {
            self.live(ready, stopping);
            done.send_replace(true);
        };
        let thread = thread::Builder::new()
            .name("audit-emulator".into())
            .spawn(life)
            .map_err(|error| Error::new(format!("can't start a thread: {error}"), ""))?;
        match started.await {
            Ok(state) => Ok(Emulator {
                state: state?,
                stop,
                stopped,
                thread: Some(thread),
            }),
            Err(_) => Err(Error::new(
                "the emulator's thread ended before it listened",
                "",
            )),
        }
    }

    fn live(self, ready: oneshot::Sender<Result<Arc<State>, Error>>, stop: watch::Receiver<bool>) {
        let started = self
            .prepare(stop.clone())
            .and_then(|(listener, state)| Ok((runtime()?, listener, state)));
        let (runtime, listener, state) = match started {
            Ok(started) => started,
            Err(error) => {
                // The receiver is gone when the caller has stopped waiting.
                let _ = ready.send(Err(error));
                return;
            }
        };
        if ready.send(Ok(Arc::clone(&state))).is_ok() {
            runtime.block_on(server::serve(listener, &state, stop));
        }
        // What still writes into the database may end.
        runtime.shutdown_timeout(SHUTDOWN_TIMEOUT);
    }

    fn prepare(self, stopping: watch::Receiver<bool>) -> Result<(TcpListener, Arc<State>), Error> {
        self.keys.check()?;
        let (clock, checks) = (Clock::default(), Checks::default());
        let database = Store::open(self.database.as_deref())?;
        if let Some(folder) = self.schemas {
            folder::register_all(&database, &folder, clock.now())?;
        }
        if let Some(seed) = self.seed {
            seed::plant(&database, &checks, &seed, clock.now())?;
        }
        let (organization, newest, mark) = database.transaction(|db| {
            let first = organizations::first(db, clock.now())?;
            Ok::<_, Error>((first, events::newest(db)?, store::mark(db)?))
        })?;
        let injected = Faults::default();
        for fault in self.faults {
            fault.check()?;
            injected.add(fault);
        }
        let (listener, address) = listen(
            self.address
                .unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        )?;
        let state = State {
            address,
            url: format!("http://{}", reachable(address)),
            organization,
            keys: self.keys,
            clock,
            store: database,
            checks,
            faults: injected,
            equal_schema: self.equal_schema,
            log: Log::default(),
            newest: watch::Sender::new(newest),
            mark,
            streams: Arc::new(Semaphore::new(STREAMS)),
            under_way: Arc::new(Semaphore::new(UNDER_WAY)),
            stopping,
        };
        Ok((listener, Arc::new(state)))
    }
}

fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), Error> {
    let failed = |error| Error::bind(address, &error);
    let listener = TcpListener::bind(address).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

/// The loopback address in place of an unspecified one.
fn reachable(address: SocketAddr) -> SocketAddr {
    match address {
        _ if !address.ip().is_unspecified() => address,
        SocketAddr::V4(_) => (Ipv4Addr::LOCALHOST, address.port()).into(),
        SocketAddr::V6(_) => (Ipv6Addr::LOCALHOST, address.port()).into(),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Error> {
    let built = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    built.map_err(|error| Error::new(format!("can't start the server's runtime: {error}"), ""))
}
