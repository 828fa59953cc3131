//! One page of a list: what `before`, `after`, `limit` and `order` choose, and the cursors to the pages beside it.

use rusqlite::types::Value;
use rusqlite::{Row, Transaction, params_from_iter};

/// Which way a list runs.
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

/// Where a page stands, seen from an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// The items that stand before it in the list.
    Before(String),
    /// The items that stand after it in the list.
    After(String),
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// At most that many items.
    pub limit: u32,
    /// The list's direction.
    pub order: Order,
    /// Without one, the list's first page.
    pub cursor: Option<Cursor>,
}

/// What is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// In the list's order.
    pub items: Vec<T>,
    /// For the page before this one; `None` at the list's start.
    pub before: Option<String>,
    /// For the page after this one; `None` at the list's end.
    pub after: Option<String>,
}

/// A list in the database. Its rows begin with `sequence` and `id`.
pub struct List<'a, T> {
    /// `SELECT a.sequence, a.id, … FROM … a`
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

/// What stands in a row: its place, its identifier, and the item.
type Placed<T> = (i64, String, T);

impl<T> List<'_, T> {
    /// The page; `None` where the cursor is of no item in the list.
    pub fn page(
        &self,
        transaction: &Transaction<'_>,
        wanted: &Wanted,
    ) -> rusqlite::Result<Option<Page<T>>> {
        let (forward, id) = match &wanted.cursor {
            None => (true, None),
            Some(Cursor::After(id)) => (wanted.order != Order::Normal, Some(id)),
            Some(Cursor::Before(id)) => (wanted.order == Order::Normal, Some(id)),
        };
        let place = match id {
            None => None,
            Some(id) => match self.place(transaction, id)? {
                None => return Ok(None),
                place => place,
            },
        };
        let mut rows = self.rows(transaction, wanted, place, forward)?;
        if !forward {
            rows.reverse();
        }
        self.with_cursors(transaction, wanted.order, rows).map(Some)
    }

    fn place(&self, transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<Option<i64>> {
        let sql = format!(
            "SELECT {0}.sequence {1} AND {0}.id = ?",
            self.alias, self.from
        );
        let params = self
            .params
            .iter()
            .cloned()
            .chain([Value::Text(id.to_owned())]);
        let mut statement = transaction.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(params))?;
        rows.next()?.map(|row| row.get(0)).transpose()
    }

    /// Those next to `place`, nearest first.
    fn rows(
        &self,
        transaction: &Transaction<'_>,
        wanted: &Wanted,
        place: Option<i64>,
        forward: bool,
    ) -> rusqlite::Result<Vec<Placed<T>>> {
        let rising = (wanted.order == Order::Asc) == forward;
        let (sign, way, start) = if rising {
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
            "{select} {from} AND {alias}.sequence {sign} ? ORDER BY {alias}.sequence {way} LIMIT ?"
        );
        let ends = [
            Value::Integer(place.unwrap_or(start)),
            Value::Integer(wanted.limit.into()),
        ];
        let mut statement = transaction.prepare_cached(&sql)?;
        let rows = statement.query_map(
            params_from_iter(self.params.iter().cloned().chain(ends)),
            |row| Ok((row.get(0)?, row.get(1)?, (self.read)(row)?)),
        )?;
        rows.collect()
    }

    fn with_cursors(
        &self,
        transaction: &Transaction<'_>,
        order: Order,
        rows: Vec<Placed<T>>,
    ) -> rusqlite::Result<Page<T>> {
        let (earlier, later) = if order == Order::Asc {
            ('<', '>')
        } else {
            ('>', '<')
        };
        let ahead = self.neighbour(transaction, rows.first(), earlier)?;
        let behind = self.neighbour(transaction, rows.last(), later)?;
        let (before, after) = if order == Order::Normal {
            (behind, ahead)
        } else {
            (ahead, behind)
        };
        Ok(Page {
            items: rows.into_iter().map(|(_, _, item)| item).collect(),
            before,
            after,
        })
    }

    /// The row's identifier, where there is something on that side of it.
    fn neighbour(
        &self,
        transaction: &Transaction<'_>,
        row: Option<&Placed<T>>,
        sign: char,
    ) -> rusqlite::Result<Option<String>> {
        let Some((sequence, id, _)) = row else {
            return Ok(None);
        };
        let sql = format!(
            "SELECT EXISTS (SELECT 1 {} AND {}.sequence {sign} ?)",
            self.from, self.alias
        );
        let params = self
            .params
            .iter()
            .cloned()
            .chain([Value::Integer(*sequence)]);
        let more: bool = transaction
            .prepare_cached(&sql)?
            .query_row(params_from_iter(params), |row| row.get(0))?;
        Ok(more.then(|| id.clone()))
    }
}
