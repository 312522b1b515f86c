use crate::{
    Accent, Category, Facets, ListingId, Money, OfferCard, Page, PageRequest, Picture, PriceBand,
    ProductId, RewardStep, text_enum::text_enum,
};
use serde::{Deserialize, Serialize};

text_enum! {
    /// The marketplace's order.
    MarketSort {
        /// What fits the words best first; where there are none, the latest.
        Best = "best",
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
            MarketSort::Best => "Best match",
            MarketSort::Newest => "Newest",
            MarketSort::PriceUp => "Price, low to high",
            MarketSort::PriceDown => "Price, high to low",
            MarketSort::Reward => "Reward, high to low",
        }
    }
}

/// What to look for: without words in the marketplace, which holds what other stores can put on their shelves; with
/// words among all that can be bought.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MarketFilters {
    /// Words in a title, description or maker's name.
    pub search: String,
    /// Only this category.
    pub category: Option<Category>,
    /// Only what costs so much.
    pub price: Option<PriceBand>,
    /// Only what is sent without a charge.
    pub ships_free: bool,
    /// Only what other stores can put on their shelves; for store owners only (R10).
    pub offered: bool,
    /// Only what pays another store at least so much for a unit; for store owners only (R10).
    pub reward: Option<RewardStep>,
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
            price: None,
            ships_free: false,
            offered: false,
            reward: None,
            sort: MarketSort::Newest,
            page: PageRequest::FIRST,
        }
    }
}

impl MarketFilters {
    /// Whether there are words to look for.
    #[must_use]
    pub fn has_words(&self) -> bool {
        !self.search.trim().is_empty()
    }

    /// Whether it leaves anything out beside what words do.
    #[must_use]
    pub fn narrows(&self) -> bool {
        self.category.is_some()
            || self.price.is_some()
            || self.ships_free
            || self.offered
            || self.reward.is_some()
    }

    /// The order that is meant when none is said.
    #[must_use]
    pub fn usual_sort(search: &str) -> MarketSort {
        match search.trim().is_empty() {
            true => MarketSort::Newest,
            false => MarketSort::Best,
        }
    }
}

/// One page of the marketplace, or of what is found by words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketPage {
    /// The products found.
    pub products: Page<ProductCard>,
    /// How many more or fewer another filter would find.
    pub facets: Facets,
    /// What came of the words.
    pub words: Words,
}

/// What came of the words of a search.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// How well they were looked up.
    pub looked_up: LookedUp,
    /// Words that stand nowhere.
    pub corrected: Vec<Corrected>,
    /// Stores that are called so.
    pub stores: Vec<StoreName>,
    /// Categories that are called so.
    pub categories: Vec<Category>,
}

/// How well words were looked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LookedUp {
    /// In all products, as well as can be.
    #[default]
    Well,
    /// There was no time to look at all products.
    InPart,
    /// As they are written only: what knows their endings and mistakes is not at hand.
    AsWritten,
}

/// A word that stands nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// As it was typed.
    pub typed: String,
    /// The word that was looked for instead; `None` when it was left out, since there is none like it.
    pub taken: Option<String>,
}

/// A store by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreName {
    /// Its part of the web address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub accent: Accent,
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
