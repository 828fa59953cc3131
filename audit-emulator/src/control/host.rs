//! Who may look without a key: who names the address that we listen on. A foreign page that has its own name resolved to this machine doesn't.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::HOST;
use axum::middleware::Next;
use axum::response::Response;

use crate::http::refusal::Refusal;
use crate::state::{Answered, App};

/// Refuses requests under another name.
pub async fn require_own(State(app): State<App>, request: Request, next: Next) -> Answered<Response> {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if is_own(host, app.address) {
        return Ok(next.run(request).await);
    }
    let message = format!("This is for {} alone: the request names another host.", app.url);
    Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, message))
}

/// The address itself, or `localhost` with its port. Who listens on every address is asked by any of this machine's numbers.
fn is_own(host: &str, address: std::net::SocketAddr) -> bool {
    let port = address.port();
    if let Ok(named) = host.parse::<std::net::SocketAddr>() {
        return named.port() == port && (named.ip() == address.ip() || address.ip().is_unspecified() || named.ip().is_loopback());
    }
    let default_port = if port == 80 { Some("localhost") } else { None };
    host.eq_ignore_ascii_case(&format!("localhost:{port}")) || default_port.is_some_and(|name| host.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_taken() {
        let address = "127.0.0.1:4100".parse().unwrap();
        for host in ["127.0.0.1:4100", "localhost:4100", "LOCALHOST:4100", "[::1]:4100"] {
            assert!(is_own(host, address), "{host}");
        }
        for host in ["", "127.0.0.1", "127.0.0.1:4101", "evil.example:4100", "localhost.evil.example:4100", "10.0.0.1:4100"] {
            assert!(!is_own(host, address), "{host}");
        }
        assert!(is_own("10.0.0.1:4100", "0.0.0.0:4100".parse().unwrap()));
    }
}
