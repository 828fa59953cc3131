//! What can be a metadata value, and how a builder's setter takes it.

/// Text without a limit that the type proves.
macro_rules! free_text {
    ($($type:ty),*; |$value:ident, $out:ident| $encode:expr) => {$(
        impl AuditValue for $type {
            const TYPE: ValueType = ValueType::string();
            type Setter = setter::ByInto;
            #[inline]
            fn encode(&self, $out: ValueEncoder<'_>) {
                let $value = self;
                $encode
            }
        }
        #[diagnostic::do_not_recommend]
        impl<F, E> BoundedWhenCut<F, E> for $type {}
    )*};
}

/// Text of at most `$max` characters, which the type proves.
macro_rules! bounded_text {
    ($type:ty $(where [$($generics:tt)*])?, $max:literal, |$value:ident| $display:expr) => {
        impl$(<$($generics)*>)? AuditValue for $type {
            const TYPE: ValueType = ValueType::text($max);
            type Setter = setter::ByInto;
            #[inline]
            fn encode(&self, out: ValueEncoder<'_>) {
                let $value = self;
                out.display(&$display);
            }
        }
        #[diagnostic::do_not_recommend]
        impl<F, E, $($($generics)*)?> Bounded<F, E> for $type {}
        #[diagnostic::do_not_recommend]
        impl<F, E, $($($generics)*)?> BoundedWhenCut<F, E> for $type {}
        impl$(<$($generics)*>)? ValueText for $type {
            fn value_text(&self) -> Cow<'_, str> {
                let $value = self;
                Cow::Owned($display.to_string())
            }
        }
        impl$(<$($generics)*>)? JoinForm for $type {
            fn join_text(&self) -> Cow<'_, str> {
                self.value_text()
            }
        }
    };
}

mod foreign;
mod primitive;
mod text;

pub use text::Text;

use crate::AuditValue;
use crate::encode::{Encoder, TextLimit, ValueEncoder};
use crate::schema::ValueType;

impl Encoder {
    /// Writes a metadata value, if there is one.
    #[inline]
    pub fn value<V: AuditValue>(&mut self, key: &'static str, text: TextLimit, value: &Option<V>) {
        if let Some(value) = value {
            value.encode(self.at(key, text));
        }
    }
}

/// Selects what the setter for a type accepts.
pub mod setter {
    use std::marker::PhantomData;

    /// The type itself, so that number literals work.
    #[derive(Debug)]
    pub struct ByValue;
    /// `impl Into` the type.
    #[derive(Debug)]
    pub struct ByInto;
    /// What the value inside the `Option` accepts; the setter need not be called.
    #[derive(Debug)]
    pub struct Optional<S>(PhantomData<S>);

    /// [`ByValue`], [`ByInto`] or [`Optional`].
    #[diagnostic::on_unimplemented(
        message = "audit[A0301]: `{Self}` doesn't select what a setter accepts",
        label = "not a type of `audit_core::setter`",
        note = "help: write `setter::ByValue`, `setter::ByInto` or `setter::Optional<…>` (cargo audit-schema explain A0301)"
    )]
    pub trait Setter: sealed::Sealed {}
    impl Setter for ByValue {}
    impl Setter for ByInto {}
    impl<S: Setter> Setter for Optional<S> {}

    mod sealed {
        pub trait Sealed {}
        impl Sealed for super::ByValue {}
        impl Sealed for super::ByInto {}
        impl<S> Sealed for super::Optional<S> {}
    }
}

/// What a setter of a `T` field of `E` accepts.
#[doc(hidden)]
pub trait Accepts<T, E> {
    fn into_field(self) -> T;
}

impl<T: AuditValue, E, V: Argument<T, T::Setter>> Accepts<T, E> for V {
    fn into_field(self) -> T {
        self.into_field()
    }
}

/// [`Accepts`], where the type's setter is `S`.
#[doc(hidden)]
pub trait Argument<T, K> {
    fn into_field(self) -> T;
}

impl<T> Argument<T, setter::ByValue> for T {
    fn into_field(self) -> T {
        self
    }
}

impl<T, V: Into<T>> Argument<T, setter::ByInto> for V {
    fn into_field(self) -> T {
        self.into()
    }
}

impl<T, K, V: Argument<T, K>> Argument<Option<T>, setter::Optional<K>> for V {
    fn into_field(self) -> Option<T> {
        Some(self.into_field())
    }
}

/// Marker of value types no value of which is rejected when an event is built: `build()` exists where all fields are.
///
/// The derives implement it. `F` is the field and `E` the type that it belongs to, so that the error can name both.
#[diagnostic::on_unimplemented(
    message = "audit[A0403]: `build()` requires infallible fields: `{Self}` can be rejected, in field `{F}`",
    label = "use `try_build()?` or `try_into_event(…)?` instead",
    note = "help: or bound what the field holds: `truncate` in place of `max_len`, or `Text<N>`, for text; an integer of at most 32 bits; an enum (a float can be NaN, which is rejected) (cargo audit-schema explain A0403)"
)]
pub trait Bounded<F, E> {}

/// A value of which the `Display` text has a limit that the type proves.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "audit[A0403]: `build()` requires infallible fields: the `Display` text of `{Self}` can exceed 500 characters",
    label = "use `try_build()?` or `try_into_event(…)?` instead",
    note = "help: or cut it with `#[audit(display, truncate)]` (cargo audit-schema explain A0403)"
)]
pub trait DisplayBound {
    /// Characters.
    const MAX: u16;
}

/// A `display` field, for [`Bounded`].
#[derive(Debug)]
#[doc(hidden)]
pub struct Displayed<T>(T);
impl<F, E, T: DisplayBound> Bounded<F, E> for Displayed<T> {}

/// A field under `strings = "truncate"`, for [`Bounded`]: free text in it is cut.
#[derive(Debug)]
#[doc(hidden)]
pub struct Cut<T>(T);
impl<F, E, T: BoundedWhenCut<F, E>> Bounded<F, E> for Cut<T> {}

/// [`Bounded`], or text.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "audit[A0403]: `build()` requires infallible fields: `{Self}` can be rejected, in field `{F}`",
    label = "use `try_build()?` or `try_into_event(…)?` instead",
    note = "help: bound what it holds (cargo audit-schema explain A0403)"
)]
pub trait BoundedWhenCut<F, E> {}

#[diagnostic::do_not_recommend]
impl<F, E, T: Bounded<F, E>> Bounded<F, E> for Option<T> {}
#[diagnostic::do_not_recommend]
impl<F, E, T: BoundedWhenCut<F, E>> BoundedWhenCut<F, E> for Option<T> {}
#[diagnostic::do_not_recommend]
impl<F, E, T: Bounded<F, E> + ?Sized> Bounded<F, E> for &T {}
#[diagnostic::do_not_recommend]
impl<F, E, T: BoundedWhenCut<F, E> + ?Sized> BoundedWhenCut<F, E> for &T {}

impl<T: AuditValue> AuditValue for Option<T> {
    const TYPE: ValueType = T::TYPE.optional();
    type Setter = setter::Optional<T::Setter>;
    #[inline]
    fn encode(&self, out: ValueEncoder<'_>) {
        if let Some(value) = self {
            value.encode(out);
        }
    }
}

impl<T: AuditValue + ?Sized> AuditValue for &T {
    const TYPE: ValueType = T::TYPE;
    type Setter = setter::ByInto;
    #[inline]
    fn encode(&self, out: ValueEncoder<'_>) {
        (**self).encode(out);
    }
}
