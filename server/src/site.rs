//! What every handler may need, in one cheaply cloned value.

use crate::config::Config;
use crate::health::Readiness;
use crate::middleware::client_address::UnknownProxy;
use crate::middleware::rate_limit::Counters;
use app::Build;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use market::Market;
use sha2::{Digest, Sha256};
use std::fs;
use std::sync::Arc;

/// The name of the built scripts and styles.
const OUTPUT_NAME: &str = "shelfshare";

#[derive(Clone)]
pub struct Site {
    pub config: Arc<Config>,
    pub market: Market,
    pub leptos: LeptosOptions,
    pub build: Build,
    pub counters: Arc<Counters>,
    pub unknown_proxy: Arc<UnknownProxy>,
    pub readiness: Arc<Readiness>,
}

impl Site {
    pub fn new(config: Config, market: Market) -> Self {
        let mut leptos = LeptosOptions::builder()
            .output_name(OUTPUT_NAME)
            .site_root(config.site_root.to_string_lossy().into_owned())
            .site_addr(config.listen)
            .build();
        let hashes = hashes(&leptos);
        leptos.hash_files = hashes.is_some();
        let build = build(&leptos, hashes.as_deref());
        let counters = Counters::new(config.guests_per_minute);
        Self {
            config: Arc::new(config),
            market,
            leptos,
            build,
            counters: Arc::new(counters),
            unknown_proxy: Arc::default(),
            readiness: Arc::default(),
        }
    }
}

impl FromRef<Site> for LeptosOptions {
    fn from_ref(site: &Site) -> Self {
        site.leptos.clone()
    }
}

/// A build with hashed file names puts the list of hashes beside the binary; without the list the names are plain.
fn hashes(options: &LeptosOptions) -> Option<String> {
    let binary = std::env::current_exe().ok()?;
    fs::read_to_string(binary.parent()?.join(&*options.hash_file)).ok()
}

/// The files that browsers load, by the list: a line for each kind, `css: 3kqD…`.
fn build(options: &LeptosOptions, hashes: Option<&str>) -> Build {
    let file = |kind: &str| -> Arc<str> {
        let hash = hashes
            .and_then(|list| {
                list.lines()
                    .find_map(|line| line.strip_prefix(kind)?.strip_prefix(':'))
            })
            .map(|hash| format!(".{}", hash.trim()))
            .unwrap_or_default();
        let folder = &options.site_pkg_dir;
        format!("/{folder}/{OUTPUT_NAME}{hash}.{kind}").into()
    };
    Build {
        id: build_id(hashes.unwrap_or(env!("CARGO_PKG_VERSION"))),
        style: file("css"),
        script: file("js"),
        module: file("wasm"),
    }
}

/// The same for all processes of one build, and another for every other.
fn build_id(told_apart_by: &str) -> Arc<str> {
    let hash = hex::encode(Sha256::digest(told_apart_by));
    hash.chars().take(16).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_as_the_list_says() {
        let options = LeptosOptions::builder().output_name(OUTPUT_NAME).build();
        let plain = build(&options, None);
        assert_eq!(&*plain.module, "/pkg/shelfshare.wasm");
        let hashed = build(&options, Some("js: a1\nwasm: b2\ncss: c3\n"));
        assert_eq!(&*hashed.script, "/pkg/shelfshare.a1.js");
        assert_eq!(&*hashed.module, "/pkg/shelfshare.b2.wasm");
        assert_eq!(&*hashed.style, "/pkg/shelfshare.c3.css");
        let next = build(&options, Some("js: a1\nwasm: b3\ncss: c3\n"));
        assert_ne!(hashed.id, next.id);
    }
}
