use crate::{
    Accent, Category, ListingId, Money, OfferCard, Page, PageRequest, Picture, ProductId,
    text_enum::text_enum,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// The marketplace's order.
    MarketSort {
        /// The latest published first.
        Newest = "newest",
        /// The cheapest first.
        PriceUp = "price",
        /// The dearest first.
        PriceDown = "price-down",
        /// The highest reward first; for store owners only.
        Reward = "reward",
    }
}

impl MarketSort {
    /// The order's name on a screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            MarketSort::Newest => "Newest",
            MarketSort::PriceUp => "Price, low to high",
            MarketSort::PriceDown => "Price, high to low",
            MarketSort::Reward => "Reward, high to low",
        }
    }
}

/// What to look for in the marketplace.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MarketFilters {
    /// Words in a title, description or maker's name; empty finds everything.
    pub search: String,
    /// Only this category.
    pub category: Option<Category>,
    /// The order.
    pub sort: MarketSort,
    /// Which page.
    pub page: PageRequest,
}

impl Default for MarketFilters {
    fn default() -> Self {
        MarketFilters {
            search: String::new(),
            category: None,
            sort: MarketSort::Newest,
            page: PageRequest::FIRST,
        }
    }
}

/// One page of the marketplace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketPage {
    /// The products found.
    pub products: Page<ProductCard>,
    /// How many products each category holds for this search, categories without any left out.
    pub categories: Vec<(Category, i64)>,
}

/// What the front page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    /// The latest products.
    pub newest: Vec<ProductCard>,
    /// A few more, for the shelf at the top.
    pub window: Vec<ProductCard>,
    /// The marketplace's categories and how many products each holds.
    pub categories: Vec<(Category, i64)>,
    /// The stores with most on their shelf.
    pub stores: Vec<StoreCard>,
}

/// A product as it shows in a grid: in the marketplace, on a shelf, beside another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCard {
    /// The product.
    pub product: ProductId,
    /// The listing it is shown from, if it stands on a shelf.
    pub listing: Option<ListingId>,
    /// The product's part of the web address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The store whose shelf it is shown on: its part of the web address. The maker's in the marketplace.
    pub store_slug: String,
    /// The maker's part of the web address.
    pub maker_slug: String,
    /// The maker's name; always shown.
    pub maker_name: String,
    /// Its category.
    pub category: Category,
    /// The lowest price of its variants.
    pub price_from: Money,
    /// The highest price of its variants.
    pub price_to: Money,
    /// Its first picture.
    pub picture: Option<Picture>,
    /// No unit is left (R7).
    pub sold_out: bool,
    /// Its open offer; only for store owners (R10).
    pub offer: Option<OfferCard>,
    /// It stands on the viewer's own shelf.
    pub on_my_shelf: bool,
    /// The viewer made it.
    pub mine: bool,
}

impl ProductCard {
    /// The product's address on the shelf it is shown on.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/s/{}/{}", self.store_slug, self.slug)
    }
}

/// A store as it shows in a grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreCard {
    /// Its part of the web address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its one-line promise.
    pub tagline: String,
    /// Its colour.
    pub accent: Accent,
    /// How many products stand on its shelf.
    pub products: i64,
    /// Up to three pictures from its shelf.
    pub pictures: Vec<Picture>,
}
