//! When an event occurred: milliseconds in UTC, written as the service wants them.

use std::fmt;
use std::time::{Duration, SystemTime};

/// A point in time as the service stores it: UTC, to the millisecond, in the years 0000 to 9999. Conversions never fail: times outside
/// those years saturate.
///
/// It converts from `SystemTime`, and behind the features `jiff`, `time` and `chrono` from the points in time of these crates; so does the
/// builder's `occurred_at`, and a field marked `#[audit(occurred_at)]` may hold any of them:
///
/// ```
/// use audit_core::Timestamp;
/// use std::time::SystemTime;
///
/// let at = Timestamp::from(SystemTime::UNIX_EPOCH);
/// assert_eq!(at.to_string(), "1970-01-01T00:00:00.000Z");
/// # #[cfg(feature = "jiff")] { use jiff_types as jiff;
/// assert_eq!(Timestamp::from(jiff::Timestamp::UNIX_EPOCH), at); // and `Zoned`
/// # }
/// # #[cfg(feature = "time")] {
/// assert_eq!(Timestamp::from(time::OffsetDateTime::UNIX_EPOCH), at); // and `UtcDateTime`
/// # }
/// # #[cfg(feature = "chrono")] {
/// assert_eq!(Timestamp::from(chrono::DateTime::UNIX_EPOCH), at); // of any time zone
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Milliseconds since 1970-01-01T00:00:00Z, between [`FIRST`] and [`LAST`].
    milliseconds: i64,
}

/// 0000-01-01T00:00:00.000Z
const FIRST: i64 = -62_167_219_200_000;
/// 9999-12-31T23:59:59.999Z
const LAST: i64 = 253_402_300_799_999;
const DAY: i64 = 86_400_000;

impl Timestamp {
    /// Returns the current time.
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Creates a timestamp from milliseconds since 1970-01-01T00:00:00Z.
    pub fn from_milliseconds(milliseconds: i64) -> Self {
        Self {
            milliseconds: milliseconds.clamp(FIRST, LAST),
        }
    }

    /// Returns the milliseconds since 1970-01-01T00:00:00Z.
    pub fn as_milliseconds(self) -> i64 {
        self.milliseconds
    }

    fn from_nanoseconds(nanoseconds: i128) -> Self {
        let milliseconds = nanoseconds.div_euclid(1_000_000);
        let milliseconds = milliseconds.clamp(i128::from(FIRST), i128::from(LAST));
        Self {
            milliseconds: i64::try_from(milliseconds).unwrap_or(LAST),
        }
    }

    /// Appends `YYYY-MM-DDTHH:MM:SS.mmmZ`.
    pub(crate) fn write(self, out: &mut String) {
        // Since the first moment there is, so that nothing is negative.
        let since = self.milliseconds.abs_diff(FIRST);
        let (days, rest) = (since / DAY.unsigned_abs(), since % DAY.unsigned_abs());
        // Both are far below 2^32.
        let (days, rest) = (
            u32::try_from(days).unwrap_or_default(),
            u32::try_from(rest).unwrap_or_default(),
        );
        let (year, month, day) = civil(days);
        let mut text = *b"0000-00-00T00:00:00.000Z";
        for (at, number) in [
            (0, year / 100),
            (2, year % 100),
            (5, month),
            (8, day),
            (11, rest / 3_600_000),
            (14, rest / 60_000 % 60),
            (17, rest / 1_000 % 60),
            (20, rest % 1_000 / 10),
            (21, rest % 100),
        ] {
            [text[at], text[at + 1]] = PAIRS[number as usize];
        }
        // SAFETY: all of it is ASCII.
        out.push_str(unsafe { std::str::from_utf8_unchecked(&text) });
    }
}

/// `00` to `99`
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [*b"00"; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number as usize] = [b'0' + number / 10, b'0' + number % 10];
        number += 1;
    }
    pairs
};

/// Year, month and day of a day counted from 0000-01-01, in the proleptic Gregorian calendar.
/// The arithmetic is Howard Hinnant's `civil_from_days` (<https://howardhinnant.github.io/date_algorithms.html>).
fn civil(days: u32) -> (u32, u32, u32) {
    // Years begin with March; the first two months belong to the year before, in an era of 400 years that is taken away again.
    let days = days + 146_097 - 60;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    (
        year_of_era + era * 400 + u32::from(month <= 2) - 400,
        month,
        day,
    )
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(24);
        self.write(&mut text);
        f.write_str(&text)
    }
}

fn nanoseconds(duration: Duration) -> i128 {
    i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX)
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        Self::from_nanoseconds(match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => nanoseconds(after),
            Err(before) => -nanoseconds(before.duration()),
        })
    }
}

macro_rules! from {
    ($($feature:literal: $type:ty $(where [$($generics:tt)*])?, |$time:ident| $timestamp:expr;)*) => {$(
        #[cfg(feature = $feature)]
        impl$(<$($generics)*>)? From<$type> for Timestamp {
            fn from($time: $type) -> Self {
                $timestamp
            }
        }
    )*};
}

from! {
    "jiff": jiff_types::Timestamp, |time| Self::from_nanoseconds(time.as_nanosecond());
    "jiff": jiff_types::Zoned, |time| time.timestamp().into();
    "jiff": &jiff_types::Zoned, |time| time.timestamp().into();
    "time": time::OffsetDateTime, |time| Self::from_nanoseconds(time.unix_timestamp_nanos());
    "time": time::UtcDateTime, |time| Self::from_nanoseconds(time.unix_timestamp_nanos());
    // Rounds towards the past, as the others do; chrono's range is far within `i64` milliseconds.
    "chrono": chrono::DateTime<Z> where [Z: chrono::TimeZone], |time| Self::from_milliseconds(time.timestamp_millis());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_ends_and_leap_days() {
        for (milliseconds, text) in [
            (FIRST, "0000-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (LAST, "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Timestamp::from_milliseconds(milliseconds).to_string(), text);
        }
    }

    #[test]
    fn saturates() {
        assert_eq!(
            Timestamp::from_milliseconds(i64::MAX).as_milliseconds(),
            LAST
        );
        assert_eq!(
            Timestamp::from_milliseconds(i64::MIN).as_milliseconds(),
            FIRST
        );
        #[cfg(feature = "jiff")]
        assert_eq!(
            Timestamp::from(jiff_types::Timestamp::MIN).as_milliseconds(),
            FIRST
        );
    }

    #[cfg(feature = "jiff")]
    #[test]
    fn agrees_with_jiff_on_every_day() {
        let mut days = FIRST.div_euclid(DAY);
        while days < 2_932_800 {
            let ours = Timestamp::from_milliseconds(days * DAY).to_string();
            let theirs = jiff_types::Timestamp::from_millisecond(days * DAY)
                .expect("in jiff's range")
                .to_string();
            assert_eq!(ours.replace(".000Z", "Z"), theirs);
            days += 1;
        }
    }
}
