//! What is a time: ISO 8601, as `occurred_at` and an export's range have it.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::clock::Millis;

/// The time; without an offset it is UTC, a date alone is its midnight.
pub fn parse(text: &str) -> Option<Millis> {
    // A day is written `YYYY-MM-DD`: the parser takes more than ISO 8601 has in common with JavaScript.
    let starts_with_a_date = text.len() >= 10 && text.is_char_boundary(10) && text[..10].split('-').count() == 3;
    if !starts_with_a_date {
        return None;
    }
    let stamp = text.parse::<Timestamp>().or_else(|_| in_utc(text.parse()?)).ok()?;
    Some(stamp.as_millisecond())
}

fn in_utc(time: DateTime) -> Result<Timestamp, jiff::Error> {
    TimeZone::UTC.to_timestamp(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_clients_send() {
        for (text, time) in [
            ("1970-01-01T00:00:01.500Z", Some(1_500)),
            ("1970-01-01T01:00:00+01:00", Some(0)),
            ("1970-01-01T00:00:01", Some(1_000)),
            ("1970-01-02", Some(86_400_000)),
            ("1970-01-01T00:00:00.000123456Z", Some(0)),
            ("yesterday", None),
            ("1768478400", None),
            ("1970-13-01T00:00:00Z", None),
            ("", None),
            ("ééééééééé", None),
        ] {
            assert_eq!(parse(text), time, "{text}");
        }
    }
}
