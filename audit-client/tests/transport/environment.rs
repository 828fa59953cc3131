//! Proxies and certificates that the environment names. Each request is sent by another process: this one's variables stay as they
//! are.

use std::env;
use std::process::Command;

use audit_client::transport::HttpTransport;

use super::server::{OK, Server, Step, start_proxy, start_tls};
use super::{causes, run, send};

const URL: &str = "TRANSPORT_TEST_URL";
const VARIABLES: [&str; 8] = [
    "ALL_PROXY",
    "all_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "NO_PROXY",
    "no_proxy",
];

/// Without variables a request goes straight to its server. With `URL` this is the other process, which sends the request of any
/// test here.
#[test]
fn nothing_named() {
    let Ok(url) = env::var(URL) else {
        let server = Server::start(&[&[Step::Answer(OK)]]);
        assert_eq!(said(&server.url(), &[]), "200");
        assert_eq!(server.requests(), ["0 GET /"]);
        return;
    };
    match run(send(&HttpTransport::builder().build(), "GET", &url)) {
        Ok(response) => println!("said {}", response.status().as_u16()),
        Err(error) => println!("said {:?}: {error:?} {}", error.kind(), causes(&error)),
    }
}

/// Sends a GET with these variables; returns the status, or the error with its causes.
fn said(url: &str, variables: &[(&str, &str)]) -> String {
    let mut child = Command::new(env::current_exe().expect("this test"));
    child.args(["environment::nothing_named", "--exact", "--nocapture"]);
    for name in VARIABLES.iter().chain(&["SSL_CERT_FILE", "SSL_CERT_DIR"]) {
        child.env_remove(name);
    }
    child.env(URL, url).envs(variables.iter().copied());
    let output = child.output().expect("the child runs");
    let stdout = String::from_utf8(output.stdout).expect("text");
    let said = stdout.split_once("said ").expect("an outcome").1;
    said.lines().next().unwrap_or_default().to_owned()
}

fn written(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("roots.pem");
    std::fs::write(&path, text).expect("written");
    let path = path.to_str().expect("text").to_owned();
    (folder, path)
}

#[test]
fn a_private_root_is_trusted_where_ssl_cert_file_names_it() {
    let (port, root) = start_tls();
    let (_folder, path) = written(&root);
    let url = format!("https://localhost:{port}/");
    assert_eq!(said(&url, &[("SSL_CERT_FILE", &path)]), "200");
    let refused = said(&url, &[]);
    assert!(
        refused.starts_with("Tls: ") && refused.contains("UnknownIssuer"),
        "{refused}"
    );
    assert!(!refused.contains("4711"), "{refused}");
}

#[test]
fn https_goes_through_a_tunnel_of_the_proxy() {
    let (port, root) = start_tls();
    let (_folder, path) = written(&root);
    let (proxy_port, heads) = start_proxy(None);
    let url = format!("https://localhost:{port}/");
    let proxy = format!("http://ada:pass4712@127.0.0.1:{proxy_port}");
    let heads = || heads.lock().expect("unpoisoned").clone();

    let with_proxy = [("SSL_CERT_FILE", path.as_str()), ("HTTPS_PROXY", &proxy)];
    assert_eq!(said(&url, &with_proxy), "200");
    let [head] = &heads()[..] else {
        panic!("{:?}", heads())
    };
    let line = format!("CONNECT localhost:{port} HTTP/1.1\r\n");
    assert!(head.starts_with(&line), "{head}");
    let credentials = "proxy-authorization: basic ywrhonbhc3m0nzey";
    assert!(head.to_lowercase().contains(credentials), "{head}");
    assert!(!head.contains("4711"), "the key is for the server: {head}");

    let direct = [&with_proxy[..], &[("NO_PROXY", "localhost")]].concat();
    assert_eq!(said(&url, &direct), "200");
    assert_eq!(heads().len(), 1, "NO_PROXY");
}

#[test]
fn http_has_a_proxy_of_its_own() {
    let server = Server::start(&[&[Step::Answer(OK)]]);
    let (proxy_port, heads) = start_proxy(None);
    let proxy = format!("http://127.0.0.1:{proxy_port}");
    let variables = [
        ("http_proxy", proxy.as_str()),
        ("HTTPS_PROXY", "http://x:1"),
    ];
    assert_eq!(said(&server.url(), &variables), "200");
    let head = heads.lock().expect("unpoisoned").concat();
    let line = format!("CONNECT 127.0.0.1:{} HTTP/1.1\r\n", server.port);
    assert!(head.starts_with(&line), "{head}");
}

/// The port of a URL without one is its scheme's.
#[test]
fn a_proxy_that_refuses() {
    let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n";
    for (url, address) in [
        ("https://workos.invalid/", "workos.invalid:443"),
        ("http://workos.invalid/", "workos.invalid:80"),
        ("http://[::1]/", "[::1]:80"),
    ] {
        let (port, heads) = start_proxy(Some(refusal));
        let proxy = format!("http://ada:pass4712@127.0.0.1:{port}");
        let said = said(url, &[("ALL_PROXY", &proxy)]);
        assert!(
            said.starts_with("Connect: ") && said.ends_with("proxy authorization required"),
            "{said}"
        );
        assert!(!said.contains("pass4712"), "{said}");
        let head = heads.lock().expect("unpoisoned").concat();
        assert!(head.starts_with(&format!("CONNECT {address} ")), "{head}");
    }
}
