//! How an offer's units follow the stock: taken at the hold, given back, rewarded, trimmed.

use super::list::on_hand_of;
use super::open_on;
use crate::db::Tx;
use crate::entity::{offer, order_line};
use crate::ledger::{About, AccountCode, Journal};
use crate::{Error, Result};
use model::{OfferState, ProductId, Tokens, TransferKind};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::{BTreeMap, HashMap};

/// What became of a line's covered units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// Sold: the reward is paid or owed, or went back by R6.
    Sold,
    /// The hold ended without a sale.
    Released,
}

/// Locks, by rising id, every offer that a finished sale may touch: those that cover its lines and those open on
/// its products.
pub(crate) async fn lock_touched(tx: &Tx, lines: &[order_line::Model]) -> Result<()> {
    let open_on_product = Condition::all()
        .add(offer::Column::ProductId.is_in(lines.iter().map(|line| line.product_id)))
        .add(offer::Column::State.eq(OfferState::Open));
    let covers_a_line = offer::Column::Id.is_in(lines.iter().filter_map(|line| line.offer_id));
    let touched = offer::Entity::find()
        .filter(Condition::any().add(covers_a_line).add(open_on_product))
        .order_by_asc(offer::Column::Id);
    touched.lock_exclusive().all(tx.db()).await?;
    Ok(())
}

/// The open offers on some products, locked by rising id.
pub(crate) async fn lock_open(
    tx: &Tx,
    products: &[ProductId],
) -> Result<BTreeMap<ProductId, offer::Model>> {
    if products.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = open_on(products).lock_exclusive().all(tx.db()).await?;
    Ok(rows.into_iter().map(|row| (row.product_id, row)).collect())
}

/// Covered units on hold of each product, those under revoked offers too: until they are sold or given back, no
/// other offer may cover them (R4).
pub(crate) async fn held_on(
    db: &impl ConnectionTrait,
    products: &[ProductId],
) -> Result<HashMap<ProductId, i64>> {
    let on_hold = offer::Entity::find()
        .filter(offer::Column::ProductId.is_in(products.iter().copied()))
        .filter(offer::Column::HeldUnits.gt(0));
    let mut held = HashMap::new();
    for row in on_hold.all(db).await? {
        *held.entry(row.product_id).or_insert(0) += row.held_units;
    }
    Ok(held)
}

/// Writes back offers whose units were set aside for a hold.
pub(crate) async fn save(tx: &Tx, offers: impl IntoIterator<Item = &offer::Model>) -> Result<()> {
    for row in offers {
        let changed = offer::ActiveModel {
            id: Set(row.id),
            open_units: Set(row.open_units),
            held_units: Set(row.held_units),
            state: Set(row.state),
            revision: Set(row.revision),
            closed_at: Set(row.closed_at),
            ..Default::default()
        };
        changed.update(tx.db()).await?;
    }
    Ok(())
}

/// Ends the hold on these lines' covered units. Released units open again under an offer that still has their
/// rate, else their tokens return to the maker (R2, R3); the movement of a sold unit's tokens is the caller's.
pub(crate) async fn settle(
    tx: &Tx,
    lines: &[order_line::Model],
    how: Settled,
    journal: &mut Journal,
) -> Result<()> {
    let covered: Vec<_> = lines
        .iter()
        .filter_map(|line| Some((line, line.offer_id?)))
        .collect();
    if covered.is_empty() {
        return Ok(());
    }
    let mut offers: BTreeMap<_, _> = offer::Entity::find()
        .filter(offer::Column::Id.is_in(covered.iter().map(|(_, id)| *id)))
        .order_by_asc(offer::Column::Id)
        .lock_exclusive()
        .all(tx.db())
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    for (line, id) in covered {
        let row = offers
            .get_mut(&id)
            .ok_or_else(|| Error::Broken(format!("offer {id} is gone")))?;
        row.held_units -= line.covered_units;
        match how {
            Settled::Sold => {}
            Settled::Released => release(row, line, journal)?,
        }
        end_if_used_up(tx, row);
    }
    save(tx, offers.values()).await
}

fn release(row: &mut offer::Model, line: &order_line::Model, journal: &mut Journal) -> Result<()> {
    let tokens = promised(line)?;
    let about = About::line(line.order_id, line.id, Some(row.id));
    let from = AccountCode::Line(line.id);
    if row.state == OfferState::Open && row.rate == line.rate {
        row.open_units += line.covered_units;
        let key = format!("unpromise:line:{}:{}", line.id, line.hold_round);
        journal.tokens(
            TransferKind::Unpromise,
            key,
            from,
            AccountCode::Offer(row.id),
            tokens,
            about,
        );
    } else {
        let key = format!("return:line:{}:{}", line.id, line.hold_round);
        journal.tokens(
            TransferKind::Return,
            key,
            from,
            AccountCode::Wallet(row.store_id),
            tokens,
            about,
        );
    }
    Ok(())
}

/// The tokens promised to a line.
pub(crate) fn promised(line: &order_line::Model) -> Result<Tokens> {
    let tokens = line.rate.times(line.covered_units);
    tokens.ok_or_else(|| Error::Broken(format!("line {} promises more than any amount", line.id)))
}

/// Gives back coverage for units that are no longer on hand (R4).
pub(crate) async fn trim(tx: &Tx, products: &[ProductId], journal: &mut Journal) -> Result<()> {
    let mut offers = lock_open(tx, products).await?;
    // Read after the lock: what another transaction sold before it gave the offer free is seen.
    let on_hand = on_hand_of(tx.db(), products).await?;
    let held = held_on(tx.db(), products).await?;
    for (product, row) in &mut offers {
        let of = |units: &HashMap<ProductId, i64>| units.get(product).copied().unwrap_or(0);
        let excess = (row.open_units + of(&held) - of(&on_hand)).clamp(0, row.open_units);
        let before = (row.open_units, row.state);
        row.open_units -= excess;
        end_if_used_up(tx, row);
        if excess > 0 {
            row.revision += 1;
            let tokens = row
                .rate
                .times(excess)
                .ok_or_else(|| Error::Broken(format!("offer {} overflows", row.id)))?;
            journal.tokens(
                TransferKind::Uncover,
                format!("uncover:offer:{}:{}", row.id, row.revision),
                AccountCode::Offer(row.id),
                AccountCode::Wallet(row.store_id),
                tokens,
                About::offer(row.id),
            );
        }
        if before != (row.open_units, row.state) {
            save(tx, [&*row]).await?;
        }
    }
    Ok(())
}

fn end_if_used_up(tx: &Tx, row: &mut offer::Model) {
    if row.state == OfferState::Open && row.open_units == 0 && row.held_units == 0 {
        row.state = OfferState::Ended;
        row.closed_at = Some(tx.now);
    }
}
