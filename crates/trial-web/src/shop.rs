//! A small shop, a canary, and resolvers that say what a test wants.

use importer::fetch::{FetchError, Fetched, Fetcher, Guard, Limits, Pace, Settings};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

pub const HERE: &str = "127.0.0.1";
/// Another address of this machine, for what must not be reached.
pub const ELSEWHERE: &str = "127.0.0.2";

/// What a shop answers.
pub enum Answer {
    /// These bytes, then the end of the connection.
    Raw(Vec<u8>),
    /// These bytes, then this part again and again, with a pause each time.
    Endless(Vec<u8>, Vec<u8>, Duration),
}

pub fn page(body: &str) -> Answer {
    answer("200 OK", "Content-Type: text/html\r\n", body.as_bytes())
}

pub fn answer(status: &str, headers: &str, body: &[u8]) -> Answer {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    Answer::Raw([head.as_bytes(), body].concat())
}

pub fn redirect(to: &str) -> Answer {
    answer("302 Found", &format!("Location: {to}\r\n"), b"")
}

/// A server on this machine.
pub struct Shop {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Shop {
    /// Answers each request by its head.
    pub async fn open(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        Self::open_at(&format!("{HERE}:0"), answer).await
    }

    /// Must not be reached.
    pub async fn canary(at: &str) -> Self {
        Self::open_at(at, |_| page("a canary")).await
    }

    async fn open_at(at: &str, answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(at).await.unwrap();
        let shop = Self {
            address: listener.local_addr().unwrap(),
            connections: Arc::default(),
            requests: Arc::default(),
        };
        let answer = Arc::new(answer);
        let (connections, requests) = (Arc::clone(&shop.connections), Arc::clone(&shop.requests));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                let (answer, requests) = (Arc::clone(&answer), Arc::clone(&requests));
                tokio::spawn(serve(stream, requests, answer));
            }
        });
        shop
    }

    pub fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    /// The same, by a name.
    pub fn named(&self, name: &str, path: &str) -> Url {
        Url::parse(&format!("http://{name}:{}{path}", self.address.port())).unwrap()
    }

    /// How often somebody connected.
    pub async fn connections(&self) -> usize {
        // Time to accept what may be waiting.
        tokio::time::sleep(Duration::from_millis(20)).await;
        self.connections.load(Ordering::SeqCst)
    }

    /// The heads of all requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve<A: Fn(&str) -> Answer>(
    mut stream: TcpStream,
    requests: Arc<Mutex<Vec<String>>>,
    answer: Arc<A>,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    requests.lock().unwrap().push(head.clone());
    match answer(&head) {
        Answer::Raw(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Answer::Endless(start, part, pause) => {
            let mut sent = stream.write_all(&start).await;
            while sent.is_ok() {
                tokio::time::sleep(pause).await;
                sent = stream.write_all(&part).await;
            }
        }
    }
}

/// Settings under which tests are quick.
pub fn settings() -> Settings {
    let unhurried = Pace::new(NonZeroU32::MAX, Duration::from_nanos(1));
    Settings {
        contact: Some("https://market.example/about".into()),
        limits: Limits {
            time: Duration::from_millis(1500),
            ..Limits::default()
        },
        pages: unhurried,
        images: unhurried,
        ..Settings::default()
    }
}

/// May ask `shop` and the internet. Every name leads to `shop`'s address.
pub fn fetcher(shop: &Shop) -> Fetcher {
    with_names(shop, &[&[HERE]])
}

/// May ask `shop` and the internet. Names lead to the first list of addresses, then to the second, and
/// so on; the last one stays.
pub fn with_names(shop: &Shop, answers: &[&[&str]]) -> Fetcher {
    let guard = Guard::new(&[]).allowing_for_tests(shop.address);
    Fetcher::with(&settings(), guard, Names::answering(answers)).unwrap()
}

/// A resolver in the hands of an attacker.
pub struct Names(Mutex<VecDeque<Vec<SocketAddr>>>);

impl Names {
    pub fn answering(answers: &[&[&str]]) -> Arc<Self> {
        let address = |text: &&str| SocketAddr::new(text.parse::<IpAddr>().unwrap(), 0);
        let answers = answers
            .iter()
            .map(|answer| answer.iter().map(address).collect());
        Arc::new(Self(Mutex::new(answers.collect())))
    }
}

impl Resolve for Names {
    fn resolve(&self, _: Name) -> Resolving {
        let mut answers = self.0.lock().unwrap();
        let answer = if answers.len() > 1 {
            answers.pop_front()
        } else {
            answers.front().cloned()
        };
        let addresses: Addrs = Box::new(answer.unwrap_or_default().into_iter());
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

/// Pages and pictures obey the same rules: asks for `url` as either.
pub async fn each_way(fetcher: &Fetcher, url: &Url) -> [Result<Fetched, FetchError>; 3] {
    [
        fetcher.page(url).await,
        fetcher.image(url).await,
        fetcher.file(url).await,
    ]
}
