use super::{market, session};
use crate::error::{AppError, AppResult};
use market::account::Signed;
use market::store::Owner;
use market::{Error, Market, Refusal};
use model::AccountId;

/// Who is asking. What may be done needs a proof, and the proof can only be got here.
#[derive(Clone, Debug)]
pub struct Asking(Option<Signed>);

impl Asking {
    /// The proof of being signed in.
    ///
    /// # Errors
    /// [`AppError::SignIn`] for a guest.
    pub fn account(&self) -> AppResult<&Signed> {
        self.0.as_ref().ok_or(AppError::SignIn)
    }

    /// The proof of owning a store.
    ///
    /// # Errors
    /// [`AppError::SignIn`] for a guest, [`AppError::NeedsStore`] for somebody without a store.
    pub fn store_owner(&self) -> AppResult<Owner> {
        Ok(self.account()?.store_owner()?)
    }

    /// The signed-in person, for pages that guests see as well.
    #[must_use]
    pub fn signed(&self) -> Option<&Signed> {
        self.0.as_ref()
    }

    /// The owner of a store, for pages that others see as well and that show owners more (R10).
    #[must_use]
    pub fn owner(&self) -> Option<Owner> {
        self.0.as_ref().and_then(|signed| signed.store_owner().ok())
    }
}

/// Finds out who is asking. A session whose account is gone or suspended is nobody's.
///
/// # Errors
/// [`AppError::Internal`] when the session or the market does not answer.
pub async fn viewer() -> AppResult<Asking> {
    let signed = match session::account().await? {
        Some(account) => look_up(&market()?, account).await?,
        None => None,
    };
    Ok(Asking(signed))
}

async fn look_up(market: &Market, account: AccountId) -> Result<Option<Signed>, Error> {
    match market::account::signed(market, account).await {
        Ok(signed) => Ok(Some(signed)),
        Err(Error::NotFound(_) | Error::Refused(Refusal::Suspended)) => Ok(None),
        Err(error) => Err(error),
    }
}
