//! Counting products by what filters tell apart.

use model::{Category, Facets, MarketFilters, PriceBand, RewardStep};

/// What filters tell a product by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub category: Category,
    pub price: PriceBand,
    pub ships_free: bool,
    pub is_offered: bool,
    /// How many steps its reward reaches.
    pub rewards: usize,
}

/// How many products there are in each cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cells(Vec<i64>);

const CATEGORIES: usize = Category::ALL.len();
const PRICES: usize = PriceBand::ALL.len();
const REWARDS: usize = RewardStep::ALL.len() + 1;
const CELLS: usize = CATEGORIES * PRICES * 2 * 2 * REWARDS;

/// The filters, in the order of the answers of [`Cell::fails`].
const FILTERS: usize = 5;

/// Which cell: what is kept of it for each product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CellAt(u16);

/// The cells that pass some filters, worked out once for many products.
pub(crate) struct Passing(Vec<bool>);

impl Default for Cells {
    fn default() -> Cells {
        Cells(vec![0; CELLS])
    }
}

impl Cell {
    pub fn at(self) -> CellAt {
        // There are a thousand or so.
        CellAt(u16::try_from(self.place()).unwrap_or(u16::MAX))
    }

    fn place(self) -> usize {
        let Cell {
            category,
            price,
            ships_free,
            is_offered,
            rewards,
        } = self;
        let place = category.place() * PRICES + price.place();
        let place = (place * 2 + usize::from(ships_free)) * 2 + usize::from(is_offered);
        place * REWARDS + rewards
    }

    /// All cells, by their place.
    fn all() -> impl Iterator<Item = Cell> {
        let prices = Category::ALL.iter().flat_map(|category| {
            let prices = PriceBand::ALL.iter();
            prices.map(move |price| (*category, *price))
        });
        let terms = prices.flat_map(|(category, price)| {
            let terms = [(false, false), (false, true), (true, false), (true, true)];
            terms.map(move |(ships_free, is_offered)| (category, price, ships_free, is_offered))
        });
        terms.flat_map(|(category, price, ships_free, is_offered)| {
            (0..REWARDS).map(move |rewards| Cell {
                category,
                price,
                ships_free,
                is_offered,
                rewards,
            })
        })
    }

    fn pays(self, step: RewardStep) -> bool {
        self.rewards > step.place()
    }

    /// Which filters it does not pass.
    fn fails(self, filters: &MarketFilters) -> [bool; FILTERS] {
        [
            filters.category.is_some_and(|only| only != self.category),
            filters.price.is_some_and(|only| only != self.price),
            filters.ships_free && !self.ships_free,
            filters.offered && !self.is_offered,
            filters.reward.is_some_and(|least| !self.pays(least)),
        ]
    }

    pub fn passes(self, filters: &MarketFilters) -> bool {
        self.fails(filters) == [false; FILTERS]
    }
}

impl Passing {
    pub fn of(filters: &MarketFilters) -> Passing {
        Passing(Cell::all().map(|cell| cell.passes(filters)).collect())
    }

    pub fn has(&self, cell: CellAt) -> bool {
        self.0.get(usize::from(cell.0)).copied().unwrap_or_default()
    }
}

impl Cells {
    pub fn add_at(&mut self, cell: CellAt, products: i64) {
        if let Some(count) = self.0.get_mut(usize::from(cell.0)) {
            *count = count.saturating_add(products);
        }
    }

    pub fn add(&mut self, cell: Cell, products: i64) {
        self.add_at(cell.at(), products);
    }

    /// How many products pass all filters.
    pub fn total(&self, filters: &MarketFilters) -> i64 {
        let passing = self.held().filter(|(cell, _)| cell.passes(filters));
        passing.map(|(_, products)| products).sum()
    }

    /// How many each filter would leave if it were set otherwise and the others stayed.
    pub fn facets(&self, filters: &MarketFilters, is_owner: bool) -> Facets {
        let mut categories = [0; CATEGORIES];
        let mut prices = [0; PRICES];
        let (mut ships_free, mut offered) = (0, 0);
        let mut rewards = [0; RewardStep::ALL.len()];
        let count = |at: Option<&mut i64>, products: i64| {
            if let Some(count) = at {
                *count += products;
            }
        };
        for (cell, products) in self.held() {
            let fails = cell.fails(filters);
            let but_for = |filter: usize| {
                let mut others = (0..).zip(fails);
                others.all(|(other, fails)| other == filter || !fails)
            };
            if but_for(0) {
                count(categories.get_mut(cell.category.place()), products);
            }
            if but_for(1) {
                count(prices.get_mut(cell.price.place()), products);
            }
            if but_for(2) && cell.ships_free {
                ships_free += products;
            }
            if but_for(3) && cell.is_offered {
                offered += products;
            }
            if but_for(4) {
                for step in rewards.iter_mut().take(cell.rewards) {
                    *step += products;
                }
            }
        }
        Facets {
            categories: with_some(Category::ALL, categories),
            prices: with_some(PriceBand::ALL, prices),
            ships_free,
            offered: if is_owner { offered } else { 0 },
            rewards: match is_owner {
                true => with_some(RewardStep::ALL, rewards),
                false => Vec::new(),
            },
        }
    }

    fn held(&self) -> impl Iterator<Item = (Cell, i64)> {
        let cells = Cell::all().zip(&self.0);
        cells.filter_map(|(cell, products)| (*products > 0).then_some((cell, *products)))
    }
}

/// What is counted, where there is some.
fn with_some<K: Copy>(all: &[K], counts: impl IntoIterator<Item = i64>) -> Vec<(K, i64)> {
    let counted = all.iter().copied().zip(counts);
    counted.filter(|(_, products)| *products > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: Cell = Cell {
        category: Category::Home,
        price: PriceBand::Low,
        ships_free: false,
        is_offered: true,
        rewards: 2,
    };

    #[test]
    fn every_cell_has_its_place() {
        for (place, cell) in Cell::all().enumerate() {
            assert_eq!(cell.place(), place);
        }
        assert_eq!(Cell::all().count(), CELLS);
    }

    #[test]
    fn a_facet_counts_what_its_own_filter_hides() {
        let mut cells = Cells::default();
        cells.add(CELL, 3);
        let kitchen = Cell {
            category: Category::Kitchen,
            ships_free: true,
            rewards: 0,
            ..CELL
        };
        cells.add(kitchen, 2);
        let only_home = MarketFilters {
            category: Some(Category::Home),
            ..MarketFilters::default()
        };
        let facets = cells.facets(&only_home, true);
        assert_eq!(
            facets.categories,
            [(Category::Home, 3), (Category::Kitchen, 2)]
        );
        assert_eq!(facets.prices, [(PriceBand::Low, 3)]);
        assert_eq!((facets.ships_free, facets.offered), (0, 3));
        assert_eq!(facets.rewards, [(RewardStep::One, 3), (RewardStep::Two, 3)]);
        assert_eq!(cells.total(&only_home), 3);
    }

    #[test]
    fn rule_r10_a_guest_sees_no_rewards_in_counts() {
        let mut cells = Cells::default();
        cells.add(CELL, 3);
        let facets = cells.facets(&MarketFilters::default(), false);
        assert_eq!((facets.offered, facets.rewards), (0, vec![]));
    }
}
