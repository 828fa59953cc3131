//! What a type must say to be an event, and how its values become one.

use crate::context::Envelope;
use crate::encode::{Encoder, Head, Mode};
use crate::error::BuildError;
use crate::event::Event;

/// An event type. Derive it; the derive also makes `T::builder()`.
///
/// `A` is the actor that the caller passes, for events with `actor = Type`. All others have a field for it and are plain
/// `AuditEvent`, so that a recorder can take any of them:
///
/// ```
/// use audit_core::{AuditEvent, BuildError, Context, Envelope, Event};
///
/// fn record(value: impl AuditEvent, context: &Context) -> Result<Event, BuildError> {
///     value.try_into_event(Envelope::new(context))
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "audit[A0405]: `{Self}` isn't an audit event, or takes its actor in another way",
    label = "not such an audit event",
    note = "help: put `#[derive(AuditEvent)]` on the type",
    note = "help: an event with `actor = Type` takes its actor from the caller: ask for `impl AuditEvent<Type>`, and call `try_into_event_by(&actor, …)`"
)]
pub trait AuditEvent<A: ?Sized = OwnActor>: Sized {
    /// What happened: `user.signed_in`.
    const ACTION: &'static str = Self::HEAD.action;

    /// The version that the code declares. What is sent is the environment's number for it:
    /// [`Event::to_wire`].
    const VERSION: u32 = Self::HEAD.version;

    /// The registration body, in canonical form: ready for `POST /audit_logs/actions/<action>/schemas`.
    const SCHEMA_JSON: &'static str;

    #[doc(hidden)]
    const HEAD: Head;

    #[doc(hidden)]
    fn __encode(self, actor: Option<&A>, envelope: Envelope, mode: Mode) -> Encoder;

    #[doc(hidden)]
    fn __build_all(self, actor: Option<&A>, envelope: Envelope) -> Result<Vec<Event>, BuildError> {
        Ok(vec![self.__encode(actor, envelope, Mode::Refuse).finish()?])
    }

    /// The event, with the context (and perhaps the time) that the recorder knows. A context or time that the value has itself wins.
    ///
    /// # Errors
    /// [`BuildError`] with every limit that the value breaks.
    fn try_into_event(self, context: impl Into<Envelope>) -> Result<Event, BuildError>
    where
        A: OwnsActor,
    {
        self.__encode(None, context.into(), Mode::Refuse).finish()
    }

    /// [`try_into_event`](Self::try_into_event) for types that prove that nothing can be refused.
    fn into_event(self, context: impl Into<Envelope>) -> Event
    where
        A: OwnsActor,
        Self: Infallible,
    {
        self.__encode(None, context.into(), Mode::Cut).finish_cut()
    }

    /// As many events as the list that is marked `split` needs at 20 targets each, linked by one id, as the builder's `try_build_all`. An
    /// event without `split` is one event.
    ///
    /// ```
    /// # use audit_core::{AuditEntity, AuditEvent, BuildError, Context};
    /// # #[derive(AuditEntity)] #[audit(type = "user")] struct User { #[audit(id)] id: u64 }
    /// #[derive(AuditEvent)]
    /// #[audit(action = "users.invited", version = 1)]
    /// struct UsersInvited {
    ///     #[audit(actor)] by: User,
    ///     #[audit(target, type = "invited", split = "batch_id")] users: Vec<User>,
    /// }
    ///
    /// let invited = UsersInvited { by: User { id: 7 }, users: (0..46).map(|id| User { id }).collect() };
    /// assert_eq!(invited.try_into_events(Context::new("203.0.113.7"))?.len(), 3);
    /// # Ok::<(), BuildError>(())
    /// ```
    ///
    /// # Errors
    /// [`BuildError`] with every limit that the value breaks; targets are counted over the whole list.
    fn try_into_events(self, context: impl Into<Envelope>) -> Result<Vec<Event>, BuildError>
    where
        A: OwnsActor,
    {
        self.__build_all(None, context.into())
    }

    /// [`try_into_events`](Self::try_into_events) for events with `actor = Type`.
    ///
    /// # Errors
    /// [`BuildError`] with every limit that the value or the actor breaks.
    fn try_into_events_by<B: PassedAs<A> + ?Sized>(
        self,
        actor: &B,
        context: impl Into<Envelope>,
    ) -> Result<Vec<Event>, BuildError> {
        self.__build_all(Some(actor.as_actor()), context.into())
    }

    /// Appends the event's JSON to `out`, and returns the paths that were cut, as [`Event::truncated`] does. Where `out` has room nothing
    /// is allocated. Builders have it, too, without the context.
    ///
    /// ```
    /// # use audit_core::{AuditEntity, AuditEvent, BuildError, Context};
    /// # #[derive(AuditEntity)] #[audit(type = "user")] struct User { #[audit(id)] id: u64 }
    /// # #[derive(AuditEntity)] #[audit(type = "team")] struct Team { #[audit(id)] id: u64 }
    /// #[derive(AuditEvent)]
    /// #[audit(action = "team.renamed", version = 1)]
    /// struct TeamRenamed<'a> {
    ///     #[audit(actor)] user: User,
    ///     #[audit(target)] team: Team,
    ///     name: &'a str,
    /// }
    ///
    /// let context = Context::new("203.0.113.7");
    /// let mut batch = Vec::with_capacity(64 * 1024);
    /// let renamed = TeamRenamed { user: User { id: 7 }, team: Team { id: 4711 }, name: "Blue" };
    /// renamed.encode_into(&context, &mut batch)?;
    /// batch.push(b'\n');
    /// let (user, team, name) = (User { id: 7 }, Team { id: 4711 }, "Green");
    /// TeamRenamed::builder().user(user).team(team).name(name).context(&context).encode_into(&mut batch)?;
    /// assert_eq!(batch.split(|byte| *byte == b'\n').count(), 2);
    /// # Ok::<(), BuildError>(())
    /// ```
    ///
    /// # Errors
    /// [`BuildError`] with every limit that the value breaks; `out` is then as it was.
    fn encode_into(self, context: impl Into<Envelope>, out: &mut Vec<u8>) -> Result<Vec<String>, BuildError>
    where
        A: OwnsActor,
    {
        self.__encode(None, context.into(), Mode::Refuse).append_to(out)
    }

    /// [`encode_into`](Self::encode_into) for events with `actor = Type`.
    ///
    /// # Errors
    /// [`BuildError`] with every limit that the value or the actor breaks; `out` is then as it was.
    fn encode_into_by<B>(self, actor: &B, context: impl Into<Envelope>, out: &mut Vec<u8>) -> Result<Vec<String>, BuildError>
    where
        B: PassedAs<A> + ?Sized,
    {
        self.__encode(Some(actor.as_actor()), context.into(), Mode::Refuse).append_to(out)
    }

    /// [`try_into_event`](Self::try_into_event) for events with `actor = Type`.
    ///
    /// # Errors
    /// [`BuildError`] with every limit that the value or the actor breaks.
    fn try_into_event_by<B: PassedAs<A> + ?Sized>(self, actor: &B, context: impl Into<Envelope>) -> Result<Event, BuildError> {
        self.__encode(Some(actor.as_actor()), context.into(), Mode::Refuse).finish()
    }

    /// [`try_into_event_by`](Self::try_into_event_by) for types that prove that nothing can be refused.
    fn into_event_by<B: PassedAs<A> + ?Sized>(self, actor: &B, context: impl Into<Envelope>) -> Event
    where
        Self: Infallible,
    {
        self.__encode(Some(actor.as_actor()), context.into(), Mode::Cut).finish_cut()
    }
}

/// Stands for "the event has a field for its actor".
#[derive(Debug)]
pub enum OwnActor {}

/// The event has its actor in a field.
#[diagnostic::on_unimplemented(
    message = "audit[A0404]: this event doesn't hold its actor: the caller passes a `&{Self}`",
    label = "the actor is missing here",
    note = "help: call `try_into_event_by(&actor, …)` or `into_event_by(&actor, …)`"
)]
pub trait OwnsActor {}
impl OwnsActor for OwnActor {}

/// An actor that the caller passes, for events with `actor = A`.
#[diagnostic::on_unimplemented(
    message = "audit[A0404]: `{Self}` isn't the actor that the caller passes to this event, which is `{A}`",
    label = "the event's actor is `{A}`",
    note = "help: where that is `OwnActor` the event holds its actor in a field: call `try_into_event(…)` or `into_event(…)`"
)]
pub trait PassedAs<A: ?Sized> {
    #[doc(hidden)]
    fn as_actor(&self) -> &A;
}
impl<T: ?Sized> PassedAs<T> for T {
    fn as_actor(&self) -> &T {
        self
    }
}

/// Nothing about the type can be refused when an event is built of it, so [`build()`](AuditEvent) and `into_event` exist. The derives
/// implement it wherever all fields are [`Bounded`](crate::Bounded).
///
/// `In` is for the derives: it stands for the event whose proof this is part of.
#[diagnostic::on_unimplemented(
    message = "audit[A0403]: `build()` and `into_event()` aren't available: `{Self}` can be refused when the event is built",
    label = "use `try_build()?` or `try_into_event(…)?` instead"
)]
pub trait Infallible<In = ()> {}
