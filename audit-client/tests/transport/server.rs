//! Servers that do what a script says.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

pub const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// What a connection does next.
#[derive(Clone, Copy)]
pub enum Step {
    /// Reads a request and writes this.
    Answer(&'static str),
    /// Reads a request and closes.
    Close,
    /// Reads a request and never answers.
    Silence,
}

/// A server, and the first lines of the requests that it read, each with the number of its connection.
pub struct Server {
    pub port: u16,
    requests: Arc<Mutex<Vec<(usize, String)>>>,
}

impl Server {
    /// Each connection has its steps; they are closed after them.
    pub fn start(connections: &'static [&'static [Step]]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let requests = Arc::<Mutex<Vec<_>>>::default();
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for (number, steps) in connections.iter().enumerate() {
                let (mut stream, _) = listener.accept().expect("a connection");
                let seen = Arc::clone(&seen);
                thread::spawn(move || {
                    for step in *steps {
                        let Some(request) = head(&mut stream) else {
                            return;
                        };
                        let line = request.lines().next().unwrap_or_default().to_owned();
                        seen.lock().expect("unpoisoned").push((number, line));
                        follow(*step, &mut stream);
                    }
                    let _ = stream.shutdown(Shutdown::Both);
                });
            }
        });
        Self { port, requests }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// `0 GET /`
    pub fn requests(&self) -> Vec<String> {
        let requests = self.requests.lock().expect("unpoisoned");
        let shown = |(number, line): &(usize, String)| {
            format!("{number} {}", line.trim_end_matches(" HTTP/1.1"))
        };
        requests.iter().map(shown).collect()
    }
}

fn follow(step: Step, stream: &mut impl Write) {
    match step {
        Step::Answer(text) => stream.write_all(text.as_bytes()).expect("written"),
        Step::Close => {}
        Step::Silence => thread::sleep(Duration::from_secs(60)),
    }
}

/// Reads a request with the body `{}` or none; returns its head.
pub fn head(stream: &mut impl Read) -> Option<String> {
    let (mut text, mut byte) = (Vec::new(), [0]);
    let is_whole = |text: &[u8]| {
        text.windows(4)
            .position(|end| end == b"\r\n\r\n")
            .is_some_and(|end| {
                let has_body = String::from_utf8_lossy(text).contains("content-length: 2");
                text.len() == end + 4 + if has_body { 2 } else { 0 }
            })
    };
    while !is_whole(&text) {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        text.push(byte[0]);
    }
    String::from_utf8(text).ok()
}

/// A server that answers every request with [`OK`] over TLS, and its own certificate as PEM.
pub fn start_tls() -> (u16, String) {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).expect("a key");
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key);
    let config = Arc::new(config.expect("a certificate"));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let session = ServerConnection::new(Arc::clone(&config)).expect("a session");
            let mut stream = StreamOwned::new(session, stream.expect("a connection"));
            thread::spawn(move || {
                while head(&mut stream).is_some() {
                    follow(Step::Answer(OK), &mut stream);
                }
            });
        }
    });
    (port, cert.pem())
}

/// A proxy that makes tunnels to the address that is asked for, or answers `answer` instead, and the heads of what it is asked.
pub fn start_proxy(answer: Option<&'static str>) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let heads = Arc::<Mutex<Vec<_>>>::default();
    let seen = Arc::clone(&heads);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let Some(head) = head(&mut stream) else {
                continue;
            };
            seen.lock().expect("unpoisoned").push(head.clone());
            if let Some(answer) = answer {
                stream.write_all(answer.as_bytes()).expect("written");
                continue;
            }
            let address = head.split(' ').nth(1).expect("an address");
            let server = TcpStream::connect(address).expect("a server");
            stream
                .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
                .expect("written");
            copy(&stream, &server);
            copy(&server, &stream);
        }
    });
    (port, heads)
}

fn copy(from: &TcpStream, to: &TcpStream) {
    let (mut from, mut to) = (from.try_clone().expect("a"), to.try_clone().expect("b"));
    thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    });
}
