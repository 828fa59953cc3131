//! The web page at `/`.

use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use axum::{Json, Router, extract::State};
use serde_json::{Value, json};

use crate::state::App;
use crate::web::method_not_allowed;

macro_rules! files {
    ($($name:literal)*) => { [$(($name, include_str!($name))),*] };
}

/// The name and text of each file.
const FILES: [(&str, &str); 24] = files![
    "address.js"
    "api.js"
    "app.css"
    "app.js"
    "details.js"
    "difference.js"
    "dom.js"
    "empty.js"
    "events.js"
    "example.js"
    "feed.js"
    "filter-form.js"
    "filter.js"
    "icon.svg"
    "index.html"
    "json-view.js"
    "keys.js"
    "listbox.js"
    "refusal.js"
    "schemas.js"
    "status.js"
    "stream.js"
    "tabs.js"
    "text.js"
];

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/html; charset=utf-8",
    }
}

/// The page at `/`, and what it is made of below `/_emulator/page/`.
pub fn router(app: &App) -> Router {
    let mut router = Router::new().route("/_emulator/page/start", get(start));
    for (name, text) in FILES {
        let path = if name == "index.html" {
            "/".to_owned()
        } else {
            format!("/_emulator/page/{name}")
        };
        let file = ([(CONTENT_TYPE, media_type(name))], text);
        router = router.route(&path, get(async move || file));
    }
    router
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(app.clone())
}

/// The values of an example request: the address, an organization, and whether any key is accepted.
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
        for (name, text) in FILES {
            let banned: &[&str] = match name.rsplit('.').next().unwrap() {
                "js" => &[
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
                "html" => &[
                    "<style",
                    "style=",
                    " onclick",
                    " onload",
                    "javascript:",
                    "http://",
                    "https://",
                    "<script>",
                ],
                "css" => &["http:", "https:", "@import", "url("],
                _ => &["<script", "href"],
            };
            for word in banned {
                assert!(!text.contains(word), "{name} has {word}");
            }
        }
    }
}
