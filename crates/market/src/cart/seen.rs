//! What a cart showed, in short: a checkout sends it back, so that what was seen is what is bought.
//!
//! It is compared and decides nothing else: things, units, prices and sellers are read from the rows. A line of it is
//! `listing.variant.units.price.words`, a parcel `maker.shipping.words`, where the words are a mark of the names that
//! were shown.

use super::items::{Item, full_title, parcel_shipping};
use super::removed::titles_of;
use crate::Result;
use crate::db::Tx;
use model::{CartChange, ListingId, Money, Seen, StoreId, VariantId};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Between the lines and parcels of a text.
const JOINT: char = '~';

/// More parts than a cart's lines and parcels can come to.
const MOST: usize = 200;

/// What is seen of a line: units, price, and a mark of the names.
type Line = (i64, Money, String);

/// Everything that is seen of a cart and that a shopper agrees to when she pays.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shown {
    lines: BTreeMap<(ListingId, VariantId), Line>,
    parcels: BTreeMap<StoreId, (Money, String)>,
}

/// What these lines show, as a text.
pub(super) fn as_text(items: &[Item]) -> Result<String> {
    let shown = shown(items)?;
    let line = |((listing, variant), (units, price, words)): (&(ListingId, VariantId), &Line)| {
        format!("{listing}.{variant}.{units}.{}.{words}", price.0)
    };
    let parcel = |(maker, (shipping, words)): (&StoreId, &(Money, String))| {
        format!("{maker}.{}.{words}", shipping.0)
    };
    let lines = shown.lines.iter().map(line);
    let parts: Vec<_> = lines.chain(shown.parcels.iter().map(parcel)).collect();
    Ok(parts.join(&JOINT.to_string()))
}

fn shown(items: &[Item]) -> Result<Shown> {
    let mut shown = Shown::default();
    for item in items {
        let names = (
            &item.product.title,
            &item.variant.name,
            &item.seller.name,
            &item.maker.name,
        );
        let line = (item.line.units, item.variant.price, mark(&names));
        shown.lines.insert((item.listing.id, item.variant.id), line);
    }
    for (maker, (_, shipping)) in parcel_shipping(items)? {
        let name = maker_name(items, maker);
        shown.parcels.insert(maker, (shipping, mark(&name)));
    }
    Ok(shown)
}

/// So much of a hash that another name is noticed.
fn mark(names: &impl std::fmt::Debug) -> String {
    let hash = hex::encode(Sha256::digest(format!("{names:?}")));
    hash.chars().take(12).collect()
}

/// Reads a text. What can't be read was not shown by us.
fn read(text: &str) -> Shown {
    let mut shown = Shown::default();
    for part in text.split(JOINT).take(MOST) {
        match part.split('.').collect::<Vec<_>>().as_slice() {
            [listing, variant, units, price, words] => {
                if let (Ok(listing), Ok(variant), Ok(units), Ok(price)) = (
                    listing.parse(),
                    variant.parse(),
                    units.parse(),
                    price.parse(),
                ) {
                    let line = (units, Money(price), (*words).to_owned());
                    shown.lines.insert((listing, variant), line);
                }
            }
            [maker, shipping, words] => {
                if let (Ok(maker), Ok(shipping)) = (maker.parse(), shipping.parse()) {
                    let parcel = (Money(shipping), (*words).to_owned());
                    shown.parcels.insert(maker, parcel);
                }
            }
            _ => {}
        }
    }
    shown
}

/// What is not as it was seen, line by line. Nothing, when nobody says what was seen.
pub(crate) async fn changed(tx: &Tx, items: &[Item], seen: &str) -> Result<Vec<CartChange>> {
    if seen.is_empty() || seen == as_text(items)? {
        return Ok(Vec::new());
    }
    let (mut was, now) = (read(seen), shown(items)?);
    let mut changes = Vec::new();
    for item in items {
        let key = (item.listing.id, item.variant.id);
        let before = was.lines.remove(&key);
        let Some(line) = now.lines.get(&key) else {
            continue;
        };
        let title = full_title(item);
        let named_anew = before
            .as_ref()
            .is_some_and(|before| (before.0, before.1) == (line.0, line.1));
        match before {
            Some(before) if before == *line => {}
            Some(_) if named_anew => changes.push(CartChange::Words { title }),
            before => changes.push(CartChange::Line {
                title,
                was: before.map(|(units, price, _)| Seen { units, price }),
                now: Some(Seen {
                    units: line.0,
                    price: line.1,
                }),
            }),
        }
    }
    let titles = titles_of(tx.db(), was.lines.keys().copied()).await?;
    for (key, (units, price, _)) in was.lines {
        let title = titles.get(&key).cloned();
        changes.push(CartChange::Line {
            title: title.unwrap_or_else(|| "Something that is no longer sold".to_owned()),
            was: Some(Seen { units, price }),
            now: None,
        });
    }
    for (maker, (shipping, _)) in &now.parcels {
        let before = was.parcels.get(maker).map(|(shipping, _)| *shipping);
        if before.is_some_and(|before| before != *shipping) {
            changes.push(CartChange::Shipping {
                maker: maker_name(items, *maker),
                was: before.unwrap_or_default(),
                now: *shipping,
            });
        }
    }
    if changes.is_empty() {
        // A text that is none of ours, or a maker's new name.
        changes.extend(items.iter().map(|item| CartChange::Words {
            title: full_title(item),
        }));
    }
    Ok(changes)
}

fn maker_name(items: &[Item], maker: StoreId) -> String {
    let of = items.iter().find(|item| item.maker.id == maker);
    of.map(|item| item.maker.name.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_none_of_ours_was_not_shown() {
        for nonsense in ["x", "1.2.3", "~~", "a.b.c.d.e", "1.2.3.4.5.6", "9.9"] {
            assert!(read(nonsense).lines.is_empty(), "{nonsense}");
        }
        let read = read("12.34.2.2000.ab~5.400.cd");
        let line = read.lines.get(&(ListingId(12), VariantId(34)));
        assert_eq!(line, Some(&(2, Money(2_000), "ab".to_owned())));
        let parcel = read.parcels.get(&StoreId(5));
        assert_eq!(parcel, Some(&(Money(400), "cd".to_owned())));
    }
}
