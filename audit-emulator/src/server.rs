//! The server: a thread of its own, so that it answers whatever the caller's thread is doing; connections, and their end.

use std::convert::Infallible;
use std::net::TcpListener;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use percent_encoding::percent_decode_str;
use tokio::io::AsyncWrite;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio_io_timeout::TimeoutWriter;
use tower::ServiceExt;

use crate::refusal::{Answered, Refusal};
use crate::requests;
use crate::shared::{Closed, Shared};
use crate::state::{App, UNDER_WAY};
use crate::web::fault::Disconnected;
use crate::web::{headers, host, not_found};
use crate::{control, http, page};

/// The highest number of connections; further ones wait.
const CONNECTIONS: usize = 1_024;
/// The longest path with its query, in bytes.
const MAX_URI: usize = 8_192;
/// How long a request's head may take to arrive, and an idle connection may stay.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a client may take to read something.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// How long requests under way may take once the server stops.
const GRACE: Duration = Duration::from_secs(2);
/// After an error of `accept`, such as too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// The permit of a connection; always `Some`, because the semaphore is never closed.
type Permit = Option<OwnedSemaphorePermit>;

/// Serves until `stop` is true.
pub async fn serve(listener: TcpListener, app: &App, mut stop: watch::Receiver<bool>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    let router = router(app);
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    let stops = stop.clone();
    loop {
        let accepted = async {
            let permit = Arc::clone(&free).acquire_owned().await.ok();
            (permit, listener.accept().await)
        };
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => break,
            Some(_) = connections.join_next() => {}
            (permit, accepted) = accepted => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, permit, app.clone(), router.clone(), stops.clone()));
                }
                Err(_) => tokio::time::sleep(PAUSE).await,
            },
        }
    }
    let end = async { while connections.join_next().await.is_some() {} };
    // Those that take longer are cut when the set is dropped.
    let _ = tokio::time::timeout(GRACE, end).await;
}

/// Holds its permit until the client has closed its writing half: the requests under way have permits of their own.
async fn connection(
    stream: TcpStream,
    permit: Permit,
    app: App,
    router: Router,
    stop: watch::Receiver<bool>,
) {
    // Without it, small responses come a little later.
    let _ = stream.set_nodelay(true);
    let (stream, (closed, gone)) = (Shared::new(stream), watch::channel(false));
    let watched = stream.clone();
    let watch = async move {
        watched.closed().await;
        closed.send_replace(true);
        drop(permit);
        std::future::pending::<Infallible>().await
    };
    tokio::select! {
        () = serve_connection(stream, gone, app, router, stop) => {}
        never = watch => match never {},
    }
}

/// Ends a connection whose other side doesn't read, so that it holds no permit forever.
fn bounded<S: AsyncWrite>(stream: S) -> Pin<Box<TimeoutWriter<S>>> {
    let mut stream = TimeoutWriter::new(stream);
    stream.set_timeout(Some(WRITE_TIMEOUT));
    Box::pin(stream)
}

async fn serve_connection(
    stream: Shared,
    gone: watch::Receiver<bool>,
    app: App,
    router: Router,
    mut stop: watch::Receiver<bool>,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Closed(gone.clone()));
        answer(app.clone(), router.clone(), request)
    });
    let mut builder = http1::Builder::new();
    // A client that has closed its writing half still reads.
    builder
        .half_close(true)
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(bounded(stream)), service));
    tokio::select! {
        // Its error is the other side's, or that of an injected fault.
        _ = connection.as_mut() => return,
        _ = stop.wait_for(|stop| *stop) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

/// Responds; an error makes `hyper` close the connection without a response.
async fn answer(
    app: App,
    router: Router,
    request: Request<Incoming>,
) -> Result<Response<Body>, &'static str> {
    let mut response = execute(&app, router, request).await.into_response();
    headers::add(&mut response, app.now());
    if is_disconnected(&response) {
        Err("disconnected by a fault")
    } else {
        Ok(response)
    }
}

/// Executes a request in a task of its own, which ends, and is logged, even if the client doesn't wait for the response.
async fn execute(
    app: &App,
    router: Router,
    request: Request<Incoming>,
) -> Answered<Response<Body>> {
    let uri = request.uri().clone();
    let length = uri.path_and_query().map_or(0, |both| both.as_str().len());
    if length > MAX_URI {
        let message =
            format!("The path and the query have {length} bytes; this emulator takes {MAX_URI}.");
        return Err(Refusal::new(StatusCode::URI_TOO_LONG, message));
    }
    if percent_decode_str(uri.path()).decode_utf8().is_err() {
        let message = "The path isn't UTF-8 behind its percent signs.";
        return Err(Refusal::bad_request(message));
    }
    let Ok(permit) = Arc::clone(&app.under_way).try_acquire_owned() else {
        let message = format!(
            "{UNDER_WAY} requests are under way already, such as those that a fault delays."
        );
        return Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, message));
    };
    let app = app.clone();
    let task = tokio::spawn(async move {
        let method = request.method().to_string();
        let Ok(response) = router.oneshot(request.map(Body::new)).await;
        if is_service(uri.path()) {
            let status = (!is_disconnected(&response)).then(|| response.status().as_u16());
            app.log.add(requests::Request {
                method,
                path: uri.path().to_owned(),
                query: uri.query().unwrap_or_default().to_owned(),
                status,
            });
        }
        drop(permit);
        response
    });
    Ok(task.await?)
}

/// Everything: the service's interface, ours, the page.
fn router(app: &App) -> Router {
    let all = http::router(app)
        .merge(control::router(app))
        .merge(page::router(app))
        .fallback(not_found);
    all.layer(from_fn_with_state(app.clone(), host::require_own))
}

/// Whether a path is part of the service's interface, and not of ours.
fn is_service(path: &str) -> bool {
    path != "/" && path != "/_emulator" && !path.starts_with("/_emulator/")
}

fn is_disconnected(response: &Response<Body>) -> bool {
    response.extensions().get::<Disconnected>().is_some()
}

#[cfg(test)]
mod tests {
    use std::io;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_client_that_does_not_read_is_not_waited_for() {
        let (ours, mut theirs) = duplex(16);
        let mut ours = bounded(ours);
        ours.write_all(&[0; 16]).await.unwrap();
        // A client that reads late is served.
        let (written, read) = tokio::join!(ours.write_all(&[0; 16]), async {
            tokio::time::sleep(WRITE_TIMEOUT / 2).await;
            theirs.read_exact(&mut [0; 16]).await
        });
        assert_eq!((written.is_ok(), read.unwrap()), (true, 16));
        assert_eq!(
            ours.write_all(&[0; 1]).await.unwrap_err().kind(),
            io::ErrorKind::TimedOut
        );
    }
}
