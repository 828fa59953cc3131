//! One page of a list: what `before`, `after`, `limit` and `order` select.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Row, params_from_iter};
use serde_json::{Value, json};

use crate::refusal::{Answered, Refusal};

/// A list's direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Newest first.
    #[default]
    Desc,
    /// Oldest first.
    Asc,
    /// Newest first, with the cursors' meaning reversed: `before` fetches older ones.
    Normal,
}

/// The page to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The highest number of items.
    pub limit: u32,
    /// The list's direction.
    pub order: Order,
    /// `before` or `after`, and the identifier of an item; without them, the list's first page.
    pub cursor: Option<(&'static str, String)>,
}

/// A list in the database. Its rows begin with `sequence` and `id`.
pub struct List<'a> {
    /// `SELECT a.sequence, a.id, …`
    pub select: &'a str,
    /// `FROM … a WHERE …`: what is in the list.
    pub from: &'a str,
    /// The table's alias.
    pub alias: &'a str,
    /// The parameters of `from`.
    pub params: Vec<Sql>,
    /// Reads a row's item.
    pub read: &'a dyn Fn(&Row<'_>) -> rusqlite::Result<Value>,
}

impl List<'_> {
    /// The page in the API's envelope, with the cursors of the pages beside it.
    pub fn page(&self, db: &Connection, request: &Request) -> Answered<Value> {
        let is_normal = request.order == Order::Normal;
        let (mut forward, mut start) = (true, None);
        if let Some((parameter, id)) = &request.cursor {
            forward = (*parameter == "after") != is_normal;
            start = self.sequence(db, id)?;
            if start.is_none() {
                return Err(Refusal::unprocessable(format!(
                    "{parameter} must be the ID of an object in this list, is '{id}'."
                )));
            }
        }
        let rising = (request.order == Order::Asc) == forward;
        let mut rows = self.rows(db, rising, start, request.limit + 1)?;
        // The additional row shows that there is a further page; behind a cursor is at least its item.
        let has_next = rows.len() > request.limit as usize;
        rows.truncate(request.limit as usize);
        let (mut has_before, mut has_after) = (start.is_some(), has_next);
        if !forward {
            rows.reverse();
            (has_before, has_after) = (has_after, has_before);
        }
        let first = rows.first().filter(|_| has_before).map(|(id, _)| id);
        let last = rows.last().filter(|_| has_after).map(|(id, _)| id);
        let (before, after) = if is_normal {
            (last, first)
        } else {
            (first, last)
        };
        let cursors = json!({"before": before, "after": after});
        let items: Vec<&Value> = rows.iter().map(|(_, item)| item).collect();
        Ok(json!({"object": "list", "data": items, "list_metadata": cursors}))
    }

    fn sequence(&self, db: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
        let Self { from, alias, .. } = self;
        let sql = format!("SELECT {alias}.sequence {from} AND {alias}.id = ?");
        let params = self.params.iter().cloned().chain([id.to_owned().into()]);
        super::row(db, &sql, params_from_iter(params), |row| row.get(0))
    }

    /// The identifiers and items next to a sequence, nearest first.
    fn rows(
        &self,
        db: &Connection,
        rising: bool,
        start: Option<i64>,
        limit: u32,
    ) -> rusqlite::Result<Vec<(String, Value)>> {
        let (sign, direction, first) = if rising {
            ('>', "ASC", i64::MIN)
        } else {
            ('<', "DESC", i64::MAX)
        };
        let Self {
            select,
            from,
            alias,
            ..
        } = self;
        let sql = format!(
            "{select} {from} AND {alias}.sequence {sign} ? ORDER BY {alias}.sequence {direction} LIMIT ?"
        );
        let ends = [start.unwrap_or(first).into(), limit.into()];
        let params = params_from_iter(self.params.iter().cloned().chain(ends));
        super::rows(db, &sql, params, |row| Ok((row.get(1)?, (self.read)(row)?)))
    }
}
