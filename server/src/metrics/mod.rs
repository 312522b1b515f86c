//! What can be watched of this process, in the text format of Prometheus, on an address of its own: what shoppers reach
//! does not say how the market fares. `docs/watching.md` says what each name means.

mod market;
mod serve;

pub use serve::serve;

use axum::http::{Method, StatusCode};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::prometheus_text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::fmt;
use std::time::Duration;

/// What each name begins with.
const PREFIX: &str = "shelfshare";

/// Upper bounds of how long an answer takes, in seconds: from a page that is kept to a request that is given up.
const SECONDS: [f64; 11] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 5.0, 30.0,
];

type Answers = Family<Answer, Histogram, fn() -> Histogram>;

/// What is counted while requests are answered.
pub struct Metrics {
    registry: Registry,
    answers: Answers,
    pages: Family<Page, Counter>,
}

/// Requests that are counted together. The route, never the address, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answer {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Page {
    from: &'static str,
}

/// Where a guest's page came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageFrom {
    /// It was kept, and still true.
    Kept,
    /// It was made, and may be kept.
    Made,
    /// It was kept, and something on it had changed.
    Stale,
    /// It is nobody else's, or what changes is not known.
    Passed,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let answers = Answers::new_with_constructor(|| Histogram::new(SECONDS));
        let pages = Family::default();
        let mut registry = Registry::with_prefix(PREFIX);
        registry.register_with_unit(
            "answer",
            "How long requests took until their answer began",
            Unit::Seconds,
            answers.clone(),
        );
        registry.register(
            "pages",
            "Pages that were asked for, by where they came from",
            pages.clone(),
        );
        Metrics {
            registry,
            answers,
            pages,
        }
    }
}

impl Metrics {
    /// A request was answered.
    pub fn answered(&self, method: &Method, route: &str, status: StatusCode, took: Duration) {
        let answer = Answer {
            method: name(method),
            route: route.to_owned(),
            status: status.as_u16(),
        };
        self.answers
            .get_or_create(&answer)
            .observe(took.as_secs_f64());
    }

    /// A page was asked for.
    pub fn page(&self, from: PageFrom) {
        let from = match from {
            PageFrom::Kept => "kept",
            PageFrom::Made => "made",
            PageFrom::Stale => "stale",
            PageFrom::Passed => "passed",
        };
        self.pages.get_or_create(&Page { from }).inc();
    }

    /// All of it, with how the market fares.
    fn text(&self, figures: &::market::figures::Figures) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        encode(&mut text, &market::registry(figures))?;
        Ok(text)
    }
}

/// Whoever asks may call a method what she likes; there are only so many names.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        _ => "other",
    }
}
