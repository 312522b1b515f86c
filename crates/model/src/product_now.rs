//! How a product stands at a moment, as open pages are told.

use crate::{Money, ProductId, VariantId};
use std::fmt;
use std::str::FromStr;

/// How a product stands at a moment, as far as everybody may know. It is told as one line of text:
/// `7 po 12:2800:3,13:900:0` is product 7, published and offered, with two variants, each with its number, its price and
/// how many are left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductNow {
    /// The product.
    pub product: ProductId,
    /// Shoppers can see it somewhere.
    pub is_published: bool,
    /// Other stores can sell it.
    pub is_offered: bool,
    /// What it comes in.
    pub variants: Vec<VariantNow>,
}

/// How a variant stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VariantNow {
    /// The variant.
    pub id: VariantId,
    /// Its price.
    pub price: Money,
    /// Units that can be bought; of plenty only that there is plenty.
    pub left: i64,
}

impl ProductNow {
    /// A variant, if there still is one.
    #[must_use]
    pub fn variant(&self, id: VariantId) -> Option<VariantNow> {
        self.variants
            .iter()
            .copied()
            .find(|variant| variant.id == id)
    }

    /// No unit is left (R7).
    #[must_use]
    pub fn is_sold_out(&self) -> bool {
        self.variants.iter().all(|variant| variant.left <= 0)
    }

    /// The lowest and the highest price, of what can be bought if there is something.
    #[must_use]
    pub fn prices(&self) -> Option<(Money, Money)> {
        let is_sold_out = self.is_sold_out();
        let shown = self
            .variants
            .iter()
            .filter(|variant| is_sold_out || variant.left > 0);
        let prices = shown.map(|variant| variant.price);
        Some((prices.clone().min()?, prices.max()?))
    }
}

impl fmt::Display for ProductNow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let published = if self.is_published { "p" } else { "" };
        let offered = if self.is_offered { "o" } else { "" };
        write!(f, "{} {published}{offered} ", self.product)?;
        for (at, variant) in self.variants.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            write!(
                f,
                "{comma}{}:{}:{}",
                variant.id, variant.price.0, variant.left
            )?;
        }
        Ok(())
    }
}

/// A line that tells of no product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotTold;

impl FromStr for ProductNow {
    type Err = NotTold;

    fn from_str(line: &str) -> Result<ProductNow, NotTold> {
        let mut words = line.split(' ');
        let mut word = || words.next().ok_or(NotTold);
        let product = word()?.parse().map_err(|_| NotTold)?;
        let flags = word()?;
        let variants = word()?.split(',').filter(|variant| !variant.is_empty());
        let variants = variants.map(variant).collect::<Result<_, _>>()?;
        Ok(ProductNow {
            product,
            is_published: flags.contains('p'),
            is_offered: flags.contains('o'),
            variants,
        })
    }
}

fn variant(text: &str) -> Result<VariantNow, NotTold> {
    let mut numbers = text.split(':');
    let mut number = || numbers.next().ok_or(NotTold);
    Ok(VariantNow {
        id: number()?.parse().map_err(|_| NotTold)?,
        price: Money(number()?.parse().map_err(|_| NotTold)?),
        left: number()?.parse().map_err(|_| NotTold)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> ProductNow {
        line.parse().unwrap()
    }

    #[test]
    fn a_line_tells_of_a_product() {
        for line in ["7 po 12:2800:3,13:900:0", "7 p 12:2800:0", "7  "] {
            assert_eq!(told(line).to_string(), line);
        }
        for line in ["", "7", "7 po", "x po 1:2:3", "7 po 1:2", "7 po 1:a:3"] {
            assert_eq!(line.parse::<ProductNow>(), Err(NotTold), "{line}");
        }
    }

    #[test]
    fn prices_are_those_of_what_is_left() {
        let price = |from, to| Some((Money(from), Money(to)));
        assert_eq!(
            told("7 p 1:100:0,2:300:1,3:200:4").prices(),
            price(200, 300)
        );
        assert_eq!(told("7 p 1:100:0,2:300:0").prices(), price(100, 300));
        assert_eq!(told("7 p ").prices(), None);
        assert!(told("7 p 1:100:0").is_sold_out());
    }
}
