//! What must hold for every draft, whatever it was made from.

use importer::Draft;
use rust_decimal::Decimal;
use serde_json::Value;
use url::Url;

/// Bytes of a whole draft.
const LARGEST: usize = 1024 * 1024;

pub fn check(draft: &Draft) -> Result<(), String> {
    let json = serde_json::to_value(draft).map_err(|error| error.to_string())?;
    if json.to_string().len() > LARGEST {
        return Err("a draft without end".into());
    }
    every_text(&json, &mut |text| no_hidden_characters(text))?;
    addresses(draft)?;
    amounts(draft)?;
    let gtins = draft.gtin.iter().map(|gtin| &gtin.value);
    let gtins = gtins.chain(
        draft
            .variants
            .iter()
            .filter_map(|variant| variant.gtin.as_ref()),
    );
    for gtin in gtins {
        if !matches!(gtin.len(), 8 | 12 | 13 | 14)
            || !gtin.bytes().all(|byte| byte.is_ascii_digit())
        {
            return Err(format!("no GTIN: {gtin}"));
        }
    }
    Ok(())
}

fn every_text(
    value: &Value,
    check: &mut impl FnMut(&str) -> Result<(), String>,
) -> Result<(), String> {
    match value {
        Value::String(text) => check(text),
        Value::Array(values) => values.iter().try_for_each(|value| every_text(value, check)),
        Value::Object(fields) => fields
            .values()
            .try_for_each(|value| every_text(value, check)),
        _ => Ok(()),
    }
}

fn no_hidden_characters(text: &str) -> Result<(), String> {
    let hidden = |c: &char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let found = text.chars().find(hidden);
    found.map_or(Ok(()), |c| Err(format!("{c:?} in {:?}", shortened(text))))
}

fn addresses(draft: &Draft) -> Result<(), String> {
    let images = draft.images.iter().map(|image| image.value.url.as_str());
    let canonical = draft.canonical_url.iter().map(|url| url.value.as_str());
    let variants = draft.variants.iter();
    let variants = variants.flat_map(|variant| variant.image.iter().chain(&variant.url));
    images
        .chain(canonical)
        .chain(variants.map(String::as_str))
        .try_for_each(address)
}

fn address(text: &str) -> Result<(), String> {
    let url = Url::parse(text).map_err(|error| format!("{error}: {:?}", shortened(text)))?;
    if matches!(url.scheme(), "http" | "https") {
        Ok(())
    } else {
        Err(format!(
            "an address that leads elsewhere: {:?}",
            shortened(text)
        ))
    }
}

fn amounts(draft: &Draft) -> Result<(), String> {
    let own = [&draft.price, &draft.list_price]
        .into_iter()
        .flatten()
        .map(|amount| &amount.value);
    let of_variants = draft.variants.iter();
    let of_variants =
        of_variants.flat_map(|variant| variant.price.iter().chain(&variant.list_price));
    for amount in own.chain(of_variants) {
        if amount.value <= Decimal::ZERO {
            return Err(format!("a price of {}", amount.value));
        }
        let currency = amount.currency.as_deref().unwrap_or("EUR");
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(format!("no currency: {currency}"));
        }
    }
    Ok(())
}

fn shortened(text: &str) -> &str {
    &text[..text.floor_char_boundary(200)]
}
