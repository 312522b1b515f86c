//! What each request waited for: the database, and what is marked as a wait ([`market::WAITS`]). It is collected beside
//! the request's span, and told when the request turns out to be slow.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write};
use std::time::{Duration, Instant};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Metadata, Span, Subscriber};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::{LookupSpan, Registry};

/// The span of a request.
pub const REQUEST: &str = "request";

/// Spans of statements begin so.
const DATABASE: &str = "sea_orm";

/// The field in which such a span has its SQL. Values are not in it.
const STATEMENT: &str = "db.statement";

/// So much of a statement tells which one it is.
const SHOWN: usize = 240;

/// Collects the waits of each request.
pub struct Collector;

impl Collector {
    /// The layer, which looks at nothing but requests and waits.
    pub fn layer<S: Subscriber + for<'s> LookupSpan<'s>>() -> impl Layer<S> {
        Collector.with_filter(filter_fn(is_concerned).with_max_level_hint(LevelFilter::INFO))
    }
}

fn is_concerned(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && (metadata.name() == REQUEST || is_wait(metadata))
}

fn is_wait(metadata: &Metadata<'_>) -> bool {
    metadata.target() == market::WAITS || metadata.target().starts_with(DATABASE)
}

/// A wait that goes on.
struct Waiting {
    since: Instant,
    statement: Option<String>,
}

/// What a request has waited for.
#[derive(Default)]
struct Waits {
    /// How often and how long, by what.
    by_name: BTreeMap<&'static str, (u32, Duration)>,
    longest_statement: Option<(Duration, String)>,
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Collector {
    fn on_new_span(&self, _: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if span.name() == REQUEST {
            span.extensions_mut().insert(Waits::default());
        } else {
            span.extensions_mut().insert(Waiting {
                since: Instant::now(),
                statement: None,
            });
        }
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(waiting) = span.extensions_mut().get_mut::<Waiting>() {
            record.record(waiting);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else {
            return;
        };
        let Some(waiting) = span.extensions_mut().remove::<Waiting>() else {
            return;
        };
        let request = span.scope().skip(1).find(|span| span.name() == REQUEST);
        if let Some(request) = request
            && let Some(waits) = request.extensions_mut().get_mut::<Waits>()
        {
            let name = match span.metadata().target() {
                market::WAITS => span.name(),
                _ => "database",
            };
            waits.add(name, waiting);
        }
    }
}

impl Visit for Waiting {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == STATEMENT {
            self.statement = Some(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

impl Waits {
    fn add(&mut self, name: &'static str, Waiting { since, statement }: Waiting) {
        let took = since.elapsed();
        let (times, all) = self.by_name.entry(name).or_default();
        *times += 1;
        *all += took;
        let is_longest = || {
            let longest = self.longest_statement.as_ref();
            longest.is_none_or(|(longest, _)| took > *longest)
        };
        if let Some(statement) = statement.filter(|_| is_longest()) {
            self.longest_statement = Some((took, statement));
        }
    }

    fn told(&self) -> String {
        let mut told = String::new();
        for (name, (times, all)) in &self.by_name {
            let _never_fails = write!(told, "{name} {times}× {} ms, ", all.as_millis());
        }
        if let Some((took, statement)) = &self.longest_statement {
            let statement: String = statement.chars().take(SHOWN).collect();
            let _never_fails = write!(told, "longest {} ms: {statement}", took.as_millis());
        }
        told
    }
}

/// What the request of the current span has waited for so far.
pub fn told() -> String {
    let told = Span::current().with_subscriber(|(id, dispatch)| {
        let span = dispatch.downcast_ref::<Registry>()?.span(id)?;
        let extensions = span.extensions();
        extensions.get::<Waits>().map(Waits::told)
    });
    told.flatten().unwrap_or_default()
}
