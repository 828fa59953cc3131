//! `/_emulator/portal`: where links to an Admin Portal lead that isn't there.

use axum::extract::State;
use axum::http::StatusCode;

use crate::refusal::{Answered, Refusal};
use crate::state::App;
use crate::store::portal;
use crate::web::list::{Query, parameter};

/// The path of all links.
pub const PATH: &str = "/_emulator/portal";

/// What stands behind a link.
pub async fn page(State(app): State<App>, query: Query) -> Answered<&'static str> {
    let token = parameter(&query, "token").unwrap_or_default().to_owned();
    if app
        .transaction(move |_, db| Ok(portal::is_open(db, &token)?))
        .await?
    {
        return Ok(
            "The Admin Portal isn't part of the emulator. On the service, this link would have opened it.\n",
        );
    }
    Err(Refusal::new(
        StatusCode::NOT_FOUND,
        "There is no such link, or it was revoked.",
    ))
}
