//! `/_emulator/events` and `/_emulator/stream`: events as they arrived, and as they arrive.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::header::CONNECTION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use futures_util::{Stream, StreamExt, stream};
use serde_json::{Value, json};
use tokio::sync::{OwnedSemaphorePermit, watch};

use crate::received::ReceivedEvent;
use crate::refusal::{Answered, Refusal};
use crate::shared::Closed;
use crate::state::{App, STREAMS};
use crate::store::events::{self, Filter};
use crate::web::list::{Query, number, parameter};

/// The number of events of a page without `limit`.
const DEFAULT_LIMIT: u32 = 50;
/// The highest `limit`.
const MAX_LIMIT: u32 = 500;
/// The number of events sent at once.
const BATCH: u32 = 100;
/// A comment goes out so often, so that a dead connection is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// `GET /_emulator/events`: newest first.
pub async fn list(State(app): State<App>, query: Query) -> Answered<Json<Value>> {
    let (filter, limit) = filter(&query)?;
    let found = app.transaction(move |_, db| Ok(events::list(db, &filter, Some(limit + 1))?));
    let mut found = found.await?;
    // One more was asked for, to see whether there are more.
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let before = found.last().filter(|_| more).map(|oldest| oldest.sequence);
    let data: Vec<Value> = found.iter().map(ReceivedEvent::to_json).collect();
    Ok(Json(json!({"data": data, "before": before})))
}

fn filter(query: &Query) -> Answered<(Filter, u32)> {
    let parsed = |text: &str| {
        let message = || format!("accepted must be true or false, is '{text}'.");
        text.parse().map_err(|_| Refusal::unprocessable(message()))
    };
    let accepted = parameter(query, "accepted").map(parsed).transpose()?;
    let limit = number(query, "limit", MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT);
    let before = number(query, "before", u32::MAX)?.map(i64::from);
    let filter = Filter {
        texts: events::texts(|name| parameter(query, name)),
        accepted,
        before,
    };
    Ok((filter, limit))
}

/// `GET /_emulator/stream`: one message for each event from now on, or from `Last-Event-ID` on.
pub async fn stream(
    State(app): State<App>,
    Extension(Closed(gone)): Extension<Closed>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Response> {
    let Ok(permit) = Arc::clone(&app.streams).try_acquire_owned() else {
        let message =
            format!("There are {STREAMS} streams already: close a page that isn't looked at.");
        // The connection, which holds a permit too, is closed.
        let refusal = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, message);
        return Err(([(CONNECTION, "close")], refusal).into_response());
    };
    let newest = app.newest.subscribe();
    let position = *newest.borrow();
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let sent = last.map_or(position, |id| position_of(id, &app.mark, position));
    let tail = Tail {
        stopping: app.stopping.clone(),
        gone,
        app,
        newest,
        sent,
        _permit: permit,
    };
    let messages = stream::unfold(tail, next).flat_map(stream::iter);
    Ok(Sse::new(messages).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

/// The position after an id. One of another database, as after a restart without a file, has seen nothing of this one.
fn position_of(id: &str, mark: &str, newest: i64) -> i64 {
    let (its_mark, number) = id.rsplit_once('-').unwrap_or((mark, id));
    let seen = number
        .parse()
        .ok()
        .filter(|number| its_mark == mark && (0..=newest).contains(number));
    seen.unwrap_or(0)
}

struct Tail {
    app: App,
    newest: watch::Receiver<i64>,
    stopping: watch::Receiver<bool>,
    gone: watch::Receiver<bool>,
    sent: i64,
    /// Held until the stream ends.
    _permit: OwnedSemaphorePermit,
}

/// The next messages; the end where the client has gone, the server stops or its database fails.
async fn next(mut tail: Tail) -> Option<(Vec<Result<Event, Infallible>>, Tail)> {
    loop {
        let sent = tail.sent;
        tail.newest.borrow_and_update();
        let found = tail
            .app
            .transaction(move |_, db| Ok(events::since(db, sent, BATCH)?))
            .await
            .ok()?;
        if let Some(last) = found.last() {
            tail.sent = last.sequence;
            return Some((
                found
                    .iter()
                    .map(|event| Ok(message(event, &tail.app.mark)))
                    .collect(),
                tail,
            ));
        }
        tokio::select! {
            changed = tail.newest.changed() => changed.ok()?,
            _ = tail.stopping.wait_for(|stopping| *stopping) => return None,
            _ = tail.gone.wait_for(|gone| *gone) => return None,
        }
    }
}

/// JSON has no line breaks, so that it is one `data:` line.
fn message(event: &ReceivedEvent, mark: &str) -> Event {
    Event::default()
        .id(format!("{mark}-{}", event.sequence))
        .data(event.to_json().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_another_database_is_the_beginning() {
        for (id, position) in [
            ("a-3", 3),
            ("3", 3),
            ("b-3", 0),
            ("a-6", 0),
            ("6", 0),
            ("a--1", 0),
            ("", 0),
            ("x", 0),
            ("a-0", 0),
        ] {
            assert_eq!(position_of(id, "a", 5), position, "{id}");
        }
    }
}
