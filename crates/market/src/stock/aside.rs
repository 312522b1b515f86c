//! Units set aside for a checkout, given back, sold.

use super::Units;
use crate::Result;
use crate::db::{Tx, by_row};
use crate::entity::variant;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

/// Sets units of locked variants aside, if so many are available of each.
pub(crate) async fn take(tx: &Tx, units: &Units) -> Result<bool> {
    let held = || Expr::col(variant::Column::Held).add(each(units));
    let taken = variant::Entity::update_many()
        .col_expr(variant::Column::Held, held())
        .filter(variant::Column::Id.is_in(units.keys().copied()))
        .filter(held().lte(Expr::col(variant::Column::OnHand)))
        .exec(tx.db())
        .await?;
    Ok(usize::try_from(taken.rows_affected).is_ok_and(|rows| rows == units.len()))
}

/// Makes units of locked variants available again.
pub(crate) async fn give_back(tx: &Tx, units: &Units) -> Result<()> {
    variant::Entity::update_many()
        .col_expr(
            variant::Column::Held,
            Expr::col(variant::Column::Held).sub(each(units)),
        )
        .filter(variant::Column::Id.is_in(units.keys().copied()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Takes sold units of locked variants out of the stock. `on_hold` says whether they were set aside before.
pub(crate) async fn sell(tx: &Tx, units: &Units, on_hold: bool) -> Result<()> {
    let mut update = variant::Entity::update_many()
        .col_expr(
            variant::Column::OnHand,
            Expr::col(variant::Column::OnHand).sub(each(units)),
        )
        .filter(variant::Column::Id.is_in(units.keys().copied()));
    if on_hold {
        update = update.col_expr(
            variant::Column::Held,
            Expr::col(variant::Column::Held).sub(each(units)),
        );
    }
    update.exec(tx.db()).await?;
    Ok(())
}

fn each(units: &Units) -> Expr {
    by_row(
        variant::Column::Id,
        units.iter().map(|(id, units)| (*id, *units)),
    )
}

#[cfg(test)]
mod tests {
    use super::Units;
    use crate::testing::empty_market;
    use crate::{Market, Result};
    use model::VariantId;
    use sea_orm::ConnectionTrait;

    /// Five units of one variant, of which two are on hold.
    const STOCK: &str = "
        INSERT INTO accounts (id, email, name, password_hash, operator, created_at) VALUES (1, 'a', 'a', '', FALSE, 0);
        INSERT INTO stores (id, owner_id, slug, name, tagline, about, accent, shipping, created_at)
            VALUES (1, 1, 'a', 'a', '', '', 'clay', 0, 0);
        INSERT INTO products (id, store_id, slug, title, description, category, state, search_text, created_at, updated_at)
            VALUES (1, 1, 'a', 'a', '', 'kitchen', 'draft', '', 0, 0);
        INSERT INTO variants (id, product_id, name, sku, price, received, on_hand, held, position, retired)
            VALUES (1, 1, '', '', 100, 5, 5, 2, 0, FALSE);";

    async fn take(market: &Market, units: i64) -> Result<bool> {
        let db = &market.db;
        db.write(units, |tx, units| {
            Box::pin(async move { super::take(tx, &Units::from([(VariantId(1), units)])).await })
        })
        .await
    }

    /// Nothing but the statement itself says no, so the answer is no error of the database.
    #[tokio::test]
    async fn rule_c2_no_more_units_are_taken_than_are_left() {
        let folder = tempfile::tempdir().unwrap();
        let market = empty_market(&folder).await;
        market.db.writer().execute_unprepared(STOCK).await.unwrap();

        assert!(!take(&market, 4).await.unwrap());
        assert!(take(&market, 3).await.unwrap());
        assert!(!take(&market, 1).await.unwrap());
    }
}
