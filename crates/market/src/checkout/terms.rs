//! What a cart comes to.

use crate::cart::{Item, parcel_shipping};
use crate::{Error, Result};
use model::{Money, StoreId};
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
