//! What time it is: the machine's clock plus an offset that tests advance.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// Milliseconds since 1970, as a JavaScript server counts.
pub type Millis = i64;

/// One minute, as [`Millis`].
pub const MINUTE: Millis = 60_000;
/// One hour, as [`Millis`].
pub const HOUR: Millis = 60 * MINUTE;

/// The emulator's clock.
#[derive(Debug, Default)]
pub struct Clock {
    offset: AtomicI64,
}

impl Clock {
    /// Now, in this emulator.
    pub fn now(&self) -> Millis {
        let machine = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, millis);
        machine.saturating_add(self.offset.load(Ordering::Relaxed))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        let add = |offset: Millis| Some(offset.saturating_add(millis(by)));
        // The closure always answers, so that the update can't fail.
        let _ = self
            .offset
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

fn millis(duration: Duration) -> Millis {
    Millis::try_from(duration.as_millis()).unwrap_or(Millis::MAX)
}

/// `2026-01-15T12:00:00.000Z`, as the service writes times.
pub fn iso(time: Millis) -> String {
    format!("{:.3}", timestamp(time))
}

/// The time as a calendar knows it; the last or first one that it knows for those beyond.
pub fn timestamp(time: Millis) -> Timestamp {
    let edge = if time > 0 {
        Timestamp::MAX
    } else {
        Timestamp::MIN
    };
    Timestamp::from_millisecond(time).unwrap_or(edge)
}

/// The same time of day, a number of calendar months earlier.
pub fn months_before(time: Millis, months: i64) -> Millis {
    let civil = timestamp(time).to_zoned(TimeZone::UTC).datetime();
    let earlier = civil
        .checked_sub(Span::new().months(months))
        .and_then(|earlier| TimeZone::UTC.to_timestamp(earlier));
    earlier.map_or(Millis::MIN, Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_three_digits_of_a_second() {
        assert_eq!(iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(1_768_478_400_120), "2026-01-15T12:00:00.120Z");
    }

    #[test]
    fn goes_back_by_calendar_months() {
        assert_eq!(
            iso(months_before(1_768_478_400_120, 3)),
            "2025-10-15T12:00:00.120Z"
        );
    }

    #[test]
    fn advances_and_stays_in_the_calendar() {
        let clock = Clock::default();
        let before = clock.now();
        clock.advance(Duration::from_hours(1));
        assert!(clock.now() >= before + HOUR);
        clock.advance(Duration::MAX);
        assert!(iso(clock.now()).starts_with("9999-"));
    }
}
