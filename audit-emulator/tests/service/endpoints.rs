//! The manual's table of endpoints is the list of what there is.

use std::collections::BTreeSet;

use crate::support::{ask, emulator};
use serde_json::json;

const MANUAL: &str = include_str!("../../../docs/emulator.md");
const ROUTER: &str = include_str!("../../src/http/mod.rs");

/// `GET /organizations`, of each row of the section.
fn described() -> BTreeSet<String> {
    let (_, section) = MANUAL.split_once("\n## Endpoints\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split_once('`'))
        .map(|(endpoint, _)| endpoint.to_owned())
        .collect()
}

/// The same, of each route.
fn routed() -> BTreeSet<String> {
    let (before, _) = ROUTER.split_once(".method_not_allowed_fallback").unwrap();
    let routes = before
        .split(".route(")
        .filter_map(|route| route.trim().strip_prefix('"')?.split_once("\","));
    let methods = |handlers: &str| {
        let known = ["get", "post", "put", "delete"];
        known
            .into_iter()
            .filter(|method| handlers.contains(&format!("{method}(")))
            .map(str::to_uppercase)
            .collect::<Vec<_>>()
    };
    routes
        .flat_map(|(path, handlers)| {
            methods(handlers)
                .into_iter()
                .map(move |method| format!("{method} {path}"))
        })
        .collect()
}

#[tokio::test]
async fn each_is_described_and_answers() {
    let described = described();
    assert_eq!(described, routed());
    assert!(described.len() > 10);
    let emulator = emulator().await;
    for endpoint in described {
        let (method, path) = endpoint.split_once(' ').unwrap();
        let path = path
            .split('/')
            .map(|part| if part.starts_with('{') { "x" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        let answer = ask(&emulator, method, &path, &json!({}));
        assert!(
            answer.status != 405 && !answer.text.contains("Cannot "),
            "{endpoint}: {answer:?}"
        );
    }
}
