use super::lines::{self, units};
use crate::db::{Tx, has_some, is_word};
use crate::entity::{order, order_line};
use crate::ledger::{self, Journal};
use crate::offer::coverage;
use crate::{Market, Result, stock};
use model::{OrderId, OrderState, ProductId, ReleaseReason, RewardOutcome, Timestamp};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

/// Holds given back in one round.
const BATCH: u64 = 200;

/// Gives back every hold whose time is over (C3).
pub(crate) async fn release_expired(market: &Market) -> Result<()> {
    let expired = ids(market.reader(), expired(market.now())).await?;
    for id in expired {
        // One that can't be given back must not keep the others.
        if let Err(error) = release_all(market, vec![id]).await {
            tracing::error!(order = %id, %error, "a hold whose time is over can't be given back");
        }
    }
    Ok(())
}

/// Gives back the holds whose time is over and that keep something of these products; false when there is none.
/// For somebody who needs it now and can't wait for the sweep (C3).
pub(crate) async fn release_expired_on(market: &Market, products: Vec<ProductId>) -> Result<bool> {
    let expired = expired_on(market.reader(), market.now(), &products).await?;
    let any = !expired.is_empty();
    release_all(market, expired).await?;
    Ok(any)
}

/// The holds whose time is over and that keep something of these products.
pub(super) async fn expired_on(
    db: &impl ConnectionTrait,
    now: Timestamp,
    products: &[ProductId],
) -> Result<Vec<OrderId>> {
    // Asked of each expired hold, of which there are few, and not of all orders that ever were for a product.
    let keeps_some = order_line::Entity::find()
        .select_only()
        .column(order_line::Column::Id)
        .filter(
            order_line::Column::OrderId
                .into_expr()
                .eq(order::Column::Id.into_expr()),
        )
        .filter(order_line::Column::ProductId.is_in(products.iter().copied()));
    let find = expired(now).filter(has_some(keeps_some));
    ids(db, find).await
}

fn expired(now: Timestamp) -> Select<order::Entity> {
    order::Entity::find()
        .filter(is_word(order::Column::State, OrderState::Held.as_str()))
        .filter(order::Column::HoldExpiresAt.lte(now))
        .order_by_asc(order::Column::HoldExpiresAt)
        .order_by_asc(order::Column::Id)
        .limit(BATCH)
}

async fn ids(db: &impl ConnectionTrait, find: Select<order::Entity>) -> Result<Vec<OrderId>> {
    let ids = find.select_only().column(order::Column::Id).into_tuple();
    Ok(ids.all(db).await?)
}

/// Gives holds back, each in a transaction of its own. One that can't be given back is no reason to keep the others;
/// why it can't is told in the end.
pub(in crate::checkout) async fn release_all(market: &Market, holds: Vec<OrderId>) -> Result<()> {
    let mut outcome = Ok(());
    for id in holds {
        let released = market.db.write(id, |tx, id| {
            Box::pin(async move {
                let mut journal = Journal::new();
                release(tx, id, ReleaseReason::Expired, &mut journal).await?;
                ledger::post(tx, journal).await
            })
        });
        outcome = outcome.and(released.await);
    }
    outcome
}

/// Gives a hold's stock and coverage back, if it is still one.
pub(in crate::checkout) async fn release(
    tx: &Tx,
    id: OrderId,
    reason: ReleaseReason,
    journal: &mut Journal,
) -> Result<()> {
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
    let lines = lines::of(tx, id).await?;
    stock::lock(tx, lines.iter().map(|line| line.product_id)).await?;
    stock::give_back(tx, &units(&lines)?).await?;
    coverage::give_back(tx, &lines, journal).await?;
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
    Ok(())
}
