//! Visitors who open pages one after the other without a pause, each on a connection that stays.

use crate::Outcome;
use crate::report::Figure;
use http_body_util::{BodyExt, Empty};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::task::{JoinSet, spawn_blocking};

const VISITORS: usize = 32;

/// How many pages they get in that time. They share one thread, so that the server has the rest of the machine.
pub async fn open(server: SocketAddr, path: &str, time: Duration) -> Outcome<Figure> {
    let path = path.to_owned();
    spawn_blocking(move || {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(all(server, path, time))
    })
    .await?
}

async fn all(server: SocketAddr, path: String, time: Duration) -> Outcome<Figure> {
    let begun = Instant::now();
    let mut visitors = JoinSet::new();
    for _ in 0..VISITORS {
        visitors.spawn(one(server, path.clone(), begun + time));
    }
    let mut made = 0;
    while let Some(pages) = visitors.join_next().await {
        made += pages??;
    }
    Ok(Figure {
        made,
        took: begun.elapsed(),
        statements: None,
    })
}

async fn one(server: SocketAddr, path: String, until: Instant) -> Outcome<u32> {
    let stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    // It ends with the sender.
    tokio::spawn(connection);
    let mut pages = 0;
    while Instant::now() < until {
        let request = Request::get(&path)
            .header("host", server.to_string())
            .header("accept", "text/html")
            .body(Empty::<Bytes>::new())?;
        sender.ready().await?;
        let answer = sender.send_request(request).await?;
        if !answer.status().is_success() {
            return Err(format!("{path}: {}", answer.status()).into());
        }
        let mut body = answer.into_body();
        while let Some(frame) = body.frame().await {
            frame?;
        }
        pages += 1;
    }
    Ok(pages)
}
