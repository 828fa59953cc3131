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
    let text = parameter(query, "limit");
    let limit = text.map_or(Some(DEFAULT_LIMIT), |text| text.parse().ok());
    let Some(limit) = limit.filter(|limit| (1..=MAX_LIMIT).contains(limit)) else {
        return Err(Refusal::unprocessable(format!(
            "limit must be an integer between 1 and {MAX_LIMIT}, is '{}'.",
            text.unwrap_or_default()
        )));
    };
    let order = match parameter(query, "order") {
        None | Some("desc") => Order::Desc,
        Some("asc") => Order::Asc,
        Some("normal") => Order::Normal,
        Some(other) => {
            return Err(Refusal::unprocessable(format!(
                "order must be one of 'normal', 'desc' and 'asc', is '{other}'."
            )));
        }
    };
    let cursor = match (parameter(query, "before"), parameter(query, "after")) {
        (Some(_), Some(_)) => {
            let message = "before and after exclude each other.";
            return Err(Refusal::unprocessable(message));
        }
        (Some(id), None) => Some(Cursor::Before(id.to_owned())),
        (None, id) => id.map(|id| Cursor::After(id.to_owned())),
    };
    Ok(Request {
        limit,
        order,
        cursor,
    })
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
