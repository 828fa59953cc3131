//! Times in ISO 8601, as in `occurred_at` and in an export's range.

use jiff::civil::Date;

use crate::clock::{HOUR, MINUTE, Millis};

const DAY: Millis = 24 * HOUR;

/// The time; without an offset it is UTC, a date alone is its midnight. `YYYY-MM-DDTHH:MM:SS.sss+HH:MM`, of which seconds, their fraction and
/// the colon of the offset may be left out: what JavaScript and ISO 8601 have in common, and no more.
pub fn parse(text: &str) -> Option<Millis> {
    let (date, mut rest) = text.split_at_checked(10)?;
    // Without hyphens it is another form of ISO 8601.
    let date: Date = date.parse().ok().filter(|_| date.as_bytes()[4] == b'-')?;
    let days = date.since(Date::constant(1970, 1, 1)).ok()?.get_days();
    let date = Millis::from(days) * DAY;
    if rest.is_empty() {
        return Some(date);
    }
    rest = rest.strip_prefix(['T', 't'])?;
    let time = time(&mut rest)?;
    Some(date + time - offset(rest)?)
}

fn time(rest: &mut &str) -> Option<Millis> {
    let (hours, minutes) = (number(rest, 2)?, separated(rest, ':')?);
    let seconds = if rest.starts_with(':') {
        separated(rest, ':')?
    } else {
        0
    };
    let mut millis = 0;
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = fraction
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(fraction.len());
        let three: String = fraction[..digits]
            .chars()
            .chain("00".chars())
            .take(3)
            .collect();
        millis = three.parse().ok().filter(|_| digits > 0)?;
        *rest = &fraction[digits..];
    }
    (hours < 24 && minutes < 60 && seconds < 60)
        .then_some(hours * HOUR + minutes * MINUTE + seconds * 1_000 + millis)
}

fn offset(mut rest: &str) -> Option<Millis> {
    let sign = match rest.chars().next() {
        None => return Some(0),
        Some('Z' | 'z') => return (rest.len() == 1).then_some(0),
        Some('+') => 1,
        Some('-') => -1,
        Some(_) => return None,
    };
    rest = &rest[1..];
    let hours = number(&mut rest, 2)?;
    rest = rest.strip_prefix(':').unwrap_or(rest);
    let minutes = number(&mut rest, 2)?;
    (rest.is_empty() && hours < 24 && minutes < 60)
        .then_some(sign * (hours * HOUR + minutes * MINUTE))
}

fn separated(rest: &mut &str, separator: char) -> Option<Millis> {
    *rest = rest.strip_prefix(separator)?;
    number(rest, 2)
}

/// A number of exactly `digits` digits.
fn number(rest: &mut &str, digits: usize) -> Option<Millis> {
    let (number, after) = rest.split_at_checked(digits)?;
    *rest = after;
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        number.parse().ok()
    } else {
        None
    }
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
