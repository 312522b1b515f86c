//! What a source says about price and stock: the part of a draft that may change and is watched (K3).

use super::found::cut;
use crate::{Error, Result};
use importer::{Amount, Availability, Draft, Variant};
use model::{Currency, Money, fold, limits};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What a source says at one moment. A product without variants has one without a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    pub title: String,
    pub variants: Vec<VariantFacts>,
}

/// What a source says about one variant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct VariantFacts {
    /// The values of its options; different for each variant.
    pub name: String,
    pub price: Option<Price>,
    /// It can be ordered, or is sold out; `None`: the page does not tell.
    pub available: Option<bool>,
    /// Units the source says it has.
    pub stock: Option<i64>,
}

/// A price as a source has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Price {
    pub amount: Decimal,
    /// ISO 4217, where the page names one.
    pub currency: Option<String>,
}

impl Facts {
    pub fn of(draft: &Draft) -> Facts {
        Facts {
            title: draft
                .title
                .as_ref()
                .map(|title| cut(&title.value, limits::TITLE))
                .unwrap_or_default(),
            variants: variants_of(draft),
        }
    }

    pub fn variant(&self, name: &str) -> Option<&VariantFacts> {
        self.variants.iter().find(|variant| variant.name == name)
    }

    /// What a row holds.
    pub fn read(text: &str) -> Result<Facts> {
        if text.is_empty() {
            return Ok(Facts::default());
        }
        serde_json::from_str(text)
            .map_err(|error| Error::Broken(format!("a source can't be read: {error}")))
    }

    pub fn write(&self) -> Result<String> {
        serde_json::to_string(self)
            .map_err(|error| Error::Broken(format!("a source can't be kept: {error}")))
    }
}

impl VariantFacts {
    pub fn is_sold_out(&self) -> bool {
        self.available == Some(false) || self.stock == Some(0)
    }
}

impl Price {
    fn of(amount: &Amount) -> Price {
        Price {
            amount: amount.value,
            currency: amount.currency.clone(),
        }
    }

    /// The price in the market's money, exactly; `None` in another currency, and for what is no price there.
    pub fn here(&self, currency: Currency) -> Option<Money> {
        if self.is_foreign(currency) {
            return None;
        }
        let money = Money::exact(self.amount.mantissa(), self.amount.scale(), currency);
        money.filter(|money| *money > Money::ZERO)
    }

    /// The page names another currency than the market's.
    pub fn is_foreign(&self, currency: Currency) -> bool {
        self.currency
            .as_deref()
            .is_some_and(|named| named != currency.as_str())
    }

    /// For people: `1049.95 SEK`.
    pub fn show(&self) -> String {
        match &self.currency {
            Some(currency) => format!("{} {currency}", self.amount),
            None => self.amount.to_string(),
        }
    }
}

fn variants_of(draft: &Draft) -> Vec<VariantFacts> {
    let price = draft.price.as_ref().map(|price| Price::of(&price.value));
    let available = draft.availability.as_ref().map(|found| found.value);
    if draft.variants.is_empty() {
        return vec![VariantFacts {
            name: String::new(),
            price,
            available: available.and_then(can_be_ordered),
            stock: draft.stock.as_ref().map(|stock| i64::from(stock.value)),
        }];
    }
    let mut variants: Vec<VariantFacts> = Vec::with_capacity(draft.variants.len());
    for variant in &draft.variants {
        let only_one = draft.variants.len() == 1;
        let name = own_name(variant, only_one, &variants);
        variants.push(VariantFacts {
            name,
            price: variant_price(variant, price.as_ref()),
            available: variant.availability.or(available).and_then(can_be_ordered),
            stock: None,
        });
    }
    variants
}

/// A variant's own price, else the product's. Many pages name the currency only once.
fn variant_price(variant: &Variant, general: Option<&Price>) -> Option<Price> {
    let Some(own) = variant.price.as_ref().map(Price::of) else {
        return general.cloned();
    };
    let currency = own
        .currency
        .or_else(|| general.and_then(|price| price.currency.clone()));
    Some(Price { currency, ..own })
}

/// A variant's name: its options' values, with a number behind it when another one is called the same.
fn own_name(variant: &Variant, only_one: bool, before: &[VariantFacts]) -> String {
    let values: Vec<&str> = variant
        .options
        .iter()
        .map(|(_, value)| value.trim())
        .filter(|value| !value.is_empty())
        .collect();
    let mut name = values.join(" / ");
    if name.is_empty() {
        name = variant.sku.clone().unwrap_or_default();
    }
    let name = cut(&name, limits::VARIANT);
    let taken = |name: &str| before.iter().any(|v| fold(&v.name) == fold(name));
    if only_one || (!name.is_empty() && !taken(&name)) {
        return name;
    }
    // A few characters are kept free for the number.
    let stem = match cut(&name, limits::VARIANT - 4) {
        stem if stem.is_empty() => "Variant".to_owned(),
        stem => stem,
    };
    (before.len() + 1..)
        .map(|number| format!("{stem} {number}"))
        .find(|name| !taken(name))
        .unwrap_or(stem)
}

/// Whether somebody far away can buy it. What is sold at the counter only says nothing about that here.
fn can_be_ordered(availability: Availability) -> Option<bool> {
    match availability {
        Availability::InStock | Availability::PreOrder | Availability::BackOrder => Some(true),
        Availability::OutOfStock | Availability::Discontinued => Some(false),
        Availability::InStoreOnly => None,
    }
}
