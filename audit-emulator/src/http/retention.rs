//! `/organizations/{id}/audit_logs_retention`: for how many days events are kept. The emulator keeps them all.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::organizations;
use crate::refusal::{Answered, Problems};
use crate::state::App;
use crate::store::organizations as store;
use crate::web::body::JsonBody;

/// The numbers of days that can be set.
const DAYS: [u32; 2] = [30, 365];

/// `GET`
pub async fn get(State(app): State<App>, Path(id): Path<String>) -> Answered<Json<Value>> {
    let organization = organizations::find(&app, id).await?;
    Ok(Json(
        json!({"retention_period_in_days": organization.retention_days}),
    ))
}

/// `PUT`
pub async fn set(
    State(app): State<App>,
    Path(id): Path<String>,
    JsonBody(body): JsonBody,
) -> Answered<Json<Value>> {
    let days = days(&body)?;
    let set = app.transaction(move |state, db| {
        store::require(db, &id)?;
        Ok(store::set_retention(db, &id, days, state.now())?)
    });
    set.await?;
    Ok(Json(json!({"retention_period_in_days": days})))
}

/// A number of days as the API document has it, or a period's name as current clients send it.
fn days(body: &Value) -> Result<u32, Problems> {
    let field = "retention_period_in_days";
    let value = |name| body.get(name).filter(|value: &&Value| !value.is_null());
    let mut problems = Problems::default();
    match (value(field), value("retention_period")) {
        (Some(number), _) => match DAYS.into_iter().find(|days| number == days) {
            Some(days) => return Ok(days),
            None => problems.value(field, format!("{field} must be one of 30 and 365")),
        },
        (None, Some(name)) => match name.as_str().and_then(period) {
            Some(days) => return Ok(days),
            None => problems.value(
                "retention_period",
                "retention_period must be one of 1_MONTH to 11_MONTHS and 1_YEAR to 10_YEARS",
            ),
        },
        (None, None) => problems.required(field),
    }
    Err(problems)
}

/// `1_MONTH`, `2_MONTHS` … are 30 days each, `1_YEAR`, `2_YEARS` … 365.
fn period(name: &str) -> Option<u32> {
    let (count, unit) = name.split_once('_')?;
    let number: u32 = count
        .parse()
        .ok()
        .filter(|number: &u32| number.to_string() == count)?;
    match unit {
        "MONTH" if number == 1 => Some(30),
        "MONTHS" if (2..=11).contains(&number) => Some(30 * number),
        "YEAR" if number == 1 => Some(365),
        "YEARS" if (2..=10).contains(&number) => Some(365 * number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms() {
        for (body, expected) in [
            (json!({"retention_period_in_days": 365}), Some(365)),
            (json!({"retention_period_in_days": 31}), None),
            (json!({"retention_period": "1_MONTH"}), Some(30)),
            (
                json!({"retention_period_in_days": null, "retention_period": "1_YEAR"}),
                Some(365),
            ),
            (
                json!({"retention_period_in_days": 30, "retention_period": null}),
                Some(30),
            ),
            (json!({"retention_period_in_days": null}), None),
            (json!({"retention_period": "11_MONTHS"}), Some(330)),
            (json!({"retention_period": "10_YEARS"}), Some(3_650)),
            (json!({"retention_period": "1_MONTHS"}), None),
            (json!({"retention_period": "01_MONTH"}), None),
            (json!({"retention_period": "11_YEARS"}), None),
            (json!({}), None),
        ] {
            assert_eq!(days(&body).ok(), expected, "{body}");
        }
    }
}
