//! A client's stream that ends when she does not take what she asked for.

use socket2::SockRef;
use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

/// Bytes that the system keeps for a client beside those that are on their way: what it takes beyond is progress, also
/// of a slow phone, and not only when half of a large buffer is empty.
#[cfg(target_os = "linux")]
const AHEAD: u32 = 64 * 1024;

/// How slow a client may be.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How long she may take nothing at all.
    pub nothing: Duration,
    /// For so long that she is waited for in all, she has to have taken `least`.
    pub period: Duration,
    pub least: usize,
}

/// A stream on which writing fails once its reader is too slow.
#[derive(Debug)]
pub struct Watched {
    stream: TcpStream,
    patience: Patience,
    /// Since when it is waited for the reader, and the end of that.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
    /// How long it was waited for her in this period, and what she took meanwhile.
    waited: Duration,
    taken: usize,
}

impl Watched {
    pub fn new(stream: TcpStream, patience: Patience) -> Self {
        // Both only make it quicker, or more exact.
        let _as_it_is = stream.set_nodelay(true);
        #[cfg(target_os = "linux")]
        let _as_it_is = SockRef::from(&stream).set_tcp_notsent_lowat(AHEAD);
        Self {
            stream,
            patience,
            waiting: None,
            waited: Duration::ZERO,
            taken: 0,
        }
    }

    fn watch(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(bytes)) => {
                self.taken = self.taken.saturating_add(bytes);
                if let Some((since, _)) = self.waiting.take() {
                    self.waited += since.elapsed();
                }
                if self.waited < self.patience.period {
                    return Poll::Ready(Ok(bytes));
                }
                if self.taken < self.patience.least {
                    return Poll::Ready(Err(self.give_up()));
                }
                self.waited = Duration::ZERO;
                self.taken = 0;
                Poll::Ready(Ok(bytes))
            }
            Poll::Pending => {
                let nothing = self.patience.nothing;
                let (_, end) = self
                    .waiting
                    .get_or_insert_with(|| (Instant::now(), Box::pin(sleep(nothing))));
                match end.as_mut().poll(cx) {
                    Poll::Ready(()) => Poll::Ready(Err(self.give_up())),
                    Poll::Pending => Poll::Pending,
                }
            }
            failed @ Poll::Ready(Err(_)) => failed,
        }
    }

    /// The system forgets at once what the client never took.
    fn give_up(&self) -> io::Error {
        let _closed_slowly = SockRef::from(&self.stream).set_linger(Some(Duration::ZERO));
        io::Error::new(ErrorKind::TimedOut, "the client takes nothing")
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watch(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, pieces);
        self.watch(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
