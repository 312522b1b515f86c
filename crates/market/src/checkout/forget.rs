use crate::db::Tx;
use crate::entity::{holder, order};
use crate::{Market, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Days after which nothing says any more where a checkout came from.
const DAYS: i64 = 1;

/// Forgets where checkouts came from, and who waited for whom, once no bound asks for it any more.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn forget_sources(market: &Market) -> Result<()> {
    market.db.write((), |tx, ()| Box::pin(forget_in(tx))).await
}

async fn forget_in(tx: &Tx) -> Result<()> {
    let long_ago = tx.now.plus_days(-DAYS);
    order::Entity::update_many()
        .col_expr(order::Column::Source, Expr::value(None::<String>))
        .filter(order::Column::Source.is_not_null())
        .filter(order::Column::CreatedAt.lt(long_ago))
        .exec(tx.db())
        .await?;
    holder::Entity::delete_many()
        .filter(holder::Column::SeenAt.lt(long_ago))
        .exec(tx.db())
        .await?;
    Ok(())
}
