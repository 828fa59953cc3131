//! What fields need of other crates' traits, as traits of our own: where the need isn't met, the error is in our words.

use std::fmt::Display;

use crate::timestamp::Timestamp;

/// A text of its own: `display` fields.
#[diagnostic::on_unimplemented(
    message = "audit[A0320]: `{Self}` can't be sent as text: it doesn't implement `Display`",
    label = "no `Display`",
    note = "help: implement `std::fmt::Display` for it, or wrap it in a type of your own that does; metadata can also be made by a function, `#[audit(with = path)]` (cargo audit-schema explain A0320)"
)]
pub trait TextForm: Display {}
#[diagnostic::do_not_recommend]
impl<T: Display + ?Sized> TextForm for T {}

/// A point in time: `occurred_at` fields.
#[diagnostic::on_unimplemented(
    message = "audit[A0321]: `{Self}` can't be when an event occurred: it doesn't convert into `Timestamp`",
    label = "not a point in time",
    note = "help: hold a `Timestamp` or a `std::time::SystemTime`; types of `jiff`, `time` and `chrono` need the feature of that name (cargo audit-schema explain A0321)"
)]
pub trait PointInTime {
    /// The point in time.
    fn timestamp(self) -> Timestamp;
}
#[diagnostic::do_not_recommend]
impl<T: Into<Timestamp>> PointInTime for T {
    fn timestamp(self) -> Timestamp {
        self.into()
    }
}
