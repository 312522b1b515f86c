//! Connections of clients: accepted, answered, and cut off when they dawdle.
//!
//! The server speaks HTTP/1.1. What encrypts, and speaks newer versions to browsers, is a proxy before it.

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower::ServiceExt;

/// How long a client may take to send the head of a request, and how long a connection may wait for its next one.
/// Without an end to it, a few thousand connections that send a byte now and then keep everybody else out. How long
/// a body may take is the time limit's business.
const HEAD_LIMIT: Duration = Duration::from_secs(20);

/// Answers requests until told to stop; then no connection is accepted any more, and what is under way is finished.
pub async fn answer(router: Router, listener: TcpListener, stop: watch::Receiver<bool>) {
    answer_within(HEAD_LIMIT, router, listener, stop).await;
}

async fn answer_within(
    head_limit: Duration,
    router: Router,
    mut listener: TcpListener,
    mut stop: watch::Receiver<bool>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(head_limit);
    let open = GracefulShutdown::new();
    loop {
        let (stream, client) = tokio::select! {
            accepted = Listener::accept(&mut listener) => accepted,
            // An error means that the sender is gone, which is a reason to stop as well.
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let service = router
            .clone()
            .map_request(move |request| from(client, request));
        let connection =
            http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let connection = open.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%client, %error, "a connection ended early");
            }
        });
    }
    drop(listener);
    open.shutdown().await;
}

fn from(client: SocketAddr, mut request: Request<Incoming>) -> Request<Incoming> {
    request.extensions_mut().insert(ConnectInfo(client));
    request
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    const LIMIT: Duration = Duration::from_millis(200);

    /// A server, and what stops it.
    async fn start() -> (SocketAddr, watch::Sender<bool>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        let router =
            Router::new().route(
                "/",
                get(|ConnectInfo(client): ConnectInfo<SocketAddr>| async move {
                    client.ip().to_string()
                }),
            );
        tokio::spawn(answer_within(LIMIT, router, listener, stopped));
        (address, stop)
    }

    /// What the server says to these bytes before it closes the connection, which it has to do soon.
    async fn say(address: SocketAddr, bytes: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(bytes.as_bytes()).await.unwrap();
        let mut answer = String::new();
        tokio::time::timeout(LIMIT * 20, stream.read_to_string(&mut answer))
            .await
            .expect("the connection is closed")
            .unwrap();
        answer
    }

    #[tokio::test]
    async fn a_client_who_sends_half_a_head_is_cut_off() {
        let (address, _stop) = start().await;
        for half in [
            "",
            "GET / HTTP/1.1\r\n",
            "GET / HTTP/1.1\r\nhost: a\r\nx-slow: ",
        ] {
            let answer = say(address, half).await;
            assert!(!answer.contains("200 OK"), "{half:?}: {answer}");
        }
    }

    #[tokio::test]
    async fn a_whole_request_is_answered_and_an_idle_connection_closed() {
        let (address, _stop) = start().await;
        let answer = say(address, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        assert!(answer.ends_with("127.0.0.1"), "{answer}");
    }

    #[tokio::test]
    async fn told_to_stop_it_accepts_nobody() {
        let (address, stop) = start().await;
        stop.send(true).unwrap();
        let refused = async {
            while TcpStream::connect(address).await.is_ok() {
                tokio::time::sleep(LIMIT / 20).await;
            }
        };
        tokio::time::timeout(LIMIT * 20, refused).await.unwrap();
    }
}
