use crate::Result;
use crate::entity::store;
use model::{StoreId, StoreView};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

/// A store as anybody sees it.
pub(crate) fn view(row: store::Model) -> StoreView {
    StoreView {
        id: row.id,
        slug: row.slug,
        name: row.name,
        tagline: row.tagline,
        about: row.about,
        accent: row.accent,
        shipping: row.shipping,
        free_shipping_from: row.free_shipping_from,
        opened_at: row.created_at,
    }
}

/// The names of some stores, without the rest of their rows.
pub(crate) async fn names_by_ids(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = StoreId>,
) -> Result<HashMap<StoreId, String>> {
    let names = store::Entity::find()
        .select_only()
        .columns([store::Column::Id, store::Column::Name])
        .filter(store::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(names.into_iter().collect())
}

/// Some stores, by number.
pub(crate) async fn by_ids(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = StoreId>,
) -> Result<HashMap<StoreId, store::Model>> {
    let rows = store::Entity::find()
        .filter(store::Column::Id.is_in(ids))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
