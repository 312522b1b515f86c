use crate::{
    Accent, Category, Checker, Currency, FieldError, Money, Page, ProductCard, StoreId, Timestamp,
    Tokens, limits, slugify,
};
use serde::{Deserialize, Serialize};

/// A store's owner's own badge in the header and dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreBadge {
    /// The store.
    pub id: StoreId,
    /// Its part of the web address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub accent: Accent,
    /// Tokens in its wallet.
    pub wallet: Tokens,
}

/// A store as anybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreView {
    /// The store.
    pub id: StoreId,
    /// Its part of the web address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its one-line promise.
    pub tagline: String,
    /// Its own story, plain text with line breaks.
    pub about: String,
    /// Its colour.
    pub accent: Accent,
    /// Shipping for one parcel.
    pub shipping: Money,
    /// Parcels of at least this much ship for nothing.
    pub free_shipping_from: Option<Money>,
    /// When it opened.
    pub opened_at: Timestamp,
}

/// A store's public page: its shelf, its own products and those it carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorePage {
    /// The store.
    pub store: StoreView,
    /// The shelf, newest first. What is sold out stays on it, marked (R7); what other makers no longer offer is hidden
    /// (R3, R8).
    pub shelf: Page<ProductCard>,
    /// The categories on the shelf, for the filter.
    pub categories: Vec<Category>,
    /// How many of the products are the store's own.
    pub own_products: i64,
    /// How many other makers stand on the shelf.
    pub makers_carried: i64,
}

/// What a person types to open a store or change its settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StoreForm {
    /// The store's name.
    pub name: String,
    /// Its part of the web address; made from the name when left empty. Fixed once the store is open.
    pub slug: String,
    /// Its one-line promise.
    pub tagline: String,
    /// Its own story.
    pub about: String,
    /// Its colour's word.
    pub accent: String,
    /// Shipping for one parcel, as typed.
    pub shipping: String,
    /// The amount from which shipping is free, as typed; may be empty.
    pub free_shipping_from: String,
}

/// A checked [`StoreForm`].
#[derive(Clone, Debug)]
pub struct NewStore {
    /// The store's name.
    pub name: String,
    /// Letters, digits and hyphens.
    pub slug: String,
    /// Its one-line promise.
    pub tagline: String,
    /// Its own story.
    pub about: String,
    /// Its colour.
    pub accent: Accent,
    /// Shipping for one parcel.
    pub shipping: Money,
    /// Parcels of at least this much ship for nothing.
    pub free_shipping_from: Option<Money>,
}

impl StoreForm {
    /// Checks every field.
    ///
    /// # Errors
    /// A sentence for each field that is wrong.
    pub fn validate(&self, currency: Currency) -> Result<NewStore, Vec<FieldError>> {
        let mut check = Checker::new();
        let name = check.required("name", &self.name, limits::NAME, "Give your store a name.");
        let typed_slug = check.optional("slug", &self.slug, limits::SLUG);
        let slug = slugify(if typed_slug.is_empty() {
            &name
        } else {
            &typed_slug
        });
        if slug.len() < 2 && !name.is_empty() {
            check.refuse(
                "slug",
                "Choose a web address of at least two letters or figures.",
            );
        }
        let tagline = check.optional("tagline", &self.tagline, limits::TAGLINE);
        let about = check.prose("about", &self.about, limits::ABOUT);
        let accent = if self.accent.is_empty() {
            Accent::Indigo
        } else {
            check
                .word("accent", &self.accent, "Choose one of the colours.")
                .unwrap_or(Accent::Indigo)
        };
        let shipping = if self.shipping.trim().is_empty() {
            Money::ZERO
        } else {
            check.amount("shipping", Money::parse(&self.shipping, currency))
        };
        let free_shipping_from = (!self.free_shipping_from.trim().is_empty()).then(|| {
            check.amount(
                "free_shipping_from",
                Money::parse(&self.free_shipping_from, currency),
            )
        });
        check.finish(NewStore {
            name,
            slug,
            tagline,
            about,
            accent,
            shipping,
            free_shipping_from,
        })
    }
}

impl From<(&StoreView, Currency)> for StoreForm {
    /// The form that would make this store: for the settings page.
    fn from((store, currency): (&StoreView, Currency)) -> StoreForm {
        StoreForm {
            name: store.name.clone(),
            slug: store.slug.clone(),
            tagline: store.tagline.clone(),
            about: store.about.clone(),
            accent: store.accent.to_string(),
            shipping: store.shipping.typed(currency),
            free_shipping_from: store
                .free_shipping_from
                .map(|m| m.typed(currency))
                .unwrap_or_default(),
        }
    }
}
