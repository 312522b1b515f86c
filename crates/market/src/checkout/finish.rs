//! What a paid order brings: makers are owed, resellers rewarded, parcels due, the cart emptied.

use crate::cart::take_out;
use crate::db::{Tx, by_row};
use crate::entity::{order, order_line, parcel, store};
use crate::ledger::{About, AccountCode, Journal};
use crate::sums::InBounds;
use crate::{Error, Result};
use model::{
    CartId, Money, OrderLineId, OrderState, RewardOutcome, StoreId, Timestamp, Tokens, TransferKind,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, Value};
use std::collections::HashSet;

/// Finishes an order whose money is here and whose stock is sold. `cart` holds what was wanted.
pub(super) async fn finish(
    tx: &Tx,
    order: &order::Model,
    cart: CartId,
    parcels: &[parcel::Model],
    lines: &[order_line::Model],
    journal: &mut Journal,
) -> Result<()> {
    for parcel in parcels {
        pay_maker(parcel, lines, journal)?;
    }
    reward_resellers(tx, order, parcels, lines, journal).await?;
    close(tx, order).await?;
    take_out(tx, cart, lines).await
}

/// The maker is owed goods and shipping less the fee, as if she had sold it herself (C5).
fn pay_maker(
    parcel: &parcel::Model,
    lines: &[order_line::Model],
    journal: &mut Journal,
) -> Result<()> {
    let about = About::order(parcel.order_id);
    let own = || lines.iter().filter(|line| line.parcel_id == parcel.id);
    let goods = own().map(|line| line.goods(line.units));
    let goods = Money::sum(goods.collect::<Result<Vec<_>>>()?).in_bounds()?;
    let fee = Money::sum(own().map(|line| line.fee)).in_bounds()?;
    let payable = AccountCode::Payable(parcel.store_id);
    journal.money(
        TransferKind::Sale,
        format!("sale:parcel:{}", parcel.id),
        AccountCode::Payments,
        payable,
        goods.plus(parcel.shipping).in_bounds()?,
        about,
    );
    journal.money(
        TransferKind::Fee,
        format!("fee:parcel:{}", parcel.id),
        payable,
        AccountCode::Fees,
        fee,
        about,
    );
    Ok(())
}

/// What became of a covered line's reward.
struct Rewarded {
    line: OrderLineId,
    outcome: RewardOutcome,
    due_at: Option<Timestamp>,
    units: i64,
}

/// Each covered unit's tokens go to the reseller (R5), later if the market waits with rewards; on a purchase from
/// her own shelf they go back to the maker (R6).
async fn reward_resellers(
    tx: &Tx,
    order: &order::Model,
    parcels: &[parcel::Model],
    lines: &[order_line::Model],
    journal: &mut Journal,
) -> Result<()> {
    let buyers_stores = stores_of_buyer(tx, order).await?;
    let mut rewarded = Vec::new();
    for line in lines.iter().filter(|line| line.covered_units > 0) {
        let tokens = line.promised()?;
        let mut made = Rewarded {
            line: line.id,
            outcome: line.reward_outcome,
            due_at: None,
            units: 0,
        };
        if buyers_stores.contains(&line.seller_id) {
            let parcel = parcels
                .iter()
                .find(|parcel| parcel.id == line.parcel_id)
                .ok_or_else(|| Error::Broken("a line without parcel".into()))?;
            journal.tokens(
                TransferKind::Return,
                format!("return:line:{}:{}", line.id, line.hold_round),
                AccountCode::Line(line.id),
                AccountCode::Wallet(parcel.store_id),
                tokens,
                About::line(order.id, line.id, line.offer_id),
            );
            made.outcome = RewardOutcome::OwnPurchase;
        } else if tx.settings.reward_pending_days > 0 {
            made.due_at = Some(tx.now.plus_days(tx.settings.reward_pending_days));
        } else {
            reward(line, tokens, journal);
            made.outcome = paid_outcome(line, line.covered_units);
            made.units = line.covered_units;
        }
        rewarded.push(made);
    }
    write_down(tx, &rewarded).await
}

async fn write_down(tx: &Tx, rewarded: &[Rewarded]) -> Result<()> {
    if rewarded.is_empty() {
        return Ok(());
    }
    fn each<V: Into<Value>>(rewarded: &[Rewarded], value: fn(&Rewarded) -> V) -> Expr {
        let rows = rewarded.iter().map(|row| (row.line, Expr::val(value(row))));
        by_row(order_line::Column::Id, rows)
    }
    use order_line::Column;
    order_line::Entity::update_many()
        .col_expr(Column::RewardOutcome, each(rewarded, |row| row.outcome))
        .col_expr(Column::RewardDueAt, each(rewarded, |row| row.due_at))
        .col_expr(Column::RewardedUnits, each(rewarded, |row| row.units))
        .filter(Column::Id.is_in(rewarded.iter().map(|row| row.line)))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Pays a line's reward. The key names the line: once, whatever is retried.
pub(crate) fn reward(line: &order_line::Model, tokens: Tokens, journal: &mut Journal) {
    journal.tokens(
        TransferKind::Reward,
        format!("reward:line:{}", line.id),
        AccountCode::Line(line.id),
        AccountCode::Wallet(line.seller_id),
        tokens,
        About::line(line.order_id, line.id, line.offer_id),
    );
}

/// What a rewarded line says: whether all its units were.
pub(crate) fn paid_outcome(line: &order_line::Model, rewarded: i64) -> RewardOutcome {
    if rewarded < line.units {
        RewardOutcome::PaidInPart
    } else {
        RewardOutcome::Paid
    }
}

async fn stores_of_buyer(tx: &Tx, order: &order::Model) -> Result<HashSet<StoreId>> {
    let Some(buyer) = order.account_id else {
        return Ok(HashSet::new());
    };
    let mine = store::Entity::find()
        .filter(store::Column::OwnerId.eq(buyer))
        .all(tx.db())
        .await?;
    Ok(mine.into_iter().map(|row| row.id).collect())
}

/// Marks order and parcels as paid.
async fn close(tx: &Tx, order: &order::Model) -> Result<()> {
    let row = order::ActiveModel {
        id: Set(order.id),
        state: Set(OrderState::Paid),
        release_reason: Set(None),
        paid_at: Set(Some(tx.now)),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    let paid = parcel::ActiveModel {
        paid_at: Set(Some(tx.now)),
        ..Default::default()
    };
    parcel::Entity::update_many()
        .set(paid)
        .filter(parcel::Column::OrderId.eq(order.id))
        .exec(tx.db())
        .await?;
    Ok(())
}
