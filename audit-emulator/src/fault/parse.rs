//! A fault as text: `POST /audit_logs/events status=500 commit times=1`.

use std::str::FromStr;
use std::time::Duration;

use super::model::{Fault, METHODS, Rate};
use crate::error::Error;

/// What a fault is made of.
const SETTINGS: &str = "it is made of a method in capitals, a path with `*` or `{name}` for one segment, `status=500`, `commit`, `delay=2s`, `disconnect=before-commit`, `disconnect=after-commit`, `retry-after=3`, `times=1`, `skip=2`, `rate=10/1s`, `body=…` (the rest of the text)";

impl FromStr for Fault {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut fault = Self::default();
        let mut rest = text.trim();
        while !rest.is_empty() {
            if let Some(body) = rest.strip_prefix("body=") {
                fault.body = Some(serde_json::from_str(body).unwrap_or_else(|_| body.into()));
                break;
            }
            let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            set(&mut fault, word)?;
            rest = after.trim_start();
        }
        fault.check()?;
        Ok(fault)
    }
}

fn set(fault: &mut Fault, word: &str) -> Result<(), Error> {
    let (name, value) = word.split_once('=').unwrap_or((word, ""));
    match name {
        "commit" if word == name => fault.commit = true,
        _ if word.starts_with('/') => fault.path = Some(word.to_owned()),
        method if METHODS.contains(&method) && word == method => {
            fault.method = Some(word.to_owned());
        }
        "status" => fault.status = Some(number(name, value)?),
        "times" => fault.times = Some(number(name, value)?),
        "skip" => fault.skip = number(name, value)?,
        "retry-after" => fault.retry_after = Some(value.to_owned()),
        "delay" => {
            let expected = "`delay` is a time such as `2s`, `150ms` or `1m`";
            fault.delay = parsed(duration(value), expected, value)?;
        }
        "disconnect" => {
            let expected = "`disconnect` is `before-commit` or `after-commit`";
            let disconnect = serde_json::from_value(value.into()).ok();
            fault.disconnect = Some(parsed(disconnect, expected, value)?);
        }
        "rate" => {
            let expected = "`rate` is requests in a time, such as `10/1s`";
            fault.rate = Some(parsed(rate(value), expected, value)?);
        }
        _ => {
            let message = format!("`{name}` is no part of a fault");
            return Err(Error::new(message, SETTINGS));
        }
    }
    Ok(())
}

fn parsed<T>(parsed: Option<T>, expected: &str, value: &str) -> Result<T, Error> {
    parsed.ok_or_else(|| Error::new(format!("{expected}, not `{value}`"), ""))
}

fn number<T: FromStr>(name: &str, value: &str) -> Result<T, Error> {
    let expected = format!("`{name}` is a whole number");
    parsed(value.parse().ok(), &expected, value)
}

fn rate(value: &str) -> Option<Rate> {
    let (requests, period) = value.split_once('/')?;
    Some(Rate {
        requests: requests.parse().ok()?,
        period_ms: duration(period)?.as_millis().try_into().ok()?,
    })
}

/// `2s`, `150ms`, `1m`; `s` alone is one second.
fn duration(text: &str) -> Option<Duration> {
    let (count, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let count: u64 = if count.is_empty() { "1" } else { count }.parse().ok()?;
    let factor = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        _ => return None,
    };
    count.checked_mul(factor).map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_read() {
        let fault: Fault =
            "POST /audit_logs/actions/*/schemas status=500 commit times=1 delay=2s retry-after=3 skip=4 body={\"a\": 1}"
                .parse()
                .unwrap();
        let expected = Fault {
            method: Some("POST".into()),
            path: Some("/audit_logs/actions/*/schemas".into()),
            status: Some(500),
            body: Some(serde_json::json!({"a": 1})),
            delay: Duration::from_secs(2),
            disconnect: None,
            commit: true,
            retry_after: Some("3".into()),
            times: Some(1),
            skip: 4,
            rate: None,
        };
        assert_eq!(fault, expected);
        let html: Fault = "status=502 body=<h1>Bad gateway</h1>".parse().unwrap();
        assert_eq!(html.body, Some("<h1>Bad gateway</h1>".into()));
        assert_eq!(
            "rate=10/s".parse::<Fault>().unwrap().rate,
            Some(Rate {
                requests: 10,
                period_ms: 1_000
            })
        );
    }

    #[test]
    fn mistakes_are_named() {
        for (text, said) in [
            ("", "does nothing"),
            ("POST", "does nothing"),
            ("post status=500", "`post` is no part of a fault"),
            ("stat=500", "`stat` is no part of a fault"),
            ("status=five", "`status` is a whole number, not `five`"),
            ("status=99", "between 200 and 599"),
            ("delay=2", "such as `2s`"),
            ("disconnect=later", "`before-commit` or `after-commit`"),
            ("rate=ten", "such as `10/1s`"),
            ("rate=0/1s", "1 to 100000 requests"),
            ("status=500 disconnect=after-commit", "exclude each other"),
            (
                "commit disconnect=after-commit",
                "`disconnect=after-commit`",
            ),
            ("delay=1s body=x", "`body` goes with `status`"),
            ("status=204 body=x", "has no body"),
            ("status=500 times=0", "`times=0` never applies"),
            ("delay=11m", "at most 10 minutes"),
            ("rate=100001/1s", "1 to 100000 requests"),
            ("delay=1s retry-after=3", "`retry-after` goes with"),
        ] {
            let error = text.parse::<Fault>().expect_err(text).to_string();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
