//! The facts of all products.

use super::{CellAt, Cells, Fact, Passing, Top};
use model::{MarketFilters, MarketSort, Money, ProductId, StoreId};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

/// Numbers of products up to which facts are kept: a place is kept for each number that may have been given.
const HIGHEST: usize = 20_000_000;

/// So many stores are looked through one by one.
const FEW: usize = 2_000;

/// What is known of all products and shelves at a time.
pub(crate) struct All {
    /// The prices from which bands begin.
    bands: [Money; 4],
    /// By number.
    facts: Vec<Option<Fact>>,
    /// In which cell each is that can be bought. It is all that most of a search looks at, so it is kept close together.
    kinds: Vec<Option<CellAt>>,
    /// What is in the marketplace, the newest last.
    newest: Vec<ProductId>,
    /// How much of it each filter would leave.
    cells: Cells,
    /// The open stores that have something on their shelf.
    standing: HashMap<StoreId, Standing>,
    ranked: BTreeSet<(Reverse<i64>, StoreId)>,
    /// The words of their names.
    called: BTreeSet<(Box<str>, StoreId)>,
    /// While products are still being read for the first time, all that needs all of them is not there.
    is_complete: bool,
}

/// A store by its name, and how many products stand on its shelf, seen or not.
pub(crate) struct Standing {
    pub products: i64,
    /// Its name, [folded](model::fold).
    pub name: Box<str>,
}

impl All {
    pub fn new(bands: [Money; 4]) -> All {
        All {
            bands,
            facts: Vec::new(),
            kinds: Vec::new(),
            newest: Vec::new(),
            cells: Cells::default(),
            standing: HashMap::new(),
            ranked: BTreeSet::new(),
            called: BTreeSet::new(),
            is_complete: false,
        }
    }

    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// How many products are in the marketplace.
    pub fn offered(&self) -> usize {
        self.newest.len()
    }

    pub fn of(&self, id: ProductId) -> Option<&Fact> {
        self.facts.get(usize::try_from(id.0).ok()?)?.as_ref()
    }

    /// In which cell a product is; none when it can't be bought.
    pub fn kind(&self, id: ProductId) -> Option<CellAt> {
        *self.kinds.get(usize::try_from(id.0).ok()?)?
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
            self.kinds.resize(place.saturating_add(1), None);
        }
        let for_sale = fact.filter(Fact::is_for_sale);
        let kind = for_sale.map(|fact| fact.cell(&self.bands).at());
        if let (Some(known), Some(of_it)) = (self.facts.get_mut(place), self.kinds.get_mut(place)) {
            *known = fact;
            *of_it = kind;
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
            Some((fact.published_at, ProductId(id), fact))
        });
        let mut cells = Cells::default();
        let counted = in_marketplace.map(|(published_at, id, fact)| {
            cells.add(fact.cell(&self.bands), 1);
            (published_at, id)
        });
        let mut newest: Vec<_> = counted.collect();
        newest.sort_unstable();
        self.cells = cells;
        self.newest = newest.into_iter().map(|(_, id)| id).collect();
        self.is_complete = true;
    }

    /// What stands on a shelf; nothing on one that is closed.
    pub fn learn_shelf(&mut self, store: StoreId, standing: Option<Standing>) {
        if let Some(before) = self.standing.remove(&store) {
            self.ranked.remove(&(Reverse(before.products), store));
            for word in words(&before.name) {
                self.called.remove(&(word.into(), store));
            }
        }
        if let Some(standing) = standing {
            self.ranked.insert((Reverse(standing.products), store));
            let called = words(&standing.name).map(|word| (word.into(), store));
            self.called.extend(called);
            self.standing.insert(store, standing);
        }
    }

    /// The first stores, by how much stands on their shelves, in whose name each of these words begins a word.
    pub fn stores_called(&self, words: &[&str], most: usize) -> Vec<StoreId> {
        let is_called_so = |store: &StoreId| {
            let name = self.standing.get(store).map(|standing| &*standing.name);
            words
                .iter()
                .all(|word| begins_a_word(name.unwrap_or_default(), word))
        };
        let few = words.iter().find_map(|word| self.few_called(word));
        match few {
            Some(few) => {
                let called = few.into_iter().filter(is_called_so);
                let ranked = called.filter_map(|store| {
                    let products = self.standing.get(&store)?.products;
                    Some((Reverse(products), store))
                });
                let first = ranked.collect::<BTreeSet<_>>().into_iter().take(most);
                first.map(|(_, store)| store).collect()
            }
            // Where many are called so, the first of them come soon.
            None => self
                .most_stocked()
                .filter(is_called_so)
                .take(most)
                .collect(),
        }
    }

    /// The stores in whose name a word begins so, unless they are many.
    fn few_called(&self, beginning: &str) -> Option<Vec<StoreId>> {
        let from = (Box::from(beginning), StoreId(i64::MIN));
        let called = self.called.range(from..);
        let mut called = called.take_while(|(word, _)| word.starts_with(beginning));
        let few = called.by_ref().take(FEW).map(|(_, store)| *store).collect();
        called.next().is_none().then_some(few)
    }

    /// How many shelves hold something.
    pub fn shelves(&self) -> usize {
        self.ranked.len()
    }

    /// Stores in the order of how much stands on their shelves.
    pub fn most_stocked(&self) -> impl Iterator<Item = StoreId> {
        self.ranked.iter().map(|(_, store)| *store)
    }

    /// How much of the marketplace each filter would leave.
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// A stretch of what of the marketplace passes the filters, in their order.
    pub fn marketplace(
        &self,
        filters: &MarketFilters,
        offset: usize,
        limit: usize,
    ) -> Vec<ProductId> {
        let passing = filters.narrows().then(|| Passing::of(filters));
        let passes = |id: &ProductId| {
            let has = |passing: &Passing| self.kind(*id).is_some_and(|kind| passing.has(kind));
            passing.as_ref().is_none_or(has)
        };
        let passing = self.newest.iter().rev().copied().filter(passes);
        match filters.sort {
            MarketSort::Newest | MarketSort::Best => passing.skip(offset).take(limit).collect(),
            sort => {
                let mut top = Top::new(sort, offset.saturating_add(limit));
                for id in passing {
                    if let Some(fact) = self.of(id) {
                        top.see(id, fact);
                    }
                }
                top.stretch(offset)
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
        self.cells.add(fact.cell(&self.bands), -1);
    }

    fn put_in(&mut self, id: ProductId) {
        let Some(fact) = self.of(id).copied().filter(Fact::is_in_marketplace) else {
            return;
        };
        if let Err(at) = self.place_of(id, &fact) {
            self.newest.insert(at, id);
        }
        self.cells.add(fact.cell(&self.bands), 1);
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

/// Whether a word of a text begins so.
pub(crate) fn begins_a_word(text: &str, word: &str) -> bool {
    words(text).any(|other| other.starts_with(word))
}

/// The words of a text as names of stores are cut.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::fact::tests::FACT;
    use super::*;
    use model::{Category, Currency, PriceBand, Timestamp};

    fn nothing() -> All {
        All::new(PriceBand::begins(Currency::Usd))
    }

    fn at(published_at: i64, price: i64) -> Option<Fact> {
        Some(Fact {
            published_at: Timestamp(published_at),
            price: Money(price),
            ..FACT
        })
    }

    fn found(all: &All, sort: MarketSort, offset: usize, limit: usize) -> Vec<i64> {
        let filters = MarketFilters {
            sort,
            ..MarketFilters::default()
        };
        let found = all.marketplace(&filters, offset, limit);
        found.into_iter().map(|id| id.0).collect()
    }

    fn categories(all: &All) -> Vec<(Category, i64)> {
        all.cells()
            .facets(&MarketFilters::default(), false)
            .categories
    }

    fn market() -> All {
        let mut all = nothing();
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
        assert_eq!(categories(&all), [(Category::Home, 3)]);
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
        assert_eq!(categories(&all), counts);
        let only_books = MarketFilters {
            category: Some(Category::Books),
            ..MarketFilters::default()
        };
        assert_eq!(all.marketplace(&only_books, 0, 9), [ProductId(2)]);

        let sold_out = at(40, 1).map(|fact| Fact {
            is_in_stock: false,
            ..fact
        });
        assert!(all.learn(ProductId(2), sold_out));
        assert!(all.learn(ProductId(4), None));
        assert_eq!(found(&all, MarketSort::Newest, 0, 9), [1, 3]);
        assert_eq!(categories(&all), [(Category::Home, 2)]);
    }

    #[test]
    fn a_number_that_nobody_was_given_takes_no_room() {
        let mut all = market();
        assert!(!all.learn(ProductId(i64::MAX), at(1, 1)));
        assert!(!all.learn(ProductId(-1), at(1, 1)));
        assert_eq!(all.facts.len(), 5);
    }

    fn shelves(stand: &[(i64, i64, &str)]) -> All {
        let mut all = nothing();
        for (store, products, name) in stand {
            let standing = Standing {
                products: *products,
                name: (*name).into(),
            };
            all.learn_shelf(StoreId(*store), Some(standing));
        }
        all
    }

    #[test]
    fn shelves_are_ranked_by_what_stands_on_them() {
        let mut all = shelves(&[(1, 4, ""), (2, 9, ""), (3, 4, "")]);
        let ranked = |all: &All| all.most_stocked().map(|store| store.0).collect::<Vec<_>>();
        assert_eq!(ranked(&all), [2, 1, 3]);
        all.learn_shelf(StoreId(2), None);
        let fuller = Standing {
            products: 5,
            name: "".into(),
        };
        all.learn_shelf(StoreId(3), Some(fuller));
        assert_eq!(ranked(&all), [3, 1]);
        assert_eq!(all.shelves(), 2);
    }

    #[test]
    fn stores_are_found_among_many_that_are_called_so() {
        let many = i64::try_from(FEW).unwrap() + 1;
        let stand: Vec<_> = (0..many)
            .map(|store| (store, store, "kiln works"))
            .collect();
        let mut all = shelves(&stand);
        let called = |all: &All, words: &[&str]| {
            let stores = all.stores_called(words, 2);
            stores.into_iter().map(|store| store.0).collect::<Vec<_>>()
        };
        assert_eq!(called(&all, &["work"]), [many - 1, many - 2]);
        let renamed = Standing {
            products: 3,
            name: "the old works".into(),
        };
        all.learn_shelf(StoreId(7), Some(renamed));
        assert_eq!(called(&all, &["wor", "old"]), [7]);
        all.learn_shelf(StoreId(7), None);
        assert_eq!(called(&all, &["wor", "old"]), [0; 0]);
    }

    #[test]
    fn stores_are_found_by_how_words_of_their_names_begin() {
        let all = shelves(&[
            (1, 1, "kiln & clay"),
            (2, 3, "the clay room"),
            (3, 2, "inky"),
        ]);
        let called = |words: &[&str]| {
            let found = all.stores_called(words, 9).into_iter();
            found.map(|store| store.0).collect::<Vec<_>>()
        };
        assert_eq!(called(&["clay"]), [2, 1]);
        assert_eq!(called(&["cl", "kil"]), [1]);
        assert_eq!(called(&["lay"]), [0; 0]);
    }
}
