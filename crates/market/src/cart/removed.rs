use crate::entity::{listing, product, variant};
use crate::{Market, Result};
use model::{ListingId, ProductState, VariantId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, ExprTrait, QueryFilter,
    QuerySelect,
};

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
    find_title(market.reader(), listing, variant).await
}

#[derive(DerivePartialModel)]
#[sea_orm(entity = "product::Entity")]
struct Named {
    title: String,
    #[sea_orm(nested)]
    variant: VariantName,
}

#[derive(DerivePartialModel)]
#[sea_orm(entity = "variant::Entity")]
struct VariantName {
    name: String,
}

pub(super) async fn find_title(
    db: &impl ConnectionTrait,
    listing: ListingId,
    variant: VariantId,
) -> Result<Option<String>> {
    let product_id = || Expr::col((product::Entity, product::Column::Id));
    let mut find = product::Entity::find()
        .filter(product::Column::State.eq(ProductState::Published))
        .filter(listing::Column::Id.eq(listing))
        .filter(variant::Column::Id.eq(variant));
    QuerySelect::query(&mut find)
        .inner_join(
            listing::Entity,
            product_id().equals((listing::Entity, listing::Column::ProductId)),
        )
        .inner_join(
            variant::Entity,
            product_id().equals((variant::Entity, variant::Column::ProductId)),
        );
    let named = find.into_partial_model::<Named>().one(db).await?;
    Ok(named.map(|named| super::items::named(&named.title, &named.variant.name)))
}
