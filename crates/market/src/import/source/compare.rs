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
    let comparable = is_comparable(pairs, latest);
    for pair in pairs.iter().filter(|_| comparable) {
        let Some(before) = agreed.variant(&pair.there.name) else {
            continue;
        };
        let gone = gone(&pair.there.name);
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
            None if pair.there.taken > 0 => {
                Effect::Stock(id, pair.here.on_hand.saturating_add(pair.there.taken))
            }
            None => Effect::None,
        },
        (false, false) => {
            // Units sold here are not known there: what counts is how many left or came there.
            let moved = now.stock?.saturating_sub(before.stock?);
            Effect::Stock(id, pair.here.on_hand.saturating_add(moved))
        }
    };
    let effect = match effect {
        Effect::Stock(id, units) => Effect::Stock(id, units.min(limits::STOCK).max(pair.here.held)),
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

/// What is agreed with when all but the changes of the `pending` keys are: `latest`, with those parts as before.
pub(super) fn agree(agreed: &Facts, latest: &Facts, pairs: &[Pair], pending: &[&str]) -> Facts {
    let waits = |key: String| pending.contains(&key.as_str());
    let mut new = latest.clone();
    if waits("title".to_owned()) {
        new.title.clone_from(&agreed.title);
    }
    if !is_comparable(pairs, latest) {
        new.variants.clone_from(&agreed.variants);
        return new;
    }
    new.variants.retain(|there| {
        agreed.variant(&there.name).is_some() || !waits(format!("new:{}", there.name))
    });
    for Pair { here, there } in pairs {
        let Some(before) = agreed.variant(&there.name) else {
            continue;
        };
        if latest.variant(&there.name).is_none() {
            // Kept, so that it is noticed when it comes back.
            new.variants.push(gone(&there.name));
        }
        let Some(own) = new.variants.iter_mut().find(|own| own.name == there.name) else {
            continue;
        };
        if own.price.is_none() || waits(format!("price:{}", here.id)) {
            own.price.clone_from(&before.price);
        }
        if waits(format!("stock:{}", here.id)) {
            (own.available, own.stock) = (before.available, before.stock);
        }
    }
    new
}

/// A page without any of the variants was laid out anew: that says nothing about each of them.
fn is_comparable(pairs: &[Pair], latest: &Facts) -> bool {
    pairs
        .iter()
        .any(|pair| latest.variant(&pair.there.name).is_some())
}

/// What a source says of a variant that it does not name any more.
fn gone(name: &str) -> VariantFacts {
    VariantFacts {
        name: name.to_owned(),
        available: Some(false),
        ..VariantFacts::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::facts::Price;
    use super::*;
    use model::ProductId;
    use rust_decimal::Decimal;

    fn pair(on_hand: i64, held: i64, taken: i64) -> Pair {
        Pair {
            here: variant::Model {
                id: VariantId(3),
                product_id: ProductId(1),
                name: "Large".into(),
                sku: String::new(),
                price: Money(2_450),
                received: on_hand,
                on_hand,
                held,
                position: 0,
                retired: false,
            },
            there: source_variant::Model {
                variant_id: VariantId(3),
                product_id: ProductId(1),
                name: "L".into(),
                taken,
            },
        }
    }

    fn facts(available: bool, stock: Option<i64>) -> Facts {
        let price = Price {
            amount: Decimal::new(2450, 2),
            currency: Some("USD".into()),
        };
        Facts {
            title: "Mug".into(),
            variants: vec![VariantFacts {
                name: "L".into(),
                price: Some(price),
                available: Some(available),
                stock,
            }],
        }
    }

    fn effect(pair: Pair, before: &Facts, now: &Facts) -> Option<Effect> {
        let mut changes = changes("Mug", &[pair], before, now, Currency::Usd);
        assert!(changes.len() <= 1);
        changes.pop().map(|change| change.effect)
    }

    #[test]
    fn rule_k3_only_what_moved_at_the_source_moves_here() {
        let (ten, seven) = (facts(true, Some(10)), facts(true, Some(7)));
        let units = |units| Some(Effect::Stock(VariantId(3), units));
        // Four were sold here since, of which the source knows nothing.
        assert_eq!(effect(pair(6, 0, 0), &ten, &seven), units(3));
        assert_eq!(effect(pair(6, 0, 0), &seven, &ten), units(9));
        assert_eq!(
            effect(pair(6, 5, 0), &ten, &seven),
            units(5),
            "held ones stay"
        );
        assert_eq!(effect(pair(6, 0, 0), &ten, &ten), None);
    }

    #[test]
    fn rule_k3_sold_out_there_takes_what_is_here_and_gives_it_back_later() {
        let (there, gone) = (facts(true, None), facts(false, None));
        let sold_out = Some(Effect::SoldOut(VariantId(3)));
        assert_eq!(effect(pair(6, 0, 0), &there, &gone), sold_out);
        assert_eq!(
            effect(pair(6, 0, 0), &there, &facts(true, Some(0))),
            sold_out
        );
        assert_eq!(
            effect(pair(2, 2, 0), &there, &gone),
            None,
            "all are on hold"
        );
        let back = |units| Some(Effect::Stock(VariantId(3), units));
        assert_eq!(effect(pair(0, 0, 6), &gone, &there), back(6));
        assert_eq!(
            effect(pair(1, 0, 0), &gone, &there),
            Some(Effect::None),
            "how many is not known"
        );
        assert_eq!(effect(pair(0, 0, 6), &gone, &facts(true, Some(4))), back(4));
    }

    #[test]
    fn what_waits_stays_as_it_was_agreed_and_the_rest_is_agreed_now() {
        let (before, now) = (facts(true, Some(10)), facts(false, None));
        let pairs = [pair(6, 0, 0)];
        assert_eq!(agree(&before, &now, &pairs, &[]), now);
        assert_eq!(agree(&before, &now, &pairs, &["stock:3"]), before);
        let empty = Facts {
            variants: Vec::new(),
            ..now.clone()
        };
        assert_eq!(
            agree(&before, &empty, &pairs, &[]).variants,
            before.variants
        );
    }

    #[test]
    fn a_variant_that_is_gone_is_sold_out_but_a_new_layout_says_nothing() {
        let mut before = facts(true, None);
        before.variants.push(VariantFacts {
            name: "S".into(),
            ..VariantFacts::default()
        });
        let mut without = before.clone();
        without.variants.remove(0);
        let small = Pair {
            here: variant::Model {
                id: VariantId(4),
                ..pair(1, 0, 0).here
            },
            there: source_variant::Model {
                variant_id: VariantId(4),
                name: "S".into(),
                ..pair(1, 0, 0).there
            },
        };
        let both = [pair(6, 0, 0), small];
        let seen = changes("Mug", &both, &before, &without, Currency::Usd);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].effect, Effect::SoldOut(VariantId(3)));

        let mut renamed = before.clone();
        renamed.variants[0].name = "L (large)".into();
        renamed.variants.truncate(1);
        let seen = changes("Mug", &both, &before, &renamed, Currency::Usd);
        assert!(seen.iter().all(|change| change.effect == Effect::None));
    }
}
