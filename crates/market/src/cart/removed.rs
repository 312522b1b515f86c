use super::items::named;
use crate::entity::{listing, product, variant};
use crate::{Market, Result};
use model::{ListingId, ProductState, VariantId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, ExprTrait, QueryFilter,
    QuerySelect,
};
use std::collections::HashMap;

/// The name of what was taken out of a cart, for the bar that offers to put it back; `None` for what nobody but its
/// maker may see.
///
/// # Errors
/// [`crate::Error::Database`] only.
pub async fn title_of(
    market: &Market,
    listing: ListingId,
    variant: VariantId,
) -> Result<Option<String>> {
    let key = (listing, variant);
    Ok(titles_of(market.reader(), [key]).await?.remove(&key))
}

#[derive(DerivePartialModel)]
#[sea_orm(entity = "product::Entity")]
struct Named {
    title: String,
    #[sea_orm(nested)]
    listing: Listed,
    #[sea_orm(nested)]
    variant: VariantName,
}

#[derive(DerivePartialModel)]
#[sea_orm(entity = "listing::Entity")]
struct Listed {
    id: ListingId,
}

#[derive(DerivePartialModel)]
#[sea_orm(entity = "variant::Entity")]
struct VariantName {
    id: VariantId,
    name: String,
}

/// The names of variants on shelves that anybody may see.
pub(super) async fn titles_of(
    db: &impl ConnectionTrait,
    keys: impl IntoIterator<Item = (ListingId, VariantId)>,
) -> Result<HashMap<(ListingId, VariantId), String>> {
    let (listings, variants): (Vec<_>, Vec<_>) = keys.into_iter().unzip();
    if listings.is_empty() {
        return Ok(HashMap::new());
    }
    let product_id = || Expr::col((product::Entity, product::Column::Id));
    let mut find = product::Entity::find()
        .filter(product::Column::State.eq(ProductState::Published))
        .filter(listing::Column::Id.is_in(listings))
        .filter(variant::Column::Id.is_in(variants));
    QuerySelect::query(&mut find)
        .inner_join(
            listing::Entity,
            product_id().equals((listing::Entity, listing::Column::ProductId)),
        )
        .inner_join(
            variant::Entity,
            product_id().equals((variant::Entity, variant::Column::ProductId)),
        );
    let rows = find.into_partial_model::<Named>().all(db).await?;
    let titled = |row: Named| {
        let title = named(&row.title, &row.variant.name);
        ((row.listing.id, row.variant.id), title)
    };
    Ok(rows.into_iter().map(titled).collect())
}
