use crate::db::Tx;
use crate::entity::{cart_line, listing, product, store, variant};
use crate::{Error, Result};
use model::{CartId, Money, ProductId, ProductState, Shortage, StoreId, Timestamp, VariantId};
use sea_orm::sea_query::{Alias, Expr, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, ExprTrait, JoinType,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use std::collections::BTreeMap;

/// A cart line with what it speaks of.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "cart_line::Entity")]
pub(crate) struct Item {
    #[sea_orm(nested)]
    pub line: cart_line::Model,
    #[sea_orm(nested)]
    pub listing: listing::Model,
    #[sea_orm(nested)]
    pub variant: variant::Model,
    #[sea_orm(nested)]
    pub product: ProductSold,
    #[sea_orm(nested, alias = "maker")]
    pub maker: Maker,
    #[sea_orm(nested, alias = "seller")]
    pub seller: Seller,
}

/// What a line needs of its product; descriptions are long and stay where they are.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "product::Entity")]
pub(crate) struct ProductSold {
    pub id: ProductId,
    pub store_id: StoreId,
    pub slug: String,
    pub title: String,
    pub state: ProductState,
}

/// What a line needs of the store that makes its product.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "store::Entity")]
pub(crate) struct Maker {
    pub id: StoreId,
    pub slug: String,
    pub name: String,
    pub shipping: Money,
    pub free_shipping_from: Option<Money>,
    pub closed_at: Option<Timestamp>,
}

/// What a line needs of the store whose shelf it is from.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "store::Entity")]
pub(crate) struct Seller {
    pub id: StoreId,
    pub slug: String,
    pub name: String,
    pub closed_at: Option<Timestamp>,
}

impl Item {
    /// Units times price.
    pub fn total(&self) -> Result<Money> {
        self.variant
            .price
            .times(self.line.units)
            .ok_or_else(|| Error::Broken("a cart line overflows".into()))
    }

    /// Sold from another store's shelf.
    pub fn through_reseller(&self) -> bool {
        self.listing.store_id != self.product.store_id
    }

    /// Its maker took it off the market, or the operator closed one of the two stores.
    pub fn is_withdrawn(&self) -> bool {
        self.product.state != ProductState::Published
            || self.variant.retired
            || self.maker.closed_at.is_some()
            || self.seller.closed_at.is_some()
    }

    /// Units that can be bought now.
    pub fn available(&self) -> i64 {
        if self.is_withdrawn() {
            0
        } else {
            self.variant.available()
        }
    }
}

/// A cart's lines, oldest first.
pub(crate) async fn items(db: &impl ConnectionTrait, cart: CartId) -> Result<Vec<Item>> {
    let find = joined(cart)
        .order_by_asc(cart_line::Column::AddedAt)
        .order_by_asc(cart_line::Column::Id);
    Ok(find.into_partial_model().all(db).await?)
}

/// A cart's lines, oldest first, with their variants locked by rising id until the transaction ends.
pub(crate) async fn items_locked(tx: &Tx, cart: CartId) -> Result<Vec<Item>> {
    let mut find = joined(cart).order_by_asc(variant::Column::Id);
    QuerySelect::query(&mut find).lock_with_tables(LockType::NoKeyUpdate, [variant::Entity]);
    let mut items: Vec<Item> = find.into_partial_model().all(tx.db()).await?;
    items.sort_by_key(|item| (item.line.added_at, item.line.id));
    Ok(items)
}

fn joined(cart: CartId) -> Select<cart_line::Entity> {
    let (maker, seller) = (Alias::new("maker"), Alias::new("seller"));
    let mut find = cart_line::Entity::find().filter(cart_line::Column::CartId.eq(cart));
    QuerySelect::query(&mut find)
        .inner_join(
            listing::Entity,
            Expr::col((listing::Entity, listing::Column::Id))
                .equals((cart_line::Entity, cart_line::Column::ListingId)),
        )
        .inner_join(
            variant::Entity,
            Expr::col((variant::Entity, variant::Column::Id))
                .equals((cart_line::Entity, cart_line::Column::VariantId)),
        )
        .inner_join(
            product::Entity,
            Expr::col((product::Entity, product::Column::Id))
                .equals((listing::Entity, listing::Column::ProductId)),
        )
        .join_as(
            JoinType::InnerJoin,
            store::Entity,
            maker.clone(),
            Expr::col((maker, store::Column::Id))
                .equals((product::Entity, product::Column::StoreId)),
        )
        .join_as(
            JoinType::InnerJoin,
            store::Entity,
            seller.clone(),
            Expr::col((seller, store::Column::Id))
                .equals((listing::Entity, listing::Column::StoreId)),
        );
    find
}

/// The variants a cart wants more of than there is, units summed over all its lines, whichever stores they come
/// from (C2).
pub(crate) fn short(items: &[Item]) -> Vec<Shortage> {
    let mut wanted: BTreeMap<VariantId, Shortage> = BTreeMap::new();
    for item in items {
        let entry = wanted.entry(item.variant.id).or_insert_with(|| Shortage {
            variant: item.variant.id,
            title: full_title(item),
            wanted: 0,
            left: item.available(),
        });
        entry.wanted = entry.wanted.saturating_add(item.line.units);
    }
    wanted.into_values().filter(|s| s.wanted > s.left).collect()
}

/// A line's product and variant.
pub(super) fn full_title(item: &Item) -> String {
    named(&item.product.title, &item.variant.name)
}

/// A product's title and its variant's name, which is empty when it has just one.
pub(super) fn named(title: &str, variant: &str) -> String {
    if variant.is_empty() {
        title.to_owned()
    } else {
        format!("{title}, {variant}")
    }
}

/// What each maker's parcel costs to ship: her flat rate, or nothing from her threshold on.
pub(crate) fn parcel_shipping(items: &[Item]) -> Result<BTreeMap<StoreId, (Money, Money)>> {
    let mut parcels: BTreeMap<StoreId, (Money, &Maker)> = BTreeMap::new();
    for item in items {
        let (goods, _) = parcels
            .entry(item.maker.id)
            .or_insert((Money::ZERO, &item.maker));
        *goods = goods
            .plus(item.total()?)
            .ok_or_else(|| Error::Broken("a cart overflows".into()))?;
    }
    let shipped = |(id, (goods, maker)): (StoreId, (Money, &Maker))| {
        let free = maker.free_shipping_from.is_some_and(|from| goods >= from);
        (id, (goods, if free { Money::ZERO } else { maker.shipping }))
    };
    Ok(parcels.into_iter().map(shipped).collect())
}
