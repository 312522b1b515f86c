use super::tries::Origin;
use super::{device, password};
use crate::entity::account;
use crate::{Market, Refusal, Result};
use model::{AccountId, LogIn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Somebody who has just shown who she is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedIn {
    /// Whose e-mail address and password these are.
    pub account: AccountId,
    /// What her browser should keep, and give at the next time: others' wrong tries are then not held against her.
    pub device: String,
}

/// Looks up whose e-mail address and password these are. `device` is what the browser kept of an earlier time.
///
/// Tries are counted for visitors ([`Market::asked_from`]), by the account asked for and where they come from.
///
/// # Errors
/// [`Refusal::WrongLogIn`], the same and as slow whether the address or the password is wrong;
/// [`Refusal::TooManyTries`], whether there is such an account or not; [`Refusal::Suspended`] only when both are right.
pub async fn log_in(market: &Market, log_in: LogIn, device: Option<&str>) -> Result<LoggedIn> {
    let LogIn { email, password } = log_in;
    let known = device::known(market, &email, device).await?;
    let origin = match (known, &market.from) {
        (Some(number), _) => Some(Origin::Device(number)),
        (None, Some(place)) => Some(Origin::Place(place)),
        (None, None) => None,
    };
    let counted = match origin {
        Some(origin) if market.from.is_some() => {
            Some(market.tries.begin(market.now(), &email, origin)?)
        }
        _ => None,
    };
    let row = account::Entity::find()
        .filter(account::Column::Email.eq(email.as_str()))
        .one(market.reader())
        .await?;
    let hash = row.as_ref().map(|row| row.password_hash.clone());
    let right = password::verify(password, hash).await?;
    let Some(row) = row.filter(|_| right) else {
        return Err(Refusal::WrongLogIn.into());
    };
    if let Some(counted) = counted {
        market.tries.was_right(counted);
    }
    if row.suspended_at.is_some() {
        return Err(Refusal::Suspended.into());
    }
    let kept = device.filter(|_| known.is_some()).map(ToOwned::to_owned);
    let device = match kept {
        Some(kept) => kept,
        None => device::remember(market, &email).await?,
    };
    Ok(LoggedIn {
        account: row.id,
        device,
    })
}
