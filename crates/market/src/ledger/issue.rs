use super::{About, AccountCode, Journal, Movement, post};
use crate::db::Tx;
use crate::entity::store;
use crate::{Error, Market, Result};
use model::{Tokens, TransferKind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Issues tokens to a store, or takes them out when the amount is negative (L3). The operator's act.
///
/// The same `key` issues once, whatever is retried.
///
/// # Errors
/// [`Error::NotFound`] when there is no such store; [`Error::Overdrawn`] when it holds less than is taken out;
/// [`Error::KeyReused`] when the key stands for another issue.
pub async fn issue(
    market: &Market,
    store_slug: &str,
    amount: Tokens,
    note: &str,
    key: &str,
) -> Result<Tokens> {
    let args = (
        store_slug.to_owned(),
        amount,
        note.to_owned(),
        key.to_owned(),
    );
    market
        .db
        .write(args, |tx, (slug, amount, note, key)| {
            Box::pin(issue_in(tx, slug, amount, note, key))
        })
        .await
}

async fn issue_in(
    tx: &Tx,
    slug: String,
    amount: Tokens,
    note: String,
    key: String,
) -> Result<Tokens> {
    let store = store::Entity::find()
        .filter(store::Column::Slug.eq(slug))
        .one(tx.db())
        .await?;
    let wallet = AccountCode::Wallet(store.ok_or(Error::NotFound("store"))?.id);
    let (kind, debit, credit) = if amount < Tokens::ZERO {
        (TransferKind::Burn, wallet, AccountCode::Issuance)
    } else {
        (TransferKind::Mint, AccountCode::Issuance, wallet)
    };
    let amount = amount
        .0
        .checked_abs()
        .ok_or_else(|| Error::Broken("amount overflows".into()))?;
    let mut journal = Journal::new();
    let (key, about) = (format!("issue:{key}"), About::default());
    journal.push(Movement {
        key,
        debit,
        credit,
        amount,
        kind,
        about,
        note,
    });
    post(tx, journal).await?;
    super::balance(tx.db(), wallet).await.map(Tokens)
}
