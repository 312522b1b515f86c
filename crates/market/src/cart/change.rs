use super::for_sale::for_sale;
use crate::db::Tx;
use crate::entity::{cart_line, variant};
use crate::{Error, Market, Refusal, Result, checkout};
use model::{CartId, CartLineId, ListingId, VariantId, limits};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

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
    let args = (cart, listing, variant, units);
    let put = || {
        market
            .db
            .write(args, |tx, (cart, listing, variant, units)| {
                Box::pin(put(tx, cart, listing, variant, units))
            })
    };
    match put().await {
        Err(Error::Refused(lacks)) if gives_way(market, &lacks, variant).await? => put().await,
        answer => answer,
    }
}

async fn put(
    tx: &Tx,
    cart: CartId,
    listing: ListingId,
    variant: VariantId,
    units: i64,
) -> Result<()> {
    let variant = for_sale(tx, listing, variant).await?;
    let lines = cart_line::Entity::find()
        .filter(cart_line::Column::CartId.eq(cart))
        .all(tx.db())
        .await?;
    let present = lines
        .iter()
        .find(|line| line.listing_id == listing && line.variant_id == variant.id);
    let wanted = units.saturating_add(present.map_or(0, |line| line.units));
    check_units(&variant, wanted)?;
    match present {
        Some(line) => save_units(tx, line.id, wanted).await,
        None if u64::try_from(lines.len()).is_ok_and(|n| n >= limits::CART_LINES) => Err(Refusal::CartFull.into()),
        None => {
            let line = cart_line::ActiveModel {
                cart_id: Set(cart),
                listing_id: Set(listing),
                variant_id: Set(variant.id),
                units: Set(wanted),
                added_at: Set(tx.now),
                ..Default::default()
            };
            cart_line::Entity::insert(line)
                .exec_without_returning(tx.db())
                .await?;
            Ok(())
        }
    }
}

/// Changes how many units of a line are wanted; 0 takes it out.
///
/// # Errors
/// [`Refusal::TooMany`]; [`Error::NotFound`] when the line is not in this cart.
pub async fn set_units(market: &Market, cart: CartId, line: CartLineId, units: i64) -> Result<()> {
    if units == 0 {
        return remove(market, cart, line).await.map(|_| ());
    }
    let set = || {
        market
            .db
            .write((cart, line, units), |tx, (cart, line, units)| {
                Box::pin(set(tx, cart, line, units))
            })
    };
    match set().await {
        Err(Error::Refused(lacks))
            if gives_way(market, &lacks, variant_of(market, line).await?).await? =>
        {
            set().await
        }
        answer => answer,
    }
}

async fn variant_of(market: &Market, line: CartLineId) -> Result<VariantId> {
    let row = cart_line::Entity::find_by_id(line).one(market.reader()).await?;
    Ok(row.ok_or(Error::NotFound("cart line"))?.variant_id)
}

/// Whether asking again is worth while: stock or coverage was lacking, and holds whose time is over kept some of it
/// (C3). They are given back.
async fn gives_way(market: &Market, lacks: &Refusal, variant: VariantId) -> Result<bool> {
    if !matches!(
        lacks,
        Refusal::SoldOut | Refusal::TooMany { .. } | Refusal::NotOnShelf
    ) {
        return Ok(false);
    }
    let row = variant::Entity::find_by_id(variant)
        .one(market.reader())
        .await?;
    let product = row.ok_or(Error::NotFound("variant"))?.product_id;
    checkout::release_expired_on(market, vec![product]).await
}

async fn set(tx: &Tx, cart: CartId, line: CartLineId, units: i64) -> Result<()> {
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
    save_units(tx, line.id, units).await
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

fn check_units(variant: &variant::Model, units: i64) -> Result<()> {
    let most = (variant.on_hand - variant.held).min(limits::CART_UNITS);
    match units {
        _ if most == 0 => Err(Refusal::SoldOut.into()),
        units if (1..=most).contains(&units) => Ok(()),
        _ => Err(Refusal::TooMany { most }.into()),
    }
}

async fn save_units(tx: &Tx, line: CartLineId, units: i64) -> Result<()> {
    let changed = cart_line::ActiveModel {
        id: Set(line),
        units: Set(units),
        ..Default::default()
    };
    changed.update(tx.db()).await?;
    Ok(())
}
