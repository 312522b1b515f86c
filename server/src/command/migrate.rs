use super::{Failure, open, say};
use crate::config::Config;

/// Brings the database up to date; doing it twice changes nothing.
pub async fn run(config: &Config) -> Result<(), Failure> {
    let market = open(config).await?;
    market.migrate().await?;
    say(format_args!("The database is up to date."));
    market.close().await?;
    Ok(())
}
