use crate::{
    CartLineId, Currency, ListingId, Money, Picture, ProductId, StoreId, Timestamp, VariantId, are,
    counted, limits,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A shopper's cart, grouped by the maker who will ship (C1, C6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartView {
    /// One group for each maker, in the order they first came into the cart.
    pub groups: Vec<CartStoreGroup>,
    /// Units over all lines.
    pub units: i64,
    /// What the goods cost.
    pub items: Money,
    /// What shipping costs, over all parcels.
    pub shipping: Money,
    /// Goods and shipping.
    pub total: Money,
    /// All that was shown, in short: a checkout sends it back, so that what was seen is what is bought.
    pub seen: String,
}

impl CartView {
    /// Every line can be bought as it stands.
    #[must_use]
    pub fn can_check_out(&self) -> bool {
        self.units > 0
            && self
                .groups
                .iter()
                .all(|g| g.lines.iter().all(|l| l.problem.is_none()))
    }
}

/// One maker's part of a cart: one parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartStoreGroup {
    /// The maker.
    pub maker: StoreId,
    /// The maker's part of the web address.
    pub maker_slug: String,
    /// What the maker is called in this cart.
    pub maker_name: String,
    /// The lines she will ship.
    pub lines: Vec<CartLineView>,
    /// What the parcel's goods cost.
    pub items: Money,
    /// What the parcel's shipping costs.
    pub shipping: Money,
    /// The amount from which shipping would be free, when it is not yet.
    pub free_shipping_from: Option<Money>,
}

/// One line of a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLineView {
    /// The line.
    pub id: CartLineId,
    /// The listing it came from.
    pub listing: ListingId,
    /// The product.
    pub product: ProductId,
    /// The variant.
    pub variant: VariantId,
    /// The product's title.
    pub title: String,
    /// The variant's name; empty when the product has just one.
    pub variant_name: String,
    /// The product's first picture.
    pub picture: Option<Picture>,
    /// The address of the product on the shelf it came from.
    pub href: String,
    /// The store whose shelf it came from.
    pub seller: StoreId,
    /// Its part of the web address.
    pub seller_slug: String,
    /// What it is called in this cart: its name, and its web address, too, where that could be taken for another's.
    pub seller_name: String,
    /// What one unit costs now.
    pub price: Money,
    /// What it cost where it was put in, when that was another price.
    pub was: Option<Money>,
    /// Units wanted.
    pub units: i64,
    /// Units times price.
    pub total: Money,
    /// Units that could be bought now.
    pub available: i64,
    /// Why it can't be bought as it stands.
    pub problem: Option<CartProblem>,
}

impl CartLineView {
    /// The most units a shopper may ask for now.
    #[must_use]
    pub fn most(&self) -> i64 {
        self.available.clamp(1, limits::CART_UNITS)
    }
}

/// Why a cart line can't be bought as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CartProblem {
    /// No unit is left (R7).
    SoldOut,
    /// Fewer units are left than wanted, all lines of the variant taken together (C2).
    Short {
        /// Units left.
        left: i64,
        /// Units of it on other lines of this cart.
        elsewhere: i64,
    },
    /// Its maker took the product off the market.
    Withdrawn,
}

impl CartProblem {
    /// The sentence a shopper sees.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            CartProblem::SoldOut => "Sold out. Remove it to check out.".to_owned(),
            CartProblem::Short { left, elsewhere: 0 } => {
                let are = are(left);
                format!("Only {left} {are} left. Lower the quantity to check out.")
            }
            CartProblem::Short { left, elsewhere } => {
                let (are, others) = (are(left), counted(elsewhere, "more", "more"));
                format!(
                    "Only {left} {are} left in all, and your cart has {others} of it on another line. Lower or remove one to check out."
                )
            }
            CartProblem::Withdrawn => "No longer sold. Remove it to check out.".to_owned(),
        }
    }
}

/// What a shopper saw of a line, or would see now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Units.
    pub units: i64,
    /// The price of one.
    pub price: Money,
}

/// What the cart's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartPageView {
    /// The cart.
    pub cart: CartView,
    /// What was taken out of it just now, with its name, if there is one to say.
    pub removed: Option<(RemovedLine, Option<String>)>,
}

/// A line that was taken out of a cart: what it takes to put it back where it stood. Written out it is a word of an
/// address, `12-34-2-56`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedLine {
    /// The listing it came from.
    pub listing: ListingId,
    /// The variant.
    pub variant: VariantId,
    /// Units that were wanted.
    pub units: i64,
    /// Since when: its place in the cart.
    pub since: Timestamp,
}

impl RemovedLine {
    /// Reads what an address says was removed.
    #[must_use]
    pub fn read(text: &str) -> Option<RemovedLine> {
        let mut parts = text.split('-');
        let line = RemovedLine {
            listing: parts.next()?.parse().ok()?,
            variant: parts.next()?.parse().ok()?,
            units: parts.next()?.parse().ok()?,
            since: Timestamp(parts.next()?.parse().ok()?),
        };
        parts.next().is_none().then_some(line)
    }
}

impl fmt::Display for RemovedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RemovedLine {
            listing,
            variant,
            units,
            since,
        } = self;
        write!(f, "{listing}-{variant}-{units}-{}", since.0)
    }
}

/// Something that is not as a shopper saw it when she pressed pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CartChange {
    /// A line came, went, or has other units or another price.
    Line {
        /// What it is of.
        title: String,
        /// As she saw it; `None`: it was not there.
        was: Option<Seen>,
        /// As it is; `None`: it is gone.
        now: Option<Seen>,
    },
    /// It has another name, or another store sells or makes it.
    Words {
        /// What it is called now.
        title: String,
    },
    /// A maker's parcel costs something else to ship.
    Shipping {
        /// The maker.
        maker: String,
        /// As she saw it.
        was: Money,
        /// As it is.
        now: Money,
    },
}

impl CartChange {
    /// What it is about, what she saw, and what is now.
    #[must_use]
    pub fn side_by_side(&self, currency: Currency) -> [String; 3] {
        let line = |seen: &Option<Seen>| match seen {
            None => "Not in your cart".to_owned(),
            Some(Seen { units, price }) => format!("{units} × {}", price.show(currency)),
        };
        match self {
            CartChange::Line { title, was, now } => [title.clone(), line(was), line(now)],
            CartChange::Words { title } => [
                title.clone(),
                "Another name or another store".to_owned(),
                "As it stands in your order".to_owned(),
            ],
            CartChange::Shipping { maker, was, now } => [
                format!("Shipping from {maker}"),
                was.show(currency),
                now.show(currency),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_line_says_what_lies_on_others() {
        let said = |left, elsewhere| CartProblem::Short { left, elsewhere }.sentence();
        assert!(said(1, 0).starts_with("Only 1 is left."));
        assert!(said(3, 0).starts_with("Only 3 are left."));
        assert!(said(3, 2).contains("your cart has 2 more of it on another line"));
    }

    #[test]
    fn a_removed_line_survives_the_address() {
        let line = RemovedLine {
            listing: ListingId(12),
            variant: VariantId(34),
            units: 2,
            since: Timestamp(56),
        };
        assert_eq!(line.to_string(), "12-34-2-56");
        assert_eq!(RemovedLine::read("12-34-2-56"), Some(line));
        for nonsense in ["", "1-2", "1-2-3", "1-2-3-4-5", "a-b-c-d"] {
            assert_eq!(RemovedLine::read(nonsense), None);
        }
    }
}
