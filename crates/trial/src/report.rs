//! How much is done, and what came of it.

use std::fs::OpenOptions;
use std::io::Write;
use std::time::Instant;

/// `short` in the tests of every change, `long` when `TORTURE=long`.
pub fn so_many<T>(short: T, long: T) -> T {
    match std::env::var("TORTURE").as_deref() {
        Ok("long") => long,
        _ => short,
    }
}

/// The figures of one test on one engine.
#[derive(Clone, Debug)]
pub struct Report {
    started: Instant,
    /// What was asked of the market.
    pub operations: u64,
    /// Faults put in its way; for races, how many there were.
    pub faults: u64,
    /// Effects that were acknowledged and are not there.
    pub lost: u64,
    /// Answers, totals and rows that are not as the rules say.
    pub wrong: u64,
}

impl Report {
    /// Begins to count.
    pub fn begin() -> Report {
        Report {
            started: Instant::now(),
            operations: 0,
            faults: 0,
            lost: 0,
            wrong: 0,
        }
    }

    /// Writes the figures of a test on an engine down, then fails unless nothing was lost and nothing wrong.
    pub fn file(self, test: &str, engine: &str) {
        let line = serde_json::json!({
            "test": test,
            "engine": engine,
            "operations": self.operations,
            "faults": self.faults,
            "lost": self.lost,
            "wrong": self.wrong,
            "seconds": self.started.elapsed().as_secs(),
        });
        println!("{line}");
        if let Ok(path) = std::env::var("TORTURE_REPORT") {
            let file = OpenOptions::new().create(true).append(true).open(path);
            // One write, so that tests that end at the same moment do not mix their lines.
            file.unwrap()
                .write_all(format!("{line}\n").as_bytes())
                .unwrap();
        }
        assert_eq!((self.lost, self.wrong), (0, 0), "{test}: lost and wrong");
    }
}
