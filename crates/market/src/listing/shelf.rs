use super::shown;
use crate::db::paged;
use crate::entity::{listing, order_line, parcel, product};
use crate::fresh::Standing;
use crate::store::Owner;
use crate::{Market, Result, product as products};
use model::{ListingId, Page, PageRequest, ProductId, RewardOutcome, ShelfRow, ShelfState, Tokens};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use std::collections::{HashMap, HashSet};

const PAGE: u64 = 20;

/// Other makers' products on the owner's shelf, the latest first, with what shoppers see of each and why.
///
/// # Errors
/// [`crate::Error::Database`] only.
pub async fn shelf(market: &Market, owner: Owner, request: PageRequest) -> Result<Page<ShelfRow>> {
    let db = market.reader();
    let find = shown::standing()
        .filter(listing::Column::StoreId.eq(owner.store()))
        .filter(product::Column::StoreId.ne(owner.store()));
    let find = find
        .order_by_desc(listing::Column::AddedAt)
        .order_by_desc(listing::Column::Id);
    let (listings, request, total) = paged(db, find, request, PAGE).await?;
    let ids: Vec<ListingId> = listings.iter().map(|row| row.id).collect();
    let seen = seen(db, &ids).await?;
    let withdrawn = withdrawn(db, &listings).await?;
    let sold = sold(db, owner, &listings).await?;
    let mut unrewarded = unrewarded(db, owner, &listings).await?;
    let at = listings.iter().map(Standing::of);
    let cards = products::listed_cards(market.fresh().await, Some(owner), at).await?;
    let rows = listings.into_iter().zip(cards).map(|(listing, card)| {
        let state = if withdrawn.contains(&listing.product_id) {
            ShelfState::Withdrawn
        } else if !seen.contains(&listing.id) {
            ShelfState::Waiting
        } else if card.sold_out {
            ShelfState::SoldOut
        } else {
            ShelfState::Selling
        };
        let (sold, cancelled, earned) = sold.get(&listing.product_id).copied().unwrap_or_default();
        ShelfRow {
            listing: listing.id,
            card,
            state,
            sold,
            cancelled,
            earned,
            unrewarded: unrewarded.remove(&listing.product_id).unwrap_or_default(),
            added_at: listing.added_at,
        }
    });
    Ok(Page::new(rows.collect(), request, PAGE, total))
}

/// Those of some listings that shoppers can see.
async fn seen(db: &impl ConnectionTrait, ids: &[ListingId]) -> Result<HashSet<ListingId>> {
    let rows = shown::listings()
        .select_only()
        .column(listing::Column::Id)
        .filter(listing::Column::Id.is_in(ids.iter().copied()))
        .into_tuple::<ListingId>()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The products among some listings' that their maker took off the market.
async fn withdrawn(
    db: &impl ConnectionTrait,
    listings: &[listing::Model],
) -> Result<HashSet<ProductId>> {
    let rows = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::Id.is_in(listings.iter().map(|row| row.product_id)))
        .filter(shown::published().not())
        .into_tuple::<ProductId>()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The lines that were sold from the owner's shelf and paid.
fn sold_lines(owner: Owner, listings: &[listing::Model]) -> Select<order_line::Entity> {
    let mut find = order_line::Entity::find()
        .filter(order_line::Column::SellerId.eq(owner.store()))
        .filter(order_line::Column::ListingId.is_in(listings.iter().map(|row| row.id)))
        .filter(parcel::Column::PaidAt.is_not_null());
    let its_parcel = parcel::Column::Id
        .into_expr()
        .eq(order_line::Column::ParcelId.into_expr());
    QueryTrait::query(&mut find).inner_join(parcel::Entity, its_parcel);
    find
}

/// Units that earned nothing, by product and by why, so that the reseller is told (R8). A reward that still waits
/// is none of them.
async fn unrewarded(
    db: &impl ConnectionTrait,
    owner: Owner,
    listings: &[listing::Model],
) -> Result<HashMap<ProductId, Vec<(RewardOutcome, i64)>>> {
    let without = [
        RewardOutcome::NotCovered,
        RewardOutcome::OwnPurchase,
        RewardOutcome::PaidInPart,
    ];
    let rows = sold_lines(owner, listings)
        .filter(order_line::Column::RewardOutcome.is_in(without))
        .select_only()
        .column(order_line::Column::ProductId)
        .column(order_line::Column::RewardOutcome)
        .expr_as(
            Expr::cust("CAST(SUM(units - rewarded_units) AS BIGINT)"),
            "without",
        )
        .group_by(order_line::Column::ProductId)
        .group_by(order_line::Column::RewardOutcome)
        .order_by_asc(order_line::Column::RewardOutcome)
        .into_tuple::<(ProductId, RewardOutcome, i64)>()
        .all(db)
        .await?;
    let mut found: HashMap<ProductId, Vec<(RewardOutcome, i64)>> = HashMap::new();
    for (product, why, units) in rows {
        found.entry(product).or_default().push((why, units));
    }
    Ok(found)
}

/// Units sold from the owner's shelf, those of them that were cancelled since, and tokens earned with what was sold (a
/// paid reward stays paid), by product.
async fn sold(
    db: &impl ConnectionTrait,
    owner: Owner,
    listings: &[listing::Model],
) -> Result<HashMap<ProductId, (i64, i64, Tokens)>> {
    let find = sold_lines(owner, listings);
    let rows = find
        .select_only()
        .column(order_line::Column::ProductId)
        // PostgreSQL's SUM of BIGINT is a NUMERIC.
        .expr_as(Expr::cust("CAST(SUM(units) AS BIGINT)"), "sold")
        .expr_as(
            Expr::cust("CAST(SUM(cancelled_units) AS BIGINT)"),
            "cancelled",
        )
        .expr_as(
            Expr::cust("CAST(SUM(rate * rewarded_units) AS BIGINT)"),
            "earned",
        )
        .group_by(order_line::Column::ProductId)
        .into_tuple::<(ProductId, i64, i64, Tokens)>()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(product, sold, cancelled, earned)| (product, (sold, cancelled, earned)))
        .collect())
}
