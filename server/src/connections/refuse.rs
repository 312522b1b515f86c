//! What a client is told for whom there is no room.

use super::room::Full;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Clients who are told at the same time; more are just hung up on.
const AT_ONCE: usize = 64;

/// Nobody takes longer to be told.
const LONGEST: Duration = Duration::from_secs(2);

/// Tells clients that there is no room.
#[derive(Debug, Clone)]
pub struct Refuser(Arc<Semaphore>);

impl Default for Refuser {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Refuser {
    pub fn refuse(&self, stream: TcpStream, full: Full) {
        if let Ok(turn) = Arc::clone(&self.0).try_acquire_owned() {
            tokio::spawn(async move {
                // Whoever does not listen has only herself to blame.
                let _told = timeout(LONGEST, tell(stream, full)).await;
                drop(turn);
            });
        }
    }
}

async fn tell(mut stream: TcpStream, full: Full) -> std::io::Result<()> {
    let (status, sentence) = match full {
        Full::ForAll => (
            "503 Service Unavailable",
            "Too many people are here at the moment. Try again in a minute.\n",
        ),
        Full::ForOne => (
            "429 Too Many Requests",
            "Too many connections come from your network. Close some, or try again in a minute.\n",
        ),
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\nretry-after: 60\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n{sentence}",
        sentence.len()
    );
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await?;
    // What she had sent by then is read, or she would be told of a broken connection instead.
    let mut unread = [0; 1024];
    while stream.read(&mut unread).await? > 0 {}
    Ok(())
}
