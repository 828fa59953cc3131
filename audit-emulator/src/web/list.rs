//! Lists over HTTP: the parameters of a page.

use crate::refusal::{Answered, Refusal};
use crate::store::page::{Order, Request};

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

/// A number from 1 to `max`; `None` without the parameter.
pub fn number(query: &Query, name: &str, max: u32) -> Answered<Option<u32>> {
    let Some(text) = parameter(query, name) else {
        return Ok(None);
    };
    match text.parse() {
        Ok(number) if (1..=max).contains(&number) => Ok(Some(number)),
        _ => Err(Refusal::unprocessable(format!(
            "{name} must be an integer between 1 and {max}, is '{text}'."
        ))),
    }
}

/// The page that a query asks for.
pub fn request(query: &Query) -> Answered<Request> {
    let limit = number(query, "limit", MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT);
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
        (Some(id), None) => Some(("before", id.to_owned())),
        (None, id) => id.map(|id| ("after", id.to_owned())),
    };
    Ok(Request {
        limit,
        order,
        cursor,
    })
}
