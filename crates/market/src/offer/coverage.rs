//! How an offer's units follow the stock: taken at the hold, given back, rewarded, trimmed.

use super::open_on;
use crate::db::{Locked, Tx, by_row};
use crate::entity::{offer, order_line, variant};
use crate::ledger::{About, AccountCode, Journal};
use crate::sums::{less, plus};
use crate::{Error, Result};
use model::{OfferId, OfferState, ProductId, TransferKind};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Value,
};
use std::collections::{BTreeMap, HashMap};

/// Locks, by rising id, every offer that has to do with these lines: those that cover one, and those with units open
/// or on hold on one's product.
pub(crate) async fn lock_touched(
    tx: &Tx,
    lines: &[order_line::Model],
) -> Result<BTreeMap<OfferId, offer::Model>> {
    let covers_a_line = offer::Column::Id.is_in(lines.iter().filter_map(|line| line.offer_id));
    let products: Vec<_> = lines.iter().map(|line| line.product_id).collect();
    lock(
        tx,
        Condition::any().add(covers_a_line).add(in_force(&products)),
    )
    .await
}

/// The offers with units open or on hold on these products.
fn in_force(products: &[ProductId]) -> Condition {
    let units = Condition::any()
        .add(offer::Column::OpenUnits.gt(0))
        .add(offer::Column::HeldUnits.gt(0));
    Condition::all()
        .add(offer::Column::ProductId.is_in(products.iter().copied()))
        .add(units)
}

async fn lock(tx: &Tx, which: Condition) -> Result<BTreeMap<OfferId, offer::Model>> {
    let find = offer::Entity::find()
        .filter(which)
        .order_by_asc(offer::Column::Id);
    let rows = find.locked().all(tx.db()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The open offers on some products, locked by rising id.
pub(crate) async fn lock_open(
    tx: &Tx,
    products: &[ProductId],
) -> Result<BTreeMap<ProductId, offer::Model>> {
    if products.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = open_on(products).locked().all(tx.db()).await?;
    Ok(rows.into_iter().map(|row| (row.product_id, row)).collect())
}

/// The most units that an offer on a product can cover: those on hand, less those that are promised to checkouts under
/// way (R1, R4). Whoever decides by it holds the product's variants.
pub(crate) async fn coverable(db: &impl ConnectionTrait, product: ProductId) -> Result<i64> {
    let held = offer::Entity::find()
        .filter(offer::Column::ProductId.eq(product))
        .filter(offer::Column::HeldUnits.gt(0));
    let held = held_under(&held.all(db).await?)?;
    let on_hand = on_hand_of(db, &[product]).await?;
    coverable_of(&on_hand, &held, product)
}

fn coverable_of(on_hand: &Units, held: &Units, product: ProductId) -> Result<i64> {
    less(units(on_hand, product), units(held, product))
}

/// Units of each product.
type Units = HashMap<ProductId, i64>;

fn units(of: &Units, product: ProductId) -> i64 {
    of.get(&product).copied().unwrap_or(0)
}

/// Units on hand of each product.
async fn on_hand_of(db: &impl ConnectionTrait, products: &[ProductId]) -> Result<Units> {
    let variants = variant::Entity::find()
        .filter(variant::Column::ProductId.is_in(products.iter().copied()))
        .all(db)
        .await?;
    summed(variants.iter().map(|row| (row.product_id, row.on_hand)))
}

/// Covered units on hold of each product, those under revoked offers too: until they are sold or given back, no
/// other offer may cover them (R4).
fn held_under<'o>(offers: impl IntoIterator<Item = &'o offer::Model>) -> Result<Units> {
    let rows = offers.into_iter();
    summed(rows.map(|row| (row.product_id, row.held_units)))
}

fn summed(rows: impl Iterator<Item = (ProductId, i64)>) -> Result<Units> {
    let mut sums = Units::new();
    for (product, units) in rows {
        let sum = sums.entry(product).or_default();
        *sum = plus(*sum, units)?;
    }
    Ok(sums)
}

/// Writes back locked offers whose units have changed.
pub(crate) async fn save<'o>(
    tx: &Tx,
    offers: impl IntoIterator<Item = &'o offer::Model>,
) -> Result<()> {
    let rows: Vec<_> = offers.into_iter().collect();
    if rows.is_empty() {
        return Ok(());
    }
    fn each<V: Into<Value>>(rows: &[&offer::Model], value: fn(&offer::Model) -> V) -> Expr {
        let rows = rows.iter().map(|row| (row.id, Expr::val(value(row))));
        by_row(offer::Column::Id, rows)
    }
    offer::Entity::update_many()
        .col_expr(offer::Column::OpenUnits, each(&rows, |row| row.open_units))
        .col_expr(offer::Column::HeldUnits, each(&rows, |row| row.held_units))
        .col_expr(offer::Column::State, each(&rows, |row| row.state))
        .col_expr(offer::Column::Revision, each(&rows, |row| row.revision))
        .col_expr(offer::Column::ClosedAt, each(&rows, |row| row.closed_at))
        .filter(offer::Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Ends the hold on sold lines' covered units, and gives back coverage for units that are no longer on hand (R4). The
/// movement of a sold unit's tokens is the caller's. `offers` are those of [`lock_touched`]; `on_hand` is what is
/// left of each product.
pub(crate) async fn sold(
    tx: &Tx,
    lines: &[order_line::Model],
    mut offers: BTreeMap<OfferId, offer::Model>,
    on_hand: &Units,
    journal: &mut Journal,
) -> Result<()> {
    let before = offers.clone();
    for (line, id) in covered(lines) {
        let row = of(&mut offers, id)?;
        row.held_units = less(row.held_units, line.covered_units)?;
    }
    take_excess(&mut offers, on_hand, journal)?;
    offers.values_mut().for_each(|row| end_if_used_up(tx, row));
    save(tx, changed(&offers, &before)).await
}

/// Ends the hold on lines that were not sold. Their covered units open again under an offer that still has their
/// rate, else their tokens return to the maker (R2, R3).
pub(crate) async fn give_back(
    tx: &Tx,
    lines: &[order_line::Model],
    journal: &mut Journal,
) -> Result<()> {
    let ids: Vec<OfferId> = covered(lines).map(|(_, id)| id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut offers = lock(tx, Condition::all().add(offer::Column::Id.is_in(ids))).await?;
    for (line, id) in covered(lines) {
        let row = of(&mut offers, id)?;
        row.held_units = less(row.held_units, line.covered_units)?;
        release(row, line, journal)?;
        end_if_used_up(tx, row);
    }
    save(tx, offers.values()).await
}

/// Lines with an offer behind them.
fn covered(lines: &[order_line::Model]) -> impl Iterator<Item = (&order_line::Model, OfferId)> {
    lines.iter().filter_map(|line| Some((line, line.offer_id?)))
}

fn of(offers: &mut BTreeMap<OfferId, offer::Model>, id: OfferId) -> Result<&mut offer::Model> {
    offers
        .get_mut(&id)
        .ok_or_else(|| Error::Broken(format!("offer {id} is gone")))
}

fn changed<'o>(
    offers: &'o BTreeMap<OfferId, offer::Model>,
    before: &BTreeMap<OfferId, offer::Model>,
) -> impl Iterator<Item = &'o offer::Model> {
    offers
        .values()
        .filter(|row| before.get(&row.id) != Some(*row))
}

fn release(row: &mut offer::Model, line: &order_line::Model, journal: &mut Journal) -> Result<()> {
    let tokens = line.promised()?;
    let about = About::line(line.order_id, line.id, Some(row.id));
    let from = AccountCode::Line(line.id);
    if row.state == OfferState::Open && row.rate == line.rate {
        row.open_units = plus(row.open_units, line.covered_units)?;
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

/// Gives back coverage for units that are no longer on hand (R4).
pub(crate) async fn trim(tx: &Tx, products: &[ProductId], journal: &mut Journal) -> Result<()> {
    let mut offers = lock(tx, in_force(products)).await?;
    let before = offers.clone();
    // Read after the lock: what another transaction sold before it gave the offer free is seen.
    let on_hand = on_hand_of(tx.db(), products).await?;
    take_excess(&mut offers, &on_hand, journal)?;
    offers.values_mut().for_each(|row| end_if_used_up(tx, row));
    save(tx, changed(&offers, &before)).await
}

/// Takes from each open offer the units it covers beyond those on hand, units on hold under any offer counted first.
fn take_excess(
    offers: &mut BTreeMap<OfferId, offer::Model>,
    on_hand: &Units,
    journal: &mut Journal,
) -> Result<()> {
    let held = held_under(offers.values())?;
    let open = offers
        .values_mut()
        .filter(|row| row.state == OfferState::Open);
    for row in open {
        let coverable = coverable_of(on_hand, &held, row.product_id)?;
        let excess = less(row.open_units, coverable)?.min(row.open_units).max(0);
        if excess == 0 {
            continue;
        }
        row.open_units = less(row.open_units, excess)?;
        row.revision = plus(row.revision, 1)?;
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
    Ok(())
}

fn end_if_used_up(tx: &Tx, row: &mut offer::Model) {
    if row.state == OfferState::Open && row.open_units == 0 && row.held_units == 0 {
        row.state = OfferState::Ended;
        row.closed_at = Some(tx.now);
    }
}
