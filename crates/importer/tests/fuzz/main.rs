//! Pages that were made to break the reader, and damaged ones by the thousand: none may stop it, hold
//! it up, fill the memory, or get anything into a draft that doesn't belong there.
//!
//! Takes a few seconds in a normal test run; `cargo xtask import-fuzz --minutes 30` goes on for longer.
//! Both begin with the same pages, so that one that failed comes again; it is also kept in a file.

#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod draft;
mod hostile;
mod mutate;
mod report;
mod seeds;

use importer::platform::Platform;
use importer::{Draft, NotADraft, Page, ReadPage};
use peak_alloc::PeakAlloc;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use report::{Cost, Report};
use seeds::Seed;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};
use trial_web::corpus;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SHORT: Duration = Duration::from_secs(4);
const MEBIBYTE: usize = 1024 * 1024;
const MOST_MEMORY: usize = 64 * MEBIBYTE;
/// For one page. Without optimisation everything takes ten times as long.
const MOST_TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 1 });
/// More would only say the same again.
const MOST_FAILURES: usize = 20;

/// What a shop's software answered.
type Payload = (Platform, Vec<u8>);

#[test]
fn no_page_breaks_the_reader() {
    let seeds = seeds::all();
    let mut report = Report::default();
    // Panics are part of the report.
    std::panic::set_hook(Box::new(|_| {}));
    for (name, bytes) in hostile::pages() {
        let page = Page {
            url: corpus::somewhere(),
            content_type: None,
            bytes,
        };
        report.add(read(&page, None), || name.to_owned());
    }
    let start = Instant::now();
    let time = time();
    let mut number = 0;
    while start.elapsed() < time && report.failures().len() < MOST_FAILURES {
        let mut random = StdRng::seed_from_u64(number);
        let page = page(&mut random, &seeds);
        let payload = payload(&mut random, &seeds);
        report.add(read(&page, payload.as_ref()), || {
            keep(number, &page).display().to_string()
        });
        number += 1;
    }
    let _ = std::panic::take_hook();
    report.print();
    assert!(
        report.failures().is_empty(),
        "{}",
        report.failures().join("\n")
    );
}

fn time() -> Duration {
    let minutes = std::env::var("IMPORT_FUZZ_MINUTES").ok();
    let minutes: Option<u64> = minutes.and_then(|minutes| minutes.parse().ok());
    minutes.map_or(SHORT, |minutes| Duration::from_secs(60 * minutes))
}

fn page(random: &mut StdRng, seeds: &[Seed]) -> Page {
    let seed = seeds.choose(random).unwrap();
    let types = [
        "text/html",
        "text/html; charset=utf-8",
        "text/html; charset=iso-8859-1",
        "text/html; charset=utf-16",
        "text/html; charset=shift_jis",
        "text/html; charset=\"",
        "application/json",
        "image/png",
        "",
    ];
    let content_type = random
        .random_bool(0.5)
        .then(|| (*types.choose(random).unwrap()).to_owned());
    Page {
        url: seed.url.clone(),
        content_type,
        bytes: mutate::mutated(random, &seed.bytes, seeds),
    }
}

/// What a shop's software might answer, damaged too.
fn payload(random: &mut StdRng, seeds: &[Seed]) -> Option<Payload> {
    let platforms = [
        Platform::Shopify,
        Platform::WooCommerce,
        Platform::Squarespace,
        Platform::BigCartel,
    ];
    let json: Vec<&Seed> = seeds.iter().filter(|seed| seed.is_json()).collect();
    let seed = json.choose(random).filter(|_| random.random_bool(0.2))?;
    let platform = *platforms.choose(random)?;
    Some((platform, mutate::mutated(random, &seed.bytes, seeds)))
}

/// Reads the page as the importer does, and says what was wrong with that.
fn read(page: &Page, payload: Option<&Payload>) -> Result<Cost, String> {
    let mut cost = Cost::default();
    let draft = measured(&mut cost, || {
        let page = ReadPage::of(page)?;
        let _ = page.endpoint();
        page.draft()
    })?;
    check(&draft)?;
    if let Some((platform, body)) = payload {
        let draft = measured(&mut cost, || {
            ReadPage::of(page)?.draft_with(*platform, body)
        })?;
        check(&draft)?;
    }
    cost.draft = draft.is_ok();
    Ok(cost)
}

/// Does `work` within the limits.
fn measured<T>(cost: &mut Cost, work: impl FnOnce() -> T) -> Result<T, String> {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let start = processor_time();
    let done = catch_unwind(AssertUnwindSafe(work));
    cost.time = cost.time.max(processor_time().saturating_sub(start));
    cost.memory = cost.memory.max(MEMORY.peak_usage().saturating_sub(before));
    if cost.time > MOST_TIME {
        return Err(format!("{} ms", cost.time.as_millis()));
    }
    if cost.memory > MOST_MEMORY {
        return Err(format!("{} MiB", cost.memory / MEBIBYTE));
    }
    done.map_err(|panic| format!("panic: {}", said(&*panic)))
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
    let computed = statistics
        .split(' ')
        .next()
        .and_then(|time| time.parse().ok());
    computed.map_or_else(
        || SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default(),
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
