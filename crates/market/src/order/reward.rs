use crate::checkout::{paid_outcome, reward};
use crate::db::{Locked, Tx};
use crate::entity::order_line;
use crate::ledger::{self, Journal};
use crate::{Error, Market, Result};
use model::OrderLineId;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

/// Rewards paid in one round.
const BATCH: u64 = 200;

/// Pays the rewards whose waiting time is over (C6).
pub(crate) async fn pay_due_rewards(market: &Market) -> Result<()> {
    let due: Vec<OrderLineId> = order_line::Entity::find()
        .filter(order_line::Column::RewardDueAt.lte(market.now()))
        .order_by_asc(order_line::Column::RewardDueAt)
        .order_by_asc(order_line::Column::Id)
        .limit(BATCH)
        .select_only()
        .column(order_line::Column::Id)
        .into_tuple()
        .all(market.reader())
        .await?;
    let mut outcome = Ok(());
    for id in due {
        let paid = market.db.write(id, |tx, id| Box::pin(pay(tx, id)));
        outcome = outcome.and(paid.await);
    }
    outcome
}

async fn pay(tx: &Tx, id: OrderLineId) -> Result<()> {
    let find = order_line::Entity::find_by_id(id).locked();
    let line = find
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("order line"))?;
    if line.reward_due_at.is_none() {
        return Ok(());
    }
    let units = still_covered(&line, line.cancelled_units);
    let tokens = line.tokens(units)?;
    let mut journal = Journal::new();
    reward(&line, tokens, &mut journal);
    let changed = order_line::ActiveModel {
        id: Set(id),
        reward_due_at: Set(None),
        rewarded_units: Set(units),
        reward_outcome: Set(paid_outcome(&line, units)),
        ..Default::default()
    };
    changed.update(tx.db()).await?;
    ledger::post(tx, journal).await
}

/// Covered units that are still sold when so many of the line are cancelled: uncovered ones are counted off first.
pub(super) fn still_covered(line: &order_line::Model, cancelled: i64) -> i64 {
    line.covered_units.min(line.units.saturating_sub(cancelled))
}
