//! A crowd that was sent to a page by one post: how many pages guests get in a second, beside as much text by axum and
//! maud, while some of them buy what is shown.

use crate::Outcome;
use crate::purchases::{self, Server};
use crate::report::{Figure, line, median, ratio};
use crate::town::Town;
use crate::visitors;
use std::net::{SocketAddr, TcpListener};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio::time::sleep;

/// Beside the visitors somebody buys that often.
const BETWEEN_PURCHASES: Duration = Duration::from_millis(50);

/// So few are left of what is bought that each purchase changes its pages.
const LEFT: i64 = 99;

const ROUND: Duration = Duration::from_secs(3);

/// What is kept of pages, in MiB.
const KEPT: &str = "64";

/// Measures each page so often.
pub async fn measure(program: &str, town: &Town<'_>, rounds: usize) -> Outcome {
    let reference = Reference::start().await?;
    let keeps = Server::start(program, town, KEPT, Stdio::inherit()).await?;
    let makes = Server::start(program, town, "0", Stdio::inherit()).await?;
    keeps.knows_all().await?;
    makes.knows_all().await?;
    let scarce = town.goods.len() - 1;
    let product = town.goods[scarce].page.clone();
    let store = product.rsplit_once('/').ok_or("no store")?.0.to_owned();
    let pages = [
        ("the front page", "/"),
        ("the marketplace", "/market"),
        ("a store", &store),
        ("a product", &product),
    ];
    for (name, path) in pages {
        let length = keeps.page(path).await?.len();
        let plain = reference.page_of(length);
        let (mut kept, mut made, mut floor) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..rounds {
            town.restock(scarce, LEFT).await?;
            kept.push(beside_purchases(&keeps, town, scarce, path).await?);
            town.restock(scarce, LEFT).await?;
            made.push(beside_purchases(&makes, town, scarce, path).await?);
            floor.push(visitors::open(reference.address, &plain, ROUND).await?);
        }
        let (kept, made, floor) = (median(kept), median(made), median(floor));
        println!("-- {name}, {} KB", length / 1_000);
        line("pages/s for guests, while it is bought", kept);
        line("pages/s when none is kept", made);
        line("as much text by axum and maud", floor);
        ratio("of axum and maud", kept, floor);
    }
    if let Some(peak) = keeps.peak_memory_mib() {
        println!("{peak:>10} MiB  server's memory at its peak");
    }
    makes.stop().await?;
    keeps.stop().await
}

/// Visitors, while somebody buys.
async fn beside_purchases(
    server: &Server,
    town: &Town<'_>,
    scarce: usize,
    path: &str,
) -> Outcome<Figure> {
    let is_over = AtomicBool::new(false);
    let visit = async {
        let pages = visitors::open(server.address()?, path, ROUND).await;
        is_over.store(true, Ordering::Relaxed);
        pages
    };
    // The last purchase is not cut off: what it holds would be missing in the next round.
    let buy = async {
        for number in 0.. {
            if is_over.load(Ordering::Relaxed) {
                break;
            }
            sleep(BETWEEN_PURCHASES).await;
            purchases::one(server, town, scarce, number).await?;
        }
        Outcome::Ok(())
    };
    let (pages, bought) = tokio::join!(visit, buy);
    bought?;
    pages
}

struct Reference {
    address: SocketAddr,
    /// Ends with this.
    _process: tokio::process::Child,
    /// What a page has in any case, and each card in it.
    bare: usize,
    card: usize,
}

impl Reference {
    async fn start() -> Outcome<Reference> {
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let process = Command::new(std::env::current_exe()?)
            .args(["reference", &address.port().to_string()])
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        for _ in 0..100 {
            if TcpStream::connect(address).await.is_ok() {
                break;
            }
            sleep(Duration::from_millis(20)).await;
        }
        let length = async |cards: usize| -> Outcome<usize> {
            let url = format!("http://{address}/{cards}");
            Ok(reqwest::get(url).await?.bytes().await?.len())
        };
        let (bare, hundred) = (length(0).await?, length(100).await?);
        Ok(Reference {
            address,
            _process: process,
            bare,
            card: (hundred - bare) / 100,
        })
    }

    /// The page that is about as long.
    fn page_of(&self, length: usize) -> String {
        format!("/{}", length.saturating_sub(self.bare) / self.card)
    }
}
