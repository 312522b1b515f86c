use super::{Failure, open, say};
use crate::config::Config;
use market::{Error, Market};

/// What is done with an account.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    Suspend,
    Reinstate,
    Appoint,
    Dismiss,
}

/// Does it to the account `who` names by an e-mail address or a store's slug, and says what that means.
pub async fn run(config: &Config, act: Act, who: &str) -> Result<(), Failure> {
    let market = open(config).await?;
    market.migrate().await?;
    match carry_out(&market, act, who).await {
        Err(Error::NotFound(_)) => {
            return Err(Failure::Refused(format!(
                "There is no account or store `{who}`. Name an e-mail address, or a store's part of its web address."
            )));
        }
        done => done?,
    }
    say(format_args!("{who} {}", outcome(act)));
    market.close().await?;
    Ok(())
}

async fn carry_out(market: &Market, act: Act, who: &str) -> market::Result<()> {
    match act {
        Act::Suspend => market::account::suspend(market, who).await,
        Act::Reinstate => market::account::reinstate(market, who).await,
        Act::Appoint => market::account::appoint(market, who).await,
        Act::Dismiss => market::account::dismiss(market, who).await,
    }
}

fn outcome(act: Act) -> &'static str {
    match act {
        Act::Suspend => {
            "is suspended: every log-in has ended, and nothing of the store is for sale. `reinstate` takes it back."
        }
        Act::Reinstate => "is as before: the account can log in, and the store sells again.",
        Act::Appoint => "runs the market now.",
        Act::Dismiss => "does not run the market any more.",
    }
}
