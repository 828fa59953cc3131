//! `/_emulator/exports/{id}/{secret}.csv`: an export's file. The address needs no key, and is valid for 10 minutes.

use std::io;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};

use crate::clock::Millis;
use crate::csv;
use crate::refusal::{Answered, Refusal};
use crate::state::App;
use crate::store::exports::{self, Address};

/// The number of events in memory at once.
const CHUNK: u32 = 500;

/// The file, written while it is read.
pub async fn download(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
) -> Answered<Response> {
    let unknown = || Refusal::new(StatusCode::NOT_FOUND, "There is no such export.");
    let token = file.strip_suffix(".csv").ok_or_else(unknown)?.to_owned();
    let disposition = format!("attachment; filename=\"{id}.csv\"");
    let address = app.transaction(move |state, db| {
        let address = exports::open(db, &id, &token, state.now())?.ok_or_else(unknown)?;
        let expired = "This address has expired; fetch the export again for a new one.";
        if address.expired {
            Err(Refusal::new(StatusCode::FORBIDDEN, expired))
        } else {
            Ok(address)
        }
    });
    let address = address.await?;
    let header = stream::once(async { Ok(Bytes::from(csv::header())) });
    let rows = stream::try_unfold((app, address, None), next);
    let body = Body::from_stream(header.chain(rows));
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, body).into_response())
}

type Reader = (App, Address, Option<(Millis, i64)>);

/// The next rows. An error of the database ends the stream early and closes the connection, so that an incomplete file isn't taken for a whole one.
async fn next((app, address, after): Reader) -> io::Result<Option<(Bytes, Reader)>> {
    let of_rows = address.clone();
    let rows = app
        .transaction(move |_, db| Ok(exports::rows(db, &of_rows, after, CHUNK)?))
        .await
        .map_err(|refusal| io::Error::other(refusal.body["message"].to_string()))?;
    Ok(rows
        .last()
        .map(|last| (csv::rows(&rows).into(), (app, address, Some(last.place)))))
}
