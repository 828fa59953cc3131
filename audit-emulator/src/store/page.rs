//! One page of a list: what `before`, `after`, `limit` and `order` select, and the cursors to the pages beside it.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

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

/// A page's position relative to an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// The items before it in the list.
    Before(String),
    /// The items after it in the list.
    After(String),
}

/// The page to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The highest number of items.
    pub limit: u32,
    /// The list's direction.
    pub order: Order,
    /// Without one, the list's first page.
    pub cursor: Option<Cursor>,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// In the list's order.
    pub items: Vec<T>,
    /// The cursor of the page before this one; `None` at the list's start.
    pub before: Option<String>,
    /// The cursor of the page after this one; `None` at the list's end.
    pub after: Option<String>,
}

/// A list in the database. Its rows begin with `sequence` and `id`.
pub struct List<'a, T> {
    /// `SELECT a.sequence, a.id, …`
    pub select: &'a str,
    /// `FROM … a WHERE …`: what is in the list.
    pub from: &'a str,
    /// The table's alias.
    pub alias: &'a str,
    /// The parameters of `from`.
    pub params: Vec<Value>,
    /// Reads a row's other columns.
    pub read: fn(&Row<'_>) -> rusqlite::Result<T>,
}

impl<T> List<'_, T> {
    /// The page; `None` where the cursor is of no item in the list.
    pub fn page(&self, db: &Connection, request: &Request) -> rusqlite::Result<Option<Page<T>>> {
        let is_normal = request.order == Order::Normal;
        let (forward, start) = match &request.cursor {
            None => (true, None),
            Some(Cursor::After(id)) => (!is_normal, Some(self.sequence(db, id)?)),
            Some(Cursor::Before(id)) => (is_normal, Some(self.sequence(db, id)?)),
        };
        if start == Some(None) {
            return Ok(None);
        }
        let rising = (request.order == Order::Asc) == forward;
        let mut rows = self.rows(db, rising, start.flatten(), request.limit + 1)?;
        // The additional row shows that there is a further page; behind a cursor is at least its item.
        let has_next = rows.len() > request.limit as usize;
        rows.truncate(request.limit as usize);
        let (mut has_before, mut has_after) = (start.is_some(), has_next);
        if !forward {
            rows.reverse();
            (has_before, has_after) = (has_after, has_before);
        }
        let id =
            |row: Option<&(String, T)>, exists| row.filter(|_| exists).map(|(id, _)| id.clone());
        let mut cursors = (id(rows.first(), has_before), id(rows.last(), has_after));
        if is_normal {
            cursors = (cursors.1, cursors.0);
        }
        Ok(Some(Page {
            items: rows.into_iter().map(|(_, item)| item).collect(),
            before: cursors.0,
            after: cursors.1,
        }))
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
    ) -> rusqlite::Result<Vec<(String, T)>> {
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
