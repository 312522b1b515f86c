use super::cancel::{left, standing};
use super::view::{Shown, address, lines_of, tracking};
use crate::db::paged;
use crate::entity::{order, order_line, parcel, refund, variant};
use crate::store::Owner;
use crate::{Error, Market, Result, sums};
use model::{
    Money, OrderId, Page, PageRequest, ParcelId, ParcelState, SaleLine, SaleRow, SaleView,
    VariantId,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

const PAGE: u64 = 20;

/// A maker's parcels, newest first, of one state or of all.
///
/// # Errors
/// [`Error::Database`] only.
pub async fn sales(
    market: &Market,
    owner: Owner,
    state: Option<ParcelState>,
    request: PageRequest,
) -> Result<Page<SaleRow>> {
    let db = market.reader();
    let mut find = parcel::Entity::find()
        .filter(parcel::Column::StoreId.eq(owner.store()))
        .filter(parcel::Column::PaidAt.is_not_null());
    if let Some(state) = state {
        find = find.filter(parcel::Column::State.eq(state));
    }
    let find = find
        .order_by_desc(parcel::Column::PaidAt)
        .order_by_desc(parcel::Column::Id);
    let (parcels, request, total) = paged(db, find, request, PAGE).await?;
    let orders = orders(db, parcels.iter().map(|row| row.order_id)).await?;
    let lines = lines_in(db, parcels.iter().map(|row| row.id)).await?;
    let refunds = refunds_of(db, &lines).await?;
    let shown = Shown::load(db, &parcels, &lines).await?;
    let row = |parcel: parcel::Model| {
        let own: Vec<_> = lines
            .iter()
            .filter(|line| line.parcel_id == parcel.id)
            .collect();
        let mut through: Vec<_> = own
            .iter()
            .filter(|line| line.seller_id != parcel.store_id)
            .map(|line| shown.store(line.seller_id).1)
            .collect();
        through.sort_unstable();
        through.dedup();
        let order = orders.get(&parcel.order_id);
        let books = Books::of(&parcel, &own, &refunds);
        SaleRow {
            parcel: parcel.id,
            number: order.map(|o| o.number.clone()).unwrap_or_default(),
            receiver: order.map(|o| o.name.clone()).unwrap_or_default(),
            state: parcel.state,
            units: sums::shown(own.iter().map(|line| left(line))),
            title: own
                .first()
                .map(|line| line.title.clone())
                .unwrap_or_default(),
            through,
            payable: books.payable,
            paid_at: parcel.paid_at.unwrap_or_default(),
        }
    };
    Ok(Page::new(
        parcels.into_iter().map(row).collect(),
        request,
        PAGE,
        total,
    ))
}

/// One parcel as its maker sees it.
///
/// # Errors
/// [`Error::NotFound`] for another maker's parcel.
pub async fn sale(market: &Market, owner: Owner, id: ParcelId) -> Result<SaleView> {
    let db = market.reader();
    let parcel = parcel::Entity::find_by_id(id)
        .filter(parcel::Column::StoreId.eq(owner.store()))
        .filter(parcel::Column::PaidAt.is_not_null())
        .one(db)
        .await?
        .ok_or(Error::NotFound("parcel"))?;
    let order = orders(db, [parcel.order_id])
        .await?
        .remove(&parcel.order_id)
        .ok_or(Error::NotFound("order"))?;
    let lines: Vec<_> = lines_of(db, [order.id])
        .await?
        .into_iter()
        .filter(|l| l.parcel_id == id)
        .collect();
    let refunds = refunds_of(db, &lines).await?;
    let skus = skus(db, &lines).await?;
    let shown = Shown::load(db, std::slice::from_ref(&parcel), &lines).await?;
    let books = Books::of(&parcel, &lines.iter().collect::<Vec<_>>(), &refunds);
    let line_view = |line: &order_line::Model| SaleLine {
        id: line.id,
        title: line.title.clone(),
        variant_name: line.variant_name.clone(),
        sku: skus.get(&line.variant_id).cloned().unwrap_or_default(),
        picture: shown.picture(line.product_id),
        price: line.price,
        units: line.units,
        cancelled: line.cancelled_units,
        through: (line.seller_id != parcel.store_id).then(|| shown.store(line.seller_id)),
        reward: line.tokens(line.rewarded_units).unwrap_or_default(),
        reward_outcome: line.reward_outcome,
        standing: standing(&parcel, line, &lines),
    };
    Ok(SaleView {
        parcel: id,
        order: order.id,
        state: parcel.state,
        address: address(&order),
        number: order.number,
        email: order.email,
        tracking: tracking(&parcel),
        lines: lines.iter().map(line_view).collect(),
        items: books.items,
        shipping: parcel.shipping,
        fee: books.fee,
        refunded: books.refunded,
        payable: books.payable,
        paid_at: parcel.paid_at.unwrap_or_default(),
    })
}

/// What a parcel comes to for its maker (C5).
struct Books {
    items: Money,
    fee: Money,
    refunded: Money,
    payable: Money,
}

impl Books {
    fn of(
        parcel: &parcel::Model,
        lines: &[&order_line::Model],
        refunds: &[refund::Model],
    ) -> Books {
        // A page about broken books still shows.
        let goods =
            |line: &&order_line::Model| line.goods(line.units).map_or(i64::MAX, |goods| goods.0);
        let fee = |line: &&order_line::Model| {
            let back = line.fee_of(line.cancelled_units).unwrap_or_default();
            line.fee.0.saturating_sub(back.0)
        };
        let items = sums::shown(lines.iter().map(goods));
        let fee = sums::shown(lines.iter().map(fee));
        let mine = |refund: &&refund::Model| {
            lines
                .iter()
                .any(|line| refund.order_line_id == Some(line.id))
        };
        let refunded = sums::shown(refunds.iter().filter(mine).map(|refund| refund.amount.0));
        let gone = fee.saturating_add(refunded);
        Books {
            items: Money(items),
            fee: Money(fee),
            refunded: Money(refunded),
            payable: Money(items.saturating_add(parcel.shipping.0).saturating_sub(gone)),
        }
    }
}

async fn orders(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = OrderId>,
) -> Result<HashMap<OrderId, order::Model>> {
    let rows = order::Entity::find()
        .filter(order::Column::Id.is_in(ids))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

async fn lines_in(
    db: &impl ConnectionTrait,
    parcels: impl IntoIterator<Item = ParcelId>,
) -> Result<Vec<order_line::Model>> {
    let find = order_line::Entity::find().filter(order_line::Column::ParcelId.is_in(parcels));
    Ok(find.order_by_asc(order_line::Column::Id).all(db).await?)
}

async fn refunds_of(
    db: &impl ConnectionTrait,
    lines: &[order_line::Model],
) -> Result<Vec<refund::Model>> {
    let find = refund::Entity::find()
        .filter(refund::Column::OrderLineId.is_in(lines.iter().map(|line| line.id)));
    Ok(find.all(db).await?)
}

async fn skus(
    db: &impl ConnectionTrait,
    lines: &[order_line::Model],
) -> Result<HashMap<VariantId, String>> {
    let find = variant::Entity::find()
        .filter(variant::Column::Id.is_in(lines.iter().map(|line| line.variant_id)));
    Ok(find
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.sku))
        .collect())
}
