//! Browsers that logged in to an account before. Each holds a number with a keyed hash over it and the account's e-mail
//! address, so that it can't be made up, and says nothing about anybody.

use crate::code::random_code;
use crate::{Market, Result, secret};

const SECRET: &str = "devices";
const NUMBER: usize = 16;

/// What a browser keeps that has just logged in to this account.
pub(super) async fn remember(market: &Market, email: &str) -> Result<String> {
    let number = random_code(NUMBER);
    let hash = hash(market, &number, email).await?;
    Ok(format!("{number}.{hash}"))
}

/// The number of a browser that logged in to this account before.
pub(super) async fn known<'a>(
    market: &Market,
    email: &str,
    kept: Option<&'a str>,
) -> Result<Option<&'a str>> {
    let Some((number, said)) = kept.and_then(|kept| kept.split_once('.')) else {
        return Ok(None);
    };
    if number.len() != NUMBER {
        return Ok(None);
    }
    let right = hash(market, number, email).await?;
    Ok((said == right).then_some(number))
}

async fn hash(market: &Market, number: &str, email: &str) -> Result<String> {
    secret::keyed_hash(market, SECRET, None, &format!("{number} {email}")).await
}
