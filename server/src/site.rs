//! What every handler may need, in one cheaply cloned value.

use crate::carried_site::{LIST, line};
use crate::config::Config;
use crate::files::Memory;
use crate::health::Readiness;
use crate::kept_pages::KeptPages;
use crate::live;
use crate::metrics::Metrics;
use crate::middleware::client_address::UnknownProxy;
use crate::middleware::rate_limit::Counters;
use app::parts::{Part, SHOP};
use app::{Build, PartFiles};
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use market::Market;
use sha2::{Digest, Sha256};
use std::fs;
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

/// The name of the built scripts.
const OUTPUT_NAME: &str = "shelfshare";

#[derive(Clone)]
pub struct Site(Arc<Parts>);

/// What a site is made of.
pub struct Parts {
    pub config: Config,
    pub market: Market,
    pub leptos: LeptosOptions,
    pub build: Build,
    pub files: Memory,
    pub kept_pages: KeptPages,
    pub open_pages: live::Pages,
    pub counters: Counters,
    pub unknown_proxy: UnknownProxy,
    pub readiness: Readiness,
    pub metrics: Metrics,
}

impl Deref for Site {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Site {
    pub fn new(config: Config, market: Market) -> Self {
        let mut leptos = LeptosOptions::builder()
            .output_name(OUTPUT_NAME)
            .site_root(config.site_root.to_string_lossy().into_owned())
            .site_addr(config.listen)
            .build();
        let list = list(&leptos);
        leptos.hash_files = list.is_some();
        let build = build(&leptos, list.as_deref());
        let kept_pages = KeptPages::new(config.page_cache);
        let open_pages = live::Pages::new(config.rate_limits);
        let counters = Counters::new(config.guests_per_minute);
        Site(Arc::new(Parts {
            config,
            market,
            leptos,
            build,
            files: Memory::new(),
            kept_pages,
            open_pages,
            counters,
            unknown_proxy: UnknownProxy::default(),
            readiness: Readiness::default(),
            metrics: Metrics::default(),
        }))
    }
}

impl FromRef<Site> for LeptosOptions {
    fn from_ref(site: &Site) -> Self {
        site.leptos.clone()
    }
}

/// A build puts the list of what browsers load beside the files; without a list they have plain names.
fn list(options: &LeptosOptions) -> Option<String> {
    fs::read_to_string(Path::new(&*options.site_root).join(LIST)).ok()
}

/// The files that browsers load, by the list.
fn build(options: &LeptosOptions, list: Option<&str>) -> Build {
    let line = |name: &str| line(list?, name);
    let folder = match line("build") {
        Some(build) => format!("/{}/{build}", options.site_pkg_dir),
        None => format!("/{}", options.site_pkg_dir),
    };
    let file = |name: &str| -> Arc<str> { format!("{folder}/{name}").into() };
    let style = |name: &str| file(&format!("{name}.css"));
    let part = |part: Part| {
        let modules = line(part.name()).unwrap_or_default();
        PartFiles {
            part,
            style: style(part.name()),
            modules: modules.split_whitespace().map(file).collect(),
        }
    };
    Build {
        id: build_id(list.unwrap_or(env!("CARGO_PKG_VERSION"))),
        style: style(SHOP),
        script: file(&format!("{OUTPUT_NAME}.js")),
        module: file(&format!("{OUTPUT_NAME}.wasm")),
        parts: Part::ALL.map(part).into(),
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
    fn files_are_where_the_list_says() {
        let options = LeptosOptions::builder().output_name(OUTPUT_NAME).build();
        let plain = build(&options, None);
        assert_eq!(&*plain.module, "/pkg/shelfshare.wasm");
        assert_eq!(&*plain.of_part(Part::Till).unwrap().style, "/pkg/till.css");
        assert!(plain.of_part(Part::Till).unwrap().modules.is_empty());
        let listed = build(
            &options,
            Some("build: a1\ntill: c.wasm till.wasm\nseller: s.wasm\n"),
        );
        assert_eq!(&*listed.script, "/pkg/a1/shelfshare.js");
        assert_eq!(&*listed.module, "/pkg/a1/shelfshare.wasm");
        assert_eq!(&*listed.style, "/pkg/a1/shop.css");
        let till = listed.of_part(Part::Till).unwrap();
        assert_eq!(&*till.style, "/pkg/a1/till.css");
        let modules: Vec<_> = till.modules.iter().map(|file| &**file).collect();
        assert_eq!(modules, ["/pkg/a1/c.wasm", "/pkg/a1/till.wasm"]);
        let next = build(&options, Some("build: a2\n"));
        assert_ne!(listed.id, next.id);
    }
}
