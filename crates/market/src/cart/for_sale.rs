use crate::db::{Tx, is_word};
use crate::entity::{cart_line, listing, offer, product, variant};
use crate::listing::shown;
use crate::{Error, Refusal, Result};
use model::{CartId, ListingId, OfferState, ProductState, StoreId, VariantId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, DerivePartialModel, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
};

/// A variant on a store's shelf.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "listing::Entity")]
struct OnShelf {
    #[sea_orm(nested)]
    listing: listing::Model,
    #[sea_orm(nested)]
    product: Made,
    #[sea_orm(nested)]
    variant: variant::Model,
    /// Its product's open offer, if there is one.
    #[sea_orm(nested)]
    offer: Option<offer::Model>,
    /// What the cart has of it already.
    #[sea_orm(nested)]
    line: Option<cart_line::Model>,
}

#[derive(DerivePartialModel)]
#[sea_orm(entity = "product::Entity")]
struct Made {
    store_id: StoreId,
    state: ProductState,
}

/// The variant, if that listing sells it now, and the cart's line of it, if it has one.
pub(super) async fn for_sale(
    tx: &Tx,
    cart: Option<CartId>,
    listing: ListingId,
    variant: VariantId,
) -> Result<(variant::Model, Option<cart_line::Model>)> {
    let OnShelf {
        listing,
        product,
        variant,
        offer,
        line,
    } = find(tx, cart, listing, variant).await?;
    if product.state != ProductState::Published || listing.removed_at.is_some() {
        return Err(Refusal::NotOnShelf.into());
    }
    if variant.available() == 0 {
        return Err(Refusal::SoldOut.into());
    }
    let resold = listing.store_id != product.store_id;
    if resold && offer.is_none_or(|offer| offer.open_units == 0) {
        return Err(Refusal::NotOnShelf.into());
    }
    Ok((variant, line))
}

async fn find(
    tx: &Tx,
    cart: Option<CartId>,
    listing: ListingId,
    variant: VariantId,
) -> Result<OnShelf> {
    let product_id = || Expr::col((product::Entity, product::Column::Id));
    let mut find = listing::Entity::find_by_id(listing)
        .filter(variant::Column::Id.eq(variant))
        .filter(variant::Column::Retired.eq(false));
    let open = |of: Expr| of.not_in_subquery(shown::closed_stores());
    find = find
        .filter(open(product::Column::StoreId.into_expr()))
        .filter(open(listing::Column::StoreId.into_expr()));
    QuerySelect::query(&mut find)
        .inner_join(
            product::Entity,
            product_id().equals((listing::Entity, listing::Column::ProductId)),
        )
        .inner_join(
            variant::Entity,
            product_id().equals((variant::Entity, variant::Column::ProductId)),
        )
        .left_join(
            offer::Entity,
            Condition::all()
                .add(product_id().equals((offer::Entity, offer::Column::ProductId)))
                .add(is_word(offer::Column::State, OfferState::Open.as_str())),
        )
        .left_join(
            cart_line::Entity,
            Condition::all()
                .add(cart_line::Column::CartId.eq(cart))
                .add(cart_line::Column::ListingId.eq(listing))
                .add(cart_line::Column::VariantId.eq(variant)),
        );
    let found = find.into_partial_model().one(tx.db()).await?;
    // What a closed store sells is as unknown as what never was.
    found.ok_or(Error::NotFound("variant"))
}
