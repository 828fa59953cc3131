//! What the trait `AuditEvent` asks of actors and of proofs.

/// Marker type of events that have a field for their actor.
#[derive(Debug)]
pub enum ActorInField {}

/// The event has its actor in a field.
#[diagnostic::on_unimplemented(
    message = "audit[A0404]: this event doesn't hold its actor: the caller passes a `&{Self}`",
    label = "the actor is missing here",
    note = "help: call `try_into_event_with_actor(&actor, …)` or `into_event_with_actor(&actor, …)` (cargo audit-schema explain A0404)"
)]
pub trait HoldsActor {}
impl HoldsActor for ActorInField {}

/// An actor that the caller passes, for events with `actor = A`.
#[diagnostic::on_unimplemented(
    message = "audit[A0404]: `{Self}` isn't the actor that the caller passes to this event, which is `{A}`",
    label = "the event's actor is `{A}`",
    note = "help: where that is `ActorInField` the event holds its actor in a field: call `try_into_event(…)` or `into_event(…)` (cargo audit-schema explain A0404)"
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

/// Marker of types no value of which is rejected when an event is built, so that [`build()`](crate::AuditEvent) and `into_event` exist. The derives
/// implement it wherever all fields are [`Bounded`](crate::Bounded).
///
/// `In` is internal: write `AlwaysValid`.
#[diagnostic::on_unimplemented(
    message = "audit[A0403]: `build()` requires infallible fields: `{Self}` can be rejected",
    label = "use `try_build()?` or `try_into_event(…)?` instead",
    note = "help: bound what it holds (cargo audit-schema explain A0403)"
)]
pub trait AlwaysValid<In = ()> {}
