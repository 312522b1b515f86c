//! Clients who hold the server up on purpose, over real sockets: another visitor has her page in time.

use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};
use trial_http::running::Running;

/// More than one network may have.
const CROWD: usize = 500;

/// What a visitor waits at most, on a machine that builds other things at the same time.
const IN_TIME: Duration = Duration::from_secs(5);

/// Much more than the system keeps for a client who takes nothing.
const LARGE: usize = 8 * 1024 * 1024;

async fn crowd(server: &Running, says: &str) -> Vec<TcpStream> {
    let mut crowd = Vec::new();
    for _ in 0..CROWD {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4 * 1024).unwrap();
        let address = server.host().parse().unwrap();
        let mut stream = socket.connect(address).await.unwrap();
        // Whoever has no place is told so, and may find the connection closed.
        let _ = stream.write_all(says.as_bytes()).await;
        crowd.push(stream);
    }
    crowd
}

/// The proxy's visitors are not of the crowd's network.
async fn another_visitor_is_served(server: &Running) {
    let asked = Instant::now();
    let response = server.get("/health/live").await;
    assert_eq!(response.status(), 200);
    assert!(asked.elapsed() < IN_TIME, "{:?}", asked.elapsed());
    let page = server.get("/log-in").await;
    assert_eq!(page.status(), 200);
    assert!(asked.elapsed() < IN_TIME * 2, "{:?}", asked.elapsed());
}

/// A server that all of 127.0.0.1 may fill: what one network may have is tried elsewhere.
async fn server() -> Running {
    let server = Running::with(&[("trusted_proxies", "127.0.0.1")]).await;
    server.put_site_file("large.wasm", &"a".repeat(LARGE));
    server
}

#[tokio::test]
async fn clients_who_take_nothing() {
    let server = server().await;
    let _crowd = crowd(&server, "GET /large.wasm HTTP/1.1\r\nhost: a\r\n\r\n").await;
    another_visitor_is_served(&server).await;
}

#[tokio::test]
async fn clients_who_ask_for_many_pages_at_once_and_take_none() {
    let server = server().await;
    let many = "GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n".repeat(50);
    let _crowd = crowd(&server, &many).await;
    another_visitor_is_served(&server).await;
}

#[tokio::test]
async fn clients_who_send_half_a_head() {
    let server = server().await;
    let _crowd = crowd(&server, "GET / HTTP/1.1\r\nhost: a\r\nx-slow: ").await;
    another_visitor_is_served(&server).await;
}

#[tokio::test]
async fn clients_whose_form_never_comes_to_its_end() {
    let server = server().await;
    let form = format!(
        "POST {} HTTP/1.1\r\nhost: {}\r\norigin: {}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: 1000\r\n\r\nform",
        trial_http::running::function("sign_up"),
        server.host(),
        server.public_url,
    );
    let _crowd = crowd(&server, &form).await;
    another_visitor_is_served(&server).await;
}

#[tokio::test]
async fn one_network_leaves_room_for_others() {
    let server = Running::start().await;
    let crowd = crowd(&server, "GET / HTTP/1.1\r\nhost: a\r\nx-slow: ").await;
    let mut told = 0;
    for stream in &crowd {
        let mut bytes = [0; 64];
        tokio::time::sleep(Duration::from_micros(100)).await;
        if stream
            .try_read(&mut bytes)
            .is_ok_and(|read| bytes[..read].starts_with(b"HTTP/1.1 429"))
        {
            told += 1;
        }
    }
    assert!(
        told > 0,
        "nobody of {CROWD} was told that these are too many"
    );
}
