//! `serve` prints where it is, is the service until it is ended, and says why it can't.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::site::{Site, body, json, table, variable};
use crate::support::{Project, Run, program};

/// A server that is ended with the test.
struct Served {
    process: Child,
    address: Value,
}

impl Served {
    fn start(project: &Project, args: &[&str]) -> Self {
        let mut process = serve(project, args)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut line = String::new();
        let stdout = process.stdout.as_mut().expect("its output");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        Self {
            process,
            address: json(&line),
        }
    }

    fn url(&self) -> &str {
        self.address["url"].as_str().expect("an address")
    }

    /// The status and the body of an answer.
    fn ask(&self, request: &str, key: &str, body: &str) -> (u16, String) {
        let host = self.url().strip_prefix("http://").expect("plain");
        let mut stream = TcpStream::connect(host).expect("a connection");
        let head = format!(
            "{request} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nConnection: close\r\n"
        );
        write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a body");
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        (status.expect("a status"), body.to_owned())
    }

    /// As Ctrl-C does.
    fn end(mut self, signal: &str) {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .expect("kill runs")
                .success()
        );
        assert_eq!(
            self.process.wait().expect("ended").code(),
            Some(0),
            "{signal}"
        );
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn serve(project: &Project, args: &[&str]) -> Command {
    let mut program = program(&project.path(""));
    program.args([&["serve", "--port", "0", "--json"], args].concat());
    program
}

/// Why it can't.
fn fails(project: &Project, args: &[&str]) -> Run {
    Run::of(serve(project, args).output().expect("the program runs")).ends(2)
}

#[test]
fn everything_is_registered_from_the_start() {
    let site = Site::of(&[]);
    site.write("user.signed_in", 1, &["a"]);
    site.write("user.signed_in", 2, &["a", "b"]);
    let served = Served::start(&site.project, &["--from", "schemas"]);
    let (status, schemas) = served.ask(
        "GET /audit_logs/actions/user.signed_in/schemas",
        "sk_any",
        "",
    );
    assert_eq!(status, 200);
    let versions: Vec<_> = json(&schemas)["data"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|schema| schema["version"].clone())
        .collect();
    assert_eq!(versions, [2, 1]);

    let organization = served.address["organization_id"]
        .as_str()
        .expect("an organization");
    let event = r#"{"action": "user.signed_in", "version": 1, "occurred_at": "2026-11-20T21:17:40.473Z", "actor": {"type": "user", "id": "1", "metadata": {}},
        "targets": [{"type": "team", "id": "2", "metadata": {}}], "context": {"location": "203.0.113.7"}, "metadata": {"a": "x"}}"#;
    let send = |event: &str| {
        served.ask(
            "POST /audit_logs/events",
            "sk_any",
            &format!(r#"{{"organization_id": "{organization}", "event": {event}}}"#),
        )
    };
    assert_eq!(send(event), (200, r#"{"success":true}"#.into()));
    let (status, refusal) = send(&event.replace("\"team\"", "\"user\""));
    assert_eq!(
        (status, &json(&refusal)["code"]),
        (400, &"invalid_audit_log".into()),
        "{refusal}"
    );
    let (status, refusal) = send(&event.replace(r#", "metadata": {}}]"#, "}]"));
    assert_eq!(
        (status, &json(&refusal)["errors"][0]["instancePath"]),
        (400, &"/targets/0".into()),
        "the body declares it: {refusal}"
    );
    assert_eq!(served.ask("GET /audit_logs/actions", "", "").0, 401);
    served.end("-INT");
}

#[test]
fn push_registers_in_it() {
    let site = Site::of(&[]);
    site.write("user.signed_in", 1, &["a"]);
    for (environment, answer, posted_again) in
        [("local", "new-version", 2), ("other", "latest-version", 1)]
    {
        let served = Served::start(&site.project, &["--equal-schema", answer]);
        site.project
            .write("schemas/audit.toml", &table(environment, served.url()));
        let variable = variable(environment);
        let run = |args: &[&str]| {
            let args = [args, &["--env", environment]].concat();
            Run::of(
                site.command(&args)
                    .env(&variable, "sk_any")
                    .output()
                    .expect("the program runs"),
            )
        };
        run(&["push", "--yes"]).ends(0);
        run(&["verify"]).ends(0);
        assert_eq!(
            run(&["push", "--yes"]).ends(0).summary(),
            "0 registered, 0 adopted, 1 up to date"
        );
        let (status, schema) = served.ask(
            "POST /audit_logs/actions/user.signed_in/schemas",
            "sk_any",
            &body(&["a"]),
        );
        assert_eq!(
            (status, &json(&schema)["version"]),
            (201, &posted_again.into()),
            "{answer}"
        );
        served.end("-TERM");
    }
}

#[test]
fn a_file_keeps_everything_and_a_restart_registers_nothing_twice() {
    let site = Site::of(&[]);
    site.write("user.signed_in", 1, &["a"]);
    let options = ["--from", "schemas", "--database", "kept.sqlite"];
    Served::start(&site.project, &options).end("-TERM");
    let served = Served::start(&site.project, &options);
    let (_, schemas) = served.ask(
        "GET /audit_logs/actions/user.signed_in/schemas",
        "sk_any",
        "",
    );
    assert_eq!(
        json(&schemas)["data"].as_array().map(Vec::len),
        Some(1),
        "{schemas}"
    );
}

#[test]
fn takes_one_key_a_seed_and_faults() {
    let site = Site::of(&[]);
    let seed = format!(
        r#"{{"organizations": [{{"name": "Acme"}}], "schemas": {{"user.signed_in": [{}]}}}}"#,
        body(&["a"])
    );
    site.project.write("seed.json", &seed);
    let args = [
        "--seed",
        "seed.json",
        "--api-key-env",
        "ITS_KEY",
        "--fault",
        "GET /organizations status=503 retry-after=7 times=1",
    ];
    let mut command = serve(&site.project, &args);
    let mut process = command
        .env("ITS_KEY", "sk_only_this")
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut line = String::new();
    BufReader::new(process.stdout.as_mut().expect("its output"))
        .read_line(&mut line)
        .expect("a line");
    assert!(!line.contains("sk_only_this"), "{line}");
    let served = Served {
        process,
        address: json(&line),
    };
    assert_eq!(served.ask("GET /organizations", "sk_another", "").0, 401);
    assert_eq!(served.ask("GET /organizations", "sk_only_this", "").0, 503);
    let (status, organizations) = served.ask("GET /organizations", "sk_only_this", "");
    assert!(
        status == 200 && organizations.contains("Acme"),
        "{organizations}"
    );
    assert!(
        served
            .ask("GET /audit_logs/actions", "sk_only_this", "")
            .1
            .contains("user.signed_in")
    );
}

#[test]
fn says_why_it_cant() {
    let site = Site::of(&[]);
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let run = Run::of(
        program(&site.project.path(""))
            .args(["serve", "--port", &port])
            .output()
            .expect("the program runs"),
    )
    .ends(2);
    assert!(
        run.error()
            .starts_with(&format!("can't listen on 127.0.0.1:{port}: ")),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("help: another program listens there"),
        "{}",
        run.stderr
    );

    assert!(
        fails(&site.project, &["--fault", "POST statsu=500"])
            .error()
            .contains("statsu")
    );
    assert!(
        fails(&site.project, &["--from", "nowhere"])
            .error()
            .contains("nowhere")
    );
    site.project.write("seed.json", "{\"organisations\": []}");
    assert!(
        fails(&site.project, &["--seed", "seed.json"])
            .error()
            .contains("organisations")
    );
    assert!(
        fails(&site.project, &["--api-key-env", "NOT_SET_AT_ALL"])
            .error()
            .starts_with("NOT_SET_AT_ALL isn't set")
    );
    site.project
        .write("schemas/user.signed_in/v1.json", "{\"targets\": []}\n");
    assert!(
        fails(&site.project, &["--from", "schemas"])
            .error()
            .contains("v1.json")
    );
    assert!(
        fails(&site.project, &["--database", "schemas"])
            .error()
            .contains("schemas")
    );
}
