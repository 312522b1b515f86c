//! How it went.

use std::time::{Duration, Instant};

/// What one page cost.
#[derive(Clone, Copy, Default)]
pub struct Cost {
    pub time: Duration,
    pub memory: usize,
    /// Whether it became a draft.
    pub draft: bool,
}

pub struct Report {
    start: Instant,
    printed: Instant,
    pages: u64,
    drafts: u64,
    longest: Duration,
    most_memory: usize,
    failures: Vec<String>,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            start: Instant::now(),
            printed: Instant::now(),
            pages: 0,
            drafts: 0,
            longest: Duration::ZERO,
            most_memory: 0,
            failures: Vec::new(),
        }
    }
}

impl Report {
    /// Adds what came of a page, which `name` tells if that is needed. Prints a line every minute.
    pub fn add(&mut self, read: Result<Cost, String>, name: impl FnOnce() -> String) {
        self.pages += 1;
        match read {
            Ok(cost) => {
                self.longest = self.longest.max(cost.time);
                self.most_memory = self.most_memory.max(cost.memory);
                self.drafts += u64::from(cost.draft);
            }
            Err(what) => self.failures.push(format!("{what}: {}", name())),
        }
        if self.printed.elapsed() > Duration::from_secs(60) {
            self.printed = Instant::now();
            self.print();
        }
    }

    pub fn failures(&self) -> &[String] {
        &self.failures
    }

    pub fn print(&self) {
        eprintln!(
            "{} s: {} pages, {} drafts; at most {} ms and {} KiB for one page; {} failures",
            self.start.elapsed().as_secs(),
            self.pages,
            self.drafts,
            self.longest.as_millis(),
            self.most_memory / 1024,
            self.failures.len(),
        );
    }
}
