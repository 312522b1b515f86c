use super::for_sale::for_sale;
use super::whose::{self, Whose};
use crate::db::Tx;
use crate::entity::{cart_line, variant};
use crate::once::Sending;
use crate::{Error, Market, Refusal, Result, checkout};
use model::{CartId, CartLineId, ListingId, Money, RemovedLine, Timestamp, VariantId, limits};
use sea_orm::sea_query::{Expr, Func, Query, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait,
    QueryFilter,
};

/// Something to put into a cart.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The listing it comes from.
    pub listing: ListingId,
    /// The variant.
    pub variant: VariantId,
    /// Units, on top of those already there.
    pub units: i64,
    /// The price that was shown beside the button. It decides nothing: the cart tells when it is no longer the price.
    pub seen_price: Option<Money>,
    /// Since when it was wanted, for a line that is put back to its place.
    pub since: Option<Timestamp>,
}

impl Wanted {
    /// Units of a variant from a shelf, wanted now at the price of now.
    #[must_use]
    pub const fn units(listing: ListingId, variant: VariantId, units: i64) -> Wanted {
        Wanted {
            listing,
            variant,
            units,
            seen_price: None,
            since: None,
        }
    }
}

/// What was put into a cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Put {
    /// The cart.
    pub cart: CartId,
    /// What one unit costs.
    pub price: Money,
}

/// Puts units of a variant from a store's shelf into a cart, on top of those already there.
///
/// # Errors
/// As [`put`].
pub async fn add(
    market: &Market,
    cart: CartId,
    listing: ListingId,
    variant: VariantId,
    units: i64,
) -> Result<()> {
    let whose = Whose {
        cart: Some(cart),
        ..Whose::default()
    };
    put(market, whose, Wanted::units(listing, variant, units)).await?;
    Ok(())
}

/// Puts units of a variant from a store's shelf into somebody's cart, on top of those already there. The first thing
/// makes the cart, once, in however many requests it comes.
///
/// # Errors
/// [`Refusal::SoldOut`] (R7); [`Refusal::NotOnShelf`] when that store does not sell it now (R3, R8);
/// [`Refusal::TooMany`]; [`Refusal::CartFull`]; [`Error::NotFound`].
pub async fn put(market: &Market, whose: Whose, wanted: Wanted) -> Result<Put> {
    put_once(market, whose, wanted, Sending::each_time()).await
}

/// As [`put`], but what the same sending put in before is there once (L4).
///
/// # Errors
/// As [`put`]; [`Error::KeyReused`] when something else was sent under the key.
pub async fn put_once(
    market: &Market,
    whose: Whose,
    wanted: Wanted,
    sending: Sending,
) -> Result<Put> {
    let args = (whose, wanted, sending);
    let put = || {
        market
            .db
            .write(args.clone(), |tx, (whose, wanted, sending)| {
                Box::pin(put_in(tx, whose, wanted, sending))
            })
    };
    match put().await {
        Err(Error::Refused(lacks)) if gives_way(market, &lacks, wanted.variant).await? => {
            put().await
        }
        answer => answer,
    }
}

async fn put_in(tx: &Tx, whose: Whose, wanted: Wanted, sending: Sending) -> Result<Put> {
    let content = (wanted.listing, wanted.variant, wanted.units);
    let variant = wanted.variant;
    let mut made = None;
    let work = async {
        let put = put_into(tx, whose, wanted).await?;
        made = Some(put.price);
        Ok(put.cart.0)
    };
    // A second press of a new visitor may know nothing of the cart that the first one made.
    let cart = sending.once(tx, ("cart", "any"), &content, work).await?;
    let price = match made {
        Some(price) => price,
        None => {
            let row = variant::Entity::find_by_id(variant).one(tx.db()).await?;
            row.ok_or(Error::NotFound("variant"))?.price
        }
    };
    Ok(Put {
        cart: CartId(cart),
        price,
    })
}

async fn put_into(tx: &Tx, whose: Whose, wanted: Wanted) -> Result<Put> {
    let cart = whose::to_fill(tx, &whose).await?;
    let (variant, line) = for_sale(tx, cart, wanted.listing, wanted.variant).await?;
    let units = wanted
        .units
        .saturating_add(line.as_ref().map_or(0, |line| line.units));
    check_units(&variant, units)?;
    let cart = match cart {
        Some(cart) => cart,
        None => whose::first(tx, whose).await?,
    };
    let seen = wanted.seen_price.unwrap_or(variant.price);
    match line {
        Some(line) => save_units(tx, line.id, units, Some(seen)).await?,
        None => {
            let since = std::cmp::min(wanted.since.unwrap_or(tx.now), tx.now);
            insert_line(tx, cart, wanted, (seen, since)).await?;
        }
    }
    Ok(Put {
        cart,
        price: variant.price,
    })
}

/// A new line, if the cart has room for one.
async fn insert_line(
    tx: &Tx,
    cart: CartId,
    wanted: Wanted,
    (seen, since): (Money, Timestamp),
) -> Result<()> {
    let lines = Query::select()
        .expr(Func::count(Expr::col(cart_line::Column::Id)))
        .from(cart_line::Entity)
        .and_where(cart_line::Column::CartId.eq(cart))
        .to_owned();
    let room = SimpleExpr::from(lines).lt(limits::CART_LINES);
    let values: [SimpleExpr; 6] = [
        cart.0.into(),
        wanted.listing.0.into(),
        wanted.variant.0.into(),
        wanted.units.into(),
        since.0.into(),
        seen.0.into(),
    ];
    let row = Query::select().exprs(values).and_where(room).to_owned();
    let insert = Query::insert()
        .into_table(cart_line::Entity)
        .columns([
            cart_line::Column::CartId,
            cart_line::Column::ListingId,
            cart_line::Column::VariantId,
            cart_line::Column::Units,
            cart_line::Column::AddedAt,
            cart_line::Column::SeenPrice,
        ])
        .select_from(row)
        .map_err(|error| Error::Broken(error.to_string()))?
        .to_owned();
    match tx.db().execute(&insert).await?.rows_affected() {
        0 => Err(Refusal::CartFull.into()),
        _ => Ok(()),
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
    let row = cart_line::Entity::find_by_id(line)
        .one(market.reader())
        .await?;
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
    save_units(tx, line.id, units, line.seen_price).await
}

/// Takes a line out.
///
/// # Errors
/// [`Error::NotFound`] when the line is not in this cart.
pub async fn remove(market: &Market, cart: CartId, line: CartLineId) -> Result<RemovedLine> {
    market
        .db
        .write((cart, line), |tx, (cart, line)| {
            Box::pin(remove_in(tx, cart, line))
        })
        .await
}

async fn remove_in(tx: &Tx, cart: CartId, line: CartLineId) -> Result<RemovedLine> {
    let line = in_cart(tx, cart, line).await?;
    cart_line::Entity::delete_by_id(line.id)
        .exec(tx.db())
        .await?;
    Ok(RemovedLine {
        listing: line.listing_id,
        variant: line.variant_id,
        units: line.units,
        since: line.added_at,
    })
}

/// A line of a cart, which is locked: what is paid for at this moment leaves it before or after.
async fn in_cart(tx: &Tx, cart: CartId, line: CartLineId) -> Result<cart_line::Model> {
    whose::locked(tx, cart).await?;
    let find = cart_line::Entity::find_by_id(line).filter(cart_line::Column::CartId.eq(cart));
    find.one(tx.db()).await?.ok_or(Error::NotFound("cart line"))
}

/// Units of a variant that a cart can hold.
fn most(variant: &variant::Model) -> i64 {
    variant.available().clamp(0, limits::CART_UNITS)
}

fn check_units(variant: &variant::Model, units: i64) -> Result<()> {
    let most = most(variant);
    match units {
        _ if most == 0 => Err(Refusal::SoldOut.into()),
        units if (1..=most).contains(&units) => Ok(()),
        _ => Err(Refusal::TooMany { most }.into()),
    }
}

async fn save_units(tx: &Tx, line: CartLineId, units: i64, seen: Option<Money>) -> Result<()> {
    let changed = cart_line::ActiveModel {
        id: Set(line),
        units: Set(units),
        seen_price: Set(seen),
        ..Default::default()
    };
    changed.update(tx.db()).await?;
    Ok(())
}
