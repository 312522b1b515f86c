use super::coverage::coverable;
use crate::db::paged;
use crate::entity::{offer, order_line};
use crate::ledger::{AccountCode, balance};
use crate::store::Owner;
use crate::{Error, Market, Result, listing, product as products};
use model::{
    OfferCard, OfferDesk, OfferId, OfferRow, OfferState, Page, PageRequest, ProductId, Tokens,
};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;

const PAGE: u64 = 20;

/// The maker's offers, open ones first, then the latest.
///
/// # Errors
/// [`Error::Database`] only.
pub async fn mine(market: &Market, owner: Owner, request: PageRequest) -> Result<Page<OfferRow>> {
    let db = market.reader();
    let find = offer::Entity::find().filter(offer::Column::StoreId.eq(owner.store()));
    let closed: SimpleExpr = Expr::case(offer::Column::State.eq(OfferState::Open), 0)
        .finally(1)
        .into();
    let find = find
        .order_by(closed, Order::Asc)
        .order_by_desc(offer::Column::Id);
    let (rows, request, total) = paged(db, find, request, PAGE).await?;
    Ok(Page::new(
        views(market, owner, rows).await?,
        request,
        PAGE,
        total,
    ))
}

/// One of the maker's offers.
///
/// # Errors
/// [`Error::NotFound`] for another store's offer.
pub async fn one(market: &Market, owner: Owner, id: OfferId) -> Result<OfferRow> {
    let find = offer::Entity::find_by_id(id).filter(offer::Column::StoreId.eq(owner.store()));
    let row = find
        .one(market.reader())
        .await?
        .ok_or(Error::NotFound("offer"))?;
    views(market, owner, vec![row])
        .await?
        .pop()
        .ok_or(Error::NotFound("offer"))
}

/// What the maker needs to see to open an offer on her product.
///
/// # Errors
/// [`Error::NotFound`] for another store's product.
pub async fn desk(market: &Market, owner: Owner, id: ProductId) -> Result<OfferDesk> {
    let db = market.reader();
    products::owned(db, owner, id).await?;
    let card = products::card(market, id, Some(owner)).await?;
    let open = super::open_on(&[id]).one(db).await?;
    Ok(OfferDesk {
        product: id,
        title: card.title,
        picture: card.picture,
        price_from: card.price_from,
        wallet: Tokens(balance(db, AccountCode::Wallet(owner.store())).await?),
        coverable: coverable(db, id).await?,
        open: open.map(|row| OfferCard {
            id: row.id,
            rate: row.rate,
            open_units: row.open_units,
        }),
    })
}

async fn views(market: &Market, owner: Owner, rows: Vec<offer::Model>) -> Result<Vec<OfferRow>> {
    let db = market.reader();
    let ids: Vec<ProductId> = rows.iter().map(|row| row.product_id).collect();
    let faces = market.fresh().await.faces(ids.iter().copied()).await?;
    let shelves = listing::shelves_of(db, owner, &ids).await?;
    let paid = rewarded(db, rows.iter().map(|row| row.id).collect()).await?;
    let view = |row: offer::Model| {
        let (title, slug, picture) = faces
            .get(&row.product_id)
            .map(|face| (face.title.clone(), face.slug.clone(), face.picture.clone()))
            .unwrap_or_default();
        let (rewarded_units, paid_out) = paid.get(&row.id).copied().unwrap_or_default();
        OfferRow {
            id: row.id,
            product: row.product_id,
            title,
            slug,
            picture,
            state: row.state,
            rate: row.rate,
            open_units: row.open_units,
            held_units: row.held_units,
            in_escrow: row.rate.times(row.open_units).unwrap_or_default(),
            rewarded_units,
            paid_out,
            shelves: shelves.get(&row.product_id).copied().unwrap_or(0),
            standing: super::standing(&row),
            opened_at: row.opened_at,
            closed_at: row.closed_at,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Units rewarded and tokens paid to other stores under each offer.
async fn rewarded(
    db: &impl ConnectionTrait,
    ids: Vec<OfferId>,
) -> Result<HashMap<OfferId, (i64, Tokens)>> {
    let rows = order_line::Entity::find()
        .filter(order_line::Column::OfferId.is_in(ids))
        .filter(order_line::Column::RewardedUnits.gt(0))
        .select_only()
        .column(order_line::Column::OfferId)
        // PostgreSQL's SUM of BIGINT is a NUMERIC.
        .expr_as(Expr::cust("CAST(SUM(rewarded_units) AS BIGINT)"), "units")
        .expr_as(
            Expr::cust("CAST(SUM(rate * rewarded_units) AS BIGINT)"),
            "paid",
        )
        .group_by(order_line::Column::OfferId)
        .into_tuple::<(OfferId, i64, Tokens)>()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(offer, units, tokens)| (offer, (units, tokens)))
        .collect())
}
