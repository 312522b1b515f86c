use crate::entity::{account, store};
use crate::ledger::{AccountCode, balance};
use crate::store::Owner;
use crate::{Error, Market, Refusal, Result};
use model::{AccountId, StoreBadge, Tokens, Viewer};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Proof that somebody is signed in and may act. Only [`signed`] makes one.
#[derive(Clone, Debug)]
pub struct Signed {
    account: AccountId,
    store: Option<store::Model>,
}

impl Signed {
    /// Who it is.
    #[must_use]
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// Proof of owning a store.
    ///
    /// # Errors
    /// [`Refusal::NoStore`] when this person has none.
    pub fn store_owner(&self) -> Result<Owner> {
        let store = self.store.as_ref().ok_or(Refusal::NoStore)?;
        Ok(Owner::of(store))
    }
}

/// Looks up the person a session speaks for.
///
/// # Errors
/// [`Error::NotFound`] when the account is gone; [`Refusal::Suspended`] when it may not act.
pub async fn signed(market: &Market, account: AccountId) -> Result<Signed> {
    let (row, store) = rows(market, account).await?;
    Ok(Signed {
        account: row.id,
        store,
    })
}

/// The same person as screens show her.
///
/// # Errors
/// As [`signed`].
pub async fn viewer(market: &Market, account: AccountId) -> Result<Viewer> {
    let (row, store) = rows(market, account).await?;
    let store = match store {
        Some(store) => Some(StoreBadge {
            wallet: Tokens(balance(market.reader(), AccountCode::Wallet(store.id)).await?),
            id: store.id,
            slug: store.slug,
            name: store.name,
            accent: store.accent,
        }),
        None => None,
    };
    Ok(Viewer {
        account: row.id,
        name: row.name,
        email: row.email,
        operator: row.operator,
        store,
    })
}

async fn rows(market: &Market, id: AccountId) -> Result<(account::Model, Option<store::Model>)> {
    let row = account::Entity::find_by_id(id)
        .one(market.reader())
        .await?
        .ok_or(Error::NotFound("account"))?;
    if row.suspended_at.is_some() {
        return Err(Refusal::Suspended.into());
    }
    let store = store::Entity::find()
        .filter(store::Column::OwnerId.eq(id))
        .one(market.reader())
        .await?;
    Ok((row, store))
}
