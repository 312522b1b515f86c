use super::cancel::left;
use crate::db::paged;
use crate::entity::{PaymentState, order, order_line, parcel, payment, product, refund};
use crate::product::cover_pictures;
use crate::{Error, Market, Result, store as stores, sums};
use model::{
    AccountId, Address, LineView, Money, OrderId, OrderRow, OrderState, OrderView, Page,
    PageRequest, ParcelView, Picture, ProductId, StoreId, Tracking, variant_address,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

const PAGE: u64 = 20;

/// An order by the secret in its link (C7).
///
/// # Errors
/// [`Error::NotFound`] for an unknown secret.
pub async fn by_secret(market: &Market, secret: &str) -> Result<OrderView> {
    let db = market.reader();
    let order = order::Entity::find()
        .filter(order::Column::Secret.eq(secret))
        .one(db)
        .await?;
    let order = order.ok_or(Error::NotFound("order"))?;
    let parcels = parcel::Entity::find().filter(parcel::Column::OrderId.eq(order.id));
    let parcels = parcels.order_by_asc(parcel::Column::Id).all(db).await?;
    let lines = lines_of(db, [order.id]).await?;
    let refunds = refund::Entity::find()
        .filter(refund::Column::OrderId.eq(order.id))
        .all(db)
        .await?;
    let asked = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order.id))
        .one(db)
        .await?;
    let shown = Shown::load(db, &parcels, &lines).await?;
    let parcel_views = parcels.into_iter().map(|row| {
        let own = lines.iter().filter(|line| line.parcel_id == row.id);
        let (maker_slug, maker_name) = shown.store(row.store_id);
        ParcelView {
            id: row.id,
            maker: row.store_id,
            maker_slug,
            maker_name,
            state: row.state,
            tracking: tracking(&row),
            lines: own.map(|line| shown.line(line)).collect(),
            shipping: row.shipping,
        }
    });
    let asked_state = asked.as_ref().map(|asked| asked.state);
    Ok(OrderView {
        not_charged: asked_state == Some(PaymentState::Declined),
        declined_because: asked
            .filter(|p| p.state == PaymentState::Declined)
            .map(|p| p.decline_reason),
        parcels: parcel_views.collect(),
        refunded: Money(sums::shown(refunds.iter().map(|row| row.amount.0))),
        address: address(&order),
        number: order.number,
        secret: order.secret,
        state: order.state,
        released: order.release_reason,
        email: order.email,
        items: order.items,
        shipping: order.shipping,
        total: order.total,
        placed_at: order.created_at,
        paid_at: order.paid_at,
    })
}

/// Whether an order stands among an account's own.
///
/// # Errors
/// [`Error::Database`] only.
pub async fn is_of(market: &Market, secret: &str, account: AccountId) -> Result<bool> {
    let find = order::Entity::find()
        .filter(order::Column::Secret.eq(secret))
        .filter(order::Column::AccountId.eq(account));
    Ok(find.one(market.reader()).await?.is_some())
}

/// A shopper's paid orders, newest first (C7).
///
/// # Errors
/// [`Error::Database`] only.
pub async fn of_account(
    market: &Market,
    account: AccountId,
    request: PageRequest,
) -> Result<Page<OrderRow>> {
    let db = market.reader();
    let find = order::Entity::find()
        .filter(order::Column::AccountId.eq(account))
        .filter(order::Column::State.eq(OrderState::Paid));
    let find = find.order_by_desc(order::Column::Id);
    let (orders, request, total) = paged(db, find, request, PAGE).await?;
    let lines = lines_of(db, orders.iter().map(|row| row.id)).await?;
    let pictures = cover_pictures(db, lines.iter().map(|line| line.product_id)).await?;
    let refunded = refunded(db, orders.iter().map(|row| row.id)).await?;
    let row = |order: order::Model| {
        let own: Vec<_> = lines
            .iter()
            .filter(|line| line.order_id == order.id)
            .collect();
        let mut parcels: Vec<_> = own.iter().map(|line| line.parcel_id).collect();
        parcels.sort_unstable();
        parcels.dedup();
        OrderRow {
            number: order.number,
            secret: order.secret,
            units: sums::shown(own.iter().map(|line| left(line))),
            parcels: i64::try_from(parcels.len()).unwrap_or(i64::MAX),
            total: order.total,
            refunded: refunded.get(&order.id).copied().unwrap_or_default(),
            paid_at: order.paid_at.unwrap_or(order.created_at),
            pictures: own
                .iter()
                .filter_map(|line| pictures.get(&line.product_id).cloned())
                .take(4)
                .collect(),
        }
    };
    Ok(Page::new(
        orders.into_iter().map(row).collect(),
        request,
        PAGE,
        total,
    ))
}

/// What went back of some orders.
async fn refunded(
    db: &impl ConnectionTrait,
    orders: impl IntoIterator<Item = OrderId>,
) -> Result<HashMap<OrderId, Money>> {
    let find = refund::Entity::find().filter(refund::Column::OrderId.is_in(orders));
    let mut back: HashMap<OrderId, Money> = HashMap::new();
    for row in find.all(db).await? {
        let sum = back.entry(row.order_id).or_default();
        *sum = sum
            .plus(row.amount)
            .ok_or_else(|| Error::Broken("refunds overflow".into()))?;
    }
    Ok(back)
}

pub(super) async fn lines_of(
    db: &impl ConnectionTrait,
    orders: impl IntoIterator<Item = OrderId>,
) -> Result<Vec<order_line::Model>> {
    let find = order_line::Entity::find().filter(order_line::Column::OrderId.is_in(orders));
    Ok(find.order_by_asc(order_line::Column::Id).all(db).await?)
}

pub(super) fn address(order: &order::Model) -> Address {
    Address {
        name: order.name.clone(),
        line1: order.line1.clone(),
        line2: order.line2.clone(),
        city: order.city.clone(),
        postcode: order.postcode.clone(),
        country: order.country.clone(),
    }
}

pub(super) fn tracking(row: &parcel::Model) -> Option<Tracking> {
    row.shipped_at.map(|_| Tracking {
        carrier: row.carrier.clone(),
        number: row.tracking.clone(),
    })
}

/// What lines show beside their own frozen terms.
pub(super) struct Shown {
    stores: HashMap<StoreId, (String, String)>,
    slugs: HashMap<ProductId, String>,
    pictures: HashMap<ProductId, Picture>,
}

impl Shown {
    pub async fn load(
        db: &impl ConnectionTrait,
        parcels: &[parcel::Model],
        lines: &[order_line::Model],
    ) -> Result<Shown> {
        let ids = parcels
            .iter()
            .map(|row| row.store_id)
            .chain(lines.iter().map(|line| line.seller_id));
        let stores = stores::by_ids(db, ids).await?;
        let names = stores::names_of(stores.values());
        let called = |id| names.get(&id).cloned().unwrap_or_default();
        let products = product::Entity::find()
            .filter(product::Column::Id.is_in(lines.iter().map(|l| l.product_id)));
        Ok(Shown {
            stores: stores
                .iter()
                .map(|(id, row)| (*id, (row.slug.clone(), called(*id))))
                .collect(),
            slugs: products
                .all(db)
                .await?
                .into_iter()
                .map(|row| (row.id, row.slug))
                .collect(),
            pictures: cover_pictures(db, lines.iter().map(|line| line.product_id)).await?,
        })
    }

    /// A store's slug, and what it is called among the others.
    pub fn store(&self, id: StoreId) -> (String, String) {
        self.stores.get(&id).cloned().unwrap_or_default()
    }

    /// A product's first picture.
    pub fn picture(&self, id: ProductId) -> Option<Picture> {
        self.pictures.get(&id).cloned()
    }

    /// A line as the shopper sees it.
    pub fn line(&self, line: &order_line::Model) -> LineView {
        let (seller_slug, seller_name) = self.store(line.seller_id);
        let slug = self
            .slugs
            .get(&line.product_id)
            .cloned()
            .unwrap_or_default();
        LineView {
            title: line.title.clone(),
            variant_name: line.variant_name.clone(),
            picture: self.picture(line.product_id),
            href: variant_address(&seller_slug, &slug, line.variant_id),
            seller: line.seller_id,
            seller_name,
            price: line.price,
            units: line.units,
            cancelled: line.cancelled_units,
        }
    }
}
