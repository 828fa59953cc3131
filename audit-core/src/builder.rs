//! The builder's typestate: which fields are set, eight to a tuple, so that a setter's type stays small.
//!
//! A state is one tuple of eight marks for each group of eight fields. Setting the field at position `Qn` turns its mark from
//! [`U`] into [`S`]; doing so twice has no impl, nor has building before every required mark is [`S`]. Measured against six other
//! encodings in `docs/decisions/0002-builder-typestate.md`.

use std::marker::PhantomData;

use crate::AuditValue;
use crate::value::setter::Optional;

/// Not set. A mark is a primitive type because of its short name, which a debug build holds some thousand times an event: the drop glue
/// and the debug information of each state name sixteen of them or more.
pub type U = ();

/// Set.
pub type S = u8;

/// Marker of a field that needn't be set.
#[derive(Debug)]
pub struct Any;

/// The event whose builder or proof a bound belongs to, named by whether its schema could be made. Where a type error prevented that the
/// constant has no value, and rustc raises no error that mentions it: what a broken event can't do is no mistake of those who use it.
#[derive(Debug)]
pub struct Checked<const FINE: bool>;

/// Eight marks, none set: where every builder begins.
pub type Unset = (U, U, U, U, U, U, U, U);

/// The state `T` that follows when field `F` of `E`, at position `Q`, is set.
#[diagnostic::on_unimplemented(
    message = "audit[A0402]: field `{F}` is set twice",
    label = "set here a second time",
    note = "help: remove one of the two calls (cargo audit-schema explain A0402)"
)]
pub trait Set<Q, F, E, T> {}

/// Whether a mark is what field `F` of `E` needs.
#[diagnostic::on_unimplemented(
    message = "audit[A0401]: field `{F}` isn't set",
    label = "missing here",
    note = "help: call the field's setter on the builder before this (cargo audit-schema explain A0401)"
)]
pub trait Is<F, E> {}

impl<F, E> Is<F, E> for S {}
impl<E> Is<Any, E> for U {}

/// Marker of field `F` of type `T`, of which only the type knows whether it must be set: an alias may hide an `Option`.
#[derive(Debug)]
pub struct ByType<T, F>(PhantomData<(T, F)>);

#[diagnostic::do_not_recommend]
impl<T: AuditValue<Setter: NeedsNot<F, E>>, F, E> Is<ByType<T, F>, E> for U {}

/// A setter that need not be called.
#[diagnostic::on_unimplemented(
    message = "audit[A0401]: field `{F}` isn't set",
    label = "missing here",
    note = "help: call the field's setter on the builder before this (cargo audit-schema explain A0401)"
)]
pub trait NeedsNot<F, E> {}
impl<S, F, E> NeedsNot<F, E> for Optional<S> {}

/// Whether all eight marks are what the fields `L` of `E` need.
pub trait Ready<L, E> {}

#[rustfmt::skip]
impl<E, A, B, C, D, G, H, I, J, LA, LB, LC, LD, LG, LH, LI, LJ> Ready<(LA, LB, LC, LD, LG, LH, LI, LJ), E>
    for (A, B, C, D, G, H, I, J)
where
    A: Is<LA, E>, B: Is<LB, E>, C: Is<LC, E>, D: Is<LD, E>, G: Is<LG, E>, H: Is<LH, E>, I: Is<LI, E>, J: Is<LJ, E>,
{
}

macro_rules! positions {
    ($($position:ident: ($($before:ident)*) ($($after:ident)*);)*) => {$(
        /// A position in a group of eight.
        #[derive(Debug)]
        pub struct $position;
        #[diagnostic::do_not_recommend]
        impl<F, E, $($before,)* $($after,)*> Set<$position, F, E, ($($before,)* S, $($after,)*)> for ($($before,)* U, $($after,)*) {}
    )*};
}

positions! {
    Q0: () (B C D G H I J);
    Q1: (A) (C D G H I J);
    Q2: (A B) (D G H I J);
    Q3: (A B C) (G H I J);
    Q4: (A B C D) (H I J);
    Q5: (A B C D G) (I J);
    Q6: (A B C D G H) (J);
    Q7: (A B C D G H I) ();
}
