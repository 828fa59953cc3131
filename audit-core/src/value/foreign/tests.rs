//! The longest texts there are, and the forms.

use super::*;

fn text(value: &(impl ValueText + AuditValue)) -> String {
    value.value_text().into_owned()
}

#[track_caller]
fn longest<T: ValueText + AuditValue>(values: &[T]) {
    let longest = values
        .iter()
        .map(|value| text(value).chars().count())
        .max()
        .unwrap_or_default();
    assert_eq!(
        longest,
        usize::from(T::TYPE.max_len()),
        "{:?}",
        values.iter().map(text).collect::<Vec<_>>()
    );
}

#[test]
fn of_the_standard_library() {
    use std::time::{Duration, SystemTime};
    longest(&[Duration::ZERO, Duration::MAX]);
    longest(&[SystemTime::UNIX_EPOCH]);
    assert_eq!(text(&Duration::from_millis(5_400_250)), "PT5400.25S");
    assert_eq!(text(&Duration::ZERO), "PT0S");
    assert_eq!(text(&SystemTime::UNIX_EPOCH), "1970-01-01T00:00:00.000Z");
}

#[cfg(feature = "jiff")]
#[test]
fn of_jiff() {
    use jiff_types::civil::{Date, DateTime, Time};
    use jiff_types::{SignedDuration, Timestamp, Zoned, tz, tz::TimeZone};
    longest(&[Date::MIN, Date::MAX]);
    longest(&[Time::MIN, Time::MAX]);
    longest(&[Date::MIN.to_datetime(Time::MAX), DateTime::MAX]);
    longest(&[SignedDuration::MIN, SignedDuration::MAX]);
    longest(&[longest_span(), -longest_span()]);
    longest(&[tz::Offset::MIN, tz::Offset::MAX]);
    let zoned = Timestamp::UNIX_EPOCH.to_zoned(TimeZone::fixed(tz::offset(2)));
    longest::<Zoned>(std::slice::from_ref(&zoned));
    assert_eq!(text(&zoned), "1970-01-01T00:00:00.000Z");
    assert_eq!(text(&SignedDuration::from_millis(-1_500)), "-PT1.5S");
    assert_eq!(
        text(&DateTime::constant(2026, 2, 28, 9, 5, 0, 500_000_000)),
        "2026-02-28T09:05:00.5"
    );
}

/// Every unit at its limit.
#[cfg(feature = "jiff")]
fn longest_span() -> jiff_types::Span {
    let dates = jiff_types::Span::new()
        .years(19_998)
        .months(239_976)
        .weeks(1_043_497)
        .days(7_304_484);
    let times = dates
        .hours(175_307_616)
        .minutes(10_518_456_960_i64)
        .seconds(631_107_417_600_i64);
    times
        .milliseconds(631_107_417_600_000_i64)
        .microseconds(631_107_417_600_000_000_i64)
        .nanoseconds(i64::MAX)
}

#[cfg(feature = "time")]
#[test]
fn of_time() {
    use time::{Date, Duration, Month, PrimitiveDateTime, Time, UtcOffset, Weekday};
    longest(&[
        UtcOffset::from_hms(-25, -59, -59).expect("an offset"),
        UtcOffset::UTC,
    ]);
    longest(&[
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
    ]);
    longest(&std::array::from_fn::<_, 12, _>(|index| {
        Month::January.nth_next(u8::try_from(index).unwrap_or_default())
    }));
    let (first, last) = (
        Time::MIDNIGHT,
        Time::from_hms_nano(23, 59, 59, 999_999_999).expect("a time"),
    );
    longest(&[first, last]);
    longest(&[Duration::MIN, Duration::MAX]);
    // Beyond four digits of a year only where somebody turns on `large-dates`.
    let date = Date::from_calendar_date(2026, Month::February, 28).expect("a date");
    for (time, expected) in [
        (first, "2026-02-28T00:00:00"),
        (last, "2026-02-28T23:59:59.999999999"),
    ] {
        assert_eq!(text(&PrimitiveDateTime::new(date, time)), expected);
    }
    assert!(text(&PrimitiveDateTime::MIN).len() <= 32 && text(&PrimitiveDateTime::MAX).len() <= 32);
    assert_eq!(
        text(&Time::from_hms_milli(9, 5, 0, 500).expect("a time")),
        "09:05:00.5"
    );
    assert_eq!(text(&Duration::milliseconds(-250)), "-PT0.25S");
}

#[cfg(feature = "chrono")]
#[test]
fn of_chrono() {
    use chrono::{
        DateTime, FixedOffset, Month, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday,
    };
    longest(&[NaiveDate::MIN, NaiveDate::MAX]);
    longest(&[
        FixedOffset::west_opt(86_399).expect("an offset"),
        FixedOffset::east_opt(0).expect("an offset"),
    ]);
    longest(&[Weekday::Mon, Weekday::Thu, Weekday::Sun]);
    longest(&std::array::from_fn::<_, 12, _>(|index| {
        Month::try_from(u8::try_from(index).unwrap_or_default() + 1).expect("a month")
    }));
    let last = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_999_999_999).expect("a leap second");
    longest(&[NaiveTime::MIN, last]);
    longest(&[NaiveDateTime::new(NaiveDate::MAX, last)]);
    let finest = TimeDelta::seconds(-9_223_372_036_854_774) - TimeDelta::nanoseconds(1);
    longest(&[TimeDelta::MIN, TimeDelta::MAX, finest]);
    longest::<DateTime<Utc>>(&[DateTime::UNIX_EPOCH, DateTime::<Utc>::MAX_UTC]);
    let zone = FixedOffset::east_opt(7200).expect("a zone");
    assert_eq!(
        text(&DateTime::UNIX_EPOCH.with_timezone(&zone)),
        "1970-01-01T00:00:00.000Z"
    );
    let time = NaiveTime::from_hms_milli_opt(9, 5, 0, 500).expect("a time");
    let date = NaiveDate::from_ymd_opt(2026, 2, 28).expect("a date");
    assert_eq!(
        text(&NaiveDateTime::new(date, time)),
        "2026-02-28T09:05:00.500"
    );
    assert_eq!(text(&TimeDelta::milliseconds(-1_500)), "-PT1.5S");
}

#[cfg(feature = "rust_decimal")]
#[test]
fn of_rust_decimal() {
    use rust_decimal::Decimal;
    longest(&[
        Decimal::MAX,
        Decimal::MIN,
        Decimal::from_i128_with_scale(-79_228_162_514_264_337_593_543_950_335, 28),
    ]);
    assert_eq!(
        text(&Decimal::new(1990, 2)),
        "19.90",
        "zeros at the end are kept"
    );
    assert!(text(&Decimal::from_i128_with_scale(-1, 28)).len() <= 31);
}

#[cfg(feature = "bigdecimal")]
#[test]
fn of_bigdecimal() {
    use bigdecimal::BigDecimal;
    for exact in [
        "19.90",
        "-0.000001",
        "123456789012345678901234567890.123456789",
    ] {
        assert_eq!(text(&exact.parse::<BigDecimal>().expect("a number")), exact);
    }
    assert_eq!(
        text(&"0.0000001".parse::<BigDecimal>().expect("a number")),
        "1E-7"
    );
}
