//! How long reading a page takes, on one core, over the public cases; beside `extruct`, a library that
//! reads markup only, on the same pages in the same run. `cargo xtask import-bench` has it all set up.

#![allow(clippy::print_stdout, reason = "the figures are what it is run for")]
#![allow(
    clippy::unwrap_used,
    reason = "a measurement that can't go on has failed"
)]

use importer::{Page, extract};
use std::hint::black_box;
use std::io::Write;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use trial_web::corpus;

/// Each page is read so often; the time in the middle counts.
const TIMES: usize = 7;
/// The Python program in which `extruct` is installed.
const PYTHON: &str = "EXTRUCT_PYTHON";

fn main() -> ExitCode {
    let Some(pages) = corpus::pages() else {
        println!("The public cases are not here: set IMPORT_CORPUS to their folder.");
        return ExitCode::SUCCESS;
    };
    let pages: Vec<Page> = pages
        .into_iter()
        .map(|(_, url, bytes)| Page {
            url,
            content_type: None,
            bytes,
        })
        .collect();
    let bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();
    println!(
        "{} pages, {} KiB on average, one core",
        pages.len(),
        bytes / pages.len().max(1) / 1024
    );
    let ours: Vec<Duration> = pages
        .iter()
        .map(|page| middle(|| black_box(extract(black_box(page))).is_ok()))
        .collect();
    show("shelfshare", &ours);
    let Some(python) = std::env::var_os(PYTHON) else {
        println!("{PYTHON} is not set: nothing to compare with.");
        return ExitCode::SUCCESS;
    };
    match extruct(&python, &pages) {
        Ok(theirs) => {
            show("extruct", &theirs);
            compare(&ours, &theirs);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("extruct: {error}");
            ExitCode::FAILURE
        }
    }
}

fn middle<T>(read: impl Fn() -> T) -> Duration {
    let mut times = [Duration::ZERO; TIMES];
    for time in &mut times {
        let start = Instant::now();
        read();
        *time = start.elapsed();
    }
    times.sort_unstable();
    times[TIMES / 2]
}

/// Hands over the pages, and gets the nanoseconds that each took.
fn extruct(python: &std::ffi::OsStr, pages: &[Page]) -> std::io::Result<Vec<Duration>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/extruct_pages.py");
    let mut child = Command::new(python)
        .args([script, &TIMES.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        for page in pages {
            writeln!(input, "{} {}", page.bytes.len(), page.url)?;
            input.write_all(&page.bytes)?;
        }
    }
    let output = child.wait_with_output()?;
    let times = String::from_utf8_lossy(&output.stdout);
    let times: Vec<Duration> = times
        .lines()
        .filter_map(|line| Some(Duration::from_nanos(line.parse().ok()?)))
        .collect();
    if times.len() == pages.len() {
        Ok(times)
    } else {
        Err(std::io::Error::other("it did not read all pages"))
    }
}

fn show(name: &str, times: &[Duration]) {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    println!(
        "{name:>12}: median {:6.2} ms, p99 {:7.2} ms, all {:8.2} ms",
        milliseconds(quantile(&sorted, 50)),
        milliseconds(quantile(&sorted, 99)),
        milliseconds(times.iter().sum()),
    );
}

fn compare(ours: &[Duration], theirs: &[Duration]) {
    let mut ratios: Vec<f64> = ours
        .iter()
        .zip(theirs)
        .map(|(ours, theirs)| theirs.as_secs_f64() / ours.as_secs_f64())
        .collect();
    ratios.sort_unstable_by(f64::total_cmp);
    let all = |times: &[Duration]| times.iter().sum::<Duration>().as_secs_f64();
    println!(
        "extruct takes {:.1} times as long for all pages; for single pages {:.1} to {:.1}, in the middle {:.1}",
        all(theirs) / all(ours),
        ratios.first().copied().unwrap_or_default(),
        ratios.last().copied().unwrap_or_default(),
        quantile(&ratios, 50),
    );
}

/// The smallest value that so many in a hundred don't exceed.
fn quantile<T: Copy + Default>(sorted: &[T], percent: usize) -> T {
    let rank = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(rank).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
