//! How much is done, and what came of it.

use crate::engine::{Engine, Place};
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
    test: &'static str,
    engine: Engine,
    started: Instant,
    /// Requests that were sent.
    pub operations: u64,
    /// Faults put in their way.
    pub faults: u64,
    /// Effects that were acknowledged and are not there.
    pub lost: u64,
    /// Answers and rows that are not as the rules say.
    pub wrong: u64,
}

impl Report {
    pub fn on(test: &'static str, place: &Place) -> Report {
        Report {
            test,
            engine: place.engine,
            started: Instant::now(),
            operations: 0,
            faults: 0,
            lost: 0,
            wrong: 0,
        }
    }

    /// Counts what an audit found.
    pub fn add(&mut self, found: crate::audit::Found) {
        self.lost += found.lost;
        self.wrong += found.wrong;
    }

    /// Writes the figures down, then fails unless nothing was lost and nothing wrong.
    pub fn file(self) {
        let line = serde_json::json!({
            "test": self.test,
            "engine": self.engine.name(),
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
        assert_eq!(
            (self.lost, self.wrong),
            (0, 0),
            "{}: lost and wrong",
            self.test
        );
    }
}
