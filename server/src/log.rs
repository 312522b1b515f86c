//! Log lines on standard error.

use crate::config::{Config, LogFormat};
use tracing_subscriber::EnvFilter;

/// Starts logging. `RUST_LOG`, when set, says more exactly what to log than `log_level` can.
pub fn start(config: &Config) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        // The database driver and the session layer speak at these levels about every single request.
        EnvFilter::new(format!("{},sqlx=warn,tower_sessions=error,tower_sessions_core=error", config.log_level))
    });
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start (tests do that) keeps the first one's settings.
    let _already_started = match config.log_format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
}
