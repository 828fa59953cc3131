//! When events occurred.

use std::time::{Duration, SystemTime};

use audit_core::{AuditEvent, Context, Envelope, Timestamp};

use crate::fixtures::{Team, User, context, team, user};

#[derive(AuditEvent)]
#[audit(action = "suite.now", version = 1)]
struct Now {
    #[audit(actor)]
    user: User,
    #[audit(target)]
    team: Team,
}

fn occurred_at(event: &audit_core::Event) -> String {
    event.to_value()["occurred_at"].as_str().unwrap().to_owned()
}

fn now() -> Now {
    Now {
        user: user(),
        team: team(),
    }
}

macro_rules! event_at {
    ($module:ident, $type:ty) => {
        mod $module {
            use super::*;

            #[derive(AuditEvent)]
            #[audit(action = "suite.at", version = 1)]
            pub struct At {
                #[audit(actor)]
                pub user: User,
                #[audit(target)]
                pub team: Team,
                #[audit(occurred_at)]
                pub when: $type,
            }

            pub fn at(at: $type) -> String {
                let built = At::builder()
                    .user(user())
                    .team(team())
                    .when(at.clone())
                    .context(Context::empty())
                    .build();
                let literal = At {
                    user: user(),
                    team: team(),
                    when: at,
                }
                .into_event(Context::empty());
                assert_eq!(literal.as_json(), built.as_json());
                occurred_at(&literal)
            }
        }
    };
}

event_at!(system, SystemTime);
event_at!(own, Timestamp);
event_at!(jiff_time, jiff::Timestamp);
event_at!(jiff_zoned, jiff::Zoned);
event_at!(chrono_utc, chrono::DateTime<chrono::Utc>);
event_at!(chrono_fixed, chrono::DateTime<chrono::FixedOffset>);
event_at!(time_offset, time::OffsetDateTime);

#[test]
fn every_source_of_time() {
    let system = SystemTime::UNIX_EPOCH + Duration::from_micros(1_700_000_000_123_999);
    let expected = "2023-11-14T22:13:20.123Z";
    assert_eq!(system::at(system), expected);
    assert_eq!(own::at(system.into()), expected);
    assert_eq!(
        jiff_time::at("2023-11-14T22:13:20.123999Z".parse().unwrap()),
        expected
    );
    assert_eq!(
        jiff_zoned::at(
            jiff::Timestamp::try_from(system)
                .unwrap()
                .to_zoned(jiff::tz::TimeZone::UTC)
        ),
        expected
    );
    assert_eq!(
        chrono_utc::at(chrono::DateTime::from_timestamp_micros(1_700_000_000_123_999).unwrap()),
        expected
    );
    let fixed = chrono::DateTime::parse_from_rfc3339("2023-11-15T00:13:20.123999+02:00").unwrap();
    assert_eq!(chrono_fixed::at(fixed), expected);
    assert_eq!(
        time_offset::at(
            time::OffsetDateTime::from_unix_timestamp_nanos(1_700_000_000_123_999_000).unwrap()
        ),
        expected
    );
}

#[test]
fn years_outside_four_digits_saturate() {
    let first = "0000-01-01T00:00:00.000Z";
    let last = "9999-12-31T23:59:59.999Z";
    assert_eq!(jiff_time::at(jiff::Timestamp::MIN), first);
    assert_eq!(
        jiff_time::at(jiff::Timestamp::MAX),
        "9999-12-30T22:00:00.999Z",
        "its own end is earlier"
    );
    assert_eq!(
        chrono_utc::at(chrono::DateTime::<chrono::Utc>::MAX_UTC),
        last
    );
    assert_eq!(
        chrono_utc::at(chrono::DateTime::<chrono::Utc>::MIN_UTC),
        first
    );
    assert_eq!(
        system::at(SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 50)),
        last
    );
    assert_eq!(own::at(Timestamp::from_milliseconds(i64::MIN)), first);
}

#[test]
fn now_is_the_default() {
    let before = Timestamp::now().to_string();
    let built = Now::builder()
        .user(user())
        .team(team())
        .context(context())
        .build();
    let literal = now().into_event(context());
    let after = Timestamp::now().to_string();
    for event in [built, literal] {
        let at = occurred_at(&event);
        assert!(before <= at && at <= after, "{before} {at} {after}");
        assert_eq!((at.len(), &at[19..20], &at[23..]), (24, ".", "Z"));
    }
}

#[test]
fn the_envelope_and_the_builder_say_when() {
    let envelope = Envelope::new(context()).occurred_at(SystemTime::UNIX_EPOCH);
    assert_eq!(
        occurred_at(&now().into_event(envelope)),
        "1970-01-01T00:00:00.000Z"
    );
    let at: jiff::Timestamp = "2024-02-29T12:00:00Z".parse().unwrap();
    let built = Now::builder()
        .occurred_at(at)
        .user(user())
        .team(team())
        .context(context())
        .build();
    assert_eq!(occurred_at(&built), "2024-02-29T12:00:00.000Z");
    let before_the_epoch = SystemTime::UNIX_EPOCH - Duration::from_nanos(1);
    let built = Now::builder()
        .occurred_at(before_the_epoch)
        .user(user())
        .team(team())
        .context(context())
        .build();
    assert_eq!(occurred_at(&built), "1969-12-31T23:59:59.999Z");
}

#[test]
fn a_time_of_its_own_wins() {
    let event = own::At {
        user: user(),
        team: team(),
        when: Timestamp::from_milliseconds(0),
    };
    let envelope = Envelope::new(context()).occurred_at(SystemTime::now());
    assert_eq!(
        occurred_at(&event.into_event(envelope)),
        "1970-01-01T00:00:00.000Z"
    );
}
