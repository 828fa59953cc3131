#![doc = include_str!("manual.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
pub mod __private;
mod builder;
mod context;
mod diagnostic_traits;
#[cfg(feature = "tooling")]
pub mod diagnostics;
mod encode;
mod entity;
mod error;
mod event;
mod form;
mod json;
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub mod json_schema;
mod metadata;
mod registrations;
#[doc(hidden)]
pub mod schema;
mod timestamp;
mod value;
mod wire;

#[doc(inline)]
pub use audit_rules::limits;
pub use context::{Context, Envelope};
pub use encode::ValueEncoder;
pub use entity::Actor;
pub use error::{BuildError, Limit, TooLong, Violation};
pub use event::{ActorInField, AlwaysValid, Event};
pub use registrations::{NotRegistered, Registrations, RegistrationsError};
pub use schema::ValueType;
pub use timestamp::Timestamp;
pub use value::{Bounded, Text, setter};
pub use wire::WireError;

#[cfg(feature = "derive")]
#[doc = include_str!("derive/entity.md")]
#[doc = include_str!("derive/fields.md")]
pub use audit_macros::AuditEntity;
#[cfg(feature = "derive")]
#[doc = include_str!("derive/event.md")]
#[doc = include_str!("derive/fields.md")]
#[doc = include_str!("derive/builder.md")]
pub use audit_macros::AuditEvent;
#[cfg(feature = "derive")]
#[doc = include_str!("derive/metadata.md")]
#[doc = include_str!("derive/fields.md")]
pub use audit_macros::AuditMetadata;
#[cfg(feature = "derive")]
#[doc = include_str!("derive/value.md")]
pub use audit_macros::AuditValue;

// Named in rustc's words about what isn't one of them.
#[doc(hidden)]
pub use diagnostic_traits::{PointInTime, TextForm};
#[doc(hidden)]
pub use form::{OwnName, OwnText, TextList};

use encode::{Encoder, Head, Mode};
use event::{HoldsActor, PassedAs};
use schema::Keys;
use schema::entity::EntitySchema;

// The traits stand at the root, because rustc's advice to import one names the module that defines it: in a crate that has events from
// another, and doesn't depend on this one itself, no other path is known to it.

/// An event type. Implemented by [`derive(AuditEvent)`](derive@AuditEvent), which also generates [the builder](derive@AuditEvent#the-builder).
///
/// `A` is the actor that the caller passes, for events with `actor = Type`. All others have a field for it and are plain `AuditEvent`, so
/// that one function can take any of them: see [`Envelope`] for a recorder.
#[diagnostic::on_unimplemented(
    message = "audit[A0405]: `{Self}` isn't an audit event, or takes its actor in another way",
    label = "not such an audit event",
    note = "help: put `#[derive(AuditEvent)]` on the type",
    note = "help: an event with `actor = Type` takes its actor from the caller: ask for `impl AuditEvent<Type>`, and call `try_into_event_with_actor(&actor, …)` (cargo audit-schema explain A0405)"
)]
pub trait AuditEvent<A: ?Sized = ActorInField>: Sized {
    /// The action, such as `user.signed_in`.
    const ACTION: &'static str = Self::HEAD.action;

    /// The declared version. What is sent is the environment's number for it: [`Event::to_wire`].
    const VERSION: u32 = Self::HEAD.version;

    /// The registration body, in canonical form: ready for `POST /audit_logs/actions/<action>/schemas`.
    const SCHEMA_JSON: &'static str;

    #[doc(hidden)]
    const HEAD: Head;

    #[doc(hidden)]
    fn __encode(self, actor: Option<&A>, envelope: Envelope, mode: Mode) -> Encoder;

    #[doc(hidden)]
    fn __build_all(self, actor: Option<&A>, envelope: Envelope) -> Result<Vec<Event>, BuildError> {
        Ok(vec![self.__encode(actor, envelope, Mode::Reject).finish()?])
    }

    /// The event, with the context (and perhaps the time) that the recorder knows. The value's own context or time has
    /// priority.
    ///
    /// A struct with a field marked `context` has methods of its own that take no context:
    ///
    /// | method | there is one |
    /// | --- | --- |
    /// | `try_into_event()`, `into_event()` | with the actor in a field |
    /// | `try_into_event_with_actor(&actor)`, `into_event_with_actor(&actor)` | with `actor = Type` |
    /// | `try_into_events()`, `try_into_events_with_actor(&actor)` | likewise, with `split` |
    ///
    /// They come before the trait's, which stay callable as `AuditEvent::try_into_event(value, context)`:
    ///
    /// ```
    /// # use audit_core::{Actor, AuditEntity, AuditEvent, BuildError, Context};
    /// # #[derive(AuditEntity)] #[audit(type = "team")] struct Team { #[audit(id)] id: u64 }
    /// #[derive(AuditEvent)]
    /// #[audit(action = "team.renamed", version = 1)]
    /// struct TeamRenamed {
    ///     #[audit(actor)] by: Actor,
    ///     #[audit(target)] team: Team,
    ///     #[audit(context)] from: Context,
    /// }
    ///
    /// let renamed = TeamRenamed { by: Actor::new("system", "sync"), team: Team { id: 7 }, from: Context::new("203.0.113.7") };
    /// assert_eq!(renamed.try_into_event()?.to_value()["context"]["location"], "203.0.113.7");
    /// # Ok::<(), BuildError>(())
    /// ```
    ///
    /// # Errors
    /// [`BuildError`] with every violation.
    fn try_into_event(self, context: impl Into<Envelope>) -> Result<Event, BuildError>
    where
        A: HoldsActor,
    {
        self.__encode(None, context.into(), Mode::Reject).finish()
    }

    /// [`try_into_event`](Self::try_into_event) for types no value of which is rejected. The text of a newtype with `max_len` and `new = false` that
    /// is too long is truncated.
    fn into_event(self, context: impl Into<Envelope>) -> Event
    where
        A: HoldsActor,
        Self: AlwaysValid,
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
    /// [`BuildError`] with every violation; targets are counted over the whole list.
    fn try_into_events(self, context: impl Into<Envelope>) -> Result<Vec<Event>, BuildError>
    where
        A: HoldsActor,
    {
        self.__build_all(None, context.into())
    }

    /// [`try_into_events`](Self::try_into_events) for events with `actor = Type`.
    ///
    /// # Errors
    /// [`BuildError`] with every violation.
    fn try_into_events_with_actor<B: PassedAs<A> + ?Sized>(
        self,
        actor: &B,
        context: impl Into<Envelope>,
    ) -> Result<Vec<Event>, BuildError> {
        self.__build_all(Some(actor.as_actor()), context.into())
    }

    /// Appends the event's JSON to `out`, and returns the paths that were truncated, as [`Event::truncated`] does. Where `out` has room nothing
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
    /// [`BuildError`] with every violation; `out` is then unchanged.
    fn encode_into(
        self,
        context: impl Into<Envelope>,
        out: &mut Vec<u8>,
    ) -> Result<Vec<String>, BuildError>
    where
        A: HoldsActor,
    {
        self.__encode(None, context.into(), Mode::Reject)
            .append_to(out)
    }

    /// [`encode_into`](Self::encode_into) for events with `actor = Type`.
    ///
    /// # Errors
    /// [`BuildError`] with every violation; `out` is then unchanged.
    fn encode_into_with_actor<B>(
        self,
        actor: &B,
        context: impl Into<Envelope>,
        out: &mut Vec<u8>,
    ) -> Result<Vec<String>, BuildError>
    where
        B: PassedAs<A> + ?Sized,
    {
        self.__encode(Some(actor.as_actor()), context.into(), Mode::Reject)
            .append_to(out)
    }

    /// [`try_into_event`](Self::try_into_event) for events with `actor = Type`. `actor` is exactly a `&Type`: `&*actor` of a `Box` or an `Arc`.
    ///
    /// # Errors
    /// [`BuildError`] with every violation.
    fn try_into_event_with_actor<B: PassedAs<A> + ?Sized>(
        self,
        actor: &B,
        context: impl Into<Envelope>,
    ) -> Result<Event, BuildError> {
        self.__encode(Some(actor.as_actor()), context.into(), Mode::Reject)
            .finish()
    }

    /// [`try_into_event_with_actor`](Self::try_into_event_with_actor) for types no value of which is rejected.
    fn into_event_with_actor<B: PassedAs<A> + ?Sized>(
        self,
        actor: &B,
        context: impl Into<Envelope>,
    ) -> Event
    where
        Self: AlwaysValid,
    {
        self.__encode(Some(actor.as_actor()), context.into(), Mode::Cut)
            .finish_cut()
    }
}

/// An actor or a target: a type, an id, perhaps a name and metadata. Implemented by [`derive(AuditEntity)`](derive@AuditEntity), by
/// [`Actor`], and by references and pointers to entities.
#[diagnostic::on_unimplemented(
    message = "audit[A0302]: `{Self}` can't be an actor or a target",
    label = "not an entity",
    note = "help: put `#[derive(AuditEntity)]` on a struct of your own and mark its `#[audit(id)]`; an actor is one such `T` or `&T`, never an `Option` or a list (cargo audit-schema explain A0302)"
)]
pub trait AuditEntity {
    #[doc(hidden)]
    const SCHEMA: &'static EntitySchema;

    /// Writes the entity.
    #[doc(hidden)]
    fn encode(&self, out: &mut Encoder);
}

/// A group of metadata keys that several events or entities have in common. Implemented by [`derive(AuditMetadata)`](derive@AuditMetadata),
/// and by references to groups and `Option`s of them.
#[diagnostic::on_unimplemented(
    message = "audit[A0303]: `{Self}` can't be flattened",
    label = "not a group of metadata keys",
    note = "help: put `#[derive(AuditMetadata)]` on the struct, and hold it itself or by reference; or remove `flatten`, where it is a value (cargo audit-schema explain A0303)"
)]
pub trait AuditMetadata {
    #[doc(hidden)]
    const KEYS: &'static Keys;

    /// Writes its values into the metadata object that is being written.
    #[doc(hidden)]
    fn encode(&self, out: &mut Encoder);
}

/// A metadata value: text, a number or a boolean.
///
/// Implemented for `bool`, integers up to 64 bits and their `NonZero`, `f32` and `f64`, `char`, `String`, `&str`, `Cow<str>`, `Box<str>`,
/// `Arc<str>`, `IpAddr`, `Ipv4Addr`, `Ipv6Addr`, [`Text<N>`](Text) and `Option<T>`, and for the types in this table, those of other crates
/// behind the feature of that name. The latter are text, with the limit that the type proves:
///
/// | types | text |
/// | --- | --- |
/// | `SystemTime`, `jiff::Zoned`, `time::{OffsetDateTime, UtcDateTime}`, `chrono::DateTime` of any zone | `2026-02-28T21:59:59.500Z`: UTC, to the millisecond |
/// | `jiff::Timestamp` | the same, with as many digits as it needs |
/// | `jiff::civil::DateTime`, `time::PrimitiveDateTime`, `chrono::NaiveDateTime` | `2026-02-28T23:59:59.5` |
/// | `jiff::civil::Date`, `time::Date`, `chrono::NaiveDate` | `2026-02-28` |
/// | `jiff::civil::Time`, `time::Time`, `chrono::NaiveTime` | `23:59:59.5` |
/// | `jiff::Span` | `P2DT1H30M`: ISO 8601, as it displays itself |
/// | `jiff::tz::Offset`, `time::UtcOffset`, `chrono::FixedOffset`, `Weekday` and `Month` of `time` and `chrono` | as they display themselves: `-03` of `jiff`, `+05:30:00` and `Wednesday` of `time`, `+05:30` and `Wed` of `chrono`; months in full, `February` |
/// | `Duration`, `jiff::SignedDuration`, `time::Duration`, `chrono::TimeDelta` | `PT5400.25S`: ISO 8601, in seconds; for a number, `with` a function |
/// | `rust_decimal::Decimal`, `bigdecimal::BigDecimal` (without a limit) | `19.90`: every digit; one of many zeros is `1E-7` as a `BigDecimal` |
/// | `uuid::Uuid`, `url::Url` (without a limit) | as they display themselves |
///
/// [`derive(AuditValue)`](derive@AuditValue) implements it for fieldless enums and for newtypes. What derives it as text can also be an id, a
/// name or an item of a `join` list without implementing `Display`, itself or in a `Box`, `Rc`, `Arc` or `Cow`; where it does, that is sent.
/// By hand it takes a type and one call:
///
/// ```
/// use audit_core::{AuditValue, Bounded, ValueEncoder, ValueType, setter};
///
/// struct Percent(u8);
///
/// impl AuditValue for Percent {
///     const TYPE: ValueType = ValueType::integer(0, 100);
///     type Setter = setter::ByInto;
///     fn encode(&self, out: ValueEncoder<'_>) {
///         out.integer(self.0.into());
///     }
/// }
///
/// // no value is ever rejected, so that an event with a `Percent` has `build()`
/// impl<F, E> Bounded<F, E> for Percent {}
/// ```
#[diagnostic::on_unimplemented(
    message = "audit[A0301]: `{Self}` can't be a metadata value",
    label = "metadata values are text, numbers and booleans",
    note = "help: a type of your own: `#[derive(AuditValue)]` on a fieldless enum or a newtype; `#[derive(AuditMetadata)]` on a struct, and `#[audit(flatten)]` here",
    note = "help: another's type: `#[audit(with = path)]` for a function that makes text, a number or a boolean of it; `#[audit(display)]` where it implements `Display`; `#[audit(join)]` for a list",
    note = "help: no metadata at all: `#[audit(target)]` or `#[audit(actor)]` for an entity, `#[audit(occurred_at)]` for a time, `#[audit(context)]` for a `Context`, `#[audit(skip)]` to leave it out (cargo audit-schema explain A0301)"
)]
pub trait AuditValue {
    /// The value's JSON Schema.
    const TYPE: ValueType;

    /// What a builder's setter for this type accepts: [`setter::ByValue`], [`setter::ByInto`] or [`setter::Optional`].
    type Setter: setter::Setter;

    /// Encodes the value. Call one method of `out`, or none where [`TYPE`](Self::TYPE) is optional and there is no value.
    fn encode(&self, out: ValueEncoder<'_>);
}

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
