//! Where an event came from, and the envelope that a recorder supplies: context and time.

use std::fmt::Display;

use crate::encode::{Encoder, string};
use crate::timestamp::Timestamp;

/// The origin of an event: a location, usually the client's IP address, and a user agent.
///
/// ```
/// use audit_core::Context;
///
/// let context = Context::new("203.0.113.7").user_agent("Mozilla/5.0");
/// assert_eq!(context.location(), Some("203.0.113.7"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    location: Option<String>,
    user_agent: Option<String>,
}

impl Context {
    /// Creates a context with a location, usually the client's IP address.
    pub fn new(location: impl Display) -> Self {
        Self {
            location: Some(location.to_string()),
            user_agent: None,
        }
    }

    /// Creates an empty context (`{}`), for events that no request caused.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Sets the client's user agent.
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// The location, if it has one.
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }
}

impl Encoder {
    /// Writes the context.
    pub fn context(&mut self, context: &Context) {
        let out = &mut self.out;
        out.push_str(",\"context\":{");
        if let Some(location) = &context.location {
            string(out, "\"location\":\"", location);
        }
        if let Some(user_agent) = &context.user_agent {
            let before = if context.location.is_some() {
                ",\"user_agent\":\""
            } else {
                "\"user_agent\":\""
            };
            string(out, before, user_agent);
        }
        out.push('}');
    }
}

/// What a field marked `context` can hold.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "audit[A0319]: `{Self}` isn't a context",
    label = "expected a `Context`",
    note = "help: hold a `Context`, a `&Context` or an `Arc<Context>` (cargo audit-schema explain A0319)"
)]
pub trait ContextField {
    fn context(&self) -> &Context;
}

impl ContextField for Context {
    fn context(&self) -> &Context {
        self
    }
}
impl<T: ContextField + ?Sized> ContextField for &T {
    fn context(&self) -> &Context {
        (**self).context()
    }
}
impl<T: ContextField + ?Sized> ContextField for std::sync::Arc<T> {
    fn context(&self) -> &Context {
        (**self).context()
    }
}

/// Context and time, supplied when a struct is converted into an event. A [`Context`] alone converts into it; the time is then now.
///
/// A recorder that takes any event type, with a clock that tests can set:
///
/// ```
/// use audit_core::{Actor, AuditEntity, AuditEvent, BuildError, Context, Envelope, Event};
/// use std::time::SystemTime;
///
/// struct Recorder {
///     context: Context,
///     clock: fn() -> SystemTime,
///     events: Vec<Event>,
/// }
///
/// impl Recorder {
///     fn record(&mut self, value: impl AuditEvent) -> Result<(), BuildError> {
///         let envelope = Envelope::new(&self.context).occurred_at((self.clock)());
///         self.events.push(value.try_into_event(envelope)?);
///         Ok(())
///     }
/// }
///
/// # #[derive(AuditEntity)] #[audit(type = "team")] struct Team { #[audit(id)] id: u64 }
/// # #[derive(AuditEvent)] #[audit(action = "team.created", version = 1)]
/// # struct TeamCreated { #[audit(actor)] by: Actor, #[audit(target)] team: Team }
/// let mut recorder =
///     Recorder { context: Context::new("203.0.113.7"), clock: || SystemTime::UNIX_EPOCH, events: Vec::new() };
/// recorder.record(TeamCreated { by: Actor::new("user", "7"), team: Team { id: 1 } })?;
/// assert_eq!(recorder.events[0].to_value()["occurred_at"], "1970-01-01T00:00:00.000Z");
/// # Ok::<(), BuildError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Envelope {
    context: Context,
    occurred_at: Option<Timestamp>,
}

impl Envelope {
    /// Creates an envelope with a context; the time is now.
    pub fn new(context: impl Into<Context>) -> Self {
        Self {
            context: context.into(),
            occurred_at: None,
        }
    }

    /// Sets the time of the event.
    #[must_use]
    pub fn occurred_at(mut self, at: impl Into<Timestamp>) -> Self {
        self.occurred_at = Some(at.into());
        self
    }

    #[doc(hidden)]
    pub fn __into_parts(self) -> (Context, Option<Timestamp>) {
        (self.context, self.occurred_at)
    }
}

impl From<Context> for Envelope {
    fn from(context: Context) -> Self {
        Self::new(context)
    }
}

impl From<&Context> for Envelope {
    fn from(context: &Context) -> Self {
        Self::new(context.clone())
    }
}

impl From<&Context> for Context {
    fn from(context: &Context) -> Self {
        context.clone()
    }
}
