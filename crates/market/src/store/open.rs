use crate::account::Signed;
use crate::db::Tx;
use crate::entity::store;
use crate::ledger::{self, About, AccountCode, Journal};
use crate::store::{Owner, names};
use crate::{Market, Refusal, Result};
use model::{AccountId, NewStore, TransferKind};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// Opens a store with its wallet, and gives it the welcome grant (L3).
///
/// # Errors
/// [`Refusal::HasStore`] when this person has one; [`Refusal::NameTaken`] and [`Refusal::SlugTaken`] when another
/// store's name could be taken for it, or the web address is another's.
pub async fn open(market: &Market, signed: &Signed, new: NewStore) -> Result<Owner> {
    market
        .db
        .write((signed.account(), new), |tx, (account, new)| {
            Box::pin(open_in(tx, account, new))
        })
        .await
}

async fn open_in(tx: &Tx, account: AccountId, new: NewStore) -> Result<Owner> {
    let find = store::Entity::find();
    if find
        .clone()
        .filter(store::Column::OwnerId.eq(account))
        .one(tx.db())
        .await?
        .is_some()
    {
        return Err(Refusal::HasStore.into());
    }
    names::refuse_taken(tx, &new.name).await?;
    if find
        .filter(store::Column::Slug.eq(new.slug.as_str()))
        .one(tx.db())
        .await?
        .is_some()
    {
        return Err(Refusal::SlugTaken.into());
    }
    let name = new.name.clone();
    let row = store::ActiveModel {
        owner_id: Set(account),
        slug: Set(new.slug),
        name: Set(new.name),
        tagline: Set(new.tagline),
        about: Set(new.about),
        accent: Set(new.accent),
        shipping: Set(new.shipping),
        free_shipping_from: Set(new.free_shipping_from),
        created_at: Set(tx.now),
        ..Default::default()
    };
    let row = row.insert(tx.db()).await?;
    let store = row.id;
    names::take(tx, store, &name).await?;
    let mut journal = Journal::new();
    ledger::open_accounts(&mut journal, store);
    journal.tokens(
        TransferKind::Welcome,
        format!("welcome:store:{store}"),
        AccountCode::Issuance,
        AccountCode::Wallet(store),
        tx.settings.welcome_grant,
        About::default(),
    );
    ledger::post(tx, journal).await?;
    Ok(Owner::of(&row))
}
