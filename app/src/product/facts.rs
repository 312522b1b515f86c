//! What search engines are told of a product.

use crate::paths;
use model::{MarketInfo, ProductPage, VariantView};
use serde_json::{Value, json};

/// The product in the words of schema.org. Tokens are no part of it (R10).
pub(super) fn facts(page: &ProductPage, market: &MarketInfo) -> Value {
    let pictures: Vec<String> = page
        .pictures
        .iter()
        .map(|picture| market.address(&picture.large()))
        .collect();
    let offers: Vec<Value> = page
        .variants
        .iter()
        .map(|variant| offer(page, variant, market))
        .collect();
    json!({
        "@context": "https://schema.org",
        "@type": "Product",
        "name": page.title,
        "description": page.description,
        "category": page.category.label(),
        "url": market.address(&paths::product(&page.maker.slug, &page.slug)),
        "image": pictures,
        "brand": { "@type": "Brand", "name": page.maker.name },
        "offers": offers,
    })
}

fn offer(page: &ProductPage, variant: &VariantView, market: &MarketInfo) -> Value {
    let availability = if variant.available > 0 {
        "InStock"
    } else {
        "OutOfStock"
    };
    json!({
        "@type": "Offer",
        "name": if variant.name.is_empty() { &page.title } else { &variant.name },
        "sku": variant.sku,
        "price": variant.price.typed(market.currency),
        "priceCurrency": market.currency.as_str(),
        "availability": format!("https://schema.org/{availability}"),
        "seller": { "@type": "Organization", "name": page.store.name },
    })
}
