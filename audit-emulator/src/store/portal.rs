//! Links to the Admin Portal that haven't been revoked.

use rusqlite::Connection;

use super::execute;
use crate::clock::{HOUR, Millis};
use crate::id;

/// How long a link is kept.
const LIFETIME: Millis = 24 * HOUR;

/// Adds a link and returns its token.
pub fn add(
    db: &Connection,
    organization: &str,
    user: Option<&str>,
    now: Millis,
) -> rusqlite::Result<String> {
    let oldest = now.saturating_sub(LIFETIME);
    execute(
        db,
        "DELETE FROM portal_links WHERE created_at < ?",
        [oldest],
    )?;
    let token = id::secret();
    let sql = "INSERT INTO portal_links (token, organization_id, external_user_id, created_at) VALUES (?, ?, ?, ?)";
    execute(db, sql, (&token, organization, user, now))?;
    Ok(token)
}

/// Revokes the links of a user of an organization.
pub fn revoke(db: &Connection, organization: &str, user: &str) -> rusqlite::Result<()> {
    let sql = "DELETE FROM portal_links WHERE organization_id = ? AND external_user_id = ?";
    execute(db, sql, (organization, user))?;
    Ok(())
}

/// Whether a link with this token exists.
pub fn is_open(db: &Connection, token: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM portal_links WHERE token = ?")?
        .exists([token])
}
