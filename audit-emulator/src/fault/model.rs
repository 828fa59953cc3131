//! One fault: which requests it fits, and what it does to them.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::wire;
use crate::error::Error;

/// The longest delay.
const MAX_DELAY: Duration = Duration::from_mins(10);
/// The most requests of a rate; when each came is remembered.
const MAX_RATE: u32 = 100_000;
/// The methods that a fault may name.
pub(super) const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// When the connection is closed without a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disconnect {
    /// Before the request is carried out.
    BeforeCommit,
    /// After the request was carried out and stored.
    AfterCommit,
}

/// A rate limit: requests beyond it are answered 429.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The number of requests …
    pub requests: u32,
    /// … in this period, in milliseconds.
    pub period_ms: u64,
}

impl Rate {
    /// The period.
    pub fn period(self) -> Duration {
        Duration::from_millis(self.period_ms)
    }
}

/// A fault: which requests fail, and how.
///
/// Written as text, as `serve --fault` takes it: a method, a path in which `*` or `{name}` matches one segment, and settings.
///
/// ```
/// use audit_emulator::Fault;
///
/// let fault: Fault = "POST /audit_logs/actions/*/schemas status=500 commit times=1".parse()?;
/// assert!(fault.commit && fault.status == Some(500) && fault.times == Some(1));
/// for text in ["disconnect=after-commit", "GET delay=2s", "status=429 retry-after=3 skip=10", "rate=10/1s"] {
///     text.parse::<Fault>()?;
/// }
/// let error = "POST statsu=500".parse::<Fault>().unwrap_err();
/// assert!(error.to_string().contains("`statsu`"));
/// # Ok::<(), audit_emulator::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fault {
    /// `GET`, `POST` …; any without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// A path; `*`, or a name in braces as `{action}`, matches one segment. Default: all paths of the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The status of the response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The body of the response; the service's own for the status without one. A string is sent as it is, anything else as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<serde_json::Value>,
    /// Waits so long: before the request is carried out, or, with [`commit`](Self::commit) and [`Disconnect::AfterCommit`], after it.
    #[serde(
        rename = "delay_ms",
        with = "wire::millis",
        skip_serializing_if = "Duration::is_zero"
    )]
    pub delay: Duration,
    /// Closes the connection instead of responding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disconnect: Option<Disconnect>,
    /// The request is carried out all the same: a 500 after the commit.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub commit: bool,
    /// The header `Retry-After`, seconds or a date.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "wire::seconds_or_text"
    )]
    pub retry_after: Option<String>,
    /// The number of requests that it applies to; all of them without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// The number of requests that fit and are let through first.
    #[serde(skip_serializing_if = "is_zero")]
    pub skip: u32,
    /// A rate limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<Rate>,
}

impl Fault {
    /// Whether the fault is about this request.
    pub fn fits(&self, method: &str, path: &str) -> bool {
        let method_fits = self
            .method
            .as_deref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
        method_fits
            && self
                .path
                .as_deref()
                .is_none_or(|pattern| path_fits(pattern, path))
    }

    /// Checks that the fault does something, and no two things at once.
    ///
    /// # Errors
    /// When it doesn't.
    pub fn check(&self) -> Result<(), Error> {
        let kinds = [
            self.status.is_some(),
            self.disconnect.is_some(),
            self.rate.is_some(),
        ];
        let kinds = kinds.into_iter().filter(|set| *set).count();
        let status = |is_wrong: fn(u16) -> bool| self.status.is_some_and(is_wrong);
        let rate = |is_wrong: fn(Rate) -> bool| self.rate.is_some_and(is_wrong);
        let method = self.method.as_deref().map(str::to_uppercase);
        let retry_after = self.retry_after.as_deref();
        let is_printable = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        let methods = format!("a method is one of {}", METHODS.join(", "));
        let mistakes = [
            (
                kinds == 0 && self.delay.is_zero(),
                "the fault does nothing: give it `status`, `delay`, `disconnect` or `rate`",
            ),
            (
                status(|status| !(200..=599).contains(&status)),
                "`status` is a number between 200 and 599",
            ),
            (
                kinds > 1,
                "`status`, `disconnect` and `rate` exclude each other",
            ),
            (
                self.times == Some(0),
                "`times=0` never applies: leave the fault out, or `times` for always",
            ),
            (self.delay > MAX_DELAY, "`delay` is at most 10 minutes"),
            (
                method.is_some_and(|method| !METHODS.contains(&method.as_str())),
                methods.as_str(),
            ),
            (
                retry_after.is_some() && self.status.is_none() && self.rate.is_none(),
                "`retry-after` goes with `status` or `rate`",
            ),
            (
                self.commit && (self.disconnect.is_some() || self.rate.is_some()),
                "`commit` goes with `status` or `delay`; to close the connection after the commit, use `disconnect=after-commit`",
            ),
            (
                self.body.is_some() && self.status.is_none(),
                "`body` goes with `status`",
            ),
            (
                self.body.is_some() && status(|status| matches!(status, 204 | 304)),
                "a response with the status 204 or 304 has no body",
            ),
            (
                rate(|rate| !(1..=MAX_RATE).contains(&rate.requests) || rate.period_ms == 0),
                "a rate is 1 to 100000 requests in at least 1 millisecond",
            ),
            (
                self.path
                    .as_deref()
                    .is_some_and(|path| !path.starts_with('/')),
                "a path begins with `/`",
            ),
            (
                retry_after.is_some_and(|text| text.is_empty() || !is_printable(text)),
                "`retry-after` is a number of seconds or a date",
            ),
        ];
        let mistake = mistakes.into_iter().find(|(is_made, _)| *is_made);
        mistake.map_or(Ok(()), |(_, message)| Err(Error::new(message, "")))
    }
}

fn path_fits(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (segments(pattern), segments(path));
    let fits = |(pattern, segment): (&&str, &&str)| {
        pattern == segment || is_any(pattern) && !segment.is_empty()
    };
    pattern.len() == path.len() && pattern.iter().zip(&path).all(fits)
}

fn segments(path: &str) -> Vec<&str> {
    path.trim_end_matches('/').split('/').collect()
}

/// `*`, or a name in braces, as the API document writes paths.
fn is_any(segment: &str) -> bool {
    segment == "*" || segment.starts_with('{') && segment.ends_with('}')
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "`serde` hands over a reference"
)]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_one_segment() {
        for (pattern, path, fits) in [
            (
                "/audit_logs/actions/*/schemas",
                "/audit_logs/actions/a.b/schemas",
                true,
            ),
            (
                "/audit_logs/actions/*/schemas",
                "/audit_logs/actions/a/b/schemas",
                false,
            ),
            (
                "/audit_logs/actions/*/schemas",
                "/audit_logs/actions//schemas",
                false,
            ),
            (
                "/audit_logs/actions/{action}/schemas",
                "/audit_logs/actions/a.b/schemas",
                true,
            ),
            (
                "/audit_logs/actions/{action}/schemas",
                "/audit_logs/actions//schemas",
                false,
            ),
            ("/audit_logs/events", "/audit_logs/events/", true),
            ("/audit_logs", "/audit_logs/events", false),
        ] {
            assert_eq!(path_fits(pattern, path), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn json_goes_there_and_back() {
        let text = r#"{"method":"POST","status":429,"delay_ms":20,"retry_after":3,"rate":null}"#;
        let fault: Fault = serde_json::from_str(text).unwrap();
        assert_eq!(
            (fault.retry_after.as_deref(), fault.delay),
            (Some("3"), Duration::from_millis(20))
        );
        let written = serde_json::to_string(&fault).unwrap();
        assert_eq!(
            written,
            r#"{"method":"POST","status":429,"delay_ms":20,"retry_after":"3"}"#
        );
        assert_eq!(serde_json::from_str::<Fault>(&written).unwrap(), fault);
        assert!(serde_json::from_str::<Fault>(r#"{"statsu":500}"#).is_err());
    }
}
