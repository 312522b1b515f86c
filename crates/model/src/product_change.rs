//! What a product's form asks over what its page has shown.

use crate::product::price;
use crate::{
    Category, Checker, Currency, FieldError, Money, NewVariant, ProductForm, VariantForm,
    VariantId, Wish, limits, same,
};

/// What a [`ProductForm`] asks of a product. A variant that it does not speak of stays as it is.
#[derive(Clone, Debug)]
pub struct ProductChange {
    /// Its title.
    pub title: Wish<String>,
    /// Its description.
    pub description: Wish<String>,
    /// Its category.
    pub category: Wish<Category>,
    /// What is asked about variants, each with the place of its line in the form.
    pub variants: Vec<(usize, VariantWish)>,
}

/// What one line of the form asks.
#[derive(Clone, Debug)]
pub enum VariantWish {
    /// A new variant.
    Add(NewVariant),
    /// Other words or figures for one that was shown.
    Change(VariantId, VariantChange),
    /// One that was shown like this is taken away.
    Remove(VariantId, VariantForm),
}

/// Other words or figures for a variant.
#[derive(Clone, Debug)]
pub struct VariantChange {
    /// Its name.
    pub name: Wish<String>,
    /// The maker's own article number.
    pub sku: Wish<String>,
    /// What one unit costs.
    pub price: Wish<Money>,
    /// Units on hand; `None`: they stay.
    pub stock: Option<StockWish>,
}

impl VariantChange {
    /// Nothing is asked.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        self.name.is_kept() && self.sku.is_kept() && self.price.is_kept() && self.stock.is_none()
    }
}

/// Other units on hand. Only the difference to what was shown is applied: units sold since stay sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StockWish {
    /// What was shown.
    pub shown: StockShown,
    /// As many as the maker wants there to be; never more than a variant can have.
    pub to: i64,
}

/// What a page has shown of a variant's stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StockShown {
    /// Units on hand. Sales change them too.
    pub on_hand: i64,
    /// Units ever put into stock. Only who corrects the stock changes them.
    pub received: i64,
}

impl std::fmt::Display for StockShown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", self.on_hand, self.received)
    }
}

impl std::str::FromStr for StockShown {
    type Err = NotStock;

    fn from_str(text: &str) -> Result<StockShown, NotStock> {
        let (on_hand, received) = text.split_once(" of ").ok_or(NotStock)?;
        let read = |text: &str, most| match text.parse::<i64>() {
            Ok(units) if (0..=most).contains(&units) => Ok(units),
            _ => Err(NotStock),
        };
        Ok(StockShown {
            on_hand: read(on_hand, limits::STOCK)?,
            received: read(received, limits::RECEIVED)?,
        })
    }
}

/// No page of ours shows such a stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a variant's stock")]
pub struct NotStock;

/// What is said when a line speaks of a variant that its page did not show.
const RELOAD: &str = "Reload the page: this variant is no longer as it was shown.";

impl ProductForm {
    /// What is asked over what the page has shown.
    ///
    /// # Errors
    /// A sentence for each changed field that is wrong, named as by [`ProductForm::validate`]. Whether all variants
    /// go together is known only beside those that the page has not shown.
    pub fn changes(
        &self,
        shown: &ProductForm,
        currency: Currency,
    ) -> Result<ProductChange, Vec<FieldError>> {
        let mut check = Checker::new();
        let title = Wish::of(&shown.title, &self.title, || {
            let ask = "Give the product a title.";
            check.required("title", &self.title, limits::TITLE, ask)
        });
        let description = Wish::of(&shown.description, &self.description, || {
            check.prose("description", &self.description, limits::DESCRIPTION)
        });
        let category = Wish::of(&shown.category, &self.category, || {
            check
                .word("category", &self.category, "Choose a category.")
                .unwrap_or(Category::Home)
        });
        if self.variants.len() > 2 * limits::VARIANTS {
            check.refuse("variants", too_many());
        }
        let mut variants = Vec::new();
        for (at, typed) in self.variants.iter().enumerate().take(2 * limits::VARIANTS) {
            let wish = if typed.id.is_empty() {
                added(&mut check, at, typed, currency)
            } else {
                let before = shown.variants.iter().find(|shown| shown.id == typed.id);
                asked(&mut check, at, typed, before, currency)
            };
            variants.extend(wish.map(|wish| (at, wish)));
        }
        check.finish(ProductChange {
            title,
            description,
            category,
            variants,
        })
    }
}

/// The sentence about more variants than a product can have.
#[must_use]
pub fn too_many() -> String {
    format!("A product can have up to {} variants.", limits::VARIANTS)
}

fn added(
    check: &mut Checker,
    at: usize,
    typed: &VariantForm,
    currency: Currency,
) -> Option<VariantWish> {
    if typed.is_left_out() {
        return None;
    }
    let field = |name: &str| format!("variants[{at}][{name}]");
    Some(VariantWish::Add(NewVariant {
        id: None,
        name: check.optional(&field("name"), &typed.name, limits::VARIANT),
        sku: check.optional(&field("sku"), &typed.sku, limits::SKU),
        price: price(check, &field("price"), &typed.price, currency),
        stock: check.whole(&field("stock"), &typed.stock, 0, limits::STOCK),
    }))
}

fn asked(
    check: &mut Checker,
    at: usize,
    typed: &VariantForm,
    shown: Option<&VariantForm>,
    currency: Currency,
) -> Option<VariantWish> {
    let field = |name: &str| format!("variants[{at}][{name}]");
    let known = shown.and_then(|shown| Some((shown, typed.id.parse::<VariantId>().ok()?)));
    let Some((shown, id)) = known else {
        check.refuse(field("name"), RELOAD);
        return None;
    };
    if !typed.remove.is_empty() {
        return Some(VariantWish::Remove(id, shown.clone()));
    }
    let change = VariantChange {
        name: Wish::of(&shown.name, &typed.name, || {
            check.optional(&field("name"), &typed.name, limits::VARIANT)
        }),
        sku: Wish::of(&shown.sku, &typed.sku, || {
            check.optional(&field("sku"), &typed.sku, limits::SKU)
        }),
        price: Wish::of(&shown.price, &typed.price, || {
            price(check, &field("price"), &typed.price, currency)
        }),
        stock: stock(check, &field("stock"), &typed.stock, &shown.stock),
    };
    (!change.is_kept()).then_some(VariantWish::Change(id, change))
}

fn stock(check: &mut Checker, field: &str, typed: &str, shown: &str) -> Option<StockWish> {
    let Ok(shown) = shown.parse::<StockShown>() else {
        check.refuse(field, RELOAD);
        return None;
    };
    if same(&shown.on_hand.to_string(), typed) {
        return None;
    }
    let to = check.whole(field, typed, 0, limits::STOCK);
    Some(StockWish { shown, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(variants: Vec<VariantForm>) -> ProductForm {
        ProductForm {
            title: "Mug".to_owned(),
            category: "kitchen".to_owned(),
            variants,
            ..ProductForm::default()
        }
    }

    fn variant(id: &str, stock: &str) -> VariantForm {
        VariantForm {
            id: id.to_owned(),
            price: "12.00".to_owned(),
            stock: stock.to_owned(),
            ..VariantForm::default()
        }
    }

    fn asked_of_stock(shown: &str, typed: &str) -> Result<Option<StockWish>, Vec<FieldError>> {
        let shown = form(vec![variant("7", shown)]);
        let change = form(vec![variant("7", typed)]).changes(&shown, Currency::Usd)?;
        Ok(match change.variants.as_slice() {
            [(0, VariantWish::Change(_, change))] => change.stock,
            _ => None,
        })
    }

    #[test]
    fn a_line_sent_back_unchanged_asks_nothing() {
        assert_eq!(asked_of_stock("3 of 9", "3"), Ok(None));
        let wish = asked_of_stock("3 of 9", "5").unwrap().unwrap();
        assert_eq!((wish.shown.on_hand, wish.to), (3, 5));
    }

    #[test]
    fn a_stock_that_no_page_shows_is_refused() {
        for shown in [
            "-9223372036854775790 of 9",
            "3 of -1",
            "1000001 of 9",
            "3",
            "",
            "3 of 99999999999999999999",
        ] {
            assert!(asked_of_stock(shown, "5").is_err(), "{shown}");
        }
    }

    #[test]
    fn an_emptied_line_is_a_mistake_and_no_wish_to_delete() {
        let shown = form(vec![variant("7", "3 of 9")]);
        let emptied = VariantForm {
            id: "7".to_owned(),
            ..VariantForm::default()
        };
        let wrong = form(vec![emptied]).changes(&shown, Currency::Usd);
        assert_eq!(wrong.unwrap_err()[0].field, "variants[0][price]");
    }
}
