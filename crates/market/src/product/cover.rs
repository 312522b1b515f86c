use crate::Result;
use crate::entity::picture;
use model::{Picture, ProductId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// The first picture of each product.
pub(crate) async fn cover_pictures(
    db: &impl ConnectionTrait,
    products: impl IntoIterator<Item = ProductId>,
) -> Result<HashMap<ProductId, Picture>> {
    let rows = picture::Entity::find()
        .filter(picture::Column::ProductId.is_in(products))
        .order_by_asc(picture::Column::Position)
        .order_by_asc(picture::Column::Id)
        .all(db)
        .await?;
    let mut covers = HashMap::new();
    for row in rows {
        covers.entry(row.product_id).or_insert(Picture {
            id: row.id,
            key: row.key,
            alt: row.alt,
        });
    }
    Ok(covers)
}
