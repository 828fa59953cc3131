//! Decimal numbers, dates, times and durations as values: text with the type's bound.

use std::time::{Duration, SystemTime};

use audit_core::{Actor, AuditEvent, Context, Limit};
use bigdecimal::BigDecimal;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::fixtures::{Team, broken, metadata, team};

#[derive(AuditEvent)]
#[audit(action = "suite.bounded", version = 1, actor = Actor)]
struct Bounded {
    #[audit(target)]
    team: Team,
    price: Decimal,
    #[audit(display)]
    wide: u128,
    #[audit(display)]
    signed: Option<i128>,
    took: Duration,
    since: SystemTime,
    jiff_time: jiff::civil::Time,
    jiff_both: jiff::civil::DateTime,
    jiff_zoned: jiff::Zoned,
    jiff_took: jiff::SignedDuration,
    time_time: time::Time,
    time_both: time::PrimitiveDateTime,
    time_utc: time::UtcDateTime,
    time_took: Option<time::Duration>,
    chrono_time: chrono::NaiveTime,
    chrono_both: chrono::NaiveDateTime,
    chrono_zoned: chrono::DateTime<chrono::FixedOffset>,
    chrono_took: chrono::TimeDelta,
    jiff_span: jiff::Span,
    jiff_offset: jiff::tz::Offset,
    time_offset: time::UtcOffset,
    time_weekday: time::Weekday,
    time_month: time::Month,
    chrono_offset: chrono::FixedOffset,
    chrono_weekday: chrono::Weekday,
    chrono_month: chrono::Month,
}

fn bounded() -> Bounded {
    let date = time::Date::from_calendar_date(2024, time::Month::February, 29).unwrap();
    let noon = chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap();
    Bounded {
        team: team(),
        price: Decimal::new(-1990, 2),
        wide: u128::MAX,
        signed: Some(i128::MIN),
        took: Duration::from_millis(1_500),
        since: SystemTime::UNIX_EPOCH,
        jiff_time: jiff::civil::time(9, 5, 0, 0),
        jiff_both: jiff::civil::date(2024, 2, 29).at(9, 5, 0, 0),
        jiff_zoned: jiff::Timestamp::UNIX_EPOCH
            .to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(-3))),
        jiff_took: jiff::SignedDuration::from_hours(-1),
        time_time: time::Time::from_hms(9, 5, 0).unwrap(),
        time_both: date.with_hms(9, 5, 0).unwrap(),
        time_utc: time::UtcDateTime::UNIX_EPOCH,
        time_took: Some(time::Duration::seconds(90)),
        chrono_time: noon,
        chrono_both: chrono::NaiveDate::from_ymd_opt(2024, 2, 29)
            .unwrap()
            .and_time(noon),
        chrono_zoned: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
        chrono_took: chrono::TimeDelta::milliseconds(-250),
        jiff_span: jiff::Span::new().days(2).hours(-1).minutes(30),
        jiff_offset: jiff::tz::offset(-3),
        time_offset: time::UtcOffset::from_hms(5, 30, 0).unwrap(),
        time_weekday: time::Weekday::Wednesday,
        time_month: time::Month::February,
        chrono_offset: chrono::FixedOffset::east_opt(19_800).unwrap(),
        chrono_weekday: chrono::Weekday::Wed,
        chrono_month: chrono::Month::February,
    }
}

/// `into_event` exists: the types prove that nothing can be rejected.
#[test]
fn their_text() {
    let event = bounded().into_event_with_actor(&Actor::new("system", "cron"), Context::empty());
    let expected = json!({
        "price": "-19.90", "wide": "340282366920938463463374607431768211455",
        "signed": "-170141183460469231731687303715884105728", "took": "PT1.5S", "since": "1970-01-01T00:00:00.000Z",
        "jiff_time": "09:05:00", "jiff_both": "2024-02-29T09:05:00", "jiff_zoned": "1970-01-01T00:00:00.000Z", "jiff_took": "-PT3600S",
        "time_time": "09:05:00", "time_both": "2024-02-29T09:05:00", "time_utc": "1970-01-01T00:00:00.000Z", "time_took": "PT90S",
        "chrono_time": "12:00:00", "chrono_both": "2024-02-29T12:00:00", "chrono_zoned": "1970-01-01T00:00:00.000Z",
        "chrono_took": "-PT0.25S",
        "jiff_span": "-P2DT1H30M", "jiff_offset": "-03", "time_offset": "+05:30:00", "time_weekday": "Wednesday",
        "time_month": "February", "chrono_offset": "+05:30", "chrono_weekday": "Wed", "chrono_month": "February",
    });
    assert_eq!(metadata(&event), expected);
}

#[test]
fn their_schema() {
    let schema: Value = serde_json::from_str(<Bounded as AuditEvent<Actor>>::SCHEMA_JSON).unwrap();
    for (key, max_len) in [
        ("price", 31),
        ("wide", 39),
        ("signed", 40),
        ("took", 33),
        ("since", 24),
        ("time_utc", 24),
        ("jiff_span", 78),
        ("time_offset", 9),
        ("chrono_weekday", 3),
        ("jiff_both", 32),
        ("time_took", 33),
        ("chrono_took", 30),
    ] {
        assert_eq!(
            schema["metadata"]["properties"][key],
            json!({"maxLength": max_len, "type": "string"}),
            "{key}"
        );
    }
}

#[derive(AuditEvent)]
#[audit(action = "suite.unbounded", version = 1, actor = Actor)]
struct Unbounded {
    #[audit(target)]
    team: Team,
    exact: BigDecimal,
}

#[test]
fn as_many_digits_as_a_text_holds() {
    let of = |digits: usize| {
        let exact = format!("0.{}", "7".repeat(digits)).parse().unwrap();
        Unbounded {
            team: team(),
            exact,
        }
        .try_into_event_with_actor(&Actor::new("system", "cron"), Context::empty())
    };
    assert_eq!(
        metadata(&of(498).unwrap())["exact"],
        format!("0.{}", "7".repeat(498))
    );
    assert_eq!(
        broken(of(499)),
        [("/metadata/exact".into(), Limit::Characters(500))]
    );
}
