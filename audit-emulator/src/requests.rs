//! The log of requests: what was asked of the service since the start, bounded.

use std::collections::VecDeque;
use std::sync::Mutex;

use serde::Serialize;

use crate::lock::lock;

/// How many requests are remembered; the oldest are forgotten first.
const REMEMBERED: usize = 10_000;

/// How many bytes of a path or a query are remembered.
const SHOWN: usize = 1_024;

/// One request to the service's interface. Headers and bodies aren't kept: they hold keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// `GET`, `POST`, `PUT` …
    pub method: String,
    /// The path, without the query; of one of more than 1,024 bytes the beginning and `…`.
    pub path: String,
    /// What stands after the `?`, in the same way; empty without one.
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
    pub fn add(&self, mut request: Request) {
        for text in [&mut request.method, &mut request.path, &mut request.query] {
            shorten(text);
        }
        let mut requests = lock(&self.requests);
        if requests.len() == REMEMBERED {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    /// All that are remembered, oldest first.
    pub fn all(&self) -> Vec<Request> {
        lock(&self.requests).iter().cloned().collect()
    }
}

/// What is remembered of long ones is bounded too.
fn shorten(text: &mut String) {
    if text.len() > SHOWN {
        text.truncate(text.floor_char_boundary(SHOWN));
        text.push('…');
        text.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_ones_are_remembered_in_part() {
        let log = Log::default();
        let path = format!("/{}", "é".repeat(30_000));
        log.add(Request {
            method: "GET".into(),
            path,
            query: "x".repeat(SHOWN),
            status: None,
        });
        let all = log.all();
        assert!(all[0].path.ends_with('…') && all[0].path.len() < SHOWN + 4);
        assert_eq!(all[0].query.len(), SHOWN);
    }

    #[test]
    fn forgets_the_oldest() {
        let log = Log::default();
        for number in 0..=REMEMBERED {
            log.add(Request {
                method: "GET".into(),
                path: format!("/{number}"),
                query: String::new(),
                status: None,
            });
        }
        let all = log.all();
        assert_eq!((all.len(), all[0].path.as_str()), (REMEMBERED, "/1"));
    }
}
