//! Lists over HTTP: the parameters of a page, and the answer's envelope.

use serde_json::{Value, json};

use crate::refusal::{Answered, Refusal};
use crate::store::page::{Cursor, Order, Page, Request};

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

/// The page that a query asks for.
pub fn request(query: &Query) -> Answered<Request> {
    Ok(Request {
        limit: limit(query)?,
        order: order(query)?,
        cursor: cursor(query)?,
    })
}

fn limit(query: &Query) -> Answered<u32> {
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

fn order(query: &Query) -> Answered<Order> {
    match parameter(query, "order") {
        None | Some("desc") => Ok(Order::Desc),
        Some("asc") => Ok(Order::Asc),
        Some("normal") => Ok(Order::Normal),
        Some(other) => Err(Refusal::unprocessable(format!(
            "order must be one of 'normal', 'desc' and 'asc', is '{other}'."
        ))),
    }
}

fn cursor(query: &Query) -> Answered<Option<Cursor>> {
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
    request: &Request,
    item: impl Fn(&T) -> Value,
) -> Answered<Value> {
    let Some(Page {
        items,
        before,
        after,
    }) = page
    else {
        let (name, id) = match &request.cursor {
            Some(Cursor::Before(id)) => ("before", id.as_str()),
            Some(Cursor::After(id)) => ("after", id.as_str()),
            None => ("after", ""),
        };
        return Err(Refusal::unprocessable(format!(
            "{name} must be the ID of an object in this list, is '{id}'."
        )));
    };
    let data: Vec<Value> = items.iter().map(item).collect();
    Ok(json!({"object": "list", "data": data, "list_metadata": {"before": before, "after": after}}))
}
