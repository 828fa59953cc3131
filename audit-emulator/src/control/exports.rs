//! `/_emulator/exports/{id}/{secret}.csv`: an export's file. Who knows the address may read it, for 10 minutes.

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use crate::clock::Millis;
use crate::csv;
use crate::refusal::{Answered, Refusal};
use crate::state::App;
use crate::store::exports::{self, Address};

/// So many events are in memory at once.
const CHUNK: u32 = 500;

/// The file, written while it is read.
pub async fn download(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
) -> Answered<Response> {
    let unknown = || Refusal::new(StatusCode::NOT_FOUND, "There is no such export.");
    let token = file.strip_suffix(".csv").ok_or_else(unknown)?.to_owned();
    let disposition = format!("attachment; filename=\"{id}.csv\"");
    let address = app.transaction(move |state, transaction| {
        let address = exports::open(transaction, &id, &token, state.now())?.ok_or_else(unknown)?;
        let expired = "This address has expired; fetch the export again for a new one.";
        if address.expired {
            Err(Refusal::new(StatusCode::FORBIDDEN, expired))
        } else {
            Ok(address)
        }
    });
    let address = address.await?;
    let body = Body::from_stream(stream::unfold(
        Some(Reader {
            app,
            address,
            after: None,
            begun: false,
        }),
        next,
    ));
    Ok((
        [
            (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (CONTENT_DISPOSITION, disposition),
        ],
        body,
    )
        .into_response())
}

struct Reader {
    app: App,
    address: Address,
    after: Option<(Millis, i64)>,
    begun: bool,
}

/// The next rows. An error of the database ends the stream early, which cuts the connection: no file looks whole that isn't.
async fn next(reader: Option<Reader>) -> Option<(Result<Bytes, Refused>, Option<Reader>)> {
    let mut reader = reader?;
    if !reader.begun {
        reader.begun = true;
        return Some((Ok(csv::header().into()), Some(reader)));
    }
    let (address, after) = (reader.address.clone(), reader.after);
    let rows = reader
        .app
        .transaction(move |_, transaction| Ok(exports::rows(transaction, &address, after, CHUNK)?))
        .await;
    match rows {
        Err(refusal) => Some((Err(Refused(refusal)), None)),
        Ok(rows) => {
            reader.after = Some(rows.last()?.place);
            Some((
                Ok(csv::rows(&rows, &reader.address.filter.organization_id).into()),
                Some(reader),
            ))
        }
    }
}

/// Why the rest of the file isn't there.
#[derive(Debug)]
struct Refused(Refusal);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.body["message"])
    }
}

impl std::error::Error for Refused {}
