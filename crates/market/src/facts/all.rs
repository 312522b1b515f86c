//! The facts of all products.

use super::{Fact, Top};
use model::{Category, MarketSort, ProductId, StoreId};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Numbers of products up to which facts are kept: a place is kept for each number that may have been given.
const HIGHEST: usize = 20_000_000;

/// What is known of all products and shelves at a time.
#[derive(Default)]
pub(crate) struct All {
    /// By number.
    facts: Vec<Option<Fact>>,
    /// What is in the marketplace, the newest last.
    newest: Vec<ProductId>,
    /// How much of it each category holds.
    categories: BTreeMap<Category, i64>,
    /// How many products stand on the shelf of each store that is open, seen or not.
    standing: HashMap<StoreId, i64>,
    ranked: BTreeSet<(Reverse<i64>, StoreId)>,
    /// While products are still being read for the first time, all that needs all of them is not there.
    is_complete: bool,
}

impl All {
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    pub fn of(&self, id: ProductId) -> Option<&Fact> {
        self.facts.get(usize::try_from(id.0).ok()?)?.as_ref()
    }

    /// What is now so of a product; `false` when there is no room for it.
    #[must_use]
    pub fn learn(&mut self, id: ProductId, fact: Option<Fact>) -> bool {
        let Some(place) = usize::try_from(id.0).ok().filter(|place| *place <= HIGHEST) else {
            return false;
        };
        if self.is_complete {
            self.take_out(id);
        }
        if place >= self.facts.len() {
            self.facts.resize(place.saturating_add(1), None);
        }
        if let Some(known) = self.facts.get_mut(place) {
            *known = fact;
        }
        if self.is_complete {
            self.put_in(id);
        }
        true
    }

    /// All have been read.
    pub fn complete(&mut self) {
        let facts = (0..).zip(&self.facts);
        let in_marketplace = facts.filter_map(|(id, fact)| {
            let fact = fact.as_ref().filter(|fact| fact.is_in_marketplace())?;
            Some((fact.published_at, ProductId(id), fact.category))
        });
        let mut newest: Vec<_> = in_marketplace.collect();
        newest.sort_unstable();
        self.categories.clear();
        for (.., category) in &newest {
            *self.categories.entry(*category).or_default() += 1;
        }
        self.newest = newest.into_iter().map(|(_, id, _)| id).collect();
        self.is_complete = true;
    }

    /// How many products stand on a shelf; none on one that is closed.
    pub fn learn_shelf(&mut self, store: StoreId, standing: i64) {
        let before = self.standing.remove(&store);
        if let Some(before) = before {
            self.ranked.remove(&(Reverse(before), store));
        }
        if standing > 0 {
            self.standing.insert(store, standing);
            self.ranked.insert((Reverse(standing), store));
        }
    }

    /// How many shelves hold something.
    pub fn shelves(&self) -> usize {
        self.ranked.len()
    }

    /// Stores in the order of how much stands on their shelves.
    pub fn most_stocked(&self) -> impl Iterator<Item = StoreId> {
        self.ranked.iter().map(|(_, store)| *store)
    }

    /// How much of the marketplace each category holds, categories without any left out.
    pub fn categories(&self) -> Vec<(Category, i64)> {
        let held = self
            .categories
            .iter()
            .filter(|(_, products)| **products > 0);
        held.map(|(category, products)| (*category, *products))
            .collect()
    }

    /// A stretch of the marketplace, or of one of its categories.
    pub fn marketplace(
        &self,
        only: Option<Category>,
        sort: MarketSort,
        offset: usize,
        limit: usize,
    ) -> Vec<ProductId> {
        let of_category = |id: &ProductId| {
            only.is_none_or(|only| self.of(*id).is_some_and(|fact| fact.category == only))
        };
        let newest = self.newest.iter().rev().copied();
        match (sort, only) {
            (MarketSort::Newest, None) => newest.skip(offset).take(limit).collect(),
            (MarketSort::Newest, Some(_)) => newest
                .filter(of_category)
                .skip(offset)
                .take(limit)
                .collect(),
            _ => {
                let mut top = Top::new(sort, offset.saturating_add(limit));
                for id in newest.filter(of_category) {
                    if let Some(fact) = self.of(id) {
                        top.see(id, fact);
                    }
                }
                let mut first = top.products();
                first.split_off(first.len().min(offset))
            }
        }
    }

    fn take_out(&mut self, id: ProductId) {
        let Some(fact) = self.of(id).copied().filter(Fact::is_in_marketplace) else {
            return;
        };
        if let Ok(at) = self.place_of(id, &fact) {
            self.newest.remove(at);
        }
        if let Some(products) = self.categories.get_mut(&fact.category) {
            *products = products.saturating_sub(1);
        }
    }

    fn put_in(&mut self, id: ProductId) {
        let Some(fact) = self.of(id).copied().filter(Fact::is_in_marketplace) else {
            return;
        };
        if let Err(at) = self.place_of(id, &fact) {
            self.newest.insert(at, id);
        }
        let products = self.categories.entry(fact.category).or_default();
        *products = products.saturating_add(1);
    }

    /// Where it stands among the newest, or would.
    fn place_of(&self, id: ProductId, fact: &Fact) -> Result<usize, usize> {
        let wanted = (fact.published_at, id);
        self.newest.binary_search_by_key(&wanted, |other| {
            let published_at = self.of(*other).map(|fact| fact.published_at);
            (published_at.unwrap_or_default(), *other)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fact::tests::FACT;
    use super::*;
    use model::{Money, Timestamp};

    fn at(published_at: i64, price: i64) -> Option<Fact> {
        Some(Fact {
            published_at: Timestamp(published_at),
            price: Money(price),
            ..FACT
        })
    }

    fn found(all: &All, sort: MarketSort, offset: usize, limit: usize) -> Vec<i64> {
        let found = all.marketplace(None, sort, offset, limit);
        found.into_iter().map(|id| id.0).collect()
    }

    fn market() -> All {
        let mut all = All::default();
        for (id, fact) in [(1, at(30, 5)), (2, at(10, 9)), (4, at(20, 5))] {
            assert!(all.learn(ProductId(id), fact));
        }
        all.complete();
        all
    }

    #[test]
    fn every_order_has_pages_that_follow_each_other() {
        let all = market();
        assert_eq!(found(&all, MarketSort::Newest, 0, 9), [1, 4, 2]);
        assert_eq!(found(&all, MarketSort::PriceUp, 0, 9), [4, 1, 2]);
        assert_eq!(found(&all, MarketSort::PriceDown, 0, 1), [2]);
        assert_eq!(found(&all, MarketSort::PriceDown, 1, 2), [4, 1]);
        assert_eq!(found(&all, MarketSort::PriceDown, 3, 2), [0; 0]);
        assert_eq!(all.categories(), [(Category::Home, 3)]);
    }

    #[test]
    fn what_changes_stands_where_it_belongs_at_once() {
        let mut all = market();
        let books = at(40, 1).map(|fact| Fact {
            category: Category::Books,
            ..fact
        });
        assert!(all.learn(ProductId(2), books));
        assert!(all.learn(ProductId(3), at(20, 7)));
        assert_eq!(found(&all, MarketSort::Newest, 0, 9), [2, 1, 4, 3]);
        let counts = [(Category::Home, 3), (Category::Books, 1)];
        assert_eq!(all.categories(), counts);
        let of_books = all.marketplace(Some(Category::Books), MarketSort::Newest, 0, 9);
        assert_eq!(of_books, [ProductId(2)]);

        let sold_out = at(40, 1).map(|fact| Fact {
            is_in_stock: false,
            ..fact
        });
        assert!(all.learn(ProductId(2), sold_out));
        assert!(all.learn(ProductId(4), None));
        assert_eq!(found(&all, MarketSort::Newest, 0, 9), [1, 3]);
        assert_eq!(all.categories(), [(Category::Home, 2)]);
    }

    #[test]
    fn a_number_that_nobody_was_given_takes_no_room() {
        let mut all = market();
        assert!(!all.learn(ProductId(i64::MAX), at(1, 1)));
        assert!(!all.learn(ProductId(-1), at(1, 1)));
        assert_eq!(all.facts.len(), 5);
    }

    #[test]
    fn shelves_are_ranked_by_what_stands_on_them() {
        let mut all = All::default();
        for (store, standing) in [(1, 4), (2, 9), (3, 4)] {
            all.learn_shelf(StoreId(store), standing);
        }
        let ranked = |all: &All| all.most_stocked().map(|store| store.0).collect::<Vec<_>>();
        assert_eq!(ranked(&all), [2, 1, 3]);
        all.learn_shelf(StoreId(2), 0);
        all.learn_shelf(StoreId(3), 5);
        assert_eq!(ranked(&all), [3, 1]);
        assert_eq!(all.shelves(), 2);
    }
}
