use super::tries::Origin;
use super::viewer::Signed;
use super::{guess, password};
use crate::db::Tx;
use crate::entity::account;
use crate::{Error, Market, Refusal, Result, session};
use model::{AccountId, ChangePassword};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

/// Gives an account another password. Every session of hers ends with it, on whatever device, so that whoever knew the
/// old one is out; the caller logs her in anew.
///
/// # Errors
/// [`Refusal::WrongPassword`] when `current` is not her password; [`Refusal::TooManyTries`]; [`Refusal::CommonPassword`] when the new one is easily
/// guessed; [`Error::NotFound`] when the account is gone.
pub async fn change_password(
    market: &Market,
    signed: &Signed,
    change: ChangePassword,
) -> Result<()> {
    let row = account::Entity::find_by_id(signed.account())
        .one(market.reader())
        .await?;
    let row = row.ok_or(Error::NotFound("account"))?;
    let place = market.from.as_ref().map(Origin::Place);
    let counted = place
        .map(|place| market.tries.begin(market.now(), &row.email, place))
        .transpose()?;
    if !password::verify(change.current, Some(row.password_hash)).await? {
        return Err(Refusal::WrongPassword.into());
    }
    if let Some(counted) = counted {
        market.tries.was_right(counted);
    }
    guess::refuse_easy(&change.password, &[&row.email, &row.name])?;
    let hash = password::hash(change.password).await?;
    market
        .db
        .write((signed.account(), hash), |tx, (id, hash)| {
            Box::pin(change_in(tx, id, hash))
        })
        .await
}

async fn change_in(tx: &Tx, id: AccountId, hash: String) -> Result<()> {
    let row = account::ActiveModel {
        id: Set(id),
        password_hash: Set(hash),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    session::end_all_of(tx, id).await
}
