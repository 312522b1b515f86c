//! Log lines on standard error.

pub mod waits;

use crate::config::{Config, LogFormat};
use std::io::IsTerminal;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};
use waits::Collector;

/// What others than we say at `info` about every request or start, and nobody wants to read.
const QUIET: &str = "sqlx=warn,sea_orm=warn,sea_orm_migration=warn,waits=off,tower_sessions=error,tower_sessions_core=error";

/// Starts logging. `RUST_LOG`, when set, says more exactly what to log than `log_level` can.
pub fn start(config: &Config) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new(format!("{},{QUIET}", config.log_level)));
    let lines = fmt::layer()
        .with_ansi(std::io::stderr().is_terminal())
        // Standard error may be a file on a full disk. That is no reason to fail.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    let lines = match config.log_format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let waits = config.slow_request.map(|_| Collector::layer());
    let all = tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .with(waits);
    // A second start (tests do that) keeps the first one's settings.
    let _already_started = all.try_init();
}
