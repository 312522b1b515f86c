//! Shoppers who buy all the time, at both servers.

use super::book::Book;
use crate::Outcome;
use crate::purchases::{Server, Shop};
use crate::town::Town;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// At each server.
const EACH: usize = 4;

/// Who got no answer tries again that soon.
const PAUSE: Duration = Duration::from_millis(100);

/// How long the last ones may take to find out what became of their orders.
const LAST_ORDERS: Duration = Duration::from_secs(60);

/// How an order's page says that it is paid.
const PAID: &str = "data-testid=\"order-thanks\"";

/// They leave when this is dropped.
pub struct Shoppers {
    go_home: Arc<AtomicBool>,
    shoppers: JoinSet<()>,
}

impl Shoppers {
    pub fn gather(servers: &[Server; 2], book: &Book) -> Shoppers {
        let go_home = Arc::new(AtomicBool::new(false));
        let number = Arc::new(AtomicUsize::new(0));
        let mut shoppers = JoinSet::new();
        for server in servers {
            for _ in 0..EACH {
                let (shop, book) = (server.shop().clone(), book.clone());
                let (go_home, number) = (go_home.clone(), number.clone());
                shoppers.spawn(async move {
                    while !go_home.load(Ordering::Relaxed) {
                        buy(&shop, &book, number.fetch_add(1, Ordering::Relaxed)).await;
                    }
                });
            }
        }
        Shoppers { go_home, shoppers }
    }

    /// Each finishes what she has begun.
    pub async fn go_home(self) -> Outcome {
        self.go_home.store(true, Ordering::Relaxed);
        let left = timeout(LAST_ORDERS, self.shoppers.join_all()).await;
        left.map_err(|_| "somebody never learns what became of her order")?;
        Ok(())
    }
}

/// Somebody new. Who has pressed pay and got no answer presses it again, until she knows.
async fn buy(shop: &Shop, book: &Book, number: usize) {
    let Some(till) = book.note(shop.fill_cart(Town::pair(number)).await) else {
        return sleep(PAUSE).await;
    };
    let order = loop {
        match book.note(till.pay().await) {
            Some(order) => break order,
            None => sleep(PAUSE).await,
        }
    };
    loop {
        match book.note(shop.page(&order).await) {
            Some(page) if page.contains(PAID) => break,
            _ => sleep(PAUSE).await,
        }
    }
    book.sale(order.trim_start_matches("/order/"));
}
