//! How the market fares, under the names that are watched.

use super::PREFIX;
use market::figures::{Due, Feed, Figures, Pool, Texts};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::registry::{Registry, Unit};

/// What a connection does.
type State = [(&'static str, &'static str); 2];

/// As it is at this moment.
pub fn registry(figures: &Figures) -> Registry {
    let mut registry = Registry::with_prefix(PREFIX);
    feed(&mut registry, figures.feed);
    texts(&mut registry, figures.texts);
    if let Some(due) = figures.due {
        calls(&mut registry, due);
    }
    if let Some(offered) = figures.offered {
        let help = "Products in the marketplace, while lists are answered from memory";
        gauge(&mut registry, "products_offered", help, offered);
    }
    let help = "Open pages that are told how products stand";
    gauge(&mut registry, "open_pages", help, figures.watching);
    pools(&mut registry, &figures.pools);
    registry
}

fn feed(registry: &mut Registry, feed: Feed) {
    let mut counter = |name: &str, help: &str, value: u64| {
        registry.register(name, help, ConstCounter::new(value));
    };
    counter(
        "feed_asked",
        "Requests that asked for what changed",
        feed.asked,
    );
    counter(
        "feed_reads",
        "Reads of what changed, each for all who asked",
        feed.reads,
    );
    counter(
        "feed_lost",
        "Times that changes may have been missed",
        feed.lost,
    );
    registry.register_with_unit(
        "feed_reading",
        "What the reads of what changed took",
        Unit::Seconds,
        ConstCounter::new(feed.reading.as_secs_f64()),
    );
    let help = "1 while what changes is known, and pages may be kept";
    gauge(
        registry,
        "feed_followed",
        help,
        usize::from(feed.behind.is_some()),
    );
    if let Some(behind) = feed.behind {
        registry.register_with_unit(
            "feed_behind",
            "How long ago the last read of what changed began",
            Unit::Seconds,
            ConstGauge::new(behind.as_secs_f64()),
        );
    }
}

fn texts(registry: &mut Registry, texts: Texts) {
    let help = "1 while words are looked up in the index, and not in the database";
    gauge(registry, "search_ready", help, usize::from(texts.are_there));
    let help = "1 while all texts in the index are compared with the database";
    gauge(
        registry,
        "search_comparing",
        help,
        usize::from(!texts.are_compared),
    );
    let help = "Changed products that searches do not know of";
    gauge(registry, "search_behind", help, texts.waiting);
}

fn calls(registry: &mut Registry, due: Due) {
    registry.register(
        "outbox_due",
        "Calls to the outside that should have been made",
        ConstGauge::new(due.calls),
    );
    registry.register_with_unit(
        "outbox_oldest",
        "How long the oldest of them has been due",
        Unit::Seconds,
        ConstGauge::new(due.oldest.as_secs_f64()),
    );
}

fn pools(registry: &mut Registry, pools: &[Pool]) {
    let connections = Family::<State, Gauge>::default();
    for pool in pools {
        let states = [
            ("busy", pool.open.saturating_sub(pool.idle)),
            ("idle", pool.idle.min(pool.open)),
            ("free", pool.most.saturating_sub(pool.open)),
        ];
        for (state, count) in states {
            connections
                .get_or_create(&[("pool", pool.name), ("state", state)])
                .set(i64::from(count));
        }
    }
    registry.register(
        "database_connections",
        "Connections to the database: at work, waiting for work, and those that may still be opened",
        connections,
    );
}

fn gauge(registry: &mut Registry, name: &str, help: &str, value: usize) {
    registry.register(name, help, ConstGauge::new(value));
}
