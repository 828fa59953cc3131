//! The page for people: what stands at `/`.

use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use axum::{Json, Router, extract::State};
use serde_json::{Value, json};

use crate::state::App;
use crate::web::method_not_allowed;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Name, type, text.
const FILES: [(&str, &str, &str); 24] = [
    ("address.js", JS, include_str!("address.js")),
    ("api.js", JS, include_str!("api.js")),
    ("app.css", CSS, include_str!("app.css")),
    ("app.js", JS, include_str!("app.js")),
    ("details.js", JS, include_str!("details.js")),
    ("difference.js", JS, include_str!("difference.js")),
    ("dom.js", JS, include_str!("dom.js")),
    ("empty.js", JS, include_str!("empty.js")),
    ("events.js", JS, include_str!("events.js")),
    ("example.js", JS, include_str!("example.js")),
    ("feed.js", JS, include_str!("feed.js")),
    ("filter-form.js", JS, include_str!("filter-form.js")),
    ("filter.js", JS, include_str!("filter.js")),
    ("icon.svg", SVG, include_str!("icon.svg")),
    ("index.html", HTML, include_str!("index.html")),
    ("json-view.js", JS, include_str!("json-view.js")),
    ("keys.js", JS, include_str!("keys.js")),
    ("listbox.js", JS, include_str!("listbox.js")),
    ("refusal.js", JS, include_str!("refusal.js")),
    ("schemas.js", JS, include_str!("schemas.js")),
    ("status.js", JS, include_str!("status.js")),
    ("stream.js", JS, include_str!("stream.js")),
    ("tabs.js", JS, include_str!("tabs.js")),
    ("text.js", JS, include_str!("text.js")),
];

/// The page at `/`, and what it is made of below `/_emulator/page/`.
pub fn router(app: &App) -> Router {
    let mut router = Router::new().route("/_emulator/page/start", get(start));
    for (name, kind, text) in FILES {
        let path = if name == "index.html" {
            "/".to_owned()
        } else {
            format!("/_emulator/page/{name}")
        };
        router = router.route(
            &path,
            get(move || async move { ([(CONTENT_TYPE, kind)], text) }),
        );
    }
    router
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(app.clone())
}

/// What an example of a request needs: the address, an organization, and whether any key will do.
async fn start(State(app): State<App>) -> Json<Value> {
    Json(json!({"url": app.url, "organization": app.organization, "any_key": app.keys.any()}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_served() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/page");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        there.retain(|name| name != "mod.rs");
        there.sort();
        assert_eq!(there, FILES.map(|(name, ..)| name));
    }

    #[test]
    fn text_never_becomes_markup_or_code() {
        for (name, kind, text) in FILES {
            let banned: &[&str] = match kind {
                JS => &[
                    "innerHTML",
                    "outerHTML",
                    "insertAdjacentHTML",
                    "document.write",
                    "eval(",
                    "new Function",
                    "srcdoc",
                    "http://",
                    "https://",
                ],
                HTML => &[
                    "<style",
                    "style=",
                    " onclick",
                    " onload",
                    "javascript:",
                    "http://",
                    "https://",
                    "<script>",
                ],
                CSS => &["http:", "https:", "@import", "url("],
                _ => &["<script", "href"],
            };
            for word in banned {
                assert!(!text.contains(word), "{name} has {word}");
            }
        }
    }
}
