use crate::{
    Category, Checker, Currency, FieldError, ListingId, Money, OfferCard, PictureId, ProductCard,
    ProductId, StoreView, Timestamp, VariantId, fold, limits, text_enum::text_enum,
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
    /// Units that can be bought now: on hand less those on hold.
    pub available: i64,
    /// Units on hand, held ones included.
    pub on_hand: i64,
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
    /// Units on hand, as typed.
    pub stock: String,
    /// Units on hand when the page was shown: a sale in between is then not overwritten.
    pub seen_stock: String,
}

/// What a maker types about a product. A variant line left wholly empty is skipped:
/// it is not added, or taken away.
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

/// A checked [`VariantForm`].
#[derive(Clone, Debug)]
pub struct NewVariant {
    /// The variant to change, or `None` for a new one.
    pub id: Option<VariantId>,
    /// Its name; empty only when it is the only one.
    pub name: String,
    /// The maker's own article number.
    pub sku: String,
    /// What one unit costs.
    pub price: Money,
    /// Units on hand, as the maker wants them.
    pub stock: i64,
    /// Units on hand when she looked; only the difference is applied. `None` for a new variant.
    pub seen_stock: Option<i64>,
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
            .filter(|(_, v)| !v.is_blank())
            .collect();
        if typed.is_empty() {
            check.refuse("variants[0][price]", "Enter a price.");
        }
        if typed.len() > limits::VARIANTS {
            check.refuse(
                "variants",
                format!("A product can have up to {} variants.", limits::VARIANTS),
            );
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
            let name = check.optional(&field("name"), &form.name, limits::VARIANT);
            if name.is_empty() && !only_one {
                check.refuse(
                    field("name"),
                    "Name this variant, so that shoppers can tell it from the others.",
                );
            }
            if variants.iter().any(|v| fold(&v.name) == fold(&name)) && !name.is_empty() {
                check.refuse(field("name"), "Another variant has this name.");
            }
            let sku = check.optional(&field("sku"), &form.sku, limits::SKU);
            let price = Money::parse(&form.price, currency);
            if price == Ok(Money::ZERO) {
                check.refuse(field("price"), "A price must be more than zero.");
            }
            let price = check.amount(&field("price"), price);
            let stock = check.whole(&field("stock"), &form.stock, 0, limits::STOCK);
            let seen_stock = id.and_then(|_| form.seen_stock.parse().ok());
            variants.push(NewVariant {
                id,
                name,
                sku,
                price,
                stock,
                seen_stock,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn variant(id: &str, name: &str, price: &str) -> VariantForm {
        VariantForm {
            id: id.to_owned(),
            name: name.to_owned(),
            price: price.to_owned(),
            stock: if price.is_empty() { "" } else { "3" }.to_owned(),
            seen_stock: if id.is_empty() { "" } else { "4" }.to_owned(),
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
    fn an_emptied_variant_line_is_left_out_even_when_it_was_saved_before() {
        let form = product(vec![
            variant("7", "Small", "12.50"),
            variant("8", "", ""),
            variant("", "", ""),
        ]);
        let read = form.validate(Currency::Usd).unwrap();
        assert_eq!(read.variants.len(), 1);
        assert_eq!(
            (read.variants[0].id, read.variants[0].seen_stock),
            (Some(VariantId(7)), Some(4))
        );
    }

    #[test]
    fn mistakes_name_the_line_they_stand_on() {
        let form = product(vec![variant("", "Small", "12"), variant("", "small", "x")]);
        let fields = form.validate(Currency::Usd).unwrap_err();
        let fields = fields.iter().map(|e| e.field.as_str()).collect::<Vec<_>>();
        assert_eq!(fields, ["variants[1][name]", "variants[1][price]"]);
    }
}
