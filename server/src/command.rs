//! One file per subcommand. Each takes what it needs and answers with a [`Failure`] that is a sentence.

mod account;
mod backup;
mod demo;
mod extract;
mod issue;
mod migrate;
mod serve;
mod settings;
mod verify;

use crate::cli::{Cli, Command};
use crate::config::{self, Config, Source};
use crate::demo as demo_market;
use account::Act;
use issue::Way;
use market::{Clock, Market};
use std::fmt;
use std::io::Write;

/// Why a command did not do what it was asked, for whoever runs the server.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Config(#[from] config::Error),
    #[error(
        "There is no market at {0}. If it is to be a new one, run `shelfshare migrate` first. If not, look whether \
         `database_url` is right and whether the disk that it is on is there."
    )]
    NoMarket(String),
    #[error(transparent)]
    Market(market::Error),
    #[error("the demo could not be made: {0}")]
    Demo(#[from] demo_market::Error),
    #[error("{what}: {source}")]
    Io {
        what: String,
        source: std::io::Error,
    },
    /// Asked for something that is not allowed or does not exist; the text says what to do.
    #[error("{0}")]
    Refused(String),
}

impl From<market::Error> for Failure {
    fn from(error: market::Error) -> Failure {
        match error {
            market::Error::NoMarket(place) => Failure::NoMarket(place),
            error => Failure::Market(error),
        }
    }
}

impl Failure {
    /// For `map_err` on an I/O result: `what` is a clause like "can't listen on 127.0.0.1:3000".
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        |source| Self::Io { what, source }
    }
}

/// Does what was asked.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    let source = Source::read()?;
    if let Command::Settings { check } = cli.command {
        return settings::run(&source, check);
    }
    if let Command::Extract(arguments) = &cli.command {
        return extract::run(arguments).await;
    }
    let config = Config::from_source(&source)?;
    crate::log::start(&config);
    match cli.command {
        Command::Serve => serve::run(config).await,
        Command::Migrate => migrate::run(&config).await,
        Command::Demo => demo::run(&config).await,
        Command::Verify => verify::run(&config).await,
        Command::Backup { file, force } => backup::take(&config, &file, force).await,
        Command::Restore { file } => backup::restore(&config, &file).await,
        Command::Move { to } => backup::to_postgres(&config, &to).await,
        Command::Grant {
            store,
            amount,
            note,
        } => issue::run(&config, Way::Grant, &store, &amount, &note).await,
        Command::Burn {
            store,
            amount,
            note,
        } => issue::run(&config, Way::Burn, &store, &amount, &note).await,
        Command::Suspend { who } => account::run(&config, Act::Suspend, &who).await,
        Command::Reinstate { who } => account::run(&config, Act::Reinstate, &who).await,
        Command::Appoint { who } => account::run(&config, Act::Appoint, &who).await,
        Command::Dismiss { who } => account::run(&config, Act::Dismiss, &who).await,
        Command::Extract(_) | Command::Settings { .. } => Ok(()),
    }
}

/// The market this installation is about. A database that is not up to date is refused by whatever uses it
/// first, so commands that change data migrate before.
async fn open(config: &Config) -> Result<Market, Failure> {
    open_with(config, Clock::system()).await
}

/// The same, with a clock of one's own.
async fn open_with(config: &Config, clock: Clock) -> Result<Market, Failure> {
    Ok(Market::connect_with(config.market(), clock).await?)
}

/// Tells whoever runs the command. That nobody listens any more is no reason to fail.
fn say(line: fmt::Arguments<'_>) {
    let _nobody_listens = writeln!(std::io::stdout(), "{line}");
}
