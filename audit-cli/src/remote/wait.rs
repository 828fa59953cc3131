//! Retries: how often, and after which pause.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::client::Error;
use super::{Failed, Remote};

/// The most attempts of a request that fails.
const ATTEMPTS: u32 = 5;

/// The most pauses for rate limits.
const RATE_LIMITS: u32 = 30;

/// The first pause without a `Retry-After`; each later one is twice as long.
const FIRST: Duration = Duration::from_millis(400);

/// The longest pause, whatever a response asks for.
const LONGEST: Duration = Duration::from_mins(1);

/// The time over which requests are spread after a common pause.
const SPREAD: Duration = Duration::from_millis(200);

/// The failures of one request.
#[derive(Debug, Default)]
pub struct Patience {
    failures: u32,
    rate_limits: u32,
}

impl Patience {
    /// Returns the pause before the next attempt; `None` where there is none.
    pub fn pause(&mut self, failed: &Failed) -> Option<Duration> {
        if !failed.is_worth_a_retry {
            return None;
        }
        let (count, most) = if failed.is_rate_limit() {
            (&mut self.rate_limits, RATE_LIMITS)
        } else {
            (&mut self.failures, ATTEMPTS)
        };
        *count += 1;
        (*count < most).then(|| pause(failed.retry_after, *count))
    }
}

impl Remote<'_> {
    /// Repeats a request that changes nothing until it succeeds.
    pub(super) async fn patiently<T, Fut>(&self, ask: impl Fn() -> Fut) -> Result<T, Failed>
    where
        Fut: Future<Output = Result<T, Error>>,
    {
        let mut patience = Patience::default();
        loop {
            self.turn().await;
            let failed = match ask().await {
                Ok(response) => return Ok(response),
                Err(error) => self.failed(&error),
            };
            let Some(pause) = patience.pause(&failed) else {
                return Err(failed);
            };
            self.wait(&failed, pause).await;
        }
    }

    /// Waits before the next attempt. A rate limit holds for all requests.
    pub(super) async fn wait(&self, failed: &Failed, pause: Duration) {
        self.console.progress(format_args!(
            "{}; asking again in {:.1} s",
            failed.message,
            pause.as_secs_f32()
        ));
        if failed.is_rate_limit() {
            let until = Instant::now() + pause;
            self.not_before.set(self.not_before.get().max(Some(until)));
        } else {
            tokio::time::sleep(pause).await;
        }
    }

    /// Waits until requests may be sent again.
    pub(super) async fn turn(&self) {
        while let Some(until) = self
            .not_before
            .get()
            .filter(|until| *until > Instant::now())
        {
            tokio::time::sleep_until(until + SPREAD.mul_f64(random())).await;
        }
    }
}

fn pause(retry_after: Option<Duration>, attempt: u32) -> Duration {
    match retry_after {
        Some(asked) => asked.min(LONGEST),
        // Between half of it and all: two runs under one rate limit don't come back together.
        None => (FIRST * 2_u32.saturating_pow(attempt - 1))
            .min(LONGEST)
            .mul_f64(0.5 + random() / 2.0),
    }
}

/// A number from 0 up to 1.
fn random() -> f64 {
    let bits = RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(bits >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

/// Parses a `Retry-After`: seconds, or a time.
pub fn retry_after(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = httpdate::parse_http_date(text).ok()?;
    Some(at.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_longer_each_time_and_never_too_long() {
        for attempt in 1..20 {
            let most = (FIRST * 2_u32.saturating_pow(attempt - 1)).min(LONGEST);
            let pause = pause(None, attempt);
            assert!(most / 2 <= pause && pause <= most, "{attempt}: {pause:?}");
        }
        assert_eq!(
            pause(Some(Duration::from_secs(3)), 1),
            Duration::from_secs(3)
        );
        assert_eq!(pause(Some(Duration::from_hours(24)), 1), LONGEST);
    }

    #[test]
    fn a_rate_limit_uses_up_no_attempt() {
        let failed = |status| Failed {
            status: Some(status),
            is_worth_a_retry: true,
            ..Failed::strange("x")
        };
        let mut patience = Patience::default();
        for _ in 1..RATE_LIMITS {
            assert!(patience.pause(&failed(429)).is_some());
        }
        assert!(patience.pause(&failed(429)).is_none(), "not for ever");
        for _ in 1..ATTEMPTS {
            assert!(patience.pause(&failed(503)).is_some());
        }
        assert!(patience.pause(&failed(503)).is_none());
        assert!(Patience::default().pause(&Failed::strange("x")).is_none());
    }

    #[test]
    fn reads_both_forms_of_retry_after() {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").expect("a time");
        assert_eq!(retry_after(" 3 ", now), Some(Duration::from_secs(3)));
        assert_eq!(
            retry_after("Sun, 06 Nov 1994 08:49:40 GMT", now),
            Some(Duration::from_secs(3))
        );
        assert_eq!(
            retry_after("Sun, 06 Nov 1994 08:49:00 GMT", now),
            Some(Duration::ZERO)
        );
        assert_eq!(retry_after("-1", now).or(retry_after("soon", now)), None);
    }
}
