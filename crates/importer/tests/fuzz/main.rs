//! Damaged pages by the thousand: none may stop the reader, hold it up, fill the memory, or get anything
//! into a draft that doesn't belong there.
//!
//! Takes a few seconds in a normal test run. `cargo xtask import-fuzz --minutes 30` goes on for longer.
//! Both begin at the same place, so that a page that failed comes again; it is also kept in a file.

#[path = "../corpus/mod.rs"]
#[allow(dead_code, reason = "the bench uses the rest")]
mod corpus;
mod draft;
mod mutate;
mod seeds;

use importer::extract::{self, Begun, Page};
use importer::sources::platform::{Endpoint, Platform};
use importer::{Draft, NotADraft};
use peak_alloc::PeakAlloc;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use seeds::Seed;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SHORT: Duration = Duration::from_secs(4);
const MEBIBYTE: usize = 1024 * 1024;
const MOST_MEMORY: usize = 64 * MEBIBYTE;
/// For one page. Without optimisation everything takes ten times as long.
const MOST_TIME: Duration = if cfg!(debug_assertions) {
    Duration::from_secs(10)
} else {
    Duration::from_secs(1)
};

/// What one page cost.
#[derive(Clone, Copy, Default)]
struct Cost {
    time: Duration,
    memory: usize,
}

#[test]
fn no_page_breaks_the_reader() {
    let time = std::env::var("IMPORT_FUZZ_MINUTES").ok();
    let time = time.and_then(|minutes| minutes.parse().ok());
    let time = time.map_or(SHORT, |minutes: u64| Duration::from_secs(60 * minutes));
    let seeds = seeds::all();
    std::panic::set_hook(Box::new(|_| {}));
    let start = Instant::now();
    let (mut pages, mut drafts, mut worst) = (0_u64, 0_u64, Cost::default());
    let mut failures = Vec::new();
    let mut reported = start;
    while start.elapsed() < time && failures.len() < 20 {
        let mut random = StdRng::seed_from_u64(pages);
        let page = page(&mut random, &seeds);
        let payload = payload(&mut random, &seeds);
        match read(&page, &payload) {
            Ok((cost, found)) => {
                worst.time = worst.time.max(cost.time);
                worst.memory = worst.memory.max(cost.memory);
                drafts += u64::from(found);
            }
            Err(what) => failures.push(format!("{what}: {}", keep(pages, &page).display())),
        }
        pages += 1;
        if reported.elapsed() > Duration::from_secs(60) {
            reported = Instant::now();
            eprintln!("{}", summary(start.elapsed(), pages, drafts, worst, failures.len()));
        }
    }
    let _ = std::panic::take_hook();
    eprintln!("{}", summary(start.elapsed(), pages, drafts, worst, failures.len()));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn summary(time: Duration, pages: u64, drafts: u64, worst: Cost, failures: usize) -> String {
    format!(
        "{} s: {pages} pages, {drafts} drafts; at most {} ms and {} KiB for one page; {failures} failures",
        time.as_secs(),
        worst.time.as_millis(),
        worst.memory / 1024,
    )
}

fn page(random: &mut StdRng, seeds: &[Seed]) -> Page {
    let seed = seeds.choose(random).unwrap();
    let types = [
        "text/html", "text/html; charset=utf-8", "text/html; charset=iso-8859-1", "text/html; charset=utf-16",
        "text/html; charset=shift_jis", "text/html; charset=\"", "application/json", "image/png", "",
    ];
    let content_type = random.random_bool(0.5).then(|| types.choose(random).unwrap().to_string());
    Page {
        url: seed.url.clone(),
        content_type,
        bytes: mutate::mutated(random, &seed.bytes, seeds),
    }
}

/// What a shop's software might answer, damaged too.
fn payload(random: &mut StdRng, seeds: &[Seed]) -> Option<Vec<u8>> {
    let json: Vec<&Seed> = seeds.iter().filter(|seed| seed.is_json()).collect();
    let seed = json.choose(random).filter(|_| random.random_bool(0.2))?;
    Some(mutate::mutated(random, &seed.bytes, seeds))
}

/// Reads the page as the importer does, and says what was wrong with that.
fn read(page: &Page, payload: &Option<Vec<u8>>) -> Result<(Cost, bool), String> {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let start = processor_time();
    let read = catch_unwind(AssertUnwindSafe(|| extract::begin(page)));
    let time = processor_time().saturating_sub(start);
    let memory = MEMORY.peak_usage().saturating_sub(before);
    let Begun { draft, endpoint } = read.map_err(|panic| format!("panic: {}", said(&*panic)))?;
    if time > MOST_TIME {
        return Err(format!("{} ms", time.as_millis()));
    }
    if memory > MOST_MEMORY {
        return Err(format!("{} MiB", memory / MEBIBYTE));
    }
    check(&draft)?;
    if let Some(payload) = payload {
        let endpoints = endpoint.into_iter().chain(endpoints(page));
        for endpoint in endpoints {
            let read = catch_unwind(AssertUnwindSafe(|| extract::with_payload(page, &endpoint, payload)));
            check(&read.map_err(|panic| format!("panic: {}", said(&*panic)))?)?;
        }
    }
    Ok((Cost { time, memory }, draft.is_ok()))
}

/// One of each software's.
fn endpoints(page: &Page) -> impl Iterator<Item = Endpoint> {
    let platforms = [Platform::Shopify, Platform::WooCommerce, Platform::Squarespace, Platform::BigCartel];
    let url = page.url.clone();
    platforms.into_iter().map(move |platform| Endpoint { platform, url: url.clone() })
}

fn check(draft: &Result<Draft, NotADraft>) -> Result<(), String> {
    draft.as_ref().map_or(Ok(()), draft::check)
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "of an unknown kind".into())
}

/// Time that this thread computed, so that others on the machine don't count; else the time that went by.
fn processor_time() -> Duration {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let computed = statistics.split(' ').next().and_then(|time| time.parse().ok());
    computed.map_or_else(
        || std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default(),
        Duration::from_nanos,
    )
}

/// Puts a page where somebody can look at it.
fn keep(number: u64, page: &Page) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    let file = folder.join(format!("{number}.html"));
    let _ = std::fs::create_dir_all(&folder);
    let _ = std::fs::write(&file, &page.bytes);
    file
}
