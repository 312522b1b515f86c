use crate::{
    Category, Checker, Currency, FieldError, ListingId, Money, OfferCard, PictureId, ProductCard,
    ProductId, StoreView, Timestamp, VariantId, fold, limits, product_change::too_many,
    text_enum::text_enum,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Whether shoppers can see a product.
    ProductState {
        /// Only its maker sees it.
        Draft = "draft",
        /// On its maker's shelf.
        Published = "published",
        /// Taken off for good; past orders still name it.
        Archived = "archived",
    }
}

impl ProductState {
    /// The state's name on a screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            ProductState::Draft => "Draft",
            ProductState::Published => "Published",
            ProductState::Archived => "Archived",
        }
    }
}

/// A stored picture, in two sizes under `/pictures/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The picture.
    pub id: PictureId,
    /// Its random file key.
    pub key: String,
    /// What it shows, for people who do not see it.
    pub alt: String,
}

impl Picture {
    /// The address of the large size (at most 1200 px a side).
    #[must_use]
    pub fn large(&self) -> String {
        Picture::large_of(&self.key)
    }

    /// The address of the small size (at most 480 px a side).
    #[must_use]
    pub fn small(&self) -> String {
        Picture::small_of(&self.key)
    }

    pub(crate) fn large_of(key: &str) -> String {
        format!("/pictures/{key}-1200.jpg")
    }

    pub(crate) fn small_of(key: &str) -> String {
        format!("/pictures/{key}-480.jpg")
    }
}

/// What a maker types about a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureForm {
    /// What it shows, for people who do not see it; checked by the market.
    pub alt: String,
}

/// The address of a product on a shelf, opened at one of its variants.
#[must_use]
pub fn variant_address(store_slug: &str, product_slug: &str, variant: VariantId) -> String {
    format!("/s/{store_slug}/{product_slug}?variant={variant}")
}

/// One variant as shoppers and its maker see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantView {
    /// The variant.
    pub id: VariantId,
    /// Its name; empty when the product has just one.
    pub name: String,
    /// The maker's own article number.
    pub sku: String,
    /// What one unit costs.
    pub price: Money,
    /// Units that can be bought now, on hand less those on hold; no more than fit on one line of a cart, however many
    /// there are.
    pub available: i64,
}

/// A product on a store's shelf, as a shopper sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductPage {
    /// The product.
    pub product: ProductId,
    /// Its part of the web address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Plain text with line breaks.
    pub description: String,
    /// Its category.
    pub category: Category,
    /// The listing this page shows; what a cart line comes from. `None`: it can't be bought through this store now.
    pub listing: Option<ListingId>,
    /// The store whose shelf this is.
    pub store: StoreView,
    /// The store that makes and ships it.
    pub maker: StoreView,
    /// The variants in the maker's order.
    pub variants: Vec<VariantView>,
    /// The pictures in the maker's order.
    pub pictures: Vec<Picture>,
    /// No variant has a unit left: sold out on every shelf (R7).
    pub sold_out: bool,
    /// What the maker offers to other stores; only for store owners (R10).
    pub offer: Option<OfferCard>,
    /// It already stands on the viewer's own shelf.
    pub on_my_shelf: bool,
    /// The viewer made it.
    pub mine: bool,
    /// More from the same shelf, at most 4.
    pub more: Vec<ProductCard>,
}

impl ProductPage {
    /// The variant that the page opens with: the one that was asked for if it can be bought, else the cheapest that
    /// can, which is what a price "from" speaks of.
    #[must_use]
    pub fn opens_with(&self, asked: Option<VariantId>) -> usize {
        let can_be_bought = || {
            let all = self.variants.iter().enumerate();
            all.filter(|(_, variant)| variant.available > 0)
        };
        let named = can_be_bought().find(|(_, variant)| Some(variant.id) == asked);
        let cheapest = || can_be_bought().min_by_key(|(_, variant)| variant.price);
        named.or_else(cheapest).map_or(0, |(at, _)| at)
    }
}

/// What became of a product where it does not stand any more. Said only of what once stood there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotHere {
    /// The store's part of the web address.
    pub store_slug: String,
    /// The store whose shelf it stood on.
    pub store_name: String,
    /// Its maker's part of the web address.
    pub maker_slug: String,
    /// Its maker.
    pub maker_name: String,
    /// The product where its maker sells it; `None`: she does not sell it any more.
    pub card: Option<ProductCard>,
}

/// What an address of a product leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProductAt {
    /// The product stands there.
    Here(Box<ProductPage>),
    /// It does not any more.
    NotHere(Box<NotHere>),
}

/// One of a maker's products in her dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductRow {
    /// The product.
    pub id: ProductId,
    /// Its part of the web address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its category.
    pub category: Category,
    /// Whether shoppers can see it.
    pub state: ProductState,
    /// Its first picture.
    pub picture: Option<Picture>,
    /// The lowest price of its variants.
    pub price_from: Money,
    /// The highest price of its variants.
    pub price_to: Money,
    /// How many variants it has.
    pub variants: i64,
    /// Units on hand over all variants.
    pub on_hand: i64,
    /// Units that can be bought now.
    pub available: i64,
    /// Units ever sold and not cancelled.
    pub sold: i64,
    /// Its open offer.
    pub offer: Option<OfferCard>,
    /// How many other stores carry it.
    pub shelves: i64,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What a maker types about one variant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VariantForm {
    /// The variant's number when it already exists, else empty.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Her own article number.
    pub sku: String,
    /// What one unit costs, as typed.
    pub price: String,
    /// Units on hand, as typed; among what a page has shown, a [`StockShown`](crate::StockShown).
    pub stock: String,
    /// Anything: the variant is taken away (a checkbox).
    pub remove: String,
}

/// What a maker types about a product. A new variant's line that is left wholly empty is skipped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductForm {
    /// Its title.
    pub title: String,
    /// Its description.
    pub description: String,
    /// Its category's word.
    pub category: String,
    /// Its variants.
    pub variants: Vec<VariantForm>,
}

/// A checked [`ProductForm`].
#[derive(Clone, Debug)]
pub struct NewProduct {
    /// Its title.
    pub title: String,
    /// Its description.
    pub description: String,
    /// Its category.
    pub category: Category,
    /// Its variants, at least one.
    pub variants: Vec<NewVariant>,
}

/// A checked [`VariantForm`] of a variant to be made.
#[derive(Clone, Debug)]
pub struct NewVariant {
    /// What it had been known by, such as the number of what an import found.
    pub id: Option<VariantId>,
    /// Its name; empty only when it is the only one.
    pub name: String,
    /// The maker's own article number.
    pub sku: String,
    /// What one unit costs.
    pub price: Money,
    /// Units on hand.
    pub stock: i64,
}

/// A product as its maker edits it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductEdit {
    /// The product.
    pub id: ProductId,
    /// Its part of the web address.
    pub slug: String,
    /// Whether shoppers can see it.
    pub state: ProductState,
    /// What the form starts from.
    pub form: ProductForm,
    /// What the form sends back as what it has shown.
    pub shown: ProductForm,
    /// How it stands in the market, to be sent back by what takes it off or puts it up.
    pub standing: String,
    /// Its pictures in her order.
    pub pictures: Vec<Picture>,
    /// Its open offer.
    pub offer: Option<OfferCard>,
    /// How many other stores carry it.
    pub shelves: i64,
}

impl VariantForm {
    fn is_blank(&self) -> bool {
        [&self.name, &self.sku, &self.price, &self.stock]
            .iter()
            .all(|text| text.trim().is_empty())
    }

    /// Nothing is to be made of it: it is empty, or ticked to be taken away.
    pub(crate) fn is_left_out(&self) -> bool {
        self.is_blank() || !self.remove.is_empty()
    }
}

impl ProductForm {
    /// Checks every field.
    ///
    /// # Errors
    /// A sentence for each field that is wrong; a variant's fields are named `variants[0][price]`.
    pub fn validate(&self, currency: Currency) -> Result<NewProduct, Vec<FieldError>> {
        let mut check = Checker::new();
        let title = check.required(
            "title",
            &self.title,
            limits::TITLE,
            "Give the product a title.",
        );
        let description = check.prose("description", &self.description, limits::DESCRIPTION);
        let category = check
            .word("category", &self.category, "Choose a category.")
            .unwrap_or(Category::Home);
        let typed: Vec<_> = self
            .variants
            .iter()
            .enumerate()
            .filter(|(_, v)| !v.is_left_out())
            .collect();
        if typed.is_empty() {
            check.refuse("variants[0][price]", "Enter a price.");
        }
        if typed.len() > limits::VARIANTS {
            check.refuse("variants", too_many());
        }
        let only_one = typed.len() == 1;
        let mut variants: Vec<NewVariant> = Vec::with_capacity(typed.len());
        for (at, form) in typed.into_iter().take(limits::VARIANTS) {
            let field = |name: &str| format!("variants[{at}][{name}]");
            let id = if form.id.is_empty() {
                None
            } else {
                check.word(
                    &field("id"),
                    &form.id,
                    "Reload the page: this variant is no longer there.",
                )
            };
            let name = variant_name(&mut check, &field("name"), &form.name, only_one, &variants);
            variants.push(NewVariant {
                id,
                name,
                sku: check.optional(&field("sku"), &form.sku, limits::SKU),
                price: price(&mut check, &field("price"), &form.price, currency),
                stock: check.whole(&field("stock"), &form.stock, 0, limits::STOCK),
            });
        }
        check.finish(NewProduct {
            title,
            description,
            category,
            variants,
        })
    }
}

/// A variant's name, which tells it from those before it.
pub(crate) fn variant_name(
    check: &mut Checker,
    field: &str,
    text: &str,
    only_one: bool,
    before: &[NewVariant],
) -> String {
    let name = check.optional(field, text, limits::VARIANT);
    if name.is_empty() && !only_one {
        check.refuse(
            field,
            "Name this variant, so that shoppers can tell it from the others.",
        );
    }
    if before.iter().any(|v| fold(&v.name) == fold(&name)) && !name.is_empty() {
        check.refuse(field, "Another variant has this name.");
    }
    name
}

/// What one unit costs: more than nothing.
pub(crate) fn price(check: &mut Checker, field: &str, typed: &str, currency: Currency) -> Money {
    let price = Money::parse(typed, currency);
    if price == Ok(Money::ZERO) {
        check.refuse(field, "A price must be more than zero.");
    }
    check.amount(field, price)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variant(id: &str, name: &str, price: &str) -> VariantForm {
        VariantForm {
            id: id.to_owned(),
            name: name.to_owned(),
            price: price.to_owned(),
            stock: if price.is_empty() { "" } else { "3" }.to_owned(),
            ..VariantForm::default()
        }
    }

    fn product(variants: Vec<VariantForm>) -> ProductForm {
        ProductForm {
            title: "Mug".to_owned(),
            category: "kitchen".to_owned(),
            variants,
            ..ProductForm::default()
        }
    }

    #[test]
    fn a_new_variants_line_that_is_empty_or_ticked_is_left_out() {
        let ticked = VariantForm {
            remove: "true".to_owned(),
            ..variant("", "Large", "15")
        };
        let form = product(vec![
            variant("7", "Small", "12.50"),
            ticked,
            variant("", "", ""),
        ]);
        let read = form.validate(Currency::Usd).unwrap();
        assert_eq!(read.variants.len(), 1);
        assert_eq!(read.variants[0].id, Some(VariantId(7)));
    }

    #[test]
    fn mistakes_name_the_line_they_stand_on() {
        let form = product(vec![variant("", "Small", "12"), variant("", "small", "x")]);
        let fields = form.validate(Currency::Usd).unwrap_err();
        let fields = fields.iter().map(|e| e.field.as_str()).collect::<Vec<_>>();
        assert_eq!(fields, ["variants[1][name]", "variants[1][price]"]);
    }
}
