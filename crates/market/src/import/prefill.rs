//! From what was found to what a person checks: each value with where it is from, and nothing made up.

use super::category;
use super::facts::{Facts, Price, VariantFacts};
use super::found::{Found, cut};
use importer::{Availability, Confidence, Draft, Source, Sourced};
use model::{
    Currency, FieldName, FoundField, FoundProduct, FoundVariant, OtherCurrency, VariantColumn,
    limits,
};

/// Where the number of units is not told, one can be sold until the maker says how many there are.
const UNITS_UNKNOWN: i64 = 1;

/// What is shown of a description beside its field, in characters.
const GLIMPSE: usize = 160;

/// What of it goes into a product here.
pub(super) fn product(found: &Found, currency: Currency) -> FoundProduct {
    let draft = &found.draft;
    let text = |text: Option<&str>, most| cut(text.unwrap_or_default(), most);
    let title = draft.title.as_ref().map(|title| title.value.as_str());
    FoundProduct {
        title: text(title, limits::TITLE),
        description: draft
            .description
            .as_ref()
            .map(|description| description.value.text.clone())
            .unwrap_or_default(),
        category: category::guess(draft),
        variants: Facts::of(draft)
            .variants
            .into_iter()
            .enumerate()
            .map(|(at, variant)| FoundVariant {
                sku: text(sku(draft, at), limits::SKU),
                price: variant
                    .price
                    .as_ref()
                    .and_then(|price| price.here(currency)),
                stock: units(&variant),
                name: variant.name,
            })
            .collect(),
    }
}

/// A variant's own article number; the product's is that of its only one.
fn sku(draft: &Draft, at: usize) -> Option<&str> {
    let own = draft.variants.get(at).and_then(|own| own.sku.as_deref());
    let general = draft.sku.as_ref().map(|sku| sku.value.as_str());
    own.or_else(|| general.filter(|_| draft.variants.len() <= 1))
}

fn units(variant: &VariantFacts) -> i64 {
    match variant.stock {
        _ if variant.is_sold_out() => 0,
        Some(stock) => stock.clamp(0, limits::STOCK),
        None => UNITS_UNKNOWN,
    }
}

/// The first price that is not in the market's currency.
pub(super) fn other_currency(found: &Found, currency: Currency) -> Option<OtherCurrency> {
    let facts = Facts::of(&found.draft);
    let prices = facts.variants.iter().filter_map(|v| v.price.as_ref());
    let foreign = prices
        .into_iter()
        .find(|price| price.is_foreign(currency))?;
    Some(OtherCurrency {
        currency: foreign.currency.clone()?,
        price: foreign.show(),
    })
}

/// Everything that was found, in the form's order.
pub(super) fn fields(found: &Found) -> Vec<FoundField> {
    let draft = &found.draft;
    let facts = Facts::of(draft);
    let mut fields: Vec<FoundField> = Vec::new();
    if let Some(title) = &draft.title {
        fields.push(field(FieldName::Title, title.value.clone(), title));
    }
    if let Some(text) = &draft.description {
        let glimpse = cut(&text.value.text, GLIMPSE);
        fields.push(field(FieldName::Description, glimpse, text));
    }
    if let Some(path) = &draft.category {
        fields.push(field(FieldName::Category, path.value.join(" › "), path));
    }
    if facts.variants.len() > 1 {
        for (at, variant) in facts.variants.iter().enumerate() {
            let sku = draft.variants.get(at).and_then(|own| own.sku.as_deref());
            fields.extend(variant_fields(at, variant, sku, draft));
        }
    } else {
        fields.extend(only_variant_fields(draft));
    }
    if let Some(price) = &draft.list_price {
        fields.push(field(FieldName::ListPrice, amount(price), price));
    }
    if let Some(state) = &draft.availability {
        let shown = availability(state.value).to_owned();
        fields.push(field(FieldName::Availability, shown, state));
    }
    for (name, value) in [
        (FieldName::Brand, &draft.brand),
        (FieldName::Gtin, &draft.gtin),
        (FieldName::Mpn, &draft.mpn),
    ] {
        if let Some(text) = value {
            fields.push(field(name, text.value.clone(), text));
        }
    }
    fields
}

fn field<T>(name: FieldName, value: String, found: &Sourced<T>) -> FoundField {
    FoundField {
        field: name,
        value,
        source: words(found.source).to_owned(),
        doubtful: found.confidence == Confidence::Doubtful,
    }
}

/// What the form's only line starts from.
fn only_variant_fields(draft: &Draft) -> Vec<FoundField> {
    let mut fields = Vec::new();
    if let Some(price) = &draft.price {
        let mut price_field = field(
            FieldName::Variant(0, VariantColumn::Price),
            amount(price),
            price,
        );
        // Without a currency the figure may be in any.
        price_field.doubtful |= price.value.currency.is_none();
        fields.push(price_field);
    }
    if let Some(stock) = &draft.stock {
        let units = stock.value.to_string();
        fields.push(field(
            FieldName::Variant(0, VariantColumn::Stock),
            units,
            stock,
        ));
    }
    if let Some(sku) = &draft.sku {
        let number = sku.value.clone();
        fields.push(field(
            FieldName::Variant(0, VariantColumn::Sku),
            number,
            sku,
        ));
    }
    fields
}

/// What one of several lines starts from.
fn variant_fields(
    at: usize,
    variant: &VariantFacts,
    sku: Option<&str>,
    draft: &Draft,
) -> Vec<FoundField> {
    let price = variant.price.as_ref();
    let stock = match variant.stock {
        _ if variant.is_sold_out() => Some("sold out".to_owned()),
        Some(units) => Some(units.to_string()),
        None => variant.available.map(|_| "in stock".to_owned()),
    };
    [
        (VariantColumn::Name, Some(variant.name.clone())),
        (VariantColumn::Price, price.map(Price::show)),
        (VariantColumn::Stock, stock),
        (VariantColumn::Sku, sku.map(str::to_owned)),
    ]
    .into_iter()
    .filter_map(|(column, value)| {
        Some(FoundField {
            field: FieldName::Variant(at, column),
            value: value?,
            source: draft
                .variants_source
                .map(words)
                .unwrap_or_default()
                .to_owned(),
            doubtful: column == VariantColumn::Price
                && price.is_some_and(|price| price.currency.is_none()),
        })
    })
    .collect()
}

fn amount(price: &Sourced<importer::Amount>) -> String {
    match &price.value.currency {
        Some(currency) => format!("{} {currency}", price.value.value),
        None => price.value.value.to_string(),
    }
}

/// What whoever checks it should know: what the page's reader says, and what can't be filled in. (A price in another
/// currency is told apart: [`other_currency`].)
pub(super) fn warnings(found: &Found, pictures: usize) -> Vec<String> {
    let draft = &found.draft;
    let mut warnings = draft.warnings.clone();
    let facts = Facts::of(draft);
    let unknown = |variant: &VariantFacts| variant.stock.is_none() && !variant.is_sold_out();
    if facts.variants.iter().any(unknown) {
        warnings
            .push("The page does not say how many there are. Enter how many you have.".to_owned());
    }
    if draft
        .availability
        .as_ref()
        .is_some_and(|state| state.value == Availability::InStoreOnly)
    {
        warnings.push("The page sells this at the counter only.".to_owned());
    }
    if pictures == 0 && !draft.images.is_empty() {
        warnings
            .push("The page's pictures could not be copied. Add yours after saving.".to_owned());
    }
    if draft
        .title
        .as_ref()
        .is_some_and(|title| title.value.chars().count() > limits::TITLE)
    {
        warnings.push("The page's title was too long and is cut.".to_owned());
    }
    warnings
}

fn words(source: Source) -> &'static str {
    match source {
        Source::Platform => "told by the shop's software",
        Source::JsonLd | Source::Microdata | Source::Rdfa => "marked as product data in the page",
        Source::EmbeddedState => "from the data behind the page",
        Source::Meta => "from what the page tells search engines and networks",
        Source::Microformats => "marked as product data in the page",
        Source::Visible => "read from the page as people see it",
        Source::Address => "from the page's address",
    }
}

fn availability(state: Availability) -> &'static str {
    match state {
        Availability::InStock => "In stock",
        Availability::OutOfStock => "Sold out",
        Availability::PreOrder => "Not released yet, can be ordered",
        Availability::BackOrder => "Not here now, can be ordered",
        Availability::InStoreOnly => "At the counter only",
        Availability::Discontinued => "Not sold any more",
    }
}
