use crate::Result;
use crate::entity::listing;
use crate::store::Owner;
use model::{ListingId, ProductId, StoreId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

/// How many other stores carry each of the maker's products.
pub(crate) async fn shelves_of(
    db: &impl ConnectionTrait,
    maker: Owner,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, i64>> {
    let rows = listing::Entity::find()
        .select_only()
        .column(listing::Column::ProductId)
        .column_as(listing::Column::Id.count(), "shelves")
        .filter(listing::Column::ProductId.is_in(ids.iter().copied()))
        .filter(listing::Column::StoreId.ne(maker.store()))
        .filter(listing::Column::RemovedAt.is_null())
        .group_by(listing::Column::ProductId)
        .into_tuple::<(ProductId, i64)>()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Where some products stand on the shelves of these stores.
pub(crate) async fn listings_of(
    db: &impl ConnectionTrait,
    products: &[ProductId],
    stores: impl IntoIterator<Item = StoreId>,
) -> Result<HashMap<(StoreId, ProductId), ListingId>> {
    let rows = listing::Entity::find()
        .filter(listing::Column::ProductId.is_in(products.iter().copied()))
        .filter(listing::Column::StoreId.is_in(stores))
        .filter(listing::Column::RemovedAt.is_null())
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.store_id, row.product_id), row.id))
        .collect())
}
