use crate::done::Done;
#[cfg(feature = "ssr")]
use crate::error::AppError;
use crate::error::AppResult;
use crate::prelude::*;
use crate::wire::reading::Reading;
use model::{CartLineId, CartPageView, CartView, ListingId, Timestamp, VariantId};

/// The visitor's cart; an empty one for somebody without.
#[server(protocol = Reading)]
pub async fn read_cart() -> AppResult<CartView> {
    use crate::server::{market, session};
    match session::cart().await? {
        Some(cart) => Ok(market::cart::view(&market()?, cart).await?),
        None => Ok(CartView::default()),
    }
}

/// The visitor's cart, and what its address says was taken out of it.
#[server(protocol = Reading)]
pub async fn read_cart_page(#[server(default)] removed: String) -> AppResult<CartPageView> {
    let market = crate::server::market()?;
    let removed = match model::RemovedLine::read(&removed) {
        None => None,
        Some(line) => {
            let name = market::cart::title_of(&market, line.listing, line.variant).await?;
            Some((line, name))
        }
    };
    Ok(CartPageView {
        cart: read_cart().await?,
        removed,
    })
}

/// Puts units of a variant from a store's shelf into the cart. `seen` are the prices that the page showed.
#[server]
pub async fn add_to_cart(
    listing: ListingId,
    variant: VariantId,
    units: String,
    #[server(default)] seen: String,
    #[server(default)] once: String,
) -> AppResult<Done> {
    use crate::server::{market, session};
    use market::cart::Wanted;
    let wanted = Wanted {
        seen_price: super::seen_prices::find(&seen, variant),
        ..Wanted::units(listing, variant, read_units(&units)?)
    };
    let sending = market::once::Sending::under(&once);
    let put = session::put_into_cart(wanted, sending).await?;
    let currency = market()?.info().currency;
    Ok(Done::say(match wanted.seen_price {
        Some(was) if was != put.price => format!(
            "It is in your cart. Its price has just changed from {} to {}.",
            was.show(currency),
            put.price.show(currency)
        ),
        _ => "It is in your cart.".to_owned(),
    }))
}

/// Changes how many units of a line are wanted.
#[server]
pub async fn set_units(line: CartLineId, units: String) -> AppResult<Done> {
    use crate::server::{market, session};
    let units = read_units(&units)?;
    let cart = session::cart().await?.ok_or(AppError::NotFound)?;
    let market = market()?;
    market::cart::set_units(&market, cart, line, units).await?;
    Ok(Done::quietly().with_cart(&market::cart::view(&market, cart).await?))
}

/// Takes a line out; the cart then offers to put it back.
#[server]
pub async fn remove_line(line: CartLineId) -> AppResult<Done> {
    use crate::server::{market, session};
    let cart = session::cart().await?.ok_or(AppError::NotFound)?;
    let removed = market::cart::remove(&market()?, cart, line).await?;
    Ok(Done::go(crate::paths::cart_without(removed)))
}

/// Puts a removed line back where it stood.
#[server]
pub async fn put_back(
    listing: ListingId,
    variant: VariantId,
    units: i64,
    since: Timestamp,
    #[server(default)] once: String,
) -> AppResult<Done> {
    use market::cart::Wanted;
    let wanted = Wanted {
        since: Some(since),
        ..Wanted::units(listing, variant, units)
    };
    let sending = market::once::Sending::under(&once);
    crate::server::session::put_into_cart(wanted, sending).await?;
    Ok(Done::go(crate::paths::CART).and_say("It is back in your cart."))
}

#[cfg(feature = "ssr")]
fn read_units(typed: &str) -> Result<i64, Vec<model::FieldError>> {
    let mut check = model::Checker::new();
    let units = check.whole("units", typed, 1, model::limits::CART_UNITS);
    check.finish(units)
}
