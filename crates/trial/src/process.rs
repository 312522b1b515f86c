use crate::World;
use market::feed::{self, Stamp, Topic};
use market::{live, search};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Another process on the same market, that follows what changes.
pub struct Process {
    pub world: World,
    follower: JoinHandle<()>,
    /// Tells whoever watches a product.
    teller: JoinHandle<()>,
    /// Keeps texts, so that words are looked up in them.
    keeper: Option<JoinHandle<()>>,
    stop: watch::Sender<bool>,
}

impl Process {
    pub async fn beside(world: &World) -> Process {
        let world = world.with(|_| {}).await;
        let (stop, stopped) = watch::channel(false);
        let market = world.market.clone();
        let follower = tokio::spawn(async move { feed::follow(&market, stopped).await });
        let (market, stopped) = (world.market.clone(), stop.subscribe());
        let teller = tokio::spawn(async move { live::tell(&market, stopped).await });
        let process = Process {
            world,
            follower,
            teller,
            keeper: None,
            stop,
        };
        process.follows().await;
        process
    }

    /// One that looks words up, as servers do.
    pub async fn looking_words_up(world: &World) -> Process {
        let mut process = Process::beside(world).await;
        let (market, stopped) = (process.world.market.clone(), process.stop.subscribe());
        process.keeper = Some(tokio::spawn(async move {
            search::keep(&market, stopped).await;
        }));
        process.knows_words().await;
        process
    }

    /// Waits until it can look words up.
    pub async fn knows_words(&self) {
        for _ in 0..1_000 {
            if self.world.market.knows_words() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("nobody looks words up");
    }

    /// Waits until it knows all that is shown.
    pub async fn follows(&self) {
        for _ in 0..500 {
            let market = &self.world.market;
            if market.feed().catch_up().await.is_ok() && market.answers_from_memory() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("nobody follows");
    }

    /// It shows something now that `topics` say all about.
    pub fn shows(&self, topics: &[Topic]) -> Stamp {
        let topics: BTreeSet<_> = topics.iter().copied().collect();
        self.world.market.feed().moment().unwrap().of(&topics)
    }

    pub async fn still_holds(&self, shown: &Stamp) -> bool {
        let feed = self.world.market.feed();
        feed.catch_up().await.unwrap();
        feed.holds(shown)
    }

    pub async fn end(self) {
        self.stop.send(true).unwrap();
        self.follower.await.unwrap();
        self.teller.await.unwrap();
        if let Some(keeper) = self.keeper {
            keeper.await.unwrap();
        }
        assert!(self.world.market.feed().catch_up().await.is_err());
        self.world.market.close().await.unwrap();
    }
}
