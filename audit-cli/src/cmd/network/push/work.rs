//! The registering itself: each version once, each success written down at once.

use std::cell::{Cell, RefCell};
use std::hash::{BuildHasher, RandomState};

use futures_util::{TryStreamExt, stream};

use crate::cmd::network::environment::Session;
use crate::console::Console;
use crate::failure::Failure;
use crate::registration::{Item, LocalSchemas, Plan, Recorder, Registration};
use crate::remote::{Failed, Registered, Remote};

/// Number of concurrent actions. Versions of one action are registered in order, lowest first.
const AT_ONCE: usize = 4;

/// Results by version.
pub type Done<'p> = Vec<(&'p Item, Result<Registered, Failed>)>;

/// State of a push.
pub struct Work<'a> {
    remote: Remote<'a>,
    local: LocalSchemas,
    recorder: RefCell<Recorder>,
    console: &'a Console,
    /// Number of versions to register.
    count: usize,
    written: Cell<usize>,
    /// A general failure; stops the remaining requests.
    stop: RefCell<Option<Failed>>,
}

impl<'a> Work<'a> {
    pub fn new(session: Session<'a>, count: usize, console: &'a Console) -> Self {
        Self {
            remote: session.remote,
            local: session.local,
            recorder: RefCell::new(session.recorder),
            console,
            count,
            written: Cell::new(0),
            stop: RefCell::new(None),
        }
    }

    pub async fn all<'p>(&self, plan: &'p Plan) -> Result<Done<'p>, Failure> {
        let sent: Vec<_> = plan.items.iter().filter(|item| item.is_sent()).collect();
        let done = RefCell::new(Vec::with_capacity(sent.len()));
        let actions = sent.chunk_by(|a, b| a.action == b.action);
        let mut actions: Vec<_> = actions.map(<[&Item]>::to_vec).collect();
        // Two pipelines that begin together and go the same way would meet at every action.
        let random = RandomState::new();
        actions.sort_by_cached_key(|items| random.hash_one(&items[0].action));
        let actions = stream::iter(actions.into_iter().map(Ok));
        let of_action = |items: Vec<&'p Item>| async {
            for item in items {
                let result = self.one(item).await?;
                done.borrow_mut()
                    .extend(result.map(|result| (item, result)));
            }
            Ok::<_, Failure>(())
        };
        actions.try_for_each_concurrent(AT_ONCE, of_action).await?;
        if let Some(failed) = self.stop.take() {
            let (written, count) = (self.written.get(), self.count);
            if written > 0 {
                self.console.progress(format_args!(
                    "{written} of {count} were registered, and are written down"
                ));
            }
            return Err(failed.into_failure());
        }
        let mut done = done.into_inner();
        done.sort_by(|(a, _), (b, _)| (&a.action, a.version).cmp(&(&b.action, b.version)));
        self.look_again(&mut done).await;
        Ok(done)
    }

    /// Registers one version. `None` where it wasn't begun. What can't be written down ends everything.
    async fn one(&self, item: &Item) -> Result<Option<Result<Registered, Failed>>, Failure> {
        if self.stop.borrow().is_some() {
            return Ok(None);
        }
        let Item {
            action, version, ..
        } = item;
        let Some(local) = self.local.get(&(action.clone(), *version)) else {
            return Ok(None);
        };
        let result = self.remote.register(action, local).await;
        match &result {
            Ok(Registered { server, .. }) => {
                let registration = Registration {
                    server: *server,
                    sha256: item.sha256.clone(),
                };
                let mut recorder = self.recorder.borrow_mut();
                recorder.record(action, *version, registration);
                recorder.write()?;
                let written = self.written.get() + 1;
                self.written.set(written);
                self.console.progress(format_args!(
                    "{action} {version} is version {server} ({written} of {})",
                    self.count
                ));
            }
            Err(failed) if failed.is_general => drop(self.stop.replace(Some(failed.clone()))),
            Err(Failed { message, .. }) => self
                .console
                .progress(format_args!("{action} {version}: {message}")),
        }
        Ok(Some(result))
    }

    /// Looks for duplicates of requests without a response. They are reported; the recorded versions stay valid.
    async fn look_again(&self, done: &mut Done<'_>) {
        for (item, result) in done {
            let Ok(registered) = result else { continue };
            let local = self.local.get(&(item.action.clone(), item.version));
            if let Some(local) = local.filter(|_| registered.is_in_doubt)
                && let Ok(others) = self
                    .remote
                    .others(&item.action, local, registered.server)
                    .await
            {
                registered.duplicates = others;
            }
        }
    }
}
