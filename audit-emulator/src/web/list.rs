//! Lists over HTTP: the parameters of a page, and the answer's envelope.

use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::store::page::{Cursor, Order, Page, Wanted};

/// The number of items of a page without `limit`.
const DEFAULT_LIMIT: u32 = 10;
/// The highest `limit`.
const MAX_LIMIT: u32 = 100;

/// A query's parameters in order, as `axum` reads them.
pub type Query = axum::extract::Query<Vec<(String, String)>>;

/// The last value of a parameter; `None` where it is empty.
pub fn parameter<'a>(query: &'a Query, name: &str) -> Option<&'a str> {
    query
        .iter()
        .rev()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
        .filter(|value| !value.is_empty())
}

/// Which page is wanted.
pub fn wanted(query: &Query) -> Result<Wanted, Refusal> {
    Ok(Wanted {
        limit: limit(query)?,
        order: order(query)?,
        cursor: cursor(query)?,
    })
}

fn limit(query: &Query) -> Result<u32, Refusal> {
    let Some(text) = parameter(query, "limit") else {
        return Ok(DEFAULT_LIMIT);
    };
    match text.parse() {
        Ok(limit) if !text.starts_with('+') && (1..=MAX_LIMIT).contains(&limit) => Ok(limit),
        _ => Err(Refusal::unprocessable(format!(
            "limit must be an integer between 1 and {MAX_LIMIT}, is '{text}'."
        ))),
    }
}

fn order(query: &Query) -> Result<Order, Refusal> {
    match parameter(query, "order") {
        None | Some("desc") => Ok(Order::Desc),
        Some("asc") => Ok(Order::Asc),
        Some("normal") => Ok(Order::Normal),
        Some(other) => Err(Refusal::unprocessable(format!(
            "order must be one of 'normal', 'desc' and 'asc', is '{other}'."
        ))),
    }
}

fn cursor(query: &Query) -> Result<Option<Cursor>, Refusal> {
    match (parameter(query, "before"), parameter(query, "after")) {
        (None, None) => Ok(None),
        (Some(id), None) => Ok(Some(Cursor::Before(id.to_owned()))),
        (None, Some(id)) => Ok(Some(Cursor::After(id.to_owned()))),
        (Some(_), Some(_)) => Err(Refusal::unprocessable(
            "before and after exclude each other.",
        )),
    }
}

/// The answer, or why the cursor leads nowhere.
pub fn envelope<T>(
    page: Option<Page<T>>,
    wanted: &Wanted,
    item: impl Fn(&T) -> Value,
) -> Result<Value, Refusal> {
    let Some(Page {
        items,
        before,
        after,
    }) = page
    else {
        return Err(match &wanted.cursor {
            Some(Cursor::Before(id)) => Refusal::unprocessable(format!(
                "before must be the ID of an object in this list, is '{id}'."
            )),
            Some(Cursor::After(id)) => Refusal::unprocessable(format!(
                "after must be the ID of an object in this list, is '{id}'."
            )),
            None => Refusal::unprocessable("There is no such list."),
        });
    };
    let data: Vec<Value> = items.iter().map(item).collect();
    Ok(json!({"object": "list", "data": data, "list_metadata": {"before": before, "after": after}}))
}
