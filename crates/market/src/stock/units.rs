use crate::Result;
use crate::entity::variant;
use crate::sums::{less, plus};
use model::{ProductId, VariantId};
use std::collections::{BTreeMap, HashMap};

/// Units of each variant, by rising id.
pub(crate) type Units = BTreeMap<VariantId, i64>;

/// The units of each variant, over all lines that speak of it (C2).
pub(crate) fn summed(lines: impl IntoIterator<Item = (VariantId, i64)>) -> Result<Units> {
    let mut sums = Units::new();
    for (variant, units) in lines {
        let sum = sums.entry(variant).or_default();
        *sum = plus(*sum, units)?;
    }
    Ok(sums)
}

/// Whether so many units are available of each variant.
pub(crate) fn has(stock: &[variant::Model], wanted: &Units) -> bool {
    wanted.iter().all(|(id, units)| {
        stock
            .iter()
            .any(|row| row.id == *id && row.available() >= *units)
    })
}

/// Units on hand of each product, once these are sold.
pub(crate) fn on_hand_after(
    stock: &[variant::Model],
    sold: &Units,
) -> Result<HashMap<ProductId, i64>> {
    let mut on_hand = HashMap::new();
    for row in stock {
        let sold = sold.get(&row.id).copied().unwrap_or(0);
        let left = on_hand.entry(row.product_id).or_default();
        *left = plus(*left, less(row.on_hand, sold)?)?;
    }
    Ok(on_hand)
}
