//! What can't be asked is told: where, what, and what to do. Nothing is lost.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use audit_emulator::{Emulator, Fault};

use super::site::{Site, count, start, table, variable};
use crate::support::{Run, program};

const COMMANDS: [&[&str]; 5] = [
    &["plan", "--env", "production"],
    &["push", "--env", "production", "--yes"],
    &["resolve", "--env", "production"],
    &["verify", "--env", "production"],
    &["pull", "--env", "production"],
];

/// Every command ends with 2 and leaves the registrations as they were.
#[track_caller]
fn each_fails(site: &Site, what: &str, help: &str) {
    site.project
        .write("schemas/registrations/production.json", "{}\n");
    for args in COMMANDS {
        let run = site.run(args).ends(2);
        assert!(run.error().contains(what), "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(help), "{args:?}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{args:?}");
        assert_eq!(
            site.project.read("schemas/registrations/production.json"),
            "{}\n",
            "{args:?}"
        );
    }
}

fn pointing_at(url: &str) -> Site {
    let site = Site::new();
    site.project
        .write("schemas/audit.toml", &table("production", url));
    site.write("user.signed_in", 1, &["a"]);
    site
}

/// A server that answers everything in the same way.
fn answers(answer: &'static str) -> String {
    counting(answer).0
}

/// The same, and how many connections were made to it.
fn counting(answer: &'static str) -> (String, Arc<AtomicUsize>) {
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            counted.fetch_add(1, Ordering::SeqCst);
            let mut request = [0; 4096];
            let read = stream.read(&mut request);
            let _ = read.and_then(|_| stream.write_all(answer.as_bytes()));
        }
    });
    (url, connections)
}

#[test]
fn a_wrong_key() {
    let site = Site::with([(
        "production",
        start(Emulator::builder().api_key("sk_test_right")),
    )]);
    site.write("user.signed_in", 1, &["a"]);
    site.project
        .write("schemas/registrations/production.json", "{}\n");
    for args in COMMANDS {
        let output = site
            .command(args)
            .env(variable("production"), "sk_test_wrong_4711")
            .output()
            .expect("the program runs");
        let run = Run::of(output).ends(2);
        assert!(
            run.error()
                .contains("doesn't know the API key in KEY_OF_PRODUCTION"),
            "{args:?}: {}",
            run.stderr
        );
        assert!(
            run.stderr
                .contains("set KEY_OF_PRODUCTION to a key of production"),
            "{}",
            run.stderr
        );
        assert!(
            !run.stderr.contains("4711"),
            "the key is shown: {}",
            run.stderr
        );
    }
    assert_eq!(
        site.project.read("schemas/registrations/production.json"),
        "{}\n"
    );
}

#[test]
fn a_key_without_the_permission() {
    let site = Site::new();
    site.write("user.signed_in", 1, &["a"]);
    site.production()
        .fault("status=403".parse::<Fault>().expect("a fault"));
    each_fails(
        &site,
        "has no permission for this",
        "in the service's dashboard",
    );
}

#[test]
fn a_key_that_is_taken_back_on_the_way() {
    let site = Site::new();
    for number in 0..20 {
        site.write(&format!("many.action_{number}"), 1, &["a"]);
    }
    site.production()
        .fault("POST status=401 skip=5".parse::<Fault>().expect("a fault"));
    let run = site.push().ends(2);
    assert!(
        run.error().contains("doesn't know the API key"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains("5 of 20 were registered, and are written down"),
        "{}",
        run.stderr
    );
    assert_eq!(
        site.registrations("production")
            .as_object()
            .map(serde_json::Map::len),
        Some(5)
    );
    site.production().clear_faults();
    assert_eq!(
        site.push().ends(0).summary(),
        "15 registered, 0 adopted, 5 up to date"
    );
    assert!(
        count(site.production(), "POST") <= 29,
        "no more than are under way at once were refused"
    );
}

#[test]
fn no_key() {
    let site = Site::new();
    site.write("user.signed_in", 1, &["a"]);
    for args in COMMANDS {
        let run = Run::of(
            site.command(args)
                .env_remove(variable("production"))
                .output()
                .expect("the program runs"),
        )
        .ends(2);
        assert!(
            run.error()
                .starts_with("KEY_OF_PRODUCTION isn't set: it holds the API key of production"),
            "{}",
            run.stderr
        );
        let run = Run::of(
            site.command(args)
                .env(variable("production"), " ")
                .output()
                .expect("the program runs"),
        )
        .ends(2);
        assert_eq!(
            run.error(),
            "KEY_OF_PRODUCTION is empty: it has to hold an API key"
        );
    }
    assert_eq!(site.production().requests().len(), 0);
}

#[test]
fn nobody_there() {
    let free = TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("an address");
    let site = pointing_at(&format!("http://{free}"));
    each_fails(
        &site,
        &format!("can't reach http://{free}: Connection refused"),
        "is `url` of `[environments.production]` in audit.toml",
    );
}

#[test]
fn a_name_that_nobody_has() {
    let site = pointing_at("https://workos.invalid");
    let run = site.plan().ends(2);
    assert!(
        run.error()
            .starts_with("can't reach https://workos.invalid: "),
        "{}",
        run.stderr
    );
}

#[test]
fn https_where_http_is_spoken_is_tried_once() {
    let (url, connections) =
        counting("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let url = url.replace("http://", "https://");
    let run = pointing_at(&url).plan().ends(2);
    assert_eq!(run.error(), format!("{url} doesn't speak https"));
    assert!(
        run.stderr
            .contains("`url` of `[environments.production]` in audit.toml"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("asking again"), "{}", run.stderr);
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[test]
fn a_proxy_that_answers_html() {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 34\r\nConnection: close\r\n\r\n<html><body>Please log in</body>\r\n";
    each_fails(
        &pointing_at(&answers(page)),
        "answers with something that isn't the service's JSON",
        "a proxy or another server",
    );
    let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 26\r\nConnection: close\r\n\r\n<html>Please log in</html>";
    each_fails(
        &pointing_at(&answers(refusal)),
        "answers 407: an HTML page",
        "another server answers in the service's place",
    );
}

/// A success that says nothing true: sent once, and reported.
#[test]
fn a_success_that_cant_be_believed_isnt_sent_again() {
    let other = r#"{"object": "audit_log_schema", "version": 1, "targets": [{"type": "zzz"}], "created_at": "2026-01-15T12:00:00.000Z"}"#;
    let none = other.replace("\"version\": 1", "\"version\": 0");
    for (body, said) in [
        ("", "isn't the service's JSON"),
        (r#"{"success":true}"#, "isn't the service's JSON"),
        (other, "with another schema than was sent"),
        (&none, "has a version 0"),
    ] {
        let site = Site::new();
        site.write("user.signed_in", 1, &["a"]);
        let fault = Fault {
            method: Some("POST".into()),
            status: Some(201),
            body: Some(serde_json::from_str(body).unwrap_or_else(|_| body.into())),
            ..Fault::default()
        };
        site.production().fault(fault);
        let run = site.push().ends(1);
        assert!(run.stdout.contains(said), "{body}: {}", run.stdout);
        assert_eq!(count(site.production(), "POST"), 1, "{body}");
        assert!(
            !site.project.exists("schemas/registrations/production.json")
                || site.server("user.signed_in", 1).is_none()
        );
    }
}

#[test]
fn an_answer_without_end() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                let _ =
                    stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"data\": [\"");
                let chunk = vec![b'x'; 1 << 16];
                while stream.write_all(&chunk).is_ok() {}
            });
        }
    });
    let run = pointing_at(&url).plan().ends(2);
    assert!(
        run.error().ends_with("response exceeds 32 MiB"),
        "{}",
        run.stderr
    );
}

#[test]
fn pages_without_end() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let Ok(mut stream) = stream else { return };
            let _ = stream.read(&mut [0; 4096]);
            let schema =
                r#"{"object": "audit_log_schema", "version": 1, "targets": [], "created_at": "x"}"#;
            let action = format!(
                r#"{{"object": "audit_log_action", "name": "a.b", "schema": {schema}, "created_at": "x", "updated_at": "x"}}"#
            );
            let body =
                format!(r#"{{"data": [{action}], "list_metadata": {{"after": "ala_{number}"}}}}"#);
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
        }
    });
    let run = pointing_at(&url).plan().ends(2);
    assert!(
        run.error().contains("lists the actions without an end"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_redirect_takes_the_key_nowhere() {
    let other = start(Emulator::builder());
    let redirect = format!(
        "HTTP/1.1 302 Found\r\nLocation: {}/audit_logs/actions\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        other.url()
    );
    let site = pointing_at(&answers(redirect.leak()));
    each_fails(
        &site,
        "answers with a redirect (302)",
        "set `url` of `[environments.production]`",
    );
    assert_eq!(other.requests().len(), 0);
}

#[test]
fn an_answer_that_repeats_the_key() {
    let said = r#"{"message":"sk_test_emulator has no access"}"#;
    let answer = format!(
        "HTTP/1.1 404 Not Found\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{said}",
        said.len()
    );
    let site = pointing_at(&answers(answer.leak()));
    let run = site.plan().ends(2);
    assert!(run.error().contains("sk_… has no access"), "{}", run.stderr);
}

#[test]
fn a_key_at_the_place_where_a_text_is_cut() {
    let key = "sk_test_aB3dE6gH9jK2mN5pQ8";
    for before in 280..300 {
        let said = format!(r#"{{"message":"{}{key}"}}"#, "x".repeat(before));
        let answer = format!(
            "HTTP/1.1 422 No\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{said}",
            said.len()
        );
        let site = pointing_at(&answers(answer.leak()));
        let run = Run::of(
            site.command(&["plan", "--env", "production"])
                .env(variable("production"), key)
                .output()
                .expect("the program runs"),
        );
        assert!(!run.ends(2).stderr.contains("aB3d"), "{before}");
    }
}

/// Of an action that is listed a 404 says that somebody else answers.
#[test]
fn a_list_of_schemas_that_isnt_found() {
    let site = Site::new();
    site.write("user.signed_in", 1, &["a"]);
    site.push().ends(0);
    site.production().fault(
        "GET /audit_logs/actions/*/schemas status=404"
            .parse::<Fault>()
            .expect("a fault"),
    );
    for args in COMMANDS {
        let run = site.run(args).ends(2);
        assert!(
            run.error().contains("answers 404"),
            "{args:?}: {}",
            run.stderr
        );
    }
    assert_eq!(count(site.production(), "POST"), 1);
}

#[test]
fn no_proxy_reads_what_isnt_encrypted() {
    let proxy = start(Emulator::builder());
    let site = Site::new();
    site.write("user.signed_in", 1, &["a"]);
    let mut plan = site.command(&["plan", "--env", "production"]);
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        plan.env(name, proxy.url());
    }
    Run::of(plan.output().expect("the program runs")).ends(1);
    assert!(proxy.requests().is_empty());
}

#[test]
fn a_proxy_that_asks_for_a_password() {
    let (proxy, connections) =
        counting("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    let site = pointing_at("https://workos.invalid");
    let mut plan = site.command(&["plan", "--env", "production"]);
    plan.env("HTTPS_PROXY", proxy);
    let run = Run::of(plan.output().expect("the program runs")).ends(2);
    assert_eq!(
        run.error(),
        "can't reach https://workos.invalid: tunnel error: proxy authorization required"
    );
    assert!(connections.load(Ordering::SeqCst) > 0);
}

#[test]
fn an_environment_that_isnt_named() {
    let site = Site::new();
    site.write("user.signed_in", 1, &["a"]);
    let run = site.run(&["plan", "--env", "prodction"]).ends(2);
    assert!(
        run.error()
            .ends_with("audit.toml has no environment \"prodction\""),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("did you mean production?"),
        "{}",
        run.stderr
    );
    let run = site.run(&["plan", "--env", "eu"]).ends(2);
    assert!(
        run.stderr
            .contains("add `[environments.eu]` with `api-key-env = \"…\"`"),
        "{}",
        run.stderr
    );
    for name in ["", "../x", "a/b"] {
        let run = site.run(&["plan", "--env", name]).ends(2);
        assert!(
            run.stderr.contains("a name has 1 to 64 letters"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn a_folder_without_schemas_and_no_folder() {
    let site = Site::new();
    let run = site.run(&["push", "--env", "production"]).ends(2);
    assert!(
        run.error().ends_with("schemas holds no schemas"),
        "{}",
        run.stderr
    );
    let empty = tempfile::tempdir().expect("a folder");
    let run = Run::of(
        program(empty.path())
            .args(["plan", "--env", "x"])
            .output()
            .expect("the program runs"),
    )
    .ends(2);
    assert!(
        run.error().starts_with("no folder for schemas"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_file_that_is_no_schema() {
    let site = Site::new();
    site.project
        .write("schemas/user.signed_in/v1.json", "{\"targets\": []}\n");
    let run = site.push().ends(2);
    assert!(
        run.error()
            .contains("v1.json:1:13: 0 target types, expected 1 to 20"),
        "{}",
        run.stderr
    );
    assert_eq!(
        site.production().requests().len(),
        0,
        "nothing is asked before the folder is in order"
    );
}
