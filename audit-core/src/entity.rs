//! Who acts and what is acted on.

use std::sync::Arc;

use crate::AuditEntity;
use crate::encode::Encoder;
use crate::event::AlwaysValid;
use crate::limits::MAX_TARGETS;
use crate::schema::entity::EntitySchema;
use crate::schema::event::Count;

macro_rules! forward {
    ($($type:ty),*) => {$(
        impl<T: AuditEntity + ?Sized> AuditEntity for $type {
            const SCHEMA: &'static EntitySchema = T::SCHEMA;
            fn encode(&self, out: &mut Encoder) {
                (**self).encode(out);
            }
        }
        impl<T: AlwaysValid<In> + ?Sized, In> AlwaysValid<In> for $type {}
    )*};
}

forward!(&T, Box<T>, Arc<T>);

/// An actor of any type, without metadata: a system, a job, a foreign service. It can't be a target, whose type the schema declares.
///
/// In a field it is stored in the event; with `actor = Actor` the caller passes it:
///
/// ```
/// use audit_core::{Actor, AuditEntity, AuditEvent, Context};
///
/// #[derive(AuditEntity)]
/// #[audit(type = "backup")]
/// struct Backup { #[audit(id)] id: u64 }
///
/// #[derive(AuditEvent)]
/// #[audit(action = "backup.created", version = 1)]
/// struct BackupCreated {
///     #[audit(actor)] by: Actor,
///     #[audit(target)] backup: Backup,
/// }
///
/// #[derive(AuditEvent)]
/// #[audit(action = "backup.deleted", version = 1, actor = Actor)]
/// struct BackupDeleted { #[audit(target)] backup: Backup }
///
/// let scheduler = Actor::new("system", "scheduler").name("Nightly jobs");
/// let created = BackupCreated { by: scheduler.clone(), backup: Backup { id: 1 } };
/// let deleted = BackupDeleted { backup: Backup { id: 1 } };
/// assert_eq!(
///     created.into_event(Context::empty()).to_value()["actor"],
///     deleted.into_event_with_actor(&scheduler, Context::empty()).to_value()["actor"],
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    kind: String,
    id: String,
    name: Option<String>,
}

impl Actor {
    /// Creates an actor of type `kind`. Neither text is checked: an empty one is sent as it is.
    pub fn new(kind: impl Into<String>, id: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            id: id.into(),
            name: None,
        }
    }

    /// Sets the display name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
}

impl AuditEntity for Actor {
    const SCHEMA: &'static EntitySchema = &EntitySchema::of_any_type();
    fn encode(&self, out: &mut Encoder) {
        out.actor_of(&self.kind, &self.id);
        if let Some(name) = &self.name {
            out.name_str(name);
        }
        out.entity_end();
    }
}

impl<In> AlwaysValid<In> for Actor {}

/// What a target field can hold: an entity, a reference to one, or several.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "audit[A0302]: `{Self}` can't be a target",
    label = "not an entity, nor a `Vec`, slice or array of one",
    note = "help: put `#[derive(AuditEntity)]` on a struct of your own and mark its `#[audit(id)]`; targets are such a `T`, `&T`, `Vec<T>`, `&[T]` or `[T; N]` (cargo audit-schema explain A0302)"
)]
pub trait TargetField {
    const ENTITY: &'static EntitySchema;
    const COUNT: Count;
    /// [`Fixed`] or [`List`].
    type Number;
    /// The entity.
    type Each;

    /// Writes each target.
    fn encode(&self, out: &mut Encoder, head_override: Option<&'static str>);

    /// How many there are.
    fn count(&self) -> usize;
}

impl<T: AuditEntity> TargetField for T {
    const ENTITY: &'static EntitySchema = T::SCHEMA;
    const COUNT: Count = Count::Exactly(1);
    type Number = Fixed;
    type Each = T;
    fn encode(&self, out: &mut Encoder, head_override: Option<&'static str>) {
        out.target(head_override);
        AuditEntity::encode(self, out);
        out.target_end();
    }
    fn count(&self) -> usize {
        1
    }
}

/// Fields that hold several. An `Option` is rejected where it is used, in our words, and only there: an alias hides it from the derive.
macro_rules! several {
    ($($type:ty, [$($n:tt)*], $count:expr, $number:ty;)*) => {$(
        impl<T: AuditEntity, $($n)*> TargetField for $type {
            const ENTITY: &'static EntitySchema = T::SCHEMA;
            const COUNT: Count = $count;
            type Number = $number;
            type Each = T;
            fn encode(&self, out: &mut Encoder, head_override: Option<&'static str>) {
                for target in self.iter() {
                    TargetField::encode(target, out, head_override);
                }
            }
            fn count(&self) -> usize {
                self.iter().len()
            }
        }
    )*};
}

several! {
    Vec<T>, [], Count::Any, List;
    &[T], [], Count::Any, List;
    [T; N], [const N: usize], Count::Exactly(N), Fixed;
    Option<T>, [], Count::Optional, Fixed;
}

/// A number of targets that the type tells.
#[derive(Debug)]
pub struct Fixed;

/// A number of targets that only the value tells.
#[derive(Debug)]
pub struct List;

/// A number of targets that can't be rejected.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "audit[A0403]: `build()` requires infallible fields: a list of targets can be empty or exceed 20, in field `{F}`",
    label = "use `try_build()?` or `try_into_event(…)?` instead",
    note = "help: `try_build_all()?` splits a list that is marked `split`; an array, `[T; N]`, has a number that is known (cargo audit-schema explain A0403)"
)]
pub trait BoundedNumber<F, E> {}
const _: () = assert!(
    MAX_TARGETS == 20,
    "the words of `BoundedNumber` have the number"
);
impl<F, E> BoundedNumber<F, E> for Fixed {}

/// [`TargetField`] in `E`, for [`BoundedTargets`]: what isn't one is `E`'s error and not that of who calls `build()`.
#[doc(hidden)]
pub trait TargetsOf<E> {
    type Number;
    type Each;
}
#[diagnostic::do_not_recommend]
impl<E, T: TargetField> TargetsOf<E> for T {
    type Number = T::Number;
    type Each = T::Each;
}

/// A target field of which neither the number nor the metadata can be rejected.
#[doc(hidden)]
pub trait BoundedTargets<F, E> {}
impl<F, E, T: TargetsOf<E, Number: BoundedNumber<F, E>, Each: AlwaysValid<E>>> BoundedTargets<F, E>
    for T
{
}
