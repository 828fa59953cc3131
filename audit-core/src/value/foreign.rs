//! Types of the standard library and of other crates as metadata values, the latter each behind the feature of its crate's name: text.
//!
//! Points in time are RFC 3339 in UTC to the millisecond, as `occurred_at` is; `jiff::Timestamp` keeps its nanoseconds. Dates, times of day
//! and both without a zone are ISO 8601, as `2026-02-28T23:59:59.5`; durations are ISO 8601 in seconds, as `PT5400.25S`.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "what is used depends on the features"
)]
#![allow(
    clippy::wildcard_imports,
    reason = "each module is one crate's part of this file"
)]

use std::borrow::Cow;
use std::fmt;

use super::{Bounded, BoundedWhenCut, DisplayBound, setter};
use crate::AuditValue;
use crate::encode::ValueEncoder;
use crate::form::{JoinForm, ValueText};
use crate::schema::ValueType;

/// `2026-02-28T23:59:59.5`: a date and a time of day, each as it displays itself.
struct Both<D, T>(D, T);

impl<D: fmt::Display, T: fmt::Display> fmt::Display for Both<D, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.0, self.1)
    }
}

/// `.5`, without the zeros at its end.
fn write_fraction(f: &mut fmt::Formatter<'_>, nanoseconds: u32) -> fmt::Result {
    if nanoseconds == 0 {
        return Ok(());
    }
    write!(f, ".{}", format!("{nanoseconds:09}").trim_end_matches('0'))
}

/// `-PT5400.25S`, of at most 33 characters.
struct Seconds {
    is_negative: bool,
    whole: u64,
    nanoseconds: u32,
}

impl Seconds {
    /// Both parts have one sign.
    fn signed(whole: i64, nanoseconds: i32) -> Self {
        Self {
            is_negative: whole < 0 || nanoseconds < 0,
            whole: whole.unsigned_abs(),
            nanoseconds: nanoseconds.unsigned_abs(),
        }
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}PT{}",
            if self.is_negative { "-" } else { "" },
            self.whole
        )?;
        write_fraction(f, self.nanoseconds)?;
        f.write_str("S")
    }
}

bounded_text!(std::time::SystemTime, 24, |value| crate::Timestamp::from(
    *value
));
bounded_text!(std::time::Duration, 33, |value| Seconds {
    is_negative: false,
    whole: value.as_secs(),
    nanoseconds: value.subsec_nanos()
});

#[cfg(feature = "uuid")]
mod uuid_values {
    use super::*;
    bounded_text!(uuid::Uuid, 36, |value| value);
    impl DisplayBound for uuid::Uuid {
        const MAX: u16 = 36;
    }
}

#[cfg(feature = "url")]
mod url_values {
    use super::*;
    free_text!(url::Url; |value, out| out.str(value.as_str()));
    impl ValueText for url::Url {
        fn value_text(&self) -> Cow<'_, str> {
            Cow::Borrowed(self.as_str())
        }
    }
}

#[cfg(feature = "jiff")]
mod jiff_values {
    use super::*;
    // `-009999-01-02T01:59:59.123456789Z`
    bounded_text!(jiff_types::Timestamp, 33, |value| value);
    // `-009999-01-01`
    bounded_text!(jiff_types::civil::Date, 13, |value| value);
    bounded_text!(jiff_types::civil::Time, 18, |value| value);
    // `-009999-01-01T00:00:00.000000001`
    bounded_text!(jiff_types::civil::DateTime, 32, |value| value);
    bounded_text!(jiff_types::Zoned, 24, |value| crate::Timestamp::from(value));
    bounded_text!(jiff_types::SignedDuration, 33, |value| Seconds::signed(
        value.as_secs(),
        value.subsec_nanos()
    ));
    // `-P19998Y239976M1043497W7304484DT175307616H10518456960M1902545624836.854775807S`
    bounded_text!(jiff_types::Span, 78, |value| value);
    // `-25:59:59`
    bounded_text!(jiff_types::tz::Offset, 9, |value| value);
}

/// RFC 3339 in UTC, to the millisecond, as `occurred_at` is: these crates' own `Display` isn't RFC 3339.
#[cfg(any(feature = "time", feature = "chrono"))]
fn utc(time: impl Into<crate::Timestamp>) -> crate::Timestamp {
    time.into()
}

#[cfg(feature = "time")]
mod time_values {
    use super::*;
    bounded_text!(time::OffsetDateTime, 24, |value| utc(*value));
    bounded_text!(time::UtcDateTime, 24, |value| utc(*value));
    // `-999999-01-01`
    bounded_text!(time::Date, 13, |value| value);
    bounded_text!(time::Time, 18, |value| TimeOfDay(*value));
    bounded_text!(time::PrimitiveDateTime, 32, |value| Both(
        value.date(),
        TimeOfDay(value.time())
    ));
    bounded_text!(time::Duration, 33, |value| Seconds::signed(
        value.whole_seconds(),
        value.subsec_nanoseconds()
    ));
    // `-25:59:59`
    bounded_text!(time::UtcOffset, 9, |value| value);
    bounded_text!(time::Weekday, 9, |value| value);
    bounded_text!(time::Month, 9, |value| value);

    /// `09:30:00.5`: its own `Display` has hours of one digit.
    struct TimeOfDay(time::Time);

    impl fmt::Display for TimeOfDay {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let (hour, minute, second, nanoseconds) = self.0.as_hms_nano();
            write!(f, "{hour:02}:{minute:02}:{second:02}")?;
            write_fraction(f, nanoseconds)
        }
    }
}

#[cfg(feature = "chrono")]
mod chrono_values {
    use super::*;
    // Of any zone: as the same moment in UTC.
    bounded_text!(chrono::DateTime<Z> where [Z: chrono::TimeZone], 24, |value| utc(value.clone()));
    // `+262142-12-31`
    bounded_text!(chrono::NaiveDate, 13, |value| value);
    bounded_text!(chrono::NaiveTime, 18, |value| value);
    bounded_text!(chrono::NaiveDateTime, 32, |value| Both(
        value.date(),
        value.time()
    ));
    bounded_text!(chrono::TimeDelta, 30, |value| Seconds::signed(
        value.num_seconds(),
        value.subsec_nanos()
    ));
    // `-23:59:59`
    bounded_text!(chrono::FixedOffset, 9, |value| value);
    bounded_text!(chrono::Weekday, 3, |value| value);
    bounded_text!(chrono::Month, 9, |value| value.name());
}

#[cfg(feature = "rust_decimal")]
mod rust_decimal_values {
    use super::*;
    // 29 digits, a point, and a sign.
    bounded_text!(rust_decimal::Decimal, 31, |value| value);
}

#[cfg(feature = "bigdecimal")]
mod bigdecimal_values {
    use super::*;
    // It has as many digits as one likes.
    free_text!(bigdecimal::BigDecimal; |value, out| out.display(value));
    impl ValueText for bigdecimal::BigDecimal {
        fn value_text(&self) -> Cow<'_, str> {
            Cow::Owned(self.to_string())
        }
    }
}

#[cfg(test)]
mod tests;
