//! An object of any shop's script as a product, by the usual names of its members.

use crate::draft::{Amount, Availability, Confidence, Source};
use crate::json::{as_list, as_text, member};
use crate::reading::Reading;
use crate::text::price::{self, Hints};
use crate::text::{availability, identifier};
use rust_decimal::Decimal;
use serde_json::Value;

const NAME: [&str; 12] = [
    "name",
    "title",
    "productName",
    "product_name",
    "productTitle",
    "product_title",
    "item_name",
    "itemName",
    "displayName",
    "display_name",
    "pname",
    "prodName",
];
const PRICE: [&str; 24] = [
    "finalPrice",
    "final_price",
    "salePrice",
    "sale_price",
    "specialPrice",
    "special_price",
    "currentPrice",
    "current_price",
    "sellingPrice",
    "selling_price",
    "discountedPrice",
    "offerPrice",
    "price",
    "priceValue",
    "priceAmount",
    "price_amount",
    "productPrice",
    "product_price",
    "prodPrice",
    "unitPrice",
    "unit_price",
    "pricing",
    "prices",
    "lowPrice",
];
const LIST_PRICE: [&str; 16] = [
    "listPrice",
    "list_price",
    "regularPrice",
    "regular_price",
    "originalPrice",
    "original_price",
    "oldPrice",
    "old_price",
    "wasPrice",
    "was_price",
    "msrp",
    "rrp",
    "compare_at_price",
    "compareAtPrice",
    "priceBefore",
    "strikePrice",
];

/// The currency that an object names for what is in it.
pub fn currency_of(value: &Value, hints: &Hints) -> Option<String> {
    member(
        value,
        &[
            "currency",
            "currencyCode",
            "currency_code",
            "priceCurrency",
            "currencyIso",
            "currencyISO",
        ],
    )
    .filter(|named| named.is_string())
    .and_then(as_text)
    .filter(|named| named.len() <= 5)
    .and_then(|named| price::currency_named(&named, hints))
}

/// A product, if this has a name and a price.
pub fn read(value: &Value, currency: Option<&str>, hints: Hints) -> Option<Reading> {
    let title = member(value, &NAME)
        .map(only)
        .filter(|name| name.is_string())
        .and_then(as_text)
        .filter(|name| name.len() < 500)?;
    let price = PRICE
        .iter()
        .find_map(|name| amount(member(value, &[name])?, currency, hints, 0))?;
    let mut reading = Reading::new(Source::EmbeddedState, Confidence::Likely);
    let find = |names: &[&str]| {
        member(value, names)
            .and_then(name_of)
            .filter(|text| text.len() < 300)
    };
    reading.title = Some(title);
    reading.list_price = LIST_PRICE
        .iter()
        .find_map(|name| amount(member(value, &[name])?, currency, hints, 0))
        .filter(|list| list.value > price.value);
    reading.price = Some(price);
    reading.brand = find(&[
        "brand",
        "brandName",
        "brand_name",
        "item_brand",
        "product_brand",
        "productBrand",
        "manufacturer",
        "manufacturerName",
        "vendor",
    ]);
    reading.sku = find(&[
        "sku",
        "productSku",
        "product_sku",
        "articleNumber",
        "article_number",
        "item_id",
        "itemNumber",
        "productCode",
        "code",
        "productId",
        "product_id",
        "id",
    ]);
    reading.gtin = ["ean", "gtin", "gtin13", "ean13", "upc", "barcode", "isbn"]
        .iter()
        .find_map(|name| identifier::gtin(&as_text(member(value, &[name])?)?));
    reading.mpn = find(&[
        "mpn",
        "manufacturerPartNumber",
        "partNumber",
        "part_number",
        "manufacturerSku",
    ]);
    reading.url = find(&["url", "productUrl", "product_url", "link", "canonicalUrl"]);
    reading.category = find(&["category", "item_category", "categoryName", "product_type"])
        .map(|category| {
            category
                .split(['/', '>'])
                .map(|part| part.trim().to_owned())
                .collect()
        })
        .unwrap_or_default();
    reading.description = find(&["description", "longDescription", "shortDescription"]);
    reading.images = member(
        value,
        &["images", "image", "imageUrl", "image_url", "mainImage"],
    )
    .map(as_list)
    .unwrap_or_default()
    .iter()
    .filter_map(|image| match image {
        Value::Object(_) => member(image, &["url", "src", "large", "href"]).and_then(as_text),
        other => as_text(other),
    })
    .filter(|image| image.contains('/'))
    .take(40)
    .collect();
    reading.availability = availability_of(value);
    Some(reading)
}

/// Some put every value into a list of its own.
fn only(value: &Value) -> &Value {
    match value.as_array().map(Vec::as_slice) {
        Some([single]) => single,
        _ => value,
    }
}

fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::Object(_) => member(value, &["name", "label", "title", "value"]).and_then(as_text),
        other => as_text(other),
    }
}

fn amount(value: &Value, currency: Option<&str>, hints: Hints, depth: usize) -> Option<Amount> {
    let with_currency = currency.map_or(hints, |currency| hints.currency(currency));
    let value = only(value);
    let found = match value {
        Value::Number(number) => price::read(&number.to_string(), &with_currency.machine()),
        Value::String(text) if text.len() < 60 => {
            let is_number = text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
            price::read(
                text,
                &if is_number {
                    with_currency.machine()
                } else {
                    with_currency
                },
            )
        }
        Value::Object(_) if depth < 3 => {
            let own = currency_of(value, &hints);
            let currency = own.as_deref().or(currency);
            return minor_units(value, currency).or_else(|| {
                [
                    "sale",
                    "special",
                    "final",
                    "current",
                    "now",
                    "discounted",
                    "price",
                    "value",
                    "amount",
                    "salePrice",
                    "sellingPrice",
                    "finalPrice",
                    "currentPrice",
                    "regular",
                    "min",
                ]
                .iter()
                .find_map(|name| amount(member(value, &[name])?, currency, hints, depth + 1))
            });
        }
        _ => None,
    }?;
    let currency = found.currency.or_else(|| currency.map(str::to_owned));
    Some(Amount { currency, ..found })
        .filter(|amount| amount.value > Decimal::ZERO && amount.value.scale() <= 4)
}

/// `{"centAmount": 1999, "fractionDigits": 2}`.
fn minor_units(value: &Value, currency: Option<&str>) -> Option<Amount> {
    let cents = member(value, &["centAmount", "amountInCents", "cents"])?.as_i64()?;
    let digits = member(value, &["fractionDigits"])
        .and_then(Value::as_u64)
        .unwrap_or(2);
    let value = Decimal::try_new(cents, u32::try_from(digits).ok()?).ok()?;
    Some(Amount {
        value,
        currency: currency.map(str::to_owned),
    })
    .filter(|amount| amount.value > Decimal::ZERO)
}

fn availability_of(value: &Value) -> Option<Availability> {
    let sold_out = member(
        value,
        &[
            "soldOut",
            "sold_out",
            "isSoldOut",
            "outOfStock",
            "out_of_stock",
            "isOutOfStock",
        ],
    )
    .and_then(Value::as_bool);
    if sold_out == Some(true) {
        return Some(Availability::OutOfStock);
    }
    let stated = member(
        value,
        &[
            "availability",
            "stockStatus",
            "stock_status",
            "inStock",
            "in_stock",
            "isInStock",
            "isAvailable",
            "available",
            "availabilityStatus",
        ],
    )?;
    match stated {
        Value::Bool(true) => Some(Availability::InStock),
        Value::Bool(false) => Some(Availability::OutOfStock),
        Value::String(text) => availability::read(text),
        _ => None,
    }
}
