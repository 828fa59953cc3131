//! Connections that die, servers that are silent, responses without an end.

use std::io::Write;
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use audit_client::transport::{HttpTransport, TransportErrorKind};

use super::server::{OK, Server, Step, head};
use super::{causes, run, send};

const ANSWER: Step = Step::Answer(OK);

fn transport() -> HttpTransport {
    HttpTransport::builder().no_proxy().build()
}

/// Sends two requests, one after the other; returns what became of the second.
fn second(method: &str, server: &Server, pause: Duration) -> Result<u16, TransportErrorKind> {
    let transport = transport();
    run(async {
        send(&transport, "GET", &server.url()).await.expect("ok");
        tokio::time::sleep(pause).await;
        let response = send(&transport, method, &server.url()).await;
        response
            .map(|response| response.status().as_u16())
            .map_err(|error| error.kind())
    })
}

#[test]
fn a_connection_is_used_again() {
    let server = Server::start(&[&[ANSWER, ANSWER]]);
    assert_eq!(second("POST", &server, Duration::ZERO), Ok(200));
    assert_eq!(server.requests(), ["0 GET /", "0 POST /"]);
}

#[test]
fn what_was_not_sent_is_sent_over_another_connection() {
    let server = Server::start(&[&[ANSWER], &[ANSWER]]);
    let pause = Duration::from_millis(200);
    assert_eq!(second("POST", &server, pause), Ok(200));
    assert_eq!(server.requests(), ["0 GET /", "1 POST /"]);
}

#[test]
fn what_is_safe_to_repeat_is_repeated_where_a_kept_connection_dies_without_a_byte() {
    let server = Server::start(&[&[ANSWER, Step::Close], &[ANSWER]]);
    assert_eq!(second("GET", &server, Duration::ZERO), Ok(200));
    assert_eq!(server.requests(), ["0 GET /", "0 GET /", "1 GET /"]);
}

#[test]
fn what_is_not_safe_to_repeat_is_not_repeated() {
    let server = Server::start(&[&[ANSWER, Step::Close], &[ANSWER]]);
    let lost = Err(TransportErrorKind::Lost);
    assert_eq!(second("POST", &server, Duration::ZERO), lost);
    assert_eq!(server.requests(), ["0 GET /", "0 POST /"]);
}

#[test]
fn nothing_is_repeated_after_a_part_of_a_response() {
    let server = Server::start(&[&[ANSWER, Step::Answer("HTTP/1.1 2")], &[ANSWER]]);
    let lost = Err(TransportErrorKind::Lost);
    assert_eq!(second("GET", &server, Duration::ZERO), lost);
    assert_eq!(server.requests(), ["0 GET /", "0 GET /"]);
}

#[test]
fn a_new_connection_that_dies_is_reported() {
    let server = Server::start(&[&[Step::Close], &[ANSWER]]);
    let error = run(send(&transport(), "GET", &server.url())).expect_err("lost");
    assert_eq!(error.kind(), TransportErrorKind::Lost);
    assert_eq!(server.requests(), ["0 GET /"]);
    let shown = format!("{error:?} {:?} {}", transport(), causes(&error));
    assert!(!shown.contains("4711"), "{shown}");
}

#[test]
fn a_server_that_is_silent() {
    let server = Server::start(&[&[Step::Silence]]);
    let limit = Duration::from_millis(300);
    let transport = HttpTransport::builder().no_proxy().request_timeout(limit);
    let error = run(send(&transport.build(), "GET", &server.url())).expect_err("silent");
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
}

/// Before the handshake ends nothing was sent, whichever limit is reached.
#[test]
fn a_connection_that_is_not_made_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("https://{}/", listener.local_addr().expect("an address"));
    let (short, long) = (Duration::from_millis(300), Duration::from_secs(20));
    for (connect, request) in [(short, long), (long, short)] {
        let transport = HttpTransport::builder()
            .no_proxy()
            .connect_timeout(connect)
            .request_timeout(request);
        let error = run(send(&transport.build(), "GET", &url)).expect_err("no handshake");
        assert_eq!(error.kind(), TransportErrorKind::Connect);
        assert!(causes(&error).ends_with("timed out"), "{}", causes(&error));
    }
}

#[test]
fn a_response_without_an_end() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        head(&mut stream).expect("a request");
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        let chunk = vec![b'x'; 1 << 16];
        while stream.write_all(&chunk).is_ok() {}
    });
    let error = run(send(&transport(), "GET", &url)).expect_err("too large");
    assert_eq!(error.kind(), TransportErrorKind::TooLarge);
}

#[test]
fn a_redirect_is_a_response() {
    const MOVED: &str =
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    let server = Server::start(&[&[Step::Answer(MOVED)]]);
    let response = run(send(&transport(), "GET", &server.url())).expect("a response");
    assert_eq!(response.status(), 302);
}
