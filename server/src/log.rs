//! Log lines on standard error.

use crate::config::{Config, LogFormat};
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// What others than we say at `info` about every request or start, and nobody wants to read.
const QUIET: &str =
    "sqlx=warn,sea_orm_migration=warn,tower_sessions=error,tower_sessions_core=error";

/// Starts logging. `RUST_LOG`, when set, says more exactly what to log than `log_level` can.
pub fn start(config: &Config) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new(format!("{},{QUIET}", config.log_level)));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        // Standard error may be a file on a full disk. That is no reason to fail.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    // A second start (tests do that) keeps the first one's settings.
    let _already_started = match config.log_format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
}
