//! What has to be looked at. No I/O.

use model::ProductId;
use std::collections::BTreeSet;

/// Beyond so many products all are looked at.
const MOST: usize = 50_000;

/// So many texts are looked at at a time.
const AT_ONCE: usize = 500;

/// What whoever keeps the texts has heard of, and has not looked at.
#[derive(Debug, Default)]
pub(super) struct Heard {
    products: BTreeSet<ProductId>,
    /// All products up to this one are to be looked at, the highest first.
    all_up_to: Option<ProductId>,
    /// Counts what was heard of single products.
    changes: u64,
    /// Nobody has been told that this is done.
    is_owed: bool,
}

/// What to look at next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// These; then all is done up to so many changes.
    These(Vec<ProductId>, Option<u64>),
    /// The next ones below this one.
    Below(ProductId),
    Nothing,
}

impl Heard {
    pub fn changed(&mut self, products: &BTreeSet<ProductId>) {
        self.changes += 1;
        self.is_owed = true;
        self.products.extend(products);
        if self.products.len() > MOST {
            self.products.clear();
            self.missed();
        }
    }

    pub fn missed(&mut self) {
        self.all_up_to = Some(ProductId(i64::MAX));
    }

    pub fn changes(&self) -> u64 {
        self.changes
    }

    pub fn waiting(&self) -> usize {
        self.products.len()
    }

    /// What was changed just now comes before all else.
    pub fn next(&mut self) -> Work {
        if self.is_owed {
            let mut these = Vec::new();
            while these.len() < AT_ONCE
                && let Some(product) = self.products.pop_first()
            {
                these.push(product);
            }
            self.is_owed = !self.products.is_empty();
            let done = (!self.is_owed).then_some(self.changes);
            return Work::These(these, done);
        }
        match self.all_up_to {
            Some(below) => Work::Below(below),
            None => Work::Nothing,
        }
    }

    /// All above `below` have been looked at, and when there is `None`, all. What was missed meanwhile stays to be done.
    pub fn looked_at(&mut self, above: ProductId, below: Option<ProductId>) {
        if self.all_up_to == Some(above) {
            self.all_up_to = below;
        }
    }

    pub fn is_looking_at_all(&self) -> bool {
        self.all_up_to.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn these(ids: impl IntoIterator<Item = i64>) -> BTreeSet<ProductId> {
        ids.into_iter().map(ProductId).collect()
    }

    #[test]
    fn what_changed_comes_before_all_the_others() {
        let mut heard = Heard::default();
        assert_eq!(heard.next(), Work::Nothing);
        heard.missed();
        heard.changed(&these([4, 2]));
        assert_eq!(
            heard.next(),
            Work::These(vec![ProductId(2), ProductId(4)], Some(1))
        );
        assert_eq!(heard.next(), Work::Below(ProductId(i64::MAX)));
        heard.looked_at(ProductId(i64::MAX), Some(ProductId(9)));
        assert_eq!(heard.next(), Work::Below(ProductId(9)));
        heard.looked_at(ProductId(9), None);
        assert_eq!(heard.next(), Work::Nothing);
    }

    #[test]
    fn what_is_missed_while_all_are_looked_at_begins_it_anew() {
        let mut heard = Heard::default();
        heard.missed();
        heard.looked_at(ProductId(i64::MAX), Some(ProductId(9)));
        heard.missed();
        heard.looked_at(ProductId(9), None);
        assert_eq!(heard.next(), Work::Below(ProductId(i64::MAX)));
    }

    #[test]
    fn too_many_are_all() {
        let mut heard = Heard::default();
        heard.changed(&these(0..=50_000));
        assert_eq!(heard.waiting(), 0);
        assert!(heard.is_looking_at_all());
        assert_eq!(heard.next(), Work::These(vec![], Some(1)));
    }
}
