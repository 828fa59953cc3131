//! The accepted `Host` headers of a loopback address. A foreign web page that has its own name resolved to this machine asks under that
//! name, and without configured keys it could send one that is taken. On any other address, every name is accepted.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::Response;

use crate::refusal::{Answered, Refusal};
use crate::state::App;

/// Rejects requests with another host.
pub async fn require_own(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Answered<Response> {
    let mut hosts = request
        .headers()
        .get_all(HOST)
        .iter()
        .map(|host| host.to_str().unwrap_or_default());
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Err(Refusal::bad_request(
            "Exactly one `Host` header is required.",
        ));
    };
    // A request for a proxy names it in front of the path too.
    let named = request.uri().authority().map_or(host, Authority::as_str);
    if is_own(host, app.address) && is_own(named, app.address) {
        return Ok(next.run(request).await);
    }
    let message = format!("Unexpected `Host` header: this is {}.", app.url);
    Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, message))
}

/// A number of this machine's own, or `localhost`, with the port; anything where others may ask.
fn is_own(host: &str, address: SocketAddr) -> bool {
    if !address.ip().is_loopback() {
        return true;
    }
    let Ok(host) = host.parse::<Authority>() else {
        return false;
    };
    let name = host.host();
    let number = name.trim_matches(['[', ']']).parse::<IpAddr>();
    host.port_u16().unwrap_or(80) == address.port()
        && (name.eq_ignore_ascii_case("localhost") || number.is_ok_and(|ip| ip.is_loopback()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_taken() {
        let address = "127.0.0.1:4100".parse().unwrap();
        for host in [
            "127.0.0.1:4100",
            "localhost:4100",
            "LOCALHOST:4100",
            "[::1]:4100",
        ] {
            assert!(is_own(host, address), "{host}");
        }
        for host in [
            "",
            "127.0.0.1",
            "127.0.0.1:4101",
            "evil.example:4100",
            "localhost.evil.example:4100",
            "10.0.0.1:4100",
        ] {
            assert!(!is_own(host, address), "{host}");
        }
        for host in ["10.0.0.1:4100", "emulator:4100", "emulator"] {
            assert!(
                is_own(host, "0.0.0.0:4100".parse().unwrap())
                    && is_own(host, "10.0.0.1:4100".parse().unwrap()),
                "{host}"
            );
        }
        for host in ["localhost", "127.0.0.1", "[::1]", "[::1]:80"] {
            assert!(is_own(host, "[::1]:80".parse().unwrap()), "{host}");
        }
    }
}
