//! Which of a product's variants a page is about.

use crate::draft::{Amount, Availability, Variant};
use crate::reading::Reading;
use url::Url;

/// Fills a reading's own fields from its variants: those of the one that the address names, or else of the first that
/// can be ordered.
pub fn settle(reading: &mut Reading, url: &Url) {
    if reading.variants.is_empty() {
        return;
    }
    let named = named_by(&reading.variants, url);
    let orderable = |variant: &&Variant| {
        variant
            .availability
            .is_none_or(Availability::can_be_ordered)
    };
    let chosen = named
        .or_else(|| {
            reading
                .variants
                .iter()
                .find(|variant| variant.price.is_some() && orderable(variant))
        })
        .or_else(|| {
            reading
                .variants
                .iter()
                .find(|variant| variant.price.is_some())
        })
        .or_else(|| reading.variants.first())
        .cloned();
    let Some(chosen) = chosen else { return };
    let values = || {
        reading
            .variants
            .iter()
            .filter_map(|variant| variant.price.as_ref())
    };
    let high = values().max_by_key(|amount| amount.value).cloned();
    let is_range = high
        .as_ref()
        .is_some_and(|high: &Amount| values().any(|amount| amount.value < high.value));
    if named.is_some() {
        reading.price = chosen.price.or(reading.price.take());
        reading.list_price = chosen.list_price.or(reading.list_price.take());
        reading.availability = chosen.availability.or(reading.availability);
        reading.sku = chosen.sku.or(reading.sku.take());
        reading.gtin = chosen.gtin.or(reading.gtin.take());
        if let Some(image) = chosen.image.filter(|image| !reading.images.contains(image)) {
            reading.images.insert(0, image);
        }
        return;
    }
    reading.price = reading.price.take().or(chosen.price);
    reading.list_price = reading.list_price.take().or(chosen.list_price);
    reading.sku = reading.sku.take().or(chosen.sku);
    reading.gtin = reading.gtin.take().or(chosen.gtin);
    if is_range {
        reading.price_high = reading.price_high.take().or(high);
    }
    if reading.images.is_empty() {
        reading.images = reading
            .variants
            .iter()
            .filter_map(|variant| variant.image.clone())
            .take(20)
            .collect();
    }
    reading.availability = reading.availability.or_else(|| {
        let stated: Vec<Availability> = reading
            .variants
            .iter()
            .filter_map(|variant| variant.availability)
            .collect();
        stated
            .iter()
            .copied()
            .find(|stated| stated.can_be_ordered())
            .or_else(|| stated.first().copied())
    });
}

/// The variant whose address or number stands in the page's address. None if that is true of several.
fn named_by<'a>(variants: &'a [Variant], url: &Url) -> Option<&'a Variant> {
    only(variants, |variant| {
        variant
            .url
            .as_deref()
            .and_then(|written| url.join(written).ok())
            .is_some_and(|own| is_same(&own, url))
    })
    .or_else(|| {
        let address = url.as_str().to_lowercase();
        only(variants, |variant| {
            [&variant.sku, &variant.gtin]
                .into_iter()
                .flatten()
                .any(|number| number.len() >= 5 && address.contains(&number.to_lowercase()))
        })
    })
}

fn only(variants: &[Variant], is_it: impl Fn(&Variant) -> bool) -> Option<&Variant> {
    let mut found = variants.iter().filter(|variant| is_it(variant));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The same path, and every parameter of the variant's address is in the page's.
fn is_same(variant: &Url, page: &Url) -> bool {
    variant.path().trim_end_matches('/') == page.path().trim_end_matches('/')
        && variant
            .query_pairs()
            .all(|pair| page.query_pairs().any(|own| own == pair))
        && (variant.fragment().is_none() || variant.fragment() == page.fragment())
}
