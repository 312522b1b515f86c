//! What a source says now against what it said when it was last agreed with.

use super::super::facts::{Facts, VariantFacts};
use crate::entity::{source_variant, variant};
use model::{Currency, Money, SourceChange, VariantId, limits};

/// A variant here and its counterpart at the source.
pub(super) struct Pair {
    pub here: variant::Model,
    pub there: source_variant::Model,
}

/// What applying a change does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Title(String),
    Price(VariantId, Money),
    /// The source has sold out: nothing stays but what is on hold.
    SoldOut(VariantId),
    /// So many units on hand; the units that were taken when the source sold out are settled by it.
    Stock(VariantId, i64),
    /// It can only be done by hand.
    None,
}

/// A difference, as it is shown and as it is applied.
pub(super) struct Change {
    pub shown: SourceChange,
    pub effect: Effect,
}

/// Every difference, in the order of the product's form.
pub(super) fn changes(
    title: &str,
    pairs: &[Pair],
    agreed: &Facts,
    latest: &Facts,
    currency: Currency,
) -> Vec<Change> {
    let mut changes = Vec::new();
    if agreed.title != latest.title && !latest.title.is_empty() && latest.title != title {
        changes.push(Change {
            shown: shown(
                "title",
                "Title",
                title,
                &agreed.title,
                &latest.title,
                Some(&latest.title),
            ),
            effect: Effect::Title(latest.title.clone()),
        });
    }
    // A page without any of the variants was laid out anew: that says nothing about each of them.
    let comparable = pairs
        .iter()
        .any(|pair| latest.variant(&pair.there.name).is_some());
    for pair in pairs.iter().filter(|_| comparable) {
        let Some(before) = agreed.variant(&pair.there.name) else {
            continue;
        };
        let gone = VariantFacts {
            name: pair.there.name.clone(),
            available: Some(false),
            ..VariantFacts::default()
        };
        let now = latest.variant(&pair.there.name).unwrap_or(&gone);
        changes.extend(price(pair, before, now, currency));
        changes.extend(stock(pair, before, now));
    }
    for new in &latest.variants {
        if agreed.variant(&new.name).is_none() {
            changes.push(Change {
                shown: shown(
                    &format!("new:{}", new.name),
                    "New variant",
                    "–",
                    "–",
                    &new.name,
                    None,
                ),
                effect: Effect::None,
            });
        }
    }
    changes
}

fn price(
    pair: &Pair,
    before: &VariantFacts,
    now: &VariantFacts,
    currency: Currency,
) -> Option<Change> {
    let there = now.price.as_ref()?;
    if before.price.as_ref() == Some(there) {
        return None;
    }
    let after = there.here(currency);
    if after == Some(pair.here.price) {
        return None;
    }
    let before = before.price.as_ref().map(|price| price.show());
    let after_in_words = after.map(|price| price.show(currency));
    Some(Change {
        shown: shown(
            &format!("price:{}", pair.here.id),
            &of_variant("Price", pair),
            &pair.here.price.show(currency),
            before.as_deref().unwrap_or("unknown"),
            &there.show(),
            after_in_words.as_deref(),
        ),
        effect: after.map_or(Effect::None, |price| Effect::Price(pair.here.id, price)),
    })
}

fn stock(pair: &Pair, before: &VariantFacts, now: &VariantFacts) -> Option<Change> {
    let id = pair.here.id;
    let effect = match (before.is_sold_out(), now.is_sold_out()) {
        (true, true) => return None,
        (false, true) if pair.here.on_hand <= pair.here.held => return None,
        (false, true) => Effect::SoldOut(id),
        (true, false) => match now.stock {
            // What the maker put in stock by hand meanwhile stays.
            Some(units) => Effect::Stock(id, pair.here.on_hand.max(units)),
            None if pair.there.taken > 0 => Effect::Stock(id, pair.here.on_hand + pair.there.taken),
            None => Effect::None,
        },
        (false, false) => {
            // Units sold here are not known there: what counts is how many left or came there.
            let moved = now.stock? - before.stock?;
            Effect::Stock(id, pair.here.on_hand + moved)
        }
    };
    let effect = match effect {
        Effect::Stock(id, units) => Effect::Stock(id, units.clamp(pair.here.held, limits::STOCK)),
        other => other,
    };
    let after = match effect {
        Effect::Stock(_, units) => Some(units.to_string()),
        Effect::SoldOut(_) => Some(pair.here.held.to_string()),
        _ => None,
    };
    if after.as_deref() == Some(pair.here.on_hand.to_string().as_str()) {
        return None;
    }
    Some(Change {
        shown: shown(
            &format!("stock:{id}"),
            &of_variant("Stock", pair),
            &pair.here.on_hand.to_string(),
            &in_words(before),
            &in_words(now),
            after.as_deref(),
        ),
        effect,
    })
}

fn in_words(facts: &VariantFacts) -> String {
    match facts.stock {
        _ if facts.is_sold_out() => "sold out".to_owned(),
        Some(units) => format!("{units} in stock"),
        None if facts.available == Some(true) => "in stock".to_owned(),
        None => "unknown".to_owned(),
    }
}

fn of_variant(what: &str, pair: &Pair) -> String {
    match pair.here.name.as_str() {
        "" => what.to_owned(),
        name => format!("{what} of {name}"),
    }
}

fn shown(
    key: &str,
    label: &str,
    here: &str,
    before: &str,
    now: &str,
    after: Option<&str>,
) -> SourceChange {
    SourceChange {
        key: key.to_owned(),
        label: label.to_owned(),
        here: here.to_owned(),
        before: before.to_owned(),
        now: now.to_owned(),
        after: after.map(str::to_owned),
    }
}

/// What is agreed with once the changes of these keys are: those parts of `latest`, the rest as before.
pub(super) fn agree(agreed: &Facts, latest: &Facts, pairs: &[Pair], keys: &[&str]) -> Facts {
    let has = |key: &str| keys.contains(&key);
    let mut agreed = agreed.clone();
    if has("title") {
        agreed.title.clone_from(&latest.title);
    }
    for pair in pairs {
        let now = latest.variant(&pair.there.name).cloned();
        let Some(own) = agreed
            .variants
            .iter_mut()
            .find(|v| v.name == pair.there.name)
        else {
            continue;
        };
        if has(&format!("price:{}", pair.here.id))
            && let Some(now) = &now
        {
            own.price.clone_from(&now.price);
        }
        if has(&format!("stock:{}", pair.here.id)) {
            own.available = now.as_ref().map_or(Some(false), |now| now.available);
            own.stock = now.as_ref().and_then(|now| now.stock);
        }
    }
    agreed
}
