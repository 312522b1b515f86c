use crate::Result;
use crate::entity::{cart_line, listing, product, store, variant};
use crate::{Error, store as stores};
use model::{CartId, Money, ProductState, Shortage, StoreId, VariantId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, HashMap};

/// A cart line with the rows it speaks of.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub line: cart_line::Model,
    pub listing: listing::Model,
    pub variant: variant::Model,
    pub product: product::Model,
    pub maker: store::Model,
    pub seller: store::Model,
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

    /// Its maker took it off the market.
    pub fn is_withdrawn(&self) -> bool {
        self.product.state != ProductState::Published || self.variant.retired
    }

    /// Units that can be bought now.
    pub fn available(&self) -> i64 {
        if self.is_withdrawn() {
            0
        } else {
            self.variant.on_hand - self.variant.held
        }
    }
}

/// A cart's lines, oldest first.
pub(crate) async fn items(db: &impl ConnectionTrait, cart: CartId) -> Result<Vec<Item>> {
    let lines = cart_line::Entity::find()
        .filter(cart_line::Column::CartId.eq(cart))
        .order_by_asc(cart_line::Column::Id)
        .all(db)
        .await?;
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let listings = listing::Entity::find()
        .filter(listing::Column::Id.is_in(lines.iter().map(|l| l.listing_id)));
    let listings: HashMap<_, _> = listings
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let variants = variant::Entity::find()
        .filter(variant::Column::Id.is_in(lines.iter().map(|l| l.variant_id)));
    let variants: HashMap<_, _> = variants
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let products = product::Entity::find()
        .filter(product::Column::Id.is_in(listings.values().map(|l| l.product_id)));
    let products: HashMap<_, _> = products
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let makers = products.values().map(|p| p.store_id);
    let stores = stores::by_ids(db, makers.chain(listings.values().map(|l| l.store_id))).await?;
    let item = |line: cart_line::Model| {
        let listing = listings.get(&line.listing_id)?.clone();
        let product = products.get(&listing.product_id)?.clone();
        Some(Item {
            variant: variants.get(&line.variant_id)?.clone(),
            maker: stores.get(&product.store_id)?.clone(),
            seller: stores.get(&listing.store_id)?.clone(),
            product,
            listing,
            line,
        })
    };
    lines
        .into_iter()
        .map(|line| item(line).ok_or_else(|| Error::Broken("a cart line has no product".into())))
        .collect()
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
        entry.wanted += item.line.units;
    }
    wanted.into_values().filter(|s| s.wanted > s.left).collect()
}

fn full_title(item: &Item) -> String {
    if item.variant.name.is_empty() {
        item.product.title.clone()
    } else {
        format!("{}, {}", item.product.title, item.variant.name)
    }
}

/// What each maker's parcel costs to ship: her flat rate, or nothing from her threshold on.
pub(crate) fn parcel_shipping(items: &[Item]) -> Result<BTreeMap<StoreId, (Money, Money)>> {
    let mut parcels: BTreeMap<StoreId, (Money, &store::Model)> = BTreeMap::new();
    for item in items {
        let (goods, _) = parcels
            .entry(item.maker.id)
            .or_insert((Money::ZERO, &item.maker));
        *goods = goods
            .plus(item.total()?)
            .ok_or_else(|| Error::Broken("a cart overflows".into()))?;
    }
    let shipped = |(id, (goods, maker)): (StoreId, (Money, &store::Model))| {
        let free = maker.free_shipping_from.is_some_and(|from| goods >= from);
        (id, (goods, if free { Money::ZERO } else { maker.shipping }))
    };
    Ok(parcels.into_iter().map(shipped).collect())
}
