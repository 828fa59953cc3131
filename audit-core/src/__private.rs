//! What generated code calls. Not for hands: it may change in any release, together with `audit-macros`.

pub use core::{
    convert::{From, Into, TryFrom},
    marker::PhantomData,
    option::Option::{self, None, Some},
    result::Result::{self, Ok},
};
pub use std::{borrow::Cow, string::String, vec::Vec};

// `Is`, `S` and `U` are named only by rustc, in errors: a name that can be reached is shorter to print.
pub use crate::builder::{
    Any, ByType, Checked, Is, Q0, Q1, Q2, Q3, Q4, Q5, Q6, Q7, Ready, S, Set, U, Unset,
};
pub use crate::encode::{Encoder, GroupStart, Head, Mode, TextLimit, ValueEncoder};
pub use core::primitive::{str, u8, u16, u32, usize};

pub use crate::context::ContextField;
pub use crate::entity::{BoundedTargets, TargetField};
pub use crate::form::{
    ByDisplay, Form, FormDisplay, FormJoin, FormNone, FormOptional, FormValue, ListForm, ValueText,
};
pub use crate::schema::drift::Committed;
pub use crate::schema::entity::{EntityLayout, EntityParts, EntitySchema, Identity, Shape};
pub use crate::schema::event::{EventLayout, EventParts, TargetPart, flatten_problem};
pub use crate::schema::fitted::Fitted;
pub use crate::schema::message::raise;
pub use crate::schema::record::write::Note;
pub use crate::schema::value_type::Values;
pub use crate::schema::{Keys, ValueType};
pub use crate::value::{Accepts, Bounded, BoundedWhenCut, Cut, DisplayBound, Displayed, setter};
pub use crate::{
    ActorInField, AuditEntity, AuditMetadata, AuditValue, BuildError, Context, Envelope, Event,
    Timestamp, TooLong,
};
pub use crate::{AlwaysValid, AuditEvent};
pub use crate::{OwnName, OwnText, PointInTime, TextForm};

#[cfg(feature = "schemars")]
pub use crate::json_schema;
#[cfg(feature = "schemars")]
pub use schemars;

use crate::schema::value_type::flag;

/// What a derive says of an event, in one constant, because a trait error is one error only within one body: the parts of the schema,
/// and the code that writes the event. `'c` is the lifetime of an actor that the caller passes.
pub trait DescribedEvent<'c> {
    /// What the builder holds.
    type Fields;
    const CODE: EventCode<Self::Fields>;
    /// A constant of its own, so that a program that writes events doesn't hold the parts of their schemas.
    const ENCODE: EncodeEvent<Self::Fields> = Self::CODE.encode;
}

/// [`DescribedEvent`]
///
/// A reference to the parts, here and below: of what a constant holds by value the compiler looks at every field wherever it is named.
pub struct EventCode<F> {
    pub parts: &'static EventParts,
    pub encode: EncodeEvent<F>,
}

/// Writes an event from what its builder holds.
pub type EncodeEvent<F> = fn(Mode, &mut F, Option<Timestamp>, Option<Split<'_>>) -> Encoder;

/// Which part of a list one event of a split holds.
#[derive(Clone, Copy, Debug)]
pub struct Split<'s> {
    pub id: &'s str,
    pub from: usize,
    pub to: usize,
}

/// What a derive says of an entity.
pub trait DescribedEntity {
    const CODE: EntityCode<Self>;
}

/// [`DescribedEntity`]
pub struct EntityCode<T: ?Sized> {
    pub parts: &'static EntityParts,
    pub encode: fn(&T, &mut Encoder),
}

/// What a derive says of a group of keys.
pub trait DescribedGroup {
    const CODE: GroupCode<Self>;
}

/// [`DescribedGroup`]
pub struct GroupCode<T: ?Sized> {
    pub keys: &'static Keys,
    pub encode: fn(&T, &mut Encoder),
}

/// What a derive says of a newtype.
pub trait DescribedValue: Sized {
    const CODE: ValueCode<Self>;
}

/// [`DescribedValue`]
pub struct ValueCode<T: ?Sized> {
    pub ty: ValueType,
    pub encode: fn(&T, ValueEncoder<'_>),
    /// What a newtype's `max_len` limits.
    pub text: fn(&T) -> &str,
}

/// The schema of a `display` field: text, with the limit that the type proves or an attribute sets.
#[derive(Debug)]
pub struct DisplayType<T: ?Sized>(PhantomData<T>);

impl<T: DisplayBound + ?Sized> DisplayType<T> {
    /// Found before [`NoDisplayBound::__AUDIT_TYPE`], because it is inherent.
    pub const __AUDIT_TYPE: ValueType = ValueType::text(T::MAX);
}

/// An event, for the check that it gives its fields away.
#[derive(Debug)]
pub struct GivesFields<T: ?Sized>(PhantomData<T>);

#[expect(
    drop_bounds,
    reason = "it is an implementation of `Drop` itself that is looked for"
)]
impl<T: Drop + ?Sized> GivesFields<T> {
    /// Found before [`WithoutDrop::__audit_away`], because it is inherent. Its bound fails in the body that moves the fields out, so that rustc has
    /// nothing to say of that (E0509).
    pub fn __audit_away<O>() -> PhantomData<O>
    where
        T: Movable,
    {
        PhantomData
    }
}

/// What no event with an implementation of `Drop` is.
#[diagnostic::on_unimplemented(
    message = "audit[A0323]: `{Self}` implements `Drop`, and an event gives its fields away when it is built",
    label = "has an `impl Drop`",
    note = "help: implement `Drop` for a type of its own, and hold that in a field marked `#[audit(skip)]` (cargo audit-schema explain A0323)"
)]
pub trait Movable {}

/// An event without an implementation of `Drop`.
pub trait WithoutDrop {
    fn __audit_away<O>() -> PhantomData<O> {
        PhantomData
    }
}
impl<T: ?Sized> WithoutDrop for GivesFields<T> {}

/// A `display` field of a type that proves no limit.
pub trait NoDisplayBound {
    const __AUDIT_TYPE: ValueType = ValueType::string();
}
impl<T: ?Sized> NoDisplayBound for DisplayType<T> {}

/// The schema of what a `with` function returns.
pub const fn with_type<'a, T: 'a + ?Sized, V: AuditValue, F: Fn(&'a T) -> V>(_: &F) -> ValueType {
    V::TYPE
}

/// Whether a field's `max_len` takes all that its type allows. Free text has no limit of its own; that it can be rejected is another
/// bound's error.
pub const fn fits(keys: &Keys, leaf: usize) -> bool {
    !keys.type_at(leaf).is(flag::NARROWED)
}

/// A condition that a constant decides, as a type.
#[derive(Debug)]
pub struct Proven<const YES: bool>;

/// `max_len` isn't smaller than the type's own limit.
#[diagnostic::on_unimplemented(
    message = "audit[A0403]: `build()` requires infallible fields: `max_len` is below the type's own limit, in field `{F}`",
    label = "use `try_build()?` or `try_into_event(…)?` instead",
    note = "help: or write `truncate = N` instead of `max_len = N` (cargo audit-schema explain A0403)"
)]
pub trait MaxLenFits<F, E> {}
impl<F, E> MaxLenFits<F, E> for Proven<true> {}

/// A joined list can't be longer than its limit.
#[diagnostic::on_unimplemented(
    message = "audit[A0403]: `build()` requires infallible fields: the joined items can exceed the limit, in field `{F}`",
    label = "use `try_build()?` or `try_into_event(…)?` instead",
    note = "help: or cut the list between items: `#[audit(join, truncate)]` (cargo audit-schema explain A0403)"
)]
pub trait JoinFits<F, E> {}
impl<F, E> JoinFits<F, E> for Proven<true> {}

/// What a `with` function returns can't be rejected.
#[diagnostic::on_unimplemented(
    message = "audit[A0403]: `build()` requires infallible fields: the result of `with` can be rejected, in field `{F}`",
    label = "use `try_build()?` or `try_into_event(…)?` instead",
    note = "help: or cut it with `truncate`, or return a bounded type such as `Text<N>` (cargo audit-schema explain A0403)"
)]
pub trait NeverRejected<F, E> {}
impl<F, E> NeverRejected<F, E> for Proven<true> {}

/// Builds the events of a split, `room` of its `count` targets in each. First all of it is written once as if there were no such limit,
/// so that every violation is reported, at its place in the list.
pub fn build_all(
    count: usize,
    others: usize,
    mut encode: impl FnMut(Split<'_>) -> Encoder,
) -> Result<Vec<Event>, BuildError> {
    let id = &split_id();
    encode(Split {
        id,
        from: 0,
        to: count,
    })
    .any_number_of_targets()
    .finish()?;
    let room = crate::limits::MAX_TARGETS.saturating_sub(others).max(1);
    let begins = (0..count.max(1)).step_by(room);
    begins
        .map(|from| {
            encode(Split {
                id,
                from,
                to: count.min(from + room),
            })
            .finish()
        })
        .collect()
}

/// Whether what a `with` function returns can never be rejected.
pub const fn never_rejected(keys: &Keys, leaf: usize) -> bool {
    keys.type_at(leaf).never_rejected()
}

/// An id or name that is written `String` or `&str`: its text is copied, or displayed where the name is another type's. Found by autoref:
/// `(&&AsText(&id)).__audit_entity(…)`. What is found by looking has names that no trait of a user's has.
#[derive(Debug)]
pub struct AsText<'a, T: ?Sized>(pub &'a T);

/// The string types, whose `Display` is the text itself.
pub trait PlainText {
    fn plain(&self) -> &str;
}

macro_rules! plain_text {
    ($($type:ty),*) => {$(
        impl PlainText for $type {
            fn plain(&self) -> &str {
                self
            }
        }
    )*};
}
plain_text!(str, String, Box<str>, std::sync::Arc<str>, Cow<'_, str>);

impl<const N: usize> PlainText for crate::Text<N> {
    fn plain(&self) -> &str {
        self.as_str()
    }
}

impl<T: PlainText + ?Sized> PlainText for &T {
    fn plain(&self) -> &str {
        (**self).plain()
    }
}

/// Writes what [`AsText`] holds.
pub trait WriteText {
    fn __audit_entity(&self, out: &mut Encoder, head: &'static str);
    fn __audit_name(&self, out: &mut Encoder);
}
/// A string type's own text.
impl<T: PlainText + ?Sized> WriteText for &AsText<'_, T> {
    fn __audit_entity(&self, out: &mut Encoder, head: &'static str) {
        out.entity_str(head, self.0.plain());
    }
    fn __audit_name(&self, out: &mut Encoder) {
        out.name_str(self.0.plain());
    }
}

/// What only has the name of a string type.
impl<T: OwnText<ByDisplay>> WriteText for AsText<'_, T> {
    fn __audit_entity(&self, out: &mut Encoder, head: &'static str) {
        out.entity(head, self.0, ByDisplay);
    }
    fn __audit_name(&self, out: &mut Encoder) {
        out.name(self.0, ByDisplay);
    }
}

/// Whether a field with `max_len` or `truncate` isn't text.
pub const fn text_problem(keys: &Keys, leaf: usize) -> bool {
    !keys.type_at(leaf).is_text()
}

/// A newtype with `max_len` holds text.
#[diagnostic::on_unimplemented(
    message = "audit[A0206]: `max_len` limits text, and `{Self}` isn't text",
    label = "not text",
    note = "help: remove `max_len`, or hold a `String` (cargo audit-schema explain A0206)"
)]
pub trait TextValue {
    const VALUE_TYPE: ValueType;
    fn text(&self) -> &str;
}
#[diagnostic::do_not_recommend]
impl<T: AuditValue + PlainText> TextValue for T {
    const VALUE_TYPE: ValueType = T::TYPE;
    fn text(&self) -> &str {
        self.plain()
    }
}

/// The newtype, if its text isn't too long.
pub fn checked_text<T: DescribedValue>(value: T, max: u16) -> Result<T, TooLong> {
    TooLong::__check((T::CODE.text)(&value), max)?;
    Ok(value)
}

/// An id that links the events of a split: a random (version 4) UUID, from the standard library's per-process keys.
fn split_id() -> String {
    use std::hash::{BuildHasher, RandomState};
    let random = |salt: u8| RandomState::new().hash_one((salt, std::time::SystemTime::now()));
    let bits = u128::from(random(0)) << 64 | u128::from(random(1));
    let bits = bits & !(0xF << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let hex = format!("{bits:032x}");
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// The keys of a group, or none where those of its flattened groups collide or are too long: that has been reported.
pub const fn keys_unless_wrong(keys: &'static Keys) -> &'static Keys {
    let mut index = 0;
    while index < keys.groups.len() {
        if flatten_problem("", keys, index).is_some() {
            return const { &Keys::__broken() };
        }
        index += 1;
    }
    keys
}

/// Mentioned in a stub whose derive failed: `T` is checked all the same.
pub const fn has_text_form<T: TextForm + ?Sized>() {}

/// The same of an id.
pub fn has_own_text<T: OwnText<M> + ?Sized, M>(_: M) {}

/// The same of a name.
pub fn has_own_name<T: OwnName<M>, M>(_: M) {}

/// Stands in a stub whose derive failed, so the crate doesn't compile.
pub fn unreachable() -> ! {
    unreachable!("the derive of this type failed")
}
