use crate::done::Done;
#[cfg(feature = "ssr")]
use crate::error::AppError;
use crate::error::AppResult;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::{CartLineId, CartView, ListingId, VariantId};

/// The visitor's cart; an empty one for somebody without.
#[server(input = GetUrl)]
pub async fn read_cart() -> AppResult<CartView> {
    use crate::server::{market, session};
    match session::cart().await? {
        Some(cart) => Ok(market::cart::view(&market()?, cart).await?),
        None => Ok(CartView::default()),
    }
}

/// Puts units of a variant from a store's shelf into the cart.
#[server]
pub async fn add_to_cart(
    listing: ListingId,
    variant: VariantId,
    units: String,
    #[server(default)] once: String,
) -> AppResult<Done> {
    use crate::server::session;
    let sending = market::once::Sending::under(&once);
    session::put_into_cart(listing, variant, read_units(&units)?, sending).await?;
    Ok(Done::say("It is in your cart."))
}

/// Changes how many units of a line are wanted.
#[server]
pub async fn set_units(line: CartLineId, units: String) -> AppResult<Done> {
    use crate::server::{market, session};
    let units = read_units(&units)?;
    let cart = session::cart().await?.ok_or(AppError::NotFound)?;
    market::cart::set_units(&market()?, cart, line, units).await?;
    Ok(Done::quietly())
}

/// Takes a line out; the cart then offers to put it back.
#[server]
pub async fn remove_line(line: CartLineId) -> AppResult<Done> {
    use crate::server::{market, session};
    let cart = session::cart().await?.ok_or(AppError::NotFound)?;
    let removed = market::cart::remove(&market()?, cart, line).await?;
    let undo = super::undo::Undo {
        listing: removed.listing,
        variant: removed.variant,
        units: removed.units,
    };
    Ok(Done::go(undo.href()))
}

/// Puts a removed line back.
#[server]
pub async fn put_back(
    listing: ListingId,
    variant: VariantId,
    units: i64,
    #[server(default)] once: String,
) -> AppResult<Done> {
    let sending = market::once::Sending::under(&once);
    crate::server::session::put_into_cart(listing, variant, units, sending).await?;
    Ok(Done::go(crate::paths::CART).and_say("It is back in your cart."))
}

#[cfg(feature = "ssr")]
fn read_units(typed: &str) -> Result<i64, Vec<model::FieldError>> {
    let mut check = model::Checker::new();
    let units = check.whole("units", typed, 1, model::limits::CART_UNITS);
    check.finish(units)
}
