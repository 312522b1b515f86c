//! What shoppers write down: which orders they were told are paid, when, and what went wrong on the way.

use crate::Outcome;
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// How long it may take until somebody buys.
const PATIENCE: Duration = Duration::from_secs(120);

/// So much is kept of what an answer said.
const REASON: usize = 160;

/// All shoppers write into one.
#[derive(Clone, Default)]
pub struct Book(Arc<Mutex<Pages>>);

#[derive(Default)]
struct Pages {
    sales: Vec<(Instant, String)>,
    asked: u64,
    failed: u64,
    reasons: BTreeMap<String, u64>,
}

/// How much stands in it.
pub struct Count {
    pub sales: usize,
    pub asked: u64,
    pub failed: u64,
}

impl Book {
    /// An order that its page says is paid, by the secret in its address.
    pub fn sale(&self, secret: &str) {
        self.pages().sales.push((Instant::now(), secret.to_owned()));
    }

    /// A request and what came of it.
    pub fn note<T>(&self, outcome: Outcome<T>) -> Option<T> {
        let mut pages = self.pages();
        pages.asked += 1;
        outcome
            .inspect_err(|error| {
                let reason = error.to_string().chars().take(REASON).collect();
                pages.failed += 1;
                *pages.reasons.entry(reason).or_default() += 1;
            })
            .ok()
    }

    pub fn count(&self) -> Count {
        let pages = self.pages();
        Count {
            sales: pages.sales.len(),
            asked: pages.asked,
            failed: pages.failed,
        }
    }

    /// The secrets of all orders that somebody was told are paid.
    pub fn sold(&self) -> HashSet<String> {
        let pages = self.pages();
        pages
            .sales
            .iter()
            .map(|(_, secret)| secret.clone())
            .collect()
    }

    /// Why requests failed, and how often.
    pub fn reasons(&self) -> Vec<(String, u64)> {
        let pages = self.pages();
        pages.reasons.clone().into_iter().collect()
    }

    /// The longest time between two sales, or between one and the beginning or end.
    pub fn longest_without_a_sale(&self, begin: Instant, end: Instant) -> Duration {
        let pages = self.pages();
        let within = pages.sales.iter().map(|(at, _)| *at);
        let within = within.filter(|at| (begin..end).contains(at));
        let mut last = begin;
        let gaps = within.chain([end]).map(|at| {
            let gap = at - last;
            last = at;
            gap
        });
        gaps.max().unwrap_or_default()
    }

    /// Waits until so many more were sold.
    pub async fn more_sales(&self, more: usize) -> Outcome {
        let (before, begun) = (self.count().sales, Instant::now());
        while self.count().sales < before + more {
            if begun.elapsed() > PATIENCE {
                return Err("nobody can buy".into());
            }
            sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
