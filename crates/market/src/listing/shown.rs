//! What shows where: the one set of conditions behind the marketplace, every shelf and every product page, so
//! that they can't disagree. Each is about the row of `products` in the surrounding query.

use crate::db::has_some;
use crate::entity::{listing, offer, product, store, variant};
use crate::{Result, stock};
use model::{Money, OfferState, ProductState};
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};

/// In a market of more products the database does not count or rank what is shown: that takes longer than anybody waits.
const COUNTED: i64 = 200_000;

/// Whether there are too many products for that.
pub(crate) async fn is_large(db: &impl ConnectionTrait) -> Result<bool> {
    let newest = product::Entity::find()
        .select_only()
        .column_as(product::Column::Id.max(), "newest")
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?;
    Ok(newest.flatten() > Some(COUNTED))
}

/// A page of rows that were not counted, of which one more was asked for than fit on it: that says whether there is
/// another page. Gives the page's, and how many there are at least.
pub(crate) fn uncounted<T>(mut rows: Vec<T>, offset: u64, size: u64) -> (Vec<T>, u64) {
    let found = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    rows.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    (rows, offset.saturating_add(found))
}

/// A unit is left that is not on hold. When there is none, the product is sold out everywhere (R7).
pub(crate) fn in_stock() -> Expr {
    let unit = units().select_only().column(variant::Column::Id).filter(
        variant::Column::ProductId
            .into_expr()
            .eq(product::Column::Id.into_expr()),
    );
    has_some(unit)
}

/// An open offer covers at least one more unit (R8).
pub(crate) fn offered() -> Expr {
    let open = open_offers()
        .select_only()
        .column(offer::Column::Id)
        .filter(
            offer::Column::ProductId
                .into_expr()
                .eq(product::Column::Id.into_expr()),
        );
    has_some(open)
}

/// Variants with a unit that can be bought.
fn units() -> Select<variant::Entity> {
    variant::Entity::find()
        .filter(variant::Column::Retired.eq(false))
        .filter(stock::is_available())
}

/// Offers that cover at least one more unit.
fn open_offers() -> Select<offer::Entity> {
    offer::Entity::find()
        .filter(offer::Column::State.eq(OfferState::Open))
        .filter(offer::Column::OpenUnits.gt(0))
}

/// The last offer was revoked: the maker wants no other store to show it (R3).
fn revoked() -> Expr {
    let last_state = offer::Entity::find()
        .select_only()
        .column(offer::Column::State)
        .filter(
            offer::Column::ProductId
                .into_expr()
                .eq(product::Column::Id.into_expr()),
        )
        .order_by_desc(offer::Column::Id)
        .limit(1);
    Expr::val(OfferState::Revoked).in_subquery(last_state.into_query())
}

/// Shoppers can see it somewhere: its maker published it, and her store is not closed.
pub(crate) fn published() -> Condition {
    Condition::all()
        .add(product::Column::State.eq(ProductState::Published))
        .add(product::Column::StoreId.not_in_subquery(closed_stores()))
}

/// The stores that the operator has closed; hardly any.
pub(crate) fn closed_stores() -> SelectStatement {
    let closed = store::Entity::find()
        .select_only()
        .column(store::Column::Id)
        .filter(store::Column::ClosedAt.is_not_null());
    closed.into_query()
}

/// What somebody can buy, if only on its maker's shelf.
pub(crate) fn for_sale() -> Condition {
    Condition::all().add(published()).add(in_stock())
}

/// Its maker sends any order without a charge.
pub(crate) fn ships_free() -> Expr {
    let makers = store::Entity::find()
        .select_only()
        .column(store::Column::Id)
        .filter(store::Column::Shipping.eq(Money(0)));
    product::Column::StoreId
        .into_expr()
        .in_subquery(makers.into_query())
}

/// In the marketplace stands what another store can put on its shelf and sell today (R3, R7, R8).
pub(crate) fn in_marketplace() -> Condition {
    for_sale().add(offered())
}

/// The same for a question about all products at once: which are in stock and which are offered is found once,
/// instead of asked of each product.
pub(crate) fn in_whole_marketplace() -> Condition {
    let offered = open_offers().select_only().column(offer::Column::ProductId);
    all_for_sale().add(product::Column::Id.in_subquery(offered.into_query()))
}

/// The same of all that is [for sale](for_sale).
pub(crate) fn all_for_sale() -> Condition {
    let in_stock = units().select_only().column(variant::Column::ProductId);
    Condition::all()
        .add(published())
        .add(product::Column::Id.in_subquery(in_stock.into_query()))
}

/// On other makers' shelves a published product shows for sale while an offer is open, and as sold out while its
/// maker has none left; stock without an offer waits unseen (R3, R7, R8).
fn on_other_shelves() -> Condition {
    Condition::any()
        .add(Condition::all().add(in_stock()).add(offered()))
        .add(Condition::all().add(in_stock().not()).add(revoked().not()))
}

/// The listings that shoppers can see now, joined with their products. On its maker's own shelf a published
/// product always shows.
pub(crate) fn listings() -> Select<listing::Entity> {
    standing()
        .filter(published())
        .filter(listing::Column::StoreId.not_in_subquery(closed_stores()))
        .filter(Condition::any().add(is_own()).add(on_other_shelves()))
}

/// The open stores that have something on their shelf, seen or not: one row for each.
pub(crate) fn shelves() -> Select<listing::Entity> {
    listing::Entity::find()
        .select_only()
        .column(listing::Column::StoreId)
        .filter(listing::Column::RemovedAt.is_null())
        .filter(listing::Column::StoreId.not_in_subquery(closed_stores()))
        .group_by(listing::Column::StoreId)
}

/// The listing stands on its maker's own shelf.
fn is_own() -> Expr {
    product::Column::StoreId
        .into_expr()
        .eq(listing::Column::StoreId.into_expr())
}

/// The listings that have not been taken off their shelf, seen or not, joined with their products.
pub(crate) fn standing() -> Select<listing::Entity> {
    let its_product = product::Column::Id
        .into_expr()
        .eq(listing::Column::ProductId.into_expr());
    let mut find = listing::Entity::find()
        .filter(listing::Column::RemovedAt.is_null())
        .filter(its_product);
    // SQLite goes through a cross join from left to right: from a shelf to its products. Left to itself, and without
    // statistics, it would go through all products instead.
    QueryTrait::query(&mut find).cross_join(product::Entity);
    find
}
