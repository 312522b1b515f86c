use super::Cell;
use model::{Category, Money, PriceBand, RewardStep, StoreId, Timestamp, Tokens};

/// What decides where a product shows and in which order, as everybody sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    pub maker: StoreId,
    pub published_at: Timestamp,
    /// The lowest price that its card shows.
    pub price: Money,
    /// What its last offer pays for a unit; nothing without one.
    pub reward: Tokens,
    pub category: Category,
    /// Its maker published it, and her store is not closed.
    pub is_published: bool,
    /// A unit is left that is not on hold (R7).
    pub is_in_stock: bool,
    /// An open offer covers at least one more unit (R8).
    pub is_offered: bool,
    /// Its last offer was revoked: the maker wants no other store to show it (R3).
    pub is_revoked: bool,
    pub has_picture: bool,
    /// Its maker sends any order without a charge.
    pub ships_free: bool,
}

impl Fact {
    /// Somebody can buy it, if only on its maker's shelf.
    pub fn is_for_sale(&self) -> bool {
        self.is_published && self.is_in_stock
    }

    /// What filters tell it by, with prices in bands that begin there.
    pub fn cell(&self, bands: &[Money; 4]) -> Cell {
        let reached = |step: &&RewardStep| self.reward >= step.least();
        Cell {
            category: self.category,
            price: PriceBand::of(self.price, bands),
            ships_free: self.ships_free,
            is_offered: self.is_offered,
            rewards: RewardStep::ALL.iter().take_while(reached).count(),
        }
    }

    /// Another store can put it on its shelf and sell it today (R3, R7, R8).
    pub fn is_in_marketplace(&self) -> bool {
        self.is_for_sale() && self.is_offered
    }

    /// Whether shoppers see it on a shelf that carries it. On its maker's it always shows; on others for sale while an
    /// offer is open, and as sold out while its maker has none left. Stock without an offer waits unseen (R3, R7, R8).
    pub fn shows_on(&self, shelf: StoreId) -> bool {
        let on_others = match self.is_in_stock {
            true => self.is_offered,
            false => !self.is_revoked,
        };
        self.is_published && (self.maker == shelf || on_others)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// For sale in the marketplace.
    pub const FACT: Fact = Fact {
        maker: StoreId(1),
        published_at: Timestamp(1_000),
        price: Money(100),
        reward: Tokens(5),
        category: Category::Home,
        is_published: true,
        is_in_stock: true,
        is_offered: true,
        is_revoked: false,
        has_picture: true,
        ships_free: false,
    };

    #[test]
    fn rule_r8_a_makers_shelf_shows_all_and_others_what_they_can_sell() {
        let (own, other) = (StoreId(1), StoreId(2));
        let everywhere = |fact: Fact| [fact.shows_on(own), fact.shows_on(other)];
        assert_eq!(everywhere(FACT), [true, true]);
        let waiting = Fact {
            is_offered: false,
            ..FACT
        };
        assert_eq!(everywhere(waiting), [true, false]);
        let sold_out = Fact {
            is_in_stock: false,
            ..FACT
        };
        assert_eq!(everywhere(sold_out), [true, true]);
        let revoked = Fact {
            is_revoked: true,
            ..sold_out
        };
        assert_eq!(everywhere(revoked), [true, false]);
        let withdrawn = Fact {
            is_published: false,
            ..FACT
        };
        assert_eq!(everywhere(withdrawn), [false, false]);
    }
}
