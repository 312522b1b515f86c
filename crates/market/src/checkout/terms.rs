//! What a hold freezes: prices, shipping, fee, rate and coverage of every line (C5).

use crate::cart::{Item, parcel_shipping};
use crate::entity::offer;
use crate::{Error, Result};
use model::{Money, ProductId, RewardOutcome, StoreId, Tokens};
use std::collections::BTreeMap;

/// A cart's totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Totals {
    pub items: Money,
    pub shipping: Money,
    pub total: Money,
}

/// The totals, and each parcel's shipping.
pub(super) fn totals(cart: &[Item]) -> Result<(Totals, BTreeMap<StoreId, Money>)> {
    let parcels = parcel_shipping(cart)?;
    let sum = |amounts: Vec<Money>| {
        let sum = amounts.into_iter().try_fold(Money::ZERO, Money::plus);
        sum.ok_or_else(|| Error::Broken("a cart overflows".into()))
    };
    let items = sum(parcels.values().map(|(goods, _)| *goods).collect())?;
    let shipping = sum(parcels.values().map(|(_, shipping)| *shipping).collect())?;
    let total = sum(vec![items, shipping])?;
    Ok((
        Totals {
            items,
            shipping,
            total,
        },
        parcels
            .into_iter()
            .map(|(id, (_, shipping))| (id, shipping))
            .collect(),
    ))
}

/// What a line is promised in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Promise {
    pub offer: Option<model::OfferId>,
    pub rate: Tokens,
    pub covered: i64,
    pub outcome: RewardOutcome,
}

/// Takes coverage for each line from its product's open offer, in line order: as many units as are open, the rest
/// goes unrewarded (R8). A maker's own shelf needs none (R6). `offers` is changed to what is left.
pub(super) fn promises(
    cart: &[Item],
    offers: &mut BTreeMap<ProductId, offer::Model>,
) -> Vec<Promise> {
    let promise = |item: &Item| {
        let none = |outcome| Promise {
            offer: None,
            rate: Tokens::ZERO,
            covered: 0,
            outcome,
        };
        if !item.through_reseller() {
            return none(RewardOutcome::OwnShelf);
        }
        match offers.get_mut(&item.product.id) {
            Some(offer) if offer.open_units > 0 => {
                let covered = offer.open_units.min(item.line.units);
                offer.open_units -= covered;
                offer.held_units += covered;
                Promise {
                    offer: Some(offer.id),
                    rate: offer.rate,
                    covered,
                    outcome: RewardOutcome::Promised,
                }
            }
            _ => none(RewardOutcome::NotCovered),
        }
    };
    cart.iter().map(promise).collect()
}
