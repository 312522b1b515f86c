use crate::db::Tx;
use crate::entity::{cart, cart_line, listing, product, variant};
use crate::offer::open_on;
use crate::{Error, Market, Refusal, Result, checkout};
use model::{CartId, CartLineId, ListingId, ProductState, VariantId, limits};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};

/// A line taken out of a cart: what is needed to put it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemovedLine {
    /// The listing it came from.
    pub listing: ListingId,
    /// The variant.
    pub variant: VariantId,
    /// Units wanted.
    pub units: i64,
}

/// Puts units of a variant from a store's shelf into a cart, on top of those already there.
///
/// # Errors
/// [`Refusal::SoldOut`] (R7); [`Refusal::NotOnShelf`] when that store does not sell it now (R3, R8);
/// [`Refusal::TooMany`]; [`Refusal::CartFull`]; [`Error::NotFound`].
pub async fn add(
    market: &Market,
    cart: CartId,
    listing: ListingId,
    variant: VariantId,
    units: i64,
) -> Result<()> {
    // Stock whose hold is over is there for whoever wants it now (C3).
    checkout::release_expired(market).await?;
    market
        .db
        .write(
            (cart, listing, variant, units),
            |tx, (cart, listing, variant, units)| {
                Box::pin(async move {
                    let variant = for_sale(tx, listing, variant).await?;
                    let lines =
                        cart_line::Entity::find().filter(cart_line::Column::CartId.eq(cart));
                    let present = lines
                        .clone()
                        .filter(cart_line::Column::ListingId.eq(listing))
                        .filter(cart_line::Column::VariantId.eq(variant.id))
                        .one(tx.db())
                        .await?;
                    let wanted =
                        units.saturating_add(present.as_ref().map_or(0, |line| line.units));
                    check_units(&variant, wanted)?;
                    match present {
                        Some(line) => save_units(tx, line, wanted).await?,
                        None if lines.count(tx.db()).await? >= limits::CART_LINES => {
                            return Err(Refusal::CartFull.into());
                        }
                        None => {
                            let line = cart_line::ActiveModel {
                                cart_id: Set(cart),
                                listing_id: Set(listing),
                                variant_id: Set(variant.id),
                                units: Set(wanted),
                                added_at: Set(tx.now),
                                ..Default::default()
                            };
                            line.insert(tx.db()).await?;
                        }
                    }
                    touch(tx, cart).await
                })
            },
        )
        .await
}

/// Changes how many units of a line are wanted; 0 takes it out.
///
/// # Errors
/// [`Refusal::TooMany`]; [`Error::NotFound`] when the line is not in this cart.
pub async fn set_units(market: &Market, cart: CartId, line: CartLineId, units: i64) -> Result<()> {
    if units == 0 {
        return remove(market, cart, line).await.map(|_| ());
    }
    checkout::release_expired(market).await?;
    market
        .db
        .write((cart, line, units), |tx, (cart, line, units)| {
            Box::pin(async move {
                let line = in_cart(tx, cart, line).await?;
                // Fewer is always right, whatever has become of the stock.
                if units > line.units {
                    let variant = variant::Entity::find_by_id(line.variant_id)
                        .one(tx.db())
                        .await?;
                    check_units(&variant.ok_or(Error::NotFound("variant"))?, units)?;
                }
                if units < 1 {
                    return Err(Refusal::TooMany {
                        most: limits::CART_UNITS,
                    }
                    .into());
                }
                save_units(tx, line, units).await?;
                touch(tx, cart).await
            })
        })
        .await
}

/// Takes a line out.
///
/// # Errors
/// [`Error::NotFound`] when the line is not in this cart.
pub async fn remove(market: &Market, cart: CartId, line: CartLineId) -> Result<RemovedLine> {
    market
        .db
        .write((cart, line), |tx, (cart, line)| {
            Box::pin(async move {
                let line = in_cart(tx, cart, line).await?;
                cart_line::Entity::delete_by_id(line.id)
                    .exec(tx.db())
                    .await?;
                touch(tx, cart).await?;
                Ok(RemovedLine {
                    listing: line.listing_id,
                    variant: line.variant_id,
                    units: line.units,
                })
            })
        })
        .await
}

async fn in_cart(tx: &Tx, cart: CartId, line: CartLineId) -> Result<cart_line::Model> {
    let find = cart_line::Entity::find_by_id(line).filter(cart_line::Column::CartId.eq(cart));
    find.one(tx.db()).await?.ok_or(Error::NotFound("cart line"))
}

/// The variant, if that listing sells it now.
async fn for_sale(tx: &Tx, listing: ListingId, variant: VariantId) -> Result<variant::Model> {
    let listing = listing::Entity::find_by_id(listing)
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("listing"))?;
    let product = product::Entity::find_by_id(listing.product_id)
        .one(tx.db())
        .await?;
    let product = product.ok_or(Error::NotFound("product"))?;
    let variant = variant::Entity::find_by_id(variant)
        .filter(variant::Column::ProductId.eq(product.id))
        .filter(variant::Column::Retired.eq(false))
        .one(tx.db())
        .await?
        .ok_or(Error::NotFound("variant"))?;
    if product.state != ProductState::Published || listing.removed_at.is_some() {
        return Err(Refusal::NotOnShelf.into());
    }
    if variant.on_hand == variant.held {
        return Err(Refusal::SoldOut.into());
    }
    if listing.store_id != product.store_id {
        let offer = open_on(&[product.id]).one(tx.db()).await?;
        if offer.is_none_or(|offer| offer.open_units == 0) {
            return Err(Refusal::NotOnShelf.into());
        }
    }
    Ok(variant)
}

fn check_units(variant: &variant::Model, units: i64) -> Result<()> {
    let most = (variant.on_hand - variant.held).min(limits::CART_UNITS);
    match units {
        _ if most == 0 => Err(Refusal::SoldOut.into()),
        units if (1..=most).contains(&units) => Ok(()),
        _ => Err(Refusal::TooMany { most }.into()),
    }
}

async fn save_units(tx: &Tx, line: cart_line::Model, units: i64) -> Result<()> {
    let mut line = line.into_active_model();
    line.units = Set(units);
    line.update(tx.db()).await?;
    Ok(())
}

async fn touch(tx: &Tx, cart: CartId) -> Result<()> {
    let row = cart::ActiveModel {
        id: Set(cart),
        updated_at: Set(tx.now),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    Ok(())
}
