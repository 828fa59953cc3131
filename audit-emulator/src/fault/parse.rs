//! A rule as text: `POST /audit_logs/events status=500 commit times=1`.

use std::str::FromStr;
use std::time::Duration;

use super::rule::{Cut, METHODS, Rate, Rule, RuleError};

const SETTINGS: &str = "`status=500`, `commit`, `delay=2s`, `drop=before`, `drop=after`, `retry-after=3`, `times=1`, `after=2`, `rate=10/1s`, `body=…` (the rest of the text)";

impl FromStr for Rule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let mut rule = Self::default();
        let mut rest = text.trim();
        while !rest.is_empty() {
            if let Some(body) = rest.strip_prefix("body=") {
                rule.body = Some(serde_json::from_str(body).unwrap_or_else(|_| body.into()));
                break;
            }
            let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            set(&mut rule, word)?;
            rest = after.trim_start();
        }
        rule.check()?;
        Ok(rule)
    }
}

fn set(rule: &mut Rule, word: &str) -> Result<(), RuleError> {
    let Some((name, value)) = word.split_once('=') else {
        return set_plain(rule, word);
    };
    match name {
        "status" => rule.status = Some(number(name, value)?),
        "delay" => {
            rule.delay = duration(value)
                .ok_or_else(|| wrong(word, "`delay` is a time such as `2s`, `150ms` or `1m`"))?
        }
        "drop" => {
            rule.drop = Some(
                drop(value)
                    .ok_or_else(|| wrong(word, "`drop` is `before` or `after` the commit"))?,
            )
        }
        "retry-after" => rule.retry_after = Some(value.to_owned()),
        "times" => rule.times = Some(number(name, value)?),
        "after" => rule.after = number(name, value)?,
        "rate" => {
            rule.rate = Some(
                rate(value)
                    .ok_or_else(|| wrong(word, "`rate` is requests in a time, such as `10/1s`"))?,
            )
        }
        _ => return Err(unknown(name)),
    }
    Ok(())
}

fn set_plain(rule: &mut Rule, word: &str) -> Result<(), RuleError> {
    match word {
        "commit" => rule.commit = true,
        _ if word.starts_with('/') => rule.path = Some(word.to_owned()),
        method if METHODS.contains(&method) => rule.method = Some(word.to_owned()),
        _ => return Err(unknown(word)),
    }
    Ok(())
}

fn unknown(word: &str) -> RuleError {
    RuleError::new(format!(
        "`{word}` is no part of a rule: a method in capitals, a path with `*` or `{{name}}` for one segment, {SETTINGS}"
    ))
}

fn wrong(word: &str, says: &str) -> RuleError {
    RuleError::new(format!("{says}, not `{word}`"))
}

fn number<T: FromStr>(name: &str, value: &str) -> Result<T, RuleError> {
    value
        .parse()
        .map_err(|_| RuleError::new(format!("`{name}` is a whole number, not `{value}`")))
}

fn drop(value: &str) -> Option<Cut> {
    match value {
        "before" => Some(Cut::Before),
        "after" => Some(Cut::After),
        _ => None,
    }
}

fn rate(value: &str) -> Option<Rate> {
    let (requests, period) = value.split_once('/')?;
    let period_ms = u64::try_from(duration(period)?.as_millis()).ok()?;
    Some(Rate {
        requests: requests.parse().ok()?,
        period_ms,
    })
}

/// `2s`, `150ms`, `1m`; `s` alone is one second.
fn duration(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(digits);
    let count: u64 = if count.is_empty() {
        1
    } else {
        count.parse().ok()?
    };
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
        let rule: Rule =
            "POST /audit_logs/actions/*/schemas status=500 commit times=1 delay=2s retry-after=3 after=4 body={\"a\": 1}"
                .parse()
                .unwrap();
        let expected = Rule {
            method: Some("POST".into()),
            path: Some("/audit_logs/actions/*/schemas".into()),
            status: Some(500),
            body: Some(serde_json::json!({"a": 1})),
            delay: Duration::from_secs(2),
            drop: None,
            commit: true,
            retry_after: Some("3".into()),
            times: Some(1),
            after: 4,
            rate: None,
        };
        assert_eq!(rule, expected);
        let html: Rule = "status=502 body=<h1>Bad gateway</h1>".parse().unwrap();
        assert_eq!(html.body, Some("<h1>Bad gateway</h1>".into()));
        assert_eq!(
            "rate=10/s".parse::<Rule>().unwrap().rate,
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
            ("post status=500", "`post` is no part of a rule"),
            ("stat=500", "`stat` is no part of a rule"),
            ("status=five", "`status` is a whole number, not `five`"),
            ("status=99", "between 200 and 599"),
            ("delay=2", "such as `2s`"),
            ("drop=later", "`before` or `after`"),
            ("rate=ten", "such as `10/1s`"),
            ("rate=0/1s", "at least 1 request"),
            ("status=500 drop=after", "exclude each other"),
            ("commit drop=after", "`drop=after`"),
            ("delay=1s body=x", "`body` goes with `status`"),
            ("status=204 body=x", "has no body"),
            ("status=500 times=0", "`times=0` never applies"),
            ("delay=11m", "at most 10 minutes"),
            ("rate=100001/1s", "at most 100000 requests"),
            ("delay=1s retry-after=3", "`retry-after` goes with"),
        ] {
            let error = text.parse::<Rule>().expect_err(text).to_string();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
