use super::{Failure, open_with, say};
use crate::config::{Config, Mode};
use crate::demo;
use market::Clock;
use model::Timestamp;

/// Fills an empty database with the demo market; one with accounts in it is left as it is.
pub async fn run(config: &Config) -> Result<(), Failure> {
    if config.mode == Mode::Production {
        return Err(Failure::Refused(
            "The demo's log-ins are known to everybody, so it is not for production. Set `mode` to `demo`.".into(),
        ));
    }
    let now = Clock::system().now();
    let clock = Clock::by_hand(Timestamp(0));
    let market = open_with(config, clock.clone()).await?;
    market.migrate().await?;
    if !market.is_empty().await? {
        return Err(Failure::Refused(
            "There are accounts in this database already. The demo goes into an empty one only."
                .into(),
        ));
    }
    let made = demo::fill(&market, &clock, now, &config.demo_pictures).await?;
    let demo::Made {
        stores,
        products,
        pictures,
        orders,
    } = made;
    say(format_args!(
        "Made {stores} stores, {products} products, {pictures} pictures and {orders} orders."
    ));
    if config.mode == Mode::Demo {
        say(format_args!("The log-in page shows whom to log in as."));
    } else {
        say(format_args!(
            "Start it with SHELFSHARE_MODE=demo, and the log-in page shows whom to log in as."
        ));
    }
    market.close().await?;
    Ok(())
}
