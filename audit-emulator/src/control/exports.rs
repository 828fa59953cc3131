//! `/_emulator/exports/{id}/{secret}.csv`: an export's file. The address needs no key, and is valid for 10 minutes.

use std::io;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};

use crate::csv;
use crate::refusal::{Answered, Refusal};
use crate::state::App;
use crate::store::exports;

/// The number of events in memory at once.
const CHUNK: usize = 500;

/// The file, written while it is read.
pub async fn download(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
) -> Answered<Response> {
    let unknown = || Refusal::new(StatusCode::NOT_FOUND, "There is no such export.");
    let token = file.strip_suffix(".csv").ok_or_else(unknown)?.to_owned();
    let disposition = format!("attachment; filename=\"{id}.csv\"");
    let opened = app.transaction(move |state, db| {
        let file = exports::open(db, &id, &token)?.ok_or_else(unknown)?;
        let expired = "This address has expired; fetch the export again for a new one.";
        if file.expires_at <= state.now() {
            Err(Refusal::new(StatusCode::FORBIDDEN, expired))
        } else {
            Ok(file.events)
        }
    });
    let events = opened.await?;
    let chunks: Vec<Vec<i64>> = events.chunks(CHUNK).map(<[i64]>::to_vec).collect();
    let header = stream::once(async { Ok(Bytes::from(csv::header())) });
    let rows = stream::iter(chunks).then(move |events| rows(app.clone(), events));
    let body = Body::from_stream(header.chain(rows));
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, body).into_response())
}

/// The rows of some events. An error of the database ends the stream early and closes the connection, so that an incomplete file isn't taken for a
/// whole one.
async fn rows(app: App, events: Vec<i64>) -> io::Result<Bytes> {
    let rows = app.transaction(move |_, db| Ok(exports::cells(db, &events)?));
    let failed = |refusal: Refusal| io::Error::other(refusal.body["message"].to_string());
    Ok(csv::rows(&rows.await.map_err(failed)?).into())
}
