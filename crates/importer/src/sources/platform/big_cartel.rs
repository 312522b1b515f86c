//! Big Cartel: `/product/<name>.js`. Amounts are decimal; the page names the currency.

use super::last_segment;
use crate::draft::{Amount, Availability, Confidence, Source, Variant};
use crate::json::{as_list, as_text, member};
use crate::reading::Reading;
use crate::sources::variant;
use rust_decimal::Decimal;
use serde_json::Value;
use url::Url;

/// The product's data, next to its page.
pub fn endpoint(page: &Url) -> Option<Url> {
    let name = last_segment(page)?.trim_end_matches(".js").to_owned();
    if !page.path().starts_with("/product/") {
        return None;
    }
    let mut url = page.clone();
    url.set_path(&format!("/product/{name}.js"));
    url.set_query(None);
    url.set_fragment(None);
    Some(url)
}

/// An endpoint's answer.
pub fn read(value: &Value, page: &Url) -> Option<Reading> {
    value.get("permalink")?;
    let mut reading = Reading::new(Source::Platform, Confidence::Sure);
    let find = |name: &str| value.get(name).and_then(as_text);
    reading.title = find("name");
    reading.description = find("description");
    reading.url = find("url");
    reading.category = value
        .get("categories")
        .map(as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(|category| category.get("name").and_then(as_text))
        .take(1)
        .collect();
    reading.images = value
        .get("images")
        .map(as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(|image| member(image, &["secure_url", "url"]).and_then(as_text))
        .take(60)
        .collect();
    reading.price = amount(member(value, &["price", "default_price"])?);
    reading.availability = match find("status").as_deref() {
        Some("sold-out") => Some(Availability::OutOfStock),
        Some("coming-soon") => Some(Availability::PreOrder),
        Some("active") => Some(Availability::InStock),
        _ => None,
    };
    let options = value.get("options").map(as_list).unwrap_or_default();
    if options.len() > 1 {
        reading.variants = options
            .iter()
            .take(1000)
            .map(|option| read_option(option, &reading))
            .collect();
        variant::settle(&mut reading, page);
    }
    reading.title.is_some().then_some(reading)
}

fn read_option(option: &Value, product: &Reading) -> Variant {
    Variant {
        options: option
            .get("name")
            .and_then(as_text)
            .map(|name| (String::new(), name))
            .into_iter()
            .collect(),
        price: option
            .get("price")
            .and_then(amount)
            .or_else(|| product.price.clone()),
        availability: option.get("sold_out").and_then(Value::as_bool).map(|gone| {
            if gone {
                Availability::OutOfStock
            } else {
                Availability::InStock
            }
        }),
        ..Variant::default()
    }
}

fn amount(value: &Value) -> Option<Amount> {
    let value: Decimal = as_text(value)?.parse().ok()?;
    (value > Decimal::ZERO).then_some(Amount {
        value,
        currency: None,
    })
}
