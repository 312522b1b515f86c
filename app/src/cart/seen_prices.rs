//! The prices that a page showed beside its button, sent along with it: `34.2000~35.2500`. Whichever variant is chosen,
//! with or without JavaScript, the cart can tell when its price is no longer the one that was seen.

use model::{Money, VariantId, VariantView};

/// What the page showed.
pub fn of(variants: &[VariantView]) -> String {
    let one = |variant: &VariantView| format!("{}.{}", variant.id, variant.price.0);
    variants.iter().map(one).collect::<Vec<_>>().join("~")
}

/// The price shown of one variant.
#[cfg_attr(
    not(feature = "ssr"),
    allow(dead_code, reason = "only the server compares")
)]
pub(super) fn find(seen: &str, variant: VariantId) -> Option<Money> {
    let prices = seen.split('~').filter_map(|one| one.split_once('.'));
    let mut of_it = prices.filter(|(id, _)| id.parse() == Ok(variant));
    of_it.next()?.1.parse().ok().map(Money)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_variant_has_the_price_it_was_shown_with() {
        let variant = |id, price| VariantView {
            id: VariantId(id),
            name: String::new(),
            sku: String::new(),
            price: Money(price),
            available: 1,
        };
        let seen = of(&[variant(34, 2_000), variant(35, 2_500)]);
        assert_eq!(find(&seen, VariantId(35)), Some(Money(2_500)));
        for (seen, id) in [(seen.as_str(), 3), ("", 34), ("34", 34), ("34.x", 34)] {
            assert_eq!(find(seen, VariantId(id)), None);
        }
    }
}
