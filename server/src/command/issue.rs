use super::{Failure, open, say};
use crate::config::Config;
use model::{Tokens, limits};

/// Which way tokens go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Made, and given to a store.
    Grant,
    /// Taken from a store, and gone.
    Burn,
}

/// Gives a store new tokens or takes some of its own out of the world (L3), and says what its wallet holds then.
pub async fn run(
    config: &Config,
    way: Way,
    store: &str,
    amount: &str,
    note: &str,
) -> Result<(), Failure> {
    let tokens = Tokens::parse(amount)
        .map_err(|error| Failure::Refused(format!("`{amount}` is no amount of tokens. {error}")))?;
    if tokens == Tokens::ZERO {
        return Err(Failure::Refused("Name more than zero.".into()));
    }
    let note = model::clean(note);
    if note.chars().count() > limits::NOTE {
        let most = limits::NOTE;
        return Err(Failure::Refused(format!(
            "Keep the note to {most} characters."
        )));
    }
    let market = open(config).await?;
    market.migrate().await?;
    // Each run of the command is an act of its own.
    let key = market::random_code(20);
    let issued = match way {
        Way::Grant => tokens,
        Way::Burn => Tokens(-tokens.0),
    };
    let wallet = match market::issue(&market, store, issued, &note, &key).await {
        Ok(wallet) => wallet,
        Err(market::Error::NotFound(_)) => {
            return Err(Failure::Refused(format!("There is no store `{store}`.")));
        }
        Err(market::Error::Overdrawn { .. }) => {
            return Err(Failure::Refused(format!(
                "{store} holds less than {}. Tokens behind its open offers are not in its wallet.",
                tokens.show()
            )));
        }
        Err(error) => return Err(error.into()),
    };
    let symbol = &config.token_symbol;
    let happened = match way {
        Way::Grant => "was given",
        Way::Burn => "lost",
    };
    say(format_args!(
        "{store} {happened} {} {symbol} and holds {} {symbol} now.",
        tokens.show(),
        wallet.show()
    ));
    market.close().await?;
    Ok(())
}
