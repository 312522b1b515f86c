//! Shoppers who come back however often they get no answer.

use crate::audit::Acknowledged;
use crate::shopper::{Answer, Browser};
use crate::stage::Stage;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use trial::world::Card;

const SHOPPERS: usize = 6;

/// A browser looks again soon when it got no answer.
const PAUSE: Duration = Duration::from_millis(50);

/// Shoppers at one server.
#[derive(Debug)]
pub struct Crowd {
    seen: Arc<Seen>,
    shoppers: JoinSet<()>,
}

#[derive(Debug, Default)]
struct Seen {
    acknowledged: Acknowledged,
    asked: AtomicU64,
    go_home: AtomicBool,
}

/// What shoppers did while they were there.
#[derive(Debug)]
pub struct Went {
    pub acknowledged: Acknowledged,
    pub asked: u64,
}

impl Crowd {
    pub async fn gather(host: &str, stage: &Stage) -> Crowd {
        let seen = Arc::new(Seen::default());
        let mut shoppers = JoinSet::new();
        for _ in 0..SHOPPERS {
            let (seen, stage) = (seen.clone(), stage.clone());
            let browser = Browser::at(host).await;
            shoppers.spawn(async move { seen.shop(&browser, &stage).await });
        }
        Crowd { seen, shoppers }
    }

    pub fn acknowledged(&self) -> &Acknowledged {
        &self.seen.acknowledged
    }

    pub async fn go_home(self) -> Went {
        self.seen.go_home.store(true, Ordering::Relaxed);
        self.shoppers.join_all().await;
        Went {
            acknowledged: self.seen.acknowledged.clone(),
            asked: self.seen.asked.load(Ordering::Relaxed),
        }
    }

    /// Whether each shopper on average bought something more in that time.
    pub async fn can_buy_within(&self, time: Duration) -> bool {
        let before = self.acknowledged().count();
        let started = Instant::now();
        while started.elapsed() < time {
            if self.acknowledged().count() >= before + SHOPPERS {
                return true;
            }
            tokio::time::sleep(PAUSE).await;
        }
        false
    }
}

impl Seen {
    async fn shop(&self, browser: &Browser, stage: &Stage) {
        while !self.go_home.load(Ordering::Relaxed) {
            let card = match rand::random_range(0..10) {
                0 => Card::Declined,
                _ => Card::Pays,
            };
            let answer = browser.buy(stage, card).await;
            self.asked
                .fetch_add(u64::from(answer.is_some()), Ordering::Relaxed);
            match answer {
                Some(Answer::Ordered { secret }) => self.acknowledged.note(secret, card),
                Some(_) => {}
                None => tokio::time::sleep(PAUSE).await,
            }
        }
    }
}

/// Lets a random while go by.
pub async fn pause(milliseconds: Range<u64>) {
    let moment = rand::random_range(milliseconds);
    tokio::time::sleep(Duration::from_millis(moment)).await;
}
