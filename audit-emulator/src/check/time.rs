//! Times in ISO 8601, as in `occurred_at` and in an export's range.

use jiff::civil::{Date, Time};

use crate::clock::{HOUR, Millis};

const DAY: Millis = 24 * HOUR;

/// The time; without an offset it is UTC, a date alone is its midnight. `YYYY-MM-DDTHH:MM:SS.sss+HH:MM`, of which seconds, their fraction and
/// the colon of the offset may be left out: what JavaScript and ISO 8601 have in common, and no more.
pub fn parse(text: &str) -> Option<Millis> {
    let (date, rest) = text.split_at_checked(10)?;
    // Without hyphens it is another form of ISO 8601.
    let date: Date = date.parse().ok().filter(|_| date.as_bytes()[4] == b'-')?;
    let days = date.since(Date::constant(1970, 1, 1)).ok()?.get_days();
    let date = Millis::from(days) * DAY;
    if rest.is_empty() {
        return Some(date);
    }
    let (time, offset) = rest.split_at(rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len()));
    let time = time.strip_prefix(['T', 't'])?;
    if time.get(2..3) != Some(":") {
        return None;
    }
    let offset = match offset.split_at_checked(1) {
        None | Some(("Z" | "z", "")) => 0,
        Some(("+", offset)) if is_offset(offset) => time_of_day(offset)?,
        Some(("-", offset)) if is_offset(offset) => -time_of_day(offset)?,
        Some(_) => return None,
    };
    Some(date + time_of_day(time)? - offset)
}

/// Whether the text is as long as `HH:MM` or `HHMM`.
fn is_offset(text: &str) -> bool {
    matches!(text.len(), 4 | 5)
}

/// Leap seconds and commas, which the library reads too, aren't JavaScript's.
fn time_of_day(text: &str) -> Option<Millis> {
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.');
    if text.contains(":60") || !text.chars().all(is_plain) {
        return None;
    }
    let time: Time = format!("T{text}").parse().ok()?;
    time.duration_since(Time::midnight())
        .as_millis()
        .try_into()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::MINUTE;

    #[test]
    fn reads_what_clients_send() {
        for (text, time) in [
            ("1970-01-01T00:00:01.500Z", Some(1_500)),
            ("1970-01-01T01:00:00+01:00", Some(0)),
            ("1970-01-01T00:00:01", Some(1_000)),
            ("1970-01-02", Some(86_400_000)),
            ("1970-01-01T00:00:00.000123456Z", Some(0)),
            ("1970-01-01T01:00-0030", Some(90 * MINUTE)),
            ("1969-12-31T23:59:59.9Z", Some(-100)),
            ("2000-02-29", Some(951_782_400_000)),
            ("9999-12-31T23:59:59.999Z", Some(253_402_300_799_999)),
            (
                "0000-01-01T00:00:00+23:59",
                Some(-62_167_219_200_000 - 23 * HOUR - 59 * MINUTE),
            ),
            ("1970-01-01T00:00:00.Z", None),
            ("1970-01-01T00:00:60Z", None),
            ("1970-01-01T00:00:00,5Z", None),
            ("1970-01-01T12Z", None),
            ("1970-01-01 00:00:00Z", None),
            ("1970-01-01T00:00:00+01:00[Europe/Paris]", None),
            ("1970-01-01T00:00:00ZZ", None),
            ("1970-01-01T", None),
            ("+970-01-01", None),
            ("2001-02-29", None),
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
