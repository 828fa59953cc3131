//! The page: in a real browser where there are Node and Chromium, and what it is served with everywhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{get, raw, send};
use audit_emulator::Emulator;
use serde_json::{Value, json};

/// What runs the browser, and what looks for barriers; both do the same on every machine.
const PLAYWRIGHT: &str = "playwright-core@1.65.1";
const AXE: &str = "axe-core@4.14.1";
const CHROMIUM: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
/// Each has an emulator of its own, beside which `another` stands.
const CASES: [&str; 9] = [
    "many",
    "schemas",
    "hostile",
    "refusals",
    "keyboard",
    "accessibility",
    "reconnecting",
    "filters",
    "live",
];

#[tokio::test]
async fn people_see_what_arrives() {
    let Some(chromium) = chromium() else { return };
    if !Command::new("node")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
    {
        crate::support::packages::skipped("Node isn't on the path, so the page is not tested");
        return;
    }
    let (Some(playwright), Some(axe)) = (
        crate::support::packages::npm(PLAYWRIGHT),
        crate::support::packages::npm(AXE),
    ) else {
        return;
    };
    let mut emulators = BTreeMap::new();
    for case in CASES.into_iter().chain(["another"]) {
        emulators.insert(case, Emulator::start().await.unwrap());
    }
    let told: BTreeMap<_, _> = emulators
        .iter()
        .map(|(case, emulator)| (case, told(emulator)))
        .collect();
    let output = Command::new("node")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/page/main.mjs"))
        .env("PAGE_EMULATORS", json!(told).to_string())
        .env("PAGE_CHROMIUM", chromium)
        .env(
            "PAGE_PLAYWRIGHT",
            playwright.join("node_modules/playwright-core"),
        )
        .env("PAGE_AXE", axe.join("node_modules/axe-core/axe.min.js"))
        .output()
        .unwrap();
    let (said, wrong) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{said}\n{wrong}");
    // One alone is for people who look for its error.
    let only = std::env::var("PAGE_CASE").ok();
    let wanted: Vec<&str> = CASES
        .into_iter()
        .filter(|case| only.as_ref().is_none_or(|only| only == case))
        .collect();
    assert!(!wanted.is_empty(), "there is no case {only:?}");
    let held: Vec<&str> = said
        .lines()
        .filter_map(|line| line.strip_prefix("held "))
        .collect();
    assert_eq!(held, wanted, "{said}\n{wrong}");
}

fn told(emulator: &Emulator) -> Value {
    json!({"url": emulator.url(), "key": emulator.api_key(), "organization": emulator.organization()})
}

/// The browser of `CHROMIUM`, or the first on the path; `None`, loudly, where there is none.
fn chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = CHROMIUM.iter().find_map(|name| {
        std::env::split_paths(&path)
            .map(|at| at.join(name))
            .find(|at| at.is_file())
    });
    if found.is_none() {
        assert!(
            std::env::var_os("AUDIT_REQUIRE_CHROMIUM").is_none(),
            "there is no Chromium on the path"
        );
        crate::support::packages::skipped(
            "Chromium isn't on the path (nor named by CHROMIUM), so the page is not tested",
        );
    }
    found
}

const FILES: [(&str, &str); 4] = [
    ("/", "text/html; charset=utf-8"),
    ("/_emulator/page/app.js", "text/javascript; charset=utf-8"),
    ("/_emulator/page/app.css", "text/css; charset=utf-8"),
    ("/_emulator/page/start", "application/json"),
];

#[tokio::test]
async fn its_files_come_with_all_that_keeps_a_browser_honest() {
    let emulator = Emulator::start().await.unwrap();
    for (path, kind) in FILES {
        let answer = send(&emulator, "GET", path, &[], "").unwrap();
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(kind)),
            "{path}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
        let policy = answer.header("content-security-policy").unwrap();
        for part in [
            "default-src 'none'",
            "script-src 'self';",
            "style-src 'self';",
            "connect-src 'self';",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(
            !policy.contains("unsafe")
                && !policy.contains('*')
                && answer.header("permissions-policy").is_some()
        );
    }
}

#[tokio::test]
async fn another_name_in_host_gets_no_page() {
    let emulator = Emulator::start().await.unwrap();
    let port = emulator.address().port();
    for (path, _) in FILES {
        for host in [
            "evil.example".to_owned(),
            format!("evil.example:{port}"),
            "127.0.0.1:1".to_owned(),
        ] {
            let request =
                format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
            let answer = raw(&emulator, request.as_bytes()).unwrap();
            assert_eq!(answer.status, 421, "{path} {host}");
        }
    }
    let local = format!("GET / HTTP/1.1\r\nhost: localhost:{port}\r\nconnection: close\r\n\r\n");
    assert_eq!(raw(&emulator, local.as_bytes()).unwrap().status, 200);
}

#[tokio::test]
async fn it_is_read_only_and_shows_no_key() {
    let emulator = Emulator::builder()
        .api_key("sk_test_very_secret")
        .start()
        .await
        .unwrap();
    for (path, _) in FILES {
        assert_eq!(
            send(&emulator, "POST", path, &[], "").unwrap().status,
            405,
            "{path}"
        );
        assert!(!get(&emulator, path).text.contains("very_secret"), "{path}");
    }
    let start = send(&emulator, "GET", "/_emulator/page/start", &[], "")
        .unwrap()
        .json();
    assert_eq!(
        start,
        json!({"url": emulator.url(), "organization": emulator.organization(), "any_key": false})
    );
    assert!(
        emulator.requests().is_empty(),
        "the page isn't part of the service"
    );
}
