use super::{Failure, say};
use crate::config::Config;
use market::Market;

/// Brings the database up to date, and makes one where there is none; doing it twice changes nothing.
pub async fn run(config: &Config) -> Result<(), Failure> {
    let mut settings = config.market();
    settings.make_database = true;
    let market = Market::connect(settings).await?;
    market.migrate().await?;
    say(format_args!("The database is up to date."));
    market.close().await?;
    Ok(())
}
