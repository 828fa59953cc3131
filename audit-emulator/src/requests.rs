//! The log of requests: what was asked of the service since the start, bounded.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

/// How many requests are remembered; the oldest are forgotten first.
const REMEMBERED: usize = 10_000;

/// One request to the service's interface. Headers and bodies aren't kept: they hold keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// `GET`, `POST`, `PUT` …
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// What stands after the `?`; empty without one.
    pub query: String,
    /// The status that was sent; `None` where the connection was cut instead.
    pub status: Option<u16>,
}

/// The log.
#[derive(Debug, Default)]
pub struct Log {
    requests: Mutex<VecDeque<Request>>,
}

impl Log {
    /// Adds a request that was answered, or whose connection was cut.
    pub fn add(&self, request: Request) {
        let mut requests = self.lock();
        if requests.len() == REMEMBERED {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    /// All that are remembered, oldest first.
    pub fn all(&self) -> Vec<Request> {
        self.lock().iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Request>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgets_the_oldest() {
        let log = Log::default();
        for number in 0..=REMEMBERED {
            log.add(Request { method: "GET".into(), path: format!("/{number}"), query: String::new(), status: None });
        }
        let all = log.all();
        assert_eq!((all.len(), all[0].path.as_str()), (REMEMBERED, "/1"));
    }
}
