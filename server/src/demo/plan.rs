//! What happens in the demo's eight weeks, decided before any of it does: only then is it known how much
//! stock and how many covered units each product must start with to end as its file says.
//!
//! Times are minutes since the first day of trade began; what happens before has negative ones.

use super::content::{Content, Product, StoreFile};
use super::dice::Dice;
use super::people::Person;
use std::collections::{BTreeMap, BTreeSet};

/// Days of trade. The last one is today.
pub const DAYS: i64 = 56;

pub const DAY: i64 = 24 * 60;

/// How many units an offer that is only tried covers.
pub const TRIED_UNITS: i64 = 3;

/// A product by its place: which store's file, and which product in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductAt {
    pub store: usize,
    pub product: usize,
}

/// Everything that will be bought.
pub struct Plan {
    /// Shoppers with an account.
    pub regulars: Vec<Person>,
    /// When each product is published.
    pub arrivals: BTreeMap<ProductAt, i64>,
    /// Products whose offer begins lower than their file says, and is raised half-way.
    pub raised: BTreeSet<ProductAt>,
    /// Products without an offer in their file: one is tried early on, and revoked.
    pub tried: Vec<ProductAt>,
    /// By rising time.
    pub purchases: Vec<Purchase>,
}

/// One visit to the checkout.
#[derive(Debug, Clone)]
pub struct Purchase {
    pub minute: i64,
    pub shopper: Shopper,
    pub lines: Vec<Line>,
    /// The first card is declined, the second pays.
    pub declined_first: bool,
}

#[derive(Debug, Clone)]
pub enum Shopper {
    /// One of [`Plan::regulars`].
    Regular(usize),
    /// A store's owner, signed in.
    Owner(usize),
    Guest(Person),
}

/// Some units of a variant from a shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub shelf: usize,
    pub product: ProductAt,
    pub variant: usize,
    pub units: i64,
}

impl Line {
    /// Sold by another store than its maker's.
    pub fn is_resold(&self) -> bool {
        self.shelf != self.product.store
    }
}

impl Plan {
    /// The plan that fits this content; always the same one.
    pub fn of(content: &Content) -> Self {
        let mut dice = Dice::new(0x5e1f);
        let regulars = (1..=14)
            .map(|number| Person::somebody(&mut dice, number))
            .collect::<Vec<_>>();
        let shelves = shelves(content);
        let tried = tried(content);
        let arrivals = arrivals(content, &shelves, &tried, &mut dice);
        let offered = all(content)
            .filter(|(_, product)| product.offer.is_some())
            .map(|(at, _)| at);
        let raised = offered.filter(|_| dice.chance(15)).collect();
        let mut scene = Scene {
            content,
            shelves: &shelves,
            arrivals: &arrivals,
            dice,
        };
        let purchases = scene.purchases(regulars.len());
        Self {
            regulars,
            arrivals,
            raised,
            tried,
            purchases,
        }
    }

    /// Units of each variant that will be sold, by product and the variant's place.
    pub fn sold(&self) -> BTreeMap<(ProductAt, usize), i64> {
        self.sum(|line| Some((line.product, line.variant)))
    }

    /// Units of each product that other stores will sell.
    pub fn resold(&self) -> BTreeMap<ProductAt, i64> {
        self.sum(|line| line.is_resold().then_some(line.product))
    }

    /// The store that takes a tried product onto its shelf, and is left waiting: the one that carries most.
    pub fn carrier_of(product: ProductAt, content: &Content) -> Option<usize> {
        let others = content
            .stores
            .iter()
            .enumerate()
            .filter(|(store, _)| *store != product.store);
        others
            .max_by_key(|(_, file)| file.store.shelf.len())
            .map(|(store, _)| store)
    }

    fn sum<K: Ord>(&self, key: impl Fn(&Line) -> Option<K>) -> BTreeMap<K, i64> {
        let mut sums = BTreeMap::new();
        for line in self.purchases.iter().flat_map(|purchase| &purchase.lines) {
            if let Some(key) = key(line) {
                *sums.entry(key).or_insert(0) += line.units;
            }
        }
        sums
    }
}

/// Every product with its place.
pub fn all(content: &Content) -> impl Iterator<Item = (ProductAt, &Product)> {
    content.stores.iter().enumerate().flat_map(|(store, file)| {
        file.products
            .iter()
            .enumerate()
            .map(move |(product, it)| (ProductAt { store, product }, it))
    })
}

/// What stands on each store's shelf: its own products and those it carries.
pub fn shelves(content: &Content) -> Vec<Vec<ProductAt>> {
    let by_slug: BTreeMap<&str, ProductAt> = all(content)
        .map(|(at, it)| (it.slug.as_str(), at))
        .collect();
    let shelf = |(store, file): (usize, &StoreFile)| {
        let own = (0..file.products.len()).map(|product| ProductAt { store, product });
        own.chain(
            file.store
                .shelf
                .iter()
                .filter_map(|slug| by_slug.get(slug.as_str()).copied()),
        )
        .collect()
    };
    content.stores.iter().enumerate().map(shelf).collect()
}

/// In every third store the first product that has stock but no offer.
fn tried(content: &Content) -> Vec<ProductAt> {
    let free = |store: usize| {
        all(content)
            .find(|(at, it)| at.store == store && it.offer.is_none() && it.stock() >= TRIED_UNITS)
            .map(|(at, _)| at)
    };
    (0..content.stores.len())
        .step_by(3)
        .filter_map(free)
        .collect()
}

/// Most products are there before trade begins; of those that nobody else carries, some come later.
fn arrivals(
    content: &Content,
    shelves: &[Vec<ProductAt>],
    tried: &[ProductAt],
    dice: &mut Dice,
) -> BTreeMap<ProductAt, i64> {
    let is_carried = |at: &ProductAt| {
        shelves
            .iter()
            .enumerate()
            .any(|(store, shelf)| store != at.store && shelf.contains(at))
    };
    let mut arrival = |at: ProductAt| {
        let can_be_late = !is_carried(&at) && !tried.contains(&at);
        if can_be_late && dice.chance(45) {
            dice.within(3..DAYS - 3) * DAY + dice.within(8 * 60..18 * 60)
        } else {
            dice.within(-6 * DAY..-3 * DAY)
        }
    };
    all(content).map(|(at, _)| (at, arrival(at))).collect()
}

/// What the purchases are drawn from.
struct Scene<'a> {
    content: &'a Content,
    shelves: &'a [Vec<ProductAt>],
    arrivals: &'a BTreeMap<ProductAt, i64>,
    dice: Dice,
}

impl Scene<'_> {
    fn purchases(&mut self, regulars: usize) -> Vec<Purchase> {
        let mut purchases = Vec::new();
        for day in 0..DAYS {
            // The market grows, and weekends are busy.
            let weekend = if day % 7 >= 5 { 2 } else { 0 };
            for _ in 0..self.dice.within(2..5) + day / 12 + weekend {
                let minute = day * DAY + self.dice.within(7 * 60..23 * 60);
                let shopper = self.shopper(regulars, purchases.len());
                let lines = self.basket(minute);
                if !lines.is_empty() {
                    purchases.push(Purchase {
                        minute,
                        shopper,
                        lines,
                        declined_first: self.dice.chance(3),
                    });
                }
            }
        }
        purchases.sort_by_key(|purchase| purchase.minute);
        purchases
    }

    fn shopper(&mut self, regulars: usize, so_far: usize) -> Shopper {
        let mut one_of = |count: usize| index(self.dice.within(0..number(count)));
        let (regular, owner) = (one_of(regulars), one_of(self.content.stores.len()));
        match self.dice.within(0..100) {
            0..30 => Shopper::Regular(regular),
            30..36 => Shopper::Owner(owner),
            _ => Shopper::Guest(Person::somebody(&mut self.dice, number(so_far) + 100)),
        }
    }

    /// One to four lines, mostly from one store's shelf.
    fn basket(&mut self, minute: i64) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut shelf = self.any_shelf();
        for _ in 0..self.dice.pick(&[1, 1, 1, 2, 2, 3, 4]).copied().unwrap_or(1) {
            if self.dice.chance(30) {
                shelf = self.any_shelf();
            }
            let Some(line) = self.line(shelf, minute) else {
                continue;
            };
            let again =
                |other: &Line| other.product == line.product && other.variant == line.variant;
            if !lines.iter().any(again) {
                lines.push(line);
            }
        }
        lines
    }

    /// A store, the likelier the more stands on its shelf.
    fn any_shelf(&mut self) -> usize {
        let places: Vec<usize> = (0..self.shelves.len()).collect();
        let weight = |at: &usize| self.shelves.get(*at).map_or(0, |shelf| number(shelf.len()));
        self.dice
            .weighed(&places, weight)
            .copied()
            .unwrap_or_default()
    }

    fn line(&mut self, shelf: usize, minute: i64) -> Option<Line> {
        let there: Vec<ProductAt> = self
            .shelves
            .get(shelf)?
            .iter()
            .copied()
            .filter(|at| {
                self.arrivals
                    .get(at)
                    .is_some_and(|arrival| *arrival < minute - DAY)
            })
            .collect();
        // What a store carries sells better than what it makes, or there would be little to show of the former.
        let product = *self
            .dice
            .weighed(&there, |at| if at.store == shelf { 2 } else { 5 })?;
        let variants = &self
            .content
            .stores
            .get(product.store)?
            .products
            .get(product.product)?
            .variants;
        let variant = index(self.dice.within(0..number(variants.len())));
        let is_small = variants.get(variant)?.price.0 < 3000;
        let units = if is_small && self.dice.chance(35) {
            self.dice.within(2..5)
        } else {
            1
        };
        Some(Line {
            shelf,
            product,
            variant,
            units,
        })
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn index(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_is_long_enough_for_charts_and_always_the_same() {
        let content = Content::read().unwrap();
        let (one, other) = (Plan::of(&content), Plan::of(&content));
        assert!(
            (250..500).contains(&one.purchases.len()),
            "{}",
            one.purchases.len()
        );
        assert_eq!(
            format!("{:?}", one.purchases),
            format!("{:?}", other.purchases)
        );
        assert!(one.purchases.is_sorted_by_key(|purchase| purchase.minute));
    }

    #[test]
    fn only_offered_products_are_resold() {
        let content = Content::read().unwrap();
        for at in Plan::of(&content).resold().into_keys() {
            assert!(
                content.stores[at.store].products[at.product]
                    .offer
                    .is_some()
            );
        }
    }
}
