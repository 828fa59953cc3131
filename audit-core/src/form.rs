//! How an id, a name or an item of a `join` list becomes text: by its `Display`, or else as the text that it is as a value. Generated code
//! finds out by autoref, `(&&&Form::<T>::NEW).__audit_form()`, so that a type may have both.

use std::borrow::Cow;
use std::fmt::Display;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

/// A metadata value that is text: the string types, and what derives `AuditValue` around them.
pub trait ValueText {
    /// The text.
    fn value_text(&self) -> Cow<'_, str>;
}

impl ValueText for str {
    fn value_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

/// A type of which the value has another form than `Display` gives it: in a `join` list it has that of the value.
pub trait JoinForm {
    /// The text.
    fn join_text(&self) -> Cow<'_, str>;

    /// A number that no value can be.
    fn non_finite(&self) -> Option<f64> {
        None
    }
}

macro_rules! forward {
    ($($type:ty $(where $owned:ident)?),*) => {$(
        impl<T: ValueText $(+ $owned)? + ?Sized> ValueText for $type {
            fn value_text(&self) -> Cow<'_, str> {
                (**self).value_text()
            }
        }
        impl<T: JoinForm $(+ $owned)? + ?Sized> JoinForm for $type {
            fn join_text(&self) -> Cow<'_, str> {
                (**self).join_text()
            }
            fn non_finite(&self) -> Option<f64> {
                (**self).non_finite()
            }
        }
    )*};
}
forward!(&T, Box<T>, Rc<T>, Arc<T>, Cow<'_, T> where ToOwned);

/// As `Display` writes it.
#[derive(Clone, Copy, Debug)]
pub struct ByDisplay;

/// As the value's text is.
#[derive(Clone, Copy, Debug)]
pub struct ByValue;

/// As [`JoinForm`] has it.
#[derive(Clone, Copy, Debug)]
pub struct ByForm;

/// As `M` says, or not at all.
#[derive(Clone, Copy, Debug)]
pub struct NoneOr<M>(PhantomData<M>);

/// An id or a name, with `M` the way in which it becomes text.
#[diagnostic::on_unimplemented(
    message = "audit[A0320]: `{Self}` can't be sent as text: it neither implements `Display` nor derives `AuditValue` as text",
    label = "no text",
    note = "help: implement `std::fmt::Display` for it, or put `#[derive(AuditValue)]` on an enum or on a newtype of text (cargo audit-schema explain A0320)"
)]
pub trait OwnText<M> {
    /// Hands over the text.
    fn with_text(&self, take: impl FnOnce(&dyn Display));
}
#[diagnostic::do_not_recommend]
impl<T: Display + ?Sized> OwnText<ByDisplay> for T {
    fn with_text(&self, take: impl FnOnce(&dyn Display)) {
        take(&self);
    }
}
#[diagnostic::do_not_recommend]
impl<T: ValueText + ?Sized> OwnText<ByValue> for T {
    fn with_text(&self, take: impl FnOnce(&dyn Display)) {
        take(&self.value_text());
    }
}

/// A name, which may be left out. Not [`OwnText`]: of an id that an alias makes optional rustc would only say that types mismatch.
#[diagnostic::on_unimplemented(
    message = "audit[A0320]: `{Self}` can't be sent as text: it neither implements `Display` nor derives `AuditValue` as text",
    label = "no text",
    note = "help: implement `std::fmt::Display` for it, or put `#[derive(AuditValue)]` on an enum or on a newtype of text (cargo audit-schema explain A0320)"
)]
pub trait OwnName<M> {
    /// Hands over the text, where there is one.
    fn with_name(&self, take: impl FnOnce(&dyn Display));
}
#[diagnostic::do_not_recommend]
impl<T: OwnText<M>, M> OwnName<M> for T {
    fn with_name(&self, take: impl FnOnce(&dyn Display)) {
        self.with_text(take);
    }
}
#[diagnostic::do_not_recommend]
impl<T: OwnText<M>, M> OwnName<NoneOr<M>> for Option<T> {
    fn with_name(&self, take: impl FnOnce(&dyn Display)) {
        if let Some(text) = self {
            text.with_text(take);
        }
    }
}

/// A list of texts: `join` fields.
#[diagnostic::on_unimplemented(
    message = "audit[A0320]: `{Self}` can't be joined: it isn't a list of items that implement `Display` or derive `AuditValue` as text",
    label = "not a list of texts",
    note = "help: hold a `Vec`, a set or a slice of such items, or make a value of it with `#[audit(with = path)]` (cargo audit-schema explain A0320)"
)]
pub trait TextList<'v, M> {
    /// Calls `each` for every item.
    fn each(&'v self, each: &mut dyn FnMut(&dyn Display));

    /// The first item that no value can be.
    fn non_finite(&'v self) -> Option<f64> {
        None
    }
}

macro_rules! text_list {
    ($($form:ident: $bound:ident, |$item:ident| $text:expr $(, $non_finite:item)?;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<'v, T: 'v + ?Sized> TextList<'v, $form> for T
        where
            &'v T: IntoIterator<Item: $bound>,
        {
            fn each(&'v self, each: &mut dyn FnMut(&dyn Display)) {
                for $item in self {
                    each(&$text);
                }
            }
            $($non_finite)?
        }
    )*};
}
text_list! {
    ByForm: JoinForm, |item| item.join_text(),
        fn non_finite(&'v self) -> Option<f64> {
            self.into_iter().find_map(|item| item.non_finite())
        };
    ByDisplay: Display, |item| item;
    ByValue: ValueText, |item| item.value_text();
}

/// Tells the form of a `T`.
#[derive(Debug)]
pub struct Form<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized> Form<T> {
    /// The only one.
    pub const NEW: Self = Self(PhantomData);
}

/// Tells the form of a list's items.
#[derive(Debug)]
pub struct ListForm<'v, T: ?Sized>(PhantomData<&'v T>);

impl<'v, T: ?Sized> ListForm<'v, T> {
    /// Of this list.
    pub fn of(_: &'v T) -> Self {
        Self(PhantomData)
    }
}

/// The first choice.
pub trait FormDisplay {
    /// The form.
    fn __audit_form(&self) -> ByDisplay {
        ByDisplay
    }
}
impl<T: Display + ?Sized> FormDisplay for &&Form<T> {}
impl<'v, T: ?Sized> FormDisplay for &&ListForm<'v, T> where &'v T: IntoIterator<Item: Display> {}

/// What comes before the first choice for the items of a list.
pub trait FormJoin {
    /// The form.
    fn __audit_form(&self) -> ByForm {
        ByForm
    }
}
impl<'v, T: ?Sized> FormJoin for &&&ListForm<'v, T> where &'v T: IntoIterator<Item: JoinForm> {}

/// A name that an alias makes optional.
pub trait FormOptional {
    /// The form.
    type Form;
    /// Tells it.
    fn __audit_form(&self) -> Self::Form;
}
impl<T: Display> FormOptional for &&Form<Option<T>> {
    type Form = NoneOr<ByDisplay>;
    fn __audit_form(&self) -> Self::Form {
        NoneOr(PhantomData)
    }
}
impl<T: ValueText> FormOptional for &Form<Option<T>> {
    type Form = NoneOr<ByValue>;
    fn __audit_form(&self) -> Self::Form {
        NoneOr(PhantomData)
    }
}

/// The second.
pub trait FormValue {
    /// The form.
    fn __audit_form(&self) -> ByValue {
        ByValue
    }
}
impl<T: ValueText + ?Sized> FormValue for &Form<T> {}
impl<'v, T: ?Sized> FormValue for &ListForm<'v, T> where &'v T: IntoIterator<Item: ValueText> {}

/// What is neither: the bound that it doesn't meet says so.
pub trait FormNone {
    /// The form.
    fn __audit_form(&self) -> ByDisplay {
        ByDisplay
    }
}
impl<T: ?Sized> FormNone for Form<T> {}
impl<T: ?Sized> FormNone for ListForm<'_, T> {}
