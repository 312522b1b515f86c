use super::{Failure, open, say};
use crate::config::Config;

/// Asks everything that must always hold, and says what does not. Reads only: the server may be running.
pub async fn run(config: &Config) -> Result<(), Failure> {
    let market = open(config).await?;
    if !market.is_migrated().await? {
        return Err(Failure::Refused(
            "This database is not up to date. Run `shelfshare migrate` first.".into(),
        ));
    }
    market.check_settings().await?;
    let report = market::verify::run(&market).await?;
    for check in &report.checks {
        let verdict = if check.breaches.is_empty() {
            "holds "
        } else {
            "BROKEN"
        };
        say(format_args!(
            "{verdict} {:4} {} ({} looked at)",
            check.rule, check.name, check.looked_at
        ));
        for breach in &check.breaches {
            say(format_args!("            {breach}"));
        }
    }
    market.close().await?;
    if report.is_sound() {
        Ok(())
    } else {
        Err(Failure::Refused(
            "Some rules are broken. The lines above name them.".into(),
        ))
    }
}
