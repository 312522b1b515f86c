//! Connections of clients: accepted, answered, and cut off when they dawdle.
//!
//! The server speaks HTTP/1.1. What encrypts, and speaks newer versions to browsers, is a proxy before it.

mod files;
mod refuse;
mod room;
mod watched;

use crate::config::Config;
use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use refuse::Refuser;
pub use room::{Place, Room};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower::ServiceExt;
use watched::{Patience, Watched};

/// How long a client may take to send the head of a request, and how long a connection may wait for its next one.
/// Without an end to it, a few thousand connections that send a byte now and then keep everybody else out. How long
/// a body may take is the time limit's business.
const HEAD_LIMIT: Duration = Duration::from_secs(20);

/// A phone at the edge of its network takes a few kilobytes a second; whoever takes next to nothing for a minute does not
/// want the answer.
const PATIENCE: Patience = Patience {
    nothing: Duration::from_secs(20),
    period: Duration::from_secs(60),
    least: 16 * 1024,
};

/// Connections of one network. A browser opens six; a house or an office has many.
const OF_ONE_NETWORK: usize = 256;

/// How much of the server clients may take.
#[derive(Debug, Clone)]
pub struct Bounds {
    head_limit: Duration,
    patience: Patience,
    room: Arc<Room>,
}

impl Bounds {
    /// As many connections as this process may have files.
    pub fn of(config: &Config) -> Self {
        let most = files::room_for_connections();
        tracing::info!(connections = most, "there is room");
        let most_of_one = if config.rate_limits {
            OF_ONE_NETWORK
        } else {
            most
        };
        Self {
            head_limit: HEAD_LIMIT,
            patience: PATIENCE,
            room: Room::new(most, most_of_one, config.trusted_proxies.clone()),
        }
    }
}

/// Answers requests until told to stop; then no connection is accepted any more, and what is under way is finished.
pub async fn answer(
    router: Router,
    mut listener: TcpListener,
    bounds: Bounds,
    mut stop: watch::Receiver<bool>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(bounds.head_limit);
    let open = GracefulShutdown::new();
    let refuser = Refuser::default();
    loop {
        let (stream, client) = tokio::select! {
            // It waits a second when there are no files left, so that others can be closed.
            accepted = Listener::accept(&mut listener) => accepted,
            // An error means that the sender is gone, which is a reason to stop as well.
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let place = match bounds.room.enter(client.ip()) {
            Ok(place) => place,
            Err(full) => {
                tracing::debug!(%client, ?full, "there is no room for a connection");
                refuser.refuse(stream, full);
                continue;
            }
        };
        let service = router
            .clone()
            .map_request(move |request| from(client, request));
        let stream = Watched::new(stream, bounds.patience);
        let connection =
            http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let connection = open.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%client, %error, "a connection ended early");
            }
            drop(place);
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
    use tokio::net::{TcpSocket, TcpStream};

    const LIMIT: Duration = Duration::from_millis(200);

    /// Much more than the system keeps for a client who takes nothing.
    const LARGE: usize = 16 * 1024 * 1024;

    /// A server, and what stops it.
    async fn start() -> (SocketAddr, watch::Sender<bool>) {
        start_with_room(100, 100).await
    }

    async fn start_with_room(most: usize, most_of_one: usize) -> (SocketAddr, watch::Sender<bool>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        let who = get(|ConnectInfo(client): ConnectInfo<SocketAddr>| async move {
            client.ip().to_string()
        });
        let router = Router::new()
            .route("/", who)
            .route("/large", get(|| async { "a".repeat(LARGE) }));
        let bounds = Bounds {
            head_limit: LIMIT,
            patience: Patience {
                nothing: LIMIT,
                period: LIMIT * 5,
                least: 256 * 1024,
            },
            room: Room::new(most, most_of_one, Vec::new()),
        };
        tokio::spawn(answer(router, listener, bounds, stopped));
        (address, stop)
    }

    async fn ask(address: SocketAddr, path: &str) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        // So that what the system keeps for her is small beside what she asks for.
        socket.set_recv_buffer_size(128 * 1024).unwrap();
        let mut stream = socket.connect(address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }

    /// What the server says to these bytes before it closes the connection, which it has to do soon.
    async fn say(address: SocketAddr, bytes: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(bytes.as_bytes()).await.unwrap();
        read_to_its_end(&mut stream).await
    }

    async fn read_to_its_end(stream: &mut TcpStream) -> String {
        let mut answer = String::new();
        tokio::time::timeout(LIMIT * 20, stream.read_to_string(&mut answer))
            .await
            .expect("the connection is closed")
            .unwrap();
        answer
    }

    /// How many bytes come of what was asked for, taken piece by piece with a pause after each.
    async fn take_slowly(stream: &mut TcpStream, piece: usize, pause: Duration) -> usize {
        let mut bytes = vec![0; piece];
        let mut taken = 0;
        loop {
            match stream.read(&mut bytes).await {
                Ok(0) | Err(_) => return taken,
                Ok(some) => taken += some,
            }
            tokio::time::sleep(pause).await;
        }
    }

    #[tokio::test]
    async fn a_client_who_takes_nothing_is_cut_off() {
        let (address, _stop) = start_with_room(1, 1).await;
        let _takes_nothing = ask(address, "/large").await;
        let next = async {
            loop {
                let mut stream = ask(address, "/").await;
                if read_to_its_end(&mut stream).await.contains("200 OK") {
                    return;
                }
                tokio::time::sleep(LIMIT / 4).await;
            }
        };
        tokio::time::timeout(LIMIT * 20, next)
            .await
            .expect("there is room again");
    }

    #[tokio::test]
    async fn a_client_who_takes_a_drop_now_and_then_is_cut_off() {
        let (address, _stop) = start().await;
        let mut stream = ask(address, "/large").await;
        let drops = take_slowly(&mut stream, 1_024, LIMIT / 10);
        let taken = tokio::time::timeout(LIMIT * 100, drops).await;
        assert!(taken.expect("it comes to an end") < LARGE);
    }

    #[tokio::test]
    async fn a_slow_client_gets_all_of_a_large_file() {
        let (address, _stop) = start().await;
        let mut stream = ask(address, "/large").await;
        let taken = take_slowly(&mut stream, 128 * 1024, LIMIT / 40).await;
        assert!(taken > LARGE, "only {taken} bytes came");
    }

    #[tokio::test]
    async fn there_is_room_for_so_many_and_others_are_told() {
        for (most, most_of_one, status) in [(3, 100, "503 "), (100, 3, "429 ")] {
            let (address, _stop) = start_with_room(most, most_of_one).await;
            let mut held = Vec::new();
            for _ in 0..3 {
                held.push(TcpStream::connect(address).await.unwrap());
            }
            let answer = say(address, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
            assert!(
                answer.contains(status) && answer.contains("retry-after"),
                "{answer}"
            );
            held.clear();
            tokio::time::sleep(LIMIT / 2).await;
            let answer = say(address, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
            assert!(answer.contains("200 OK"), "{answer}");
        }
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
