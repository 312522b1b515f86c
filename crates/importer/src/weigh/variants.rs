//! The variants, from the source that knows most about them.

use super::Vote;
use crate::address::on_the_web;
use crate::draft::{Amount, Source, Sourced, Variant};
use crate::text::plain::plain;
use url::Url;

const MOST: usize = 500;

/// Variants with texts cleaned, addresses absolute and the product's currency filled in; and who told of them.
pub fn of(
    votes: &[Vote],
    page: &Url,
    price: Option<&Sourced<Amount>>,
) -> (Vec<Variant>, Option<Source>) {
    let mut best: Option<&Vote> = None;
    for vote in votes
        .iter()
        .filter(|vote| vote.trust > 0.5 && !vote.reading.variants.is_empty())
    {
        // Votes come by weight: a lighter one has to know prices where the heavier doesn't.
        let knows = |vote: &Vote| {
            vote.reading
                .variants
                .iter()
                .any(|variant| variant.price.is_some())
        };
        if best.is_none_or(|known| !knows(known) && knows(vote)) {
            best = Some(vote);
        }
    }
    let currency = price.and_then(|price| price.value.currency.clone());
    let variants = best
        .map(|vote| vote.reading.variants.as_slice())
        .unwrap_or_default()
        .iter()
        .take(MOST)
        .map(|variant| clean(variant, page, currency.as_deref()))
        .collect();
    (variants, best.map(|vote| vote.reading.source))
}

fn clean(variant: &Variant, page: &Url, currency: Option<&str>) -> Variant {
    let absolute =
        |written: &Option<String>| on_the_web(page, written.as_deref()?).map(String::from);
    let amount = |amount: &Option<Amount>| {
        amount.as_ref().map(|amount| Amount {
            value: amount.value,
            currency: amount
                .currency
                .clone()
                .or_else(|| currency.map(str::to_owned)),
        })
    };
    let text = |text: &Option<String>| {
        text.as_deref()
            .map(|text| plain(text, 80))
            .filter(|text| !text.is_empty())
    };
    Variant {
        options: variant
            .options
            .iter()
            .take(8)
            .map(|(name, value)| (plain(name, 60), plain(value, 200)))
            .collect(),
        price: amount(&variant.price),
        list_price: amount(&variant.list_price),
        availability: variant.availability,
        sku: text(&variant.sku),
        gtin: text(&variant.gtin),
        image: absolute(&variant.image),
        url: absolute(&variant.url),
    }
}
