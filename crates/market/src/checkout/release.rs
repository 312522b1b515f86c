use crate::db::Tx;
use crate::entity::{order, order_line, variant};
use crate::ledger::{self, Journal};
use crate::offer::coverage::{self, Settled};
use crate::{Market, Result};
use model::{OrderId, OrderState, ReleaseReason, RewardOutcome, VariantId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::BTreeMap;

/// Holds given back in one round.
const BATCH: u64 = 200;

/// Gives back every hold whose time is over (C3).
pub(crate) async fn release_expired(market: &Market) -> Result<()> {
    let expired: Vec<OrderId> = order::Entity::find()
        .filter(order::Column::State.eq(OrderState::Held))
        .filter(order::Column::HoldExpiresAt.lte(market.now()))
        .order_by_asc(order::Column::HoldExpiresAt)
        .order_by_asc(order::Column::Id)
        .limit(BATCH)
        .select_only()
        .column(order::Column::Id)
        .into_tuple()
        .all(market.reader())
        .await?;
    for id in expired {
        market
            .db
            .write(id, |tx, id| {
                Box::pin(async move { release(tx, id, ReleaseReason::Expired).await })
            })
            .await?;
    }
    Ok(())
}

/// Gives a hold's stock and coverage back, if it is still one.
pub(super) async fn release(tx: &Tx, id: OrderId, reason: ReleaseReason) -> Result<()> {
    let changes = order::ActiveModel {
        state: Set(OrderState::Released),
        release_reason: Set(Some(reason)),
        ..Default::default()
    };
    let changed = order::Entity::update_many()
        .set(changes)
        .filter(order::Column::Id.eq(id))
        .filter(order::Column::State.eq(OrderState::Held))
        .exec(tx.db())
        .await?;
    if changed.rows_affected == 0 {
        return Ok(());
    }
    let lines = lines_of(tx, id).await?;
    for (variant, units) in units_by_variant(&lines) {
        variant::Entity::update_many()
            .col_expr(
                variant::Column::Held,
                Expr::col(variant::Column::Held).sub(units),
            )
            .filter(variant::Column::Id.eq(variant))
            .exec(tx.db())
            .await?;
    }
    let mut journal = Journal::new();
    coverage::settle(tx, &lines, Settled::Released, &mut journal).await?;
    let returned = order_line::ActiveModel {
        reward_outcome: Set(RewardOutcome::Returned),
        ..Default::default()
    };
    order_line::Entity::update_many()
        .set(returned)
        .filter(order_line::Column::OrderId.eq(id))
        .filter(order_line::Column::RewardOutcome.eq(RewardOutcome::Promised))
        .exec(tx.db())
        .await?;
    ledger::post(tx, journal).await
}

/// An order's lines, by rising id.
pub(super) async fn lines_of(tx: &Tx, order: OrderId) -> Result<Vec<order_line::Model>> {
    let find = order_line::Entity::find().filter(order_line::Column::OrderId.eq(order));
    Ok(find
        .order_by_asc(order_line::Column::Id)
        .all(tx.db())
        .await?)
}

/// Units of each variant over all lines, by rising id.
pub(super) fn units_by_variant(lines: &[order_line::Model]) -> BTreeMap<VariantId, i64> {
    let mut units = BTreeMap::new();
    for line in lines {
        *units.entry(line.variant_id).or_insert(0) += line.units;
    }
    units
}
