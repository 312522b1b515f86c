use super::{guess, password};
use crate::db::Tx;
use crate::entity::account;
use crate::{Market, Refusal, Result};
use model::{AccountId, SignUp};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// Makes an account.
///
/// # Errors
/// [`Refusal::CommonPassword`] when the password is one of the first anybody would try;
/// [`Refusal::EmailTaken`] when somebody has one under this e-mail address. It is found only after the password
/// was hashed, so that both answers take as long.
pub async fn sign_up(market: &Market, new: SignUp) -> Result<AccountId> {
    guess::refuse_easy(&new.password, &[&new.email, &new.name])?;
    let hash = password::hash(new.password).await?;
    market
        .db
        .write(
            (new.name, new.email, hash),
            |tx, (name, email, password_hash)| Box::pin(sign_up_in(tx, name, email, password_hash)),
        )
        .await
}

async fn sign_up_in(
    tx: &Tx,
    name: String,
    email: String,
    password_hash: String,
) -> Result<AccountId> {
    let taken = account::Entity::find()
        .filter(account::Column::Email.eq(email.as_str()))
        .one(tx.db())
        .await?;
    if taken.is_some() {
        return Err(Refusal::EmailTaken.into());
    }
    let row = account::ActiveModel {
        email: Set(email),
        name: Set(name),
        password_hash: Set(password_hash),
        operator: Set(false),
        suspended_at: Set(None),
        created_at: Set(tx.now),
        ..Default::default()
    };
    Ok(row.insert(tx.db()).await?.id)
}
