use super::for_sale::for_sale;
use super::whose;
use crate::db::Tx;
use crate::entity::{cart_line, variant};
use crate::once::Sending;
use crate::{Error, Market, Refusal, Result, checkout};
use model::{AccountId, CartId, CartLineId, ListingId, VariantId, limits};
use sea_orm::sea_query::{Expr, Func, Query, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait,
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
    let sending = Sending::each_time();
    put_into(market, (Some(cart), None), listing, variant, units, sending).await?;
    Ok(())
}

/// As [`add`], but what the same sending put in before is there once (L4). Gives the cart: without one, `account`'s,
/// or a new one.
///
/// # Errors
/// As [`add`]; [`Error::KeyReused`] when something else was sent under the key.
pub async fn add_once(
    market: &Market,
    whose: (Option<CartId>, Option<AccountId>),
    listing: ListingId,
    variant: VariantId,
    units: i64,
    sending: Sending,
) -> Result<CartId> {
    put_into(market, whose, listing, variant, units, sending).await
}

/// Puts units of a variant into a visitor's first cart, which is made for it; somebody signed in may have one already.
/// Gives the cart.
///
/// # Errors
/// As [`add`].
pub async fn add_to_first(
    market: &Market,
    account: Option<AccountId>,
    listing: ListingId,
    variant: VariantId,
    units: i64,
) -> Result<CartId> {
    let sending = Sending::each_time();
    put_into(market, (None, account), listing, variant, units, sending).await
}

async fn put_into(
    market: &Market,
    whose: (Option<CartId>, Option<AccountId>),
    listing: ListingId,
    variant: VariantId,
    units: i64,
    sending: Sending,
) -> Result<CartId> {
    let args = (whose, listing, variant, units, sending);
    let put = || async {
        let made = market.db.write(
            args.clone(),
            |tx, ((cart, account), listing, variant, units, sending)| {
                Box::pin(async move {
                    // A second press of a new visitor may know nothing of the cart that the first one made.
                    let form = ("cart", "any");
                    let work = async {
                        let cart = put(tx, cart, account, listing, variant, units).await?;
                        Ok(cart.0)
                    };
                    sending
                        .once(tx, form, &(listing, variant, units), work)
                        .await
                })
            },
        );
        made.await.map(CartId)
    };
    match put().await {
        Err(Error::Refused(lacks)) if gives_way(market, &lacks, variant).await? => put().await,
        answer => answer,
    }
}

async fn put(
    tx: &Tx,
    cart: Option<CartId>,
    account: Option<AccountId>,
    listing: ListingId,
    variant: VariantId,
    units: i64,
) -> Result<CartId> {
    let cart = match (cart, account) {
        (None, Some(account)) => whose::find(tx, account).await?,
        (cart, _) => cart,
    };
    let (variant, line) = for_sale(tx, cart, listing, variant).await?;
    let wanted = units.saturating_add(line.as_ref().map_or(0, |line| line.units));
    check_units(&variant, wanted)?;
    let cart = match cart {
        Some(cart) => cart,
        None => whose::insert(tx, account).await?,
    };
    match line {
        Some(line) => add_units(tx, line.id, units, most(&variant)).await?,
        None => insert_line(tx, cart, listing, variant.id, wanted).await?,
    }
    Ok(cart)
}

/// A new line, if the cart has room for one.
async fn insert_line(
    tx: &Tx,
    cart: CartId,
    listing: ListingId,
    variant: VariantId,
    units: i64,
) -> Result<()> {
    let lines = Query::select()
        .expr(Func::count(Expr::col(cart_line::Column::Id)))
        .from(cart_line::Entity)
        .and_where(cart_line::Column::CartId.eq(cart))
        .to_owned();
    let room = SimpleExpr::from(lines).lt(limits::CART_LINES);
    let values: [SimpleExpr; 5] = [
        cart.0.into(),
        listing.0.into(),
        variant.0.into(),
        units.into(),
        tx.now.0.into(),
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

/// Units of a variant that a cart can hold.
fn most(variant: &variant::Model) -> i64 {
    std::cmp::min(variant.on_hand - variant.held, limits::CART_UNITS)
}

fn check_units(variant: &variant::Model, units: i64) -> Result<()> {
    let most = most(variant);
    match units {
        _ if most == 0 => Err(Refusal::SoldOut.into()),
        units if (1..=most).contains(&units) => Ok(()),
        _ => Err(Refusal::TooMany { most }.into()),
    }
}

/// More of what is there when it is written: somebody else may add to the line at the same moment.
async fn add_units(tx: &Tx, line: CartLineId, units: i64, most: i64) -> Result<()> {
    let more = || Expr::col(cart_line::Column::Units).add(units);
    let added = cart_line::Entity::update_many()
        .col_expr(cart_line::Column::Units, more())
        .filter(cart_line::Column::Id.eq(line))
        .filter(more().lte(most))
        .exec(tx.db())
        .await?;
    match added.rows_affected {
        0 => Err(Refusal::TooMany { most }.into()),
        _ => Ok(()),
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
