//! Links to the Admin Portal: which ones haven't been revoked.

use rusqlite::Transaction;

use crate::clock::{HOUR, Millis};
use crate::id;

/// After that it is forgotten that there was one.
const REMEMBERED: Millis = 24 * HOUR;

/// A new link's token.
pub fn add(
    transaction: &Transaction<'_>,
    organization: &str,
    user: Option<&str>,
    now: Millis,
) -> rusqlite::Result<String> {
    transaction
        .prepare_cached("DELETE FROM portal_links WHERE created_at < ?")?
        .execute([now.saturating_sub(REMEMBERED)])?;
    let token = id::secret();
    transaction
        .prepare_cached("INSERT INTO portal_links (token, organization_id, external_user_id, created_at) VALUES (?, ?, ?, ?)")?
        .execute((&token, organization, user, now))?;
    Ok(token)
}

/// Revokes the links of a user of an organization.
pub fn revoke(
    transaction: &Transaction<'_>,
    organization: &str,
    user: &str,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "DELETE FROM portal_links WHERE organization_id = ? AND external_user_id = ?",
        )?
        .execute((organization, user))?;
    Ok(())
}

/// Whether there is such a link.
pub fn is_open(transaction: &Transaction<'_>, token: &str) -> rusqlite::Result<bool> {
    transaction
        .prepare_cached("SELECT 1 FROM portal_links WHERE token = ?")?
        .exists([token])
}
