use super::{Failure, open, say};
use crate::config::Config;
use model::{Tokens, limits};

/// Gives a store new tokens, and says what its wallet holds then.
pub async fn run(config: &Config, store: &str, amount: &str, note: &str) -> Result<(), Failure> {
    let tokens = Tokens::parse(amount)
        .map_err(|error| Failure::Refused(format!("`{amount}` is no amount of tokens. {error}")))?;
    if tokens == Tokens::ZERO {
        return Err(Failure::Refused("Give more than zero.".into()));
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
    let wallet = match market::issue(&market, store, tokens, &note, &key).await {
        Ok(wallet) => wallet,
        Err(market::Error::NotFound(_)) => {
            return Err(Failure::Refused(format!("There is no store `{store}`.")));
        }
        Err(error) => return Err(error.into()),
    };
    let symbol = &config.token_symbol;
    say(format_args!(
        "{store} was given {} {symbol} and holds {} {symbol} now.",
        tokens.show(),
        wallet.show()
    ));
    market.close().await?;
    Ok(())
}
