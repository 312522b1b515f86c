//! What every handler may need, in one cheaply cloned value.

use crate::config::Config;
use crate::middleware::client_address::UnknownProxy;
use crate::middleware::rate_limit::Counters;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use market::Market;
use std::sync::Arc;

/// The name of the built scripts and styles.
const OUTPUT_NAME: &str = "shelfshare";

#[derive(Clone)]
pub struct Site {
    pub config: Arc<Config>,
    pub market: Market,
    pub leptos: LeptosOptions,
    pub counters: Arc<Counters>,
    pub unknown_proxy: Arc<UnknownProxy>,
}

impl Site {
    pub fn new(config: Config, market: Market) -> Self {
        let mut leptos = LeptosOptions::builder()
            .output_name(OUTPUT_NAME)
            .site_root(config.site_root.to_string_lossy().into_owned())
            .site_addr(config.listen)
            .build();
        leptos.hash_files = has_hashes(&leptos);
        let counters = Counters::new(config.guests_per_minute);
        Self {
            config: Arc::new(config),
            market,
            leptos,
            counters: Arc::new(counters),
            unknown_proxy: Arc::default(),
        }
    }
}

impl FromRef<Site> for LeptosOptions {
    fn from_ref(site: &Site) -> Self {
        site.leptos.clone()
    }
}

/// A build with hashed file names puts the list beside the binary; without the list the names are plain.
fn has_hashes(options: &LeptosOptions) -> bool {
    std::env::current_exe()
        .ok()
        .and_then(|binary| Some(binary.parent()?.join(&*options.hash_file)))
        .is_some_and(|list| list.is_file())
}
