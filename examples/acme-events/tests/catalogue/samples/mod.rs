//! At least one real event of every type, full and bare, by every kind of actor.

mod billing;
pub mod files;
mod identity;
pub mod members;
pub mod people;
pub mod work;

use std::fmt::Debug;
use std::time::{Duration, SystemTime};

use audit_core::{AuditEntity, AuditEvent, BuildError, Context, Envelope, Event};

/// What nobody but us may read. Each stands in a field that isn't marked.
pub const SECRETS: [&str; 14] = [
    people::PASSWORD_HASH,
    people::TOTP_SEED,
    people::KEY_SECRET,
    people::ENCRYPTION_KEY,
    members::ACCEPT_TOKEN,
    files::DOWNLOAD_SIGNATURE,
    files::LINK_TOKEN,
    work::INSTRUCTIONS,
    work::SIGNING_SECRET,
    work::BEARER_TOKEN,
    work::CLIENT_SECRET,
    identity::LOCAL_PART,
    billing::BILLING_EMAIL,
    billing::PROVIDER_TOKEN,
];

/// An event and the body that its type registers.
pub struct Sample {
    pub event: Event,
    pub body: &'static str,
}

/// All of them.
pub fn all() -> Vec<Sample> {
    [
        identity::samples(),
        members::samples(),
        files::samples(),
        work::samples(),
        billing::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The values that hold the secrets.
pub fn secret_holders() -> Vec<Box<dyn Debug>> {
    vec![
        Box::new(people::zoe()),
        Box::new(people::key()),
        Box::new(people::workspace()),
        Box::new(members::invitation(1)),
        Box::new((files::file(), files::link())),
        Box::new((
            work::agent(),
            work::webhook(),
            work::directory(),
            work::connection(),
        )),
        Box::new(identity::failed()),
        Box::new((billing::account(), billing::card("pm_1"))),
    ]
}

/// Some event in that context.
pub fn with_context(context: Context) -> Sample {
    sample::<acme_events::JobExecuted>(work::job().try_into_event(context))
}

fn envelope() -> Envelope {
    let at = SystemTime::UNIX_EPOCH + Duration::from_millis(1_790_000_000_123);
    Envelope::new(Context::new("203.0.113.7").user_agent("Mozilla/5.0 \"quoted\"")).occurred_at(at)
}

/// An event that holds its actor.
fn own<T: AuditEvent>(value: T) -> Sample {
    sample::<T>(value.try_into_event(envelope()))
}

/// An event whose actor the caller passes.
fn by<A: AuditEntity, T: AuditEvent<A>>(actor: &A, value: T) -> Sample {
    Sample {
        body: T::SCHEMA_JSON,
        event: value
            .try_into_event_with_actor(actor, envelope())
            .unwrap_or_else(|error| panic!("{}\n{error}", T::ACTION)),
    }
}

fn sample<T: AuditEvent>(event: Result<Event, BuildError>) -> Sample {
    Sample {
        body: T::SCHEMA_JSON,
        event: event.unwrap_or_else(|error| panic!("{}\n{error}", T::ACTION)),
    }
}
