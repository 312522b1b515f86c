use super::Owner;
use crate::entity::{listing, offer, order_line, parcel, product};
use crate::ledger::{AccountCode, balance};
use crate::listing::shown;
use crate::wallet::{by_day, in_offers, start_of_days};
use crate::{Market, Result, sums};
use model::{
    DayPoint, Money, OfferState, Overview, ParcelState, StoreId, Timestamp, Tokens, TransferKind,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QuerySelect,
    QueryTrait,
};

/// The dashboard's first page: money, tokens and what waits to be done. Sales are what the maker is owed for goods
/// and shipping, the market's fee taken off, on the day they were paid.
///
/// # Errors
/// [`crate::Error::Database`] only.
pub async fn overview(market: &Market, owner: Owner) -> Result<Overview> {
    let (db, now, store) = (market.reader(), market.now(), owner.store());
    let (wallet, payable) = (AccountCode::Wallet(store), AccountCode::Payable(store));
    let sales_by_day = by_day(db, now, payable, &[TransferKind::Sale, TransferKind::Fee]).await?;
    let rewards_by_day = by_day(db, now, wallet, &[TransferKind::Reward]).await?;
    let sum = |days: &[DayPoint]| sums::shown(days.iter().map(|day| day.value));
    let published = product::Entity::find()
        .filter(product::Column::StoreId.eq(store))
        .filter(shown::published());
    let open_offers = offer::Entity::find()
        .filter(offer::Column::StoreId.eq(store))
        .filter(offer::Column::State.eq(OfferState::Open));
    let to_ship = parcel::Entity::find()
        .filter(parcel::Column::StoreId.eq(store))
        .filter(parcel::Column::PaidAt.is_not_null())
        .filter(parcel::Column::State.is_in([ParcelState::New, ParcelState::Packed]));
    let carried = shown::standing()
        .filter(listing::Column::StoreId.eq(store))
        .filter(product::Column::StoreId.ne(store));
    Ok(Overview {
        wallet: Tokens(balance(db, wallet).await?),
        in_offers: in_offers(db, store).await?,
        earned_30_days: Tokens(sum(&rewards_by_day)),
        payable: Money(balance(db, payable).await?),
        sales_30_days: Money(sum(&sales_by_day)),
        to_ship: whole(to_ship.count(db).await?),
        sold_out: whole(
            published
                .clone()
                .filter(shown::in_stock().not())
                .count(db)
                .await?,
        ),
        products: whole(published.count(db).await?),
        open_offers: whole(open_offers.count(db).await?),
        carried: whole(carried.count(db).await?),
        carried_by: carried_by(db, store).await?,
        sold_through_others: sold_through_others(db, store, start_of_days(now)).await?,
        sales_by_day,
        rewards_by_day,
    })
}

/// How many other stores have one of the maker's products on their shelf.
async fn carried_by(db: &impl ConnectionTrait, maker: StoreId) -> Result<i64> {
    let stores = shown::standing()
        .filter(product::Column::StoreId.eq(maker))
        .filter(listing::Column::StoreId.ne(maker))
        .select_only()
        .expr_as(
            listing::Column::StoreId.into_expr().count_distinct(),
            "stores",
        )
        .into_tuple::<i64>()
        .one(db)
        .await?;
    Ok(stores.unwrap_or(0))
}

/// Units of the maker's products sold from other shelves and not cancelled.
async fn sold_through_others(
    db: &impl ConnectionTrait,
    maker: StoreId,
    since: Timestamp,
) -> Result<i64> {
    let mut find = parcel::Entity::find()
        .filter(parcel::Column::StoreId.eq(maker))
        .filter(parcel::Column::PaidAt.gte(since))
        .filter(order_line::Column::SellerId.ne(maker));
    let in_it = order_line::Column::ParcelId
        .into_expr()
        .eq(parcel::Column::Id.into_expr());
    QueryTrait::query(&mut find).inner_join(order_line::Entity, in_it);
    let units = find
        .select_only()
        // PostgreSQL's SUM of BIGINT is a NUMERIC.
        .expr_as(
            Expr::cust("CAST(SUM(units - cancelled_units) AS BIGINT)"),
            "units",
        )
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?;
    Ok(units.flatten().unwrap_or(0))
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
