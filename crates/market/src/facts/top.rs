//! The first of many, without sorting all.

use super::Fact;
use model::{MarketSort, ProductId};

/// A place in an order: what comes first is less. The later product comes first where the order leaves a choice.
type Place = (i64, i64);

/// The first products in an order, of those that it was shown.
pub(crate) struct Top {
    sort: MarketSort,
    most: usize,
    found: Vec<Place>,
    /// Whatever comes after this is not among the first.
    last: Option<Place>,
}

impl Top {
    pub fn new(sort: MarketSort, most: usize) -> Top {
        Top {
            sort,
            most,
            found: Vec::new(),
            last: None,
        }
    }

    /// A product that is in the list.
    pub fn see(&mut self, id: ProductId, fact: &Fact) {
        self.see_at(id, by(self.sort, fact));
    }

    /// A product that fits words so well.
    pub fn see_fit(&mut self, id: ProductId, score: f32) {
        // Of numbers that are not negative, the larger one has the larger bits.
        self.see_at(id, i64::from(score.max(0.0).to_bits()).saturating_neg());
    }

    fn see_at(&mut self, id: ProductId, by: i64) {
        let place = (by, id.0.saturating_neg());
        if self.most == 0 || self.last.is_some_and(|last| place > last) {
            return;
        }
        self.found.push(place);
        // So each is looked at a few times, however many there are.
        if self.found.len() >= self.most.saturating_mul(2) {
            self.forget_the_rest();
        }
    }

    fn forget_the_rest(&mut self) {
        if self.found.len() > self.most {
            self.found.select_nth_unstable(self.most - 1);
            self.found.truncate(self.most);
            self.last = self.found.last().copied();
        }
    }

    /// The first ones, in order, but for so many at the beginning.
    pub fn stretch(mut self, offset: usize) -> Vec<ProductId> {
        if self.most > 0 {
            self.forget_the_rest();
        }
        self.found.sort_unstable();
        self.found
            .into_iter()
            .skip(offset)
            .map(|(_, id)| ProductId(id.saturating_neg()))
            .collect()
    }
}

/// By what a fact comes in this order.
fn by(sort: MarketSort, fact: &Fact) -> i64 {
    match sort {
        MarketSort::Newest | MarketSort::Best => fact.published_at.0.saturating_neg(),
        MarketSort::PriceUp => fact.price.0,
        MarketSort::PriceDown => fact.price.0.saturating_neg(),
        MarketSort::Reward => fact.reward.0.saturating_neg(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fact::tests::FACT;
    use super::*;
    use model::Money;

    fn cheapest(prices: &[i64], most: usize) -> Vec<i64> {
        let mut top = Top::new(MarketSort::PriceUp, most);
        for (id, price) in (1..).zip(prices) {
            let fact = Fact {
                price: Money(*price),
                ..FACT
            };
            top.see(ProductId(id), &fact);
        }
        top.stretch(0).into_iter().map(|id| id.0).collect()
    }

    #[test]
    fn the_first_are_in_order_and_the_later_product_comes_before_its_equal() {
        assert_eq!(cheapest(&[7, 3, 9, 3, 1, 8, 2], 4), [5, 7, 4, 2]);
        assert_eq!(cheapest(&[7, 3], 4), [2, 1]);
        assert_eq!(cheapest(&[7, 3], 0), [0; 0]);
        let falling: Vec<i64> = (0..1000).rev().collect();
        assert_eq!(cheapest(&falling, 3), [1000, 999, 998]);
    }

    #[test]
    fn what_fits_best_comes_first() {
        let mut top = Top::new(MarketSort::Best, 3);
        for (id, score) in [(1, 0.5), (2, 7.25), (3, 0.5), (4, 0.0)] {
            top.see_fit(ProductId(id), score);
        }
        assert_eq!(top.stretch(1), [ProductId(3), ProductId(1)]);
    }
}
