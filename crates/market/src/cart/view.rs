use super::items::{Item, items, parcel_shipping, short};
use super::seen::as_text;
use crate::entity::cart_line;
use crate::product::cover_pictures;
use crate::store::told_apart;
use crate::sums::{InBounds, plus};
use crate::{Market, Result};
use model::{
    CartId, CartLineView, CartProblem, CartStoreGroup, CartView, Money, Picture, ProductId,
    Shortage, variant_address,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

/// Units in a cart, over all lines.
///
/// # Errors
/// [`crate::Error::Database`] only.
pub async fn units(market: &Market, cart: CartId) -> Result<i64> {
    let units: Vec<i64> = cart_line::Entity::find()
        .filter(cart_line::Column::CartId.eq(cart))
        .select_only()
        .column(cart_line::Column::Units)
        .into_tuple()
        .all(market.reader())
        .await?;
    Ok(units.into_iter().sum())
}

/// A cart as its shopper sees it: one group for each maker, problems named at their lines.
///
/// # Errors
/// [`crate::Error::Database`], or [`crate::Error::Broken`] when rows contradict each other.
pub async fn view(market: &Market, cart: CartId) -> Result<CartView> {
    let items = items(market.reader(), cart).await?;
    let pictures =
        cover_pictures(market.reader(), items.iter().map(|item| item.product.id)).await?;
    let short: HashMap<_, _> = short(&items).into_iter().map(|s| (s.variant, s)).collect();
    let shipping = parcel_shipping(&items)?;
    let names = told_apart(items.iter().flat_map(|item| {
        let (maker, seller) = (&item.maker, &item.seller);
        [
            (maker.id, maker.name.as_str(), maker.slug.as_str()),
            (seller.id, seller.name.as_str(), seller.slug.as_str()),
        ]
    }));
    let called = |id| names.get(&id).cloned().unwrap_or_default();
    let mut view = CartView {
        seen: as_text(&items)?,
        ..CartView::default()
    };
    for item in &items {
        let seller_name = called(item.seller.id);
        let line = line_view(item, seller_name, &pictures, short.get(&item.variant.id))?;
        view.units = plus(view.units, line.units)?;
        view.items = view.items.plus(line.total).in_bounds()?;
        match view
            .groups
            .iter_mut()
            .find(|group| group.maker == item.maker.id)
        {
            Some(group) => group.lines.push(line),
            None => {
                let (goods, shipping) = shipping.get(&item.maker.id).copied().unwrap_or_default();
                view.shipping = view.shipping.plus(shipping).in_bounds()?;
                view.groups.push(CartStoreGroup {
                    maker: item.maker.id,
                    maker_slug: item.maker.slug.clone(),
                    maker_name: called(item.maker.id),
                    lines: vec![line],
                    items: goods,
                    shipping,
                    free_shipping_from: item
                        .maker
                        .free_shipping_from
                        .filter(|_| shipping > Money::ZERO),
                });
            }
        }
    }
    view.total = view.items.plus(view.shipping).in_bounds()?;
    Ok(view)
}

fn line_view(
    item: &Item,
    seller_name: String,
    pictures: &HashMap<ProductId, Picture>,
    short: Option<&Shortage>,
) -> Result<CartLineView> {
    let problem = match short {
        _ if item.is_withdrawn() => Some(CartProblem::Withdrawn),
        Some(Shortage { left: 0, .. }) => Some(CartProblem::SoldOut),
        Some(Shortage { left, wanted, .. }) => Some(CartProblem::Short {
            left: *left,
            elsewhere: wanted - item.line.units,
        }),
        None => None,
    };
    Ok(CartLineView {
        id: item.line.id,
        listing: item.listing.id,
        product: item.product.id,
        variant: item.variant.id,
        title: item.product.title.clone(),
        variant_name: item.variant.name.clone(),
        picture: pictures.get(&item.product.id).cloned(),
        href: variant_address(&item.seller.slug, &item.product.slug, item.variant.id),
        seller_slug: item.seller.slug.clone(),
        seller: item.seller.id,
        seller_name,
        price: item.variant.price,
        was: item
            .line
            .seen_price
            .filter(|was| *was != item.variant.price),
        units: item.line.units,
        total: item.total()?,
        available: item.available(),
        problem,
    })
}
