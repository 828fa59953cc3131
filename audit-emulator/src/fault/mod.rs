//! Injected faults: which one applies to a request.

mod model;
mod parse;
mod wire;

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::{Duration, Instant};

pub use model::{Disconnect, Fault, Rate};
use serde::Serialize;

use crate::lock::lock;

/// A fault that is set, with its counts.
#[derive(Clone, Debug, Serialize)]
pub struct Active {
    /// Counted from 1.
    pub id: u64,
    /// The number of requests that it fits.
    pub matched: u64,
    /// The number of those that it applied to.
    pub applied: u64,
    /// The fault.
    pub fault: Fault,
    /// When a rate limit's last requests came.
    #[serde(skip)]
    recent: VecDeque<Instant>,
}

/// The faults that are set, oldest first.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Vec<Active>>);

impl Faults {
    /// Adds a fault and returns its ID.
    pub fn add(&self, fault: Fault) -> u64 {
        let mut active = lock(&self.0);
        let id = active.last().map_or(1, |last| last.id + 1);
        active.push(Active {
            id,
            matched: 0,
            applied: 0,
            fault,
            recent: VecDeque::new(),
        });
        id
    }

    /// Removes all of them.
    pub fn clear(&self) {
        lock(&self.0).clear();
    }

    /// How many are set.
    pub fn count(&self) -> usize {
        lock(&self.0).len()
    }

    /// All that are set, also those that are used up.
    pub fn all(&self) -> Vec<Active> {
        lock(&self.0).clone()
    }

    /// The first fault that applies to a request, counted.
    pub fn next(&self, method: &str, path: &str) -> Option<Fault> {
        lock(&self.0)
            .iter_mut()
            .filter(|active| active.fault.fits(method, path))
            .find_map(Active::apply)
    }
}

impl Active {
    /// Counts a request that the fault fits, and returns the fault where it applies. A rate limit that is exceeded is a 429.
    fn apply(&mut self) -> Option<Fault> {
        self.matched += 1;
        let skipped = self.matched <= u64::from(self.fault.skip);
        let used_up = self
            .fault
            .times
            .is_some_and(|times| self.applied >= u64::from(times));
        if skipped || used_up {
            return None;
        }
        let mut fault = self.fault.clone();
        if let Some(rate) = fault.rate {
            let wait = self.exceeds(rate)?;
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            fault.status.get_or_insert(429);
            fault
                .retry_after
                .get_or_insert_with(|| seconds.max(1).to_string());
        }
        self.applied += 1;
        Some(fault)
    }

    /// How long to wait, where a rate limit's period is full.
    fn exceeds(&mut self, rate: Rate) -> Option<Duration> {
        let (now, period) = (Instant::now(), rate.period());
        self.recent
            .retain(|time| now.duration_since(*time) < period);
        if self.recent.len() < rate.requests as usize {
            self.recent.push_back(now);
            return None;
        }
        let oldest = self.recent.front()?;
        Some(period.saturating_sub(now.duration_since(*oldest)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(faults: &Faults, requests: usize) -> Vec<bool> {
        (0..requests)
            .map(|_| faults.next("GET", "/organizations").is_some())
            .collect()
    }

    #[test]
    fn are_skipped_and_used_up() {
        let faults = Faults::default();
        faults.add("GET status=500 skip=1 times=2".parse().unwrap());
        assert_eq!(applied(&faults, 4), [false, true, true, false]);
        assert_eq!((faults.all()[0].matched, faults.all()[0].applied), (4, 2));
    }

    #[test]
    fn the_first_one_that_applies_wins() {
        let faults = Faults::default();
        faults.add("status=500 times=1".parse().unwrap());
        faults.add("status=503".parse().unwrap());
        let statuses: Vec<_> = (0..2)
            .filter_map(|_| faults.next("GET", "/organizations")?.status)
            .collect();
        assert_eq!(statuses, [500, 503]);
    }

    #[test]
    fn a_rate_lets_so_many_through() {
        let faults = Faults::default();
        faults.add("rate=2/1m".parse().unwrap());
        assert_eq!(applied(&faults, 3), [false, false, true]);
        let limited = faults.next("GET", "/x").unwrap();
        let wait: u64 = limited.retry_after.unwrap().parse().unwrap();
        assert_eq!((limited.status, wait > 50), (Some(429), true));
    }
}
