use super::password;
use crate::entity::account;
use crate::{Market, Refusal, Result};
use model::{AccountId, LogIn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Whose e-mail address and password these are.
///
/// # Errors
/// [`Refusal::WrongLogIn`], the same and as slow whether the address or the password is wrong;
/// [`Refusal::Suspended`] only when both are right.
pub async fn log_in(market: &Market, log_in: LogIn) -> Result<AccountId> {
    let row = account::Entity::find()
        .filter(account::Column::Email.eq(log_in.email))
        .one(market.reader())
        .await?;
    let hash = row.as_ref().map(|row| row.password_hash.clone());
    let right = password::verify(log_in.password, hash).await?;
    match row {
        Some(row) if right && row.suspended_at.is_some() => Err(Refusal::Suspended.into()),
        Some(row) if right => Ok(row.id),
        _ => Err(Refusal::WrongLogIn.into()),
    }
}
