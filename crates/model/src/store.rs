use crate::{
    Accent, Category, Checker, Currency, FieldError, Money, Page, ProductCard, StoreId, Timestamp,
    Tokens, Wish, limits, same, slugify,
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

/// What somebody should know before she opens a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningFacts {
    /// Where the addresses of stores begin: `https://market.example/s/`.
    pub address: String,
    /// Tokens a new store is given.
    pub grant: Tokens,
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
    /// `true` when parcels ship for nothing (a checkbox): that is said, and never taken from silence.
    pub ships_free: String,
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
        let accent = accent(&mut check, &self.accent);
        let shipping = shipping(&mut check, &self.shipping, &self.ships_free, currency);
        let free_shipping_from = free_from(&mut check, &self.free_shipping_from, currency);
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

/// What a [`StoreForm`] asks of a store that is open.
#[derive(Clone, Debug)]
pub struct StoreChange {
    /// The store's name.
    pub name: Wish<String>,
    /// Its one-line promise.
    pub tagline: Wish<String>,
    /// Its own story.
    pub about: Wish<String>,
    /// Its colour.
    pub accent: Wish<Accent>,
    /// Shipping for one parcel.
    pub shipping: Wish<Money>,
    /// Parcels of at least this much ship for nothing.
    pub free_shipping_from: Wish<Option<Money>>,
}

impl StoreForm {
    /// What is asked over what the page has shown. The web address stays: others have linked to it.
    ///
    /// # Errors
    /// A sentence for each changed field that is wrong.
    pub fn changes(
        &self,
        shown: &StoreForm,
        currency: Currency,
    ) -> Result<StoreChange, Vec<FieldError>> {
        let mut check = Checker::new();
        let change = StoreChange {
            name: Wish::of(&shown.name, &self.name, || {
                check.required("name", &self.name, limits::NAME, "Give your store a name.")
            }),
            tagline: Wish::of(&shown.tagline, &self.tagline, || {
                check.optional("tagline", &self.tagline, limits::TAGLINE)
            }),
            about: Wish::of(&shown.about, &self.about, || {
                check.prose("about", &self.about, limits::ABOUT)
            }),
            accent: Wish::of(&shown.accent, &self.accent, || {
                accent(&mut check, &self.accent)
            }),
            shipping: {
                // The tick says in another way what an empty field means, so both are read together.
                let as_shown = same(&shown.shipping, &self.shipping)
                    && same(&shown.ships_free, &self.ships_free);
                let cost = (!as_shown)
                    .then(|| shipping(&mut check, &self.shipping, &self.ships_free, currency));
                Wish::of(&shown.shipping, &self.shipping, || cost.unwrap_or_default())
            },
            free_shipping_from: Wish::of(
                &shown.free_shipping_from,
                &self.free_shipping_from,
                || free_from(&mut check, &self.free_shipping_from, currency),
            ),
        };
        check.finish(change)
    }
}

fn accent(check: &mut Checker, typed: &str) -> Accent {
    if typed.is_empty() {
        return Accent::Indigo;
    }
    check
        .word("accent", typed, "Choose one of the colours.")
        .unwrap_or(Accent::Indigo)
}

/// That it costs nothing is said by a tick, not by leaving the field empty.
fn shipping(check: &mut Checker, typed: &str, ships_free: &str, currency: Currency) -> Money {
    let ships_free = !ships_free.is_empty();
    if typed.trim().is_empty() {
        if !ships_free {
            check.refuse(
                "shipping",
                "Enter what sending a parcel costs, or tick that you ship for free.",
            );
        }
        return Money::ZERO;
    }
    let shipping = check.amount("shipping", Money::parse(typed, currency));
    if ships_free && shipping > Money::ZERO {
        check.refuse(
            "shipping",
            "You ticked that you ship for free: leave this empty, or take the tick away.",
        );
    }
    shipping
}

fn free_from(check: &mut Checker, typed: &str, currency: Currency) -> Option<Money> {
    (!typed.trim().is_empty())
        .then(|| check.amount("free_shipping_from", Money::parse(typed, currency)))
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
            shipping: match store.shipping {
                Money::ZERO => String::new(),
                shipping => shipping.typed(currency),
            },
            ships_free: match store.shipping {
                Money::ZERO => "true".to_owned(),
                _ => String::new(),
            },
            free_shipping_from: store
                .free_shipping_from
                .map(|m| m.typed(currency))
                .unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parcels_ship_for_nothing_only_when_that_is_said() {
        let shipping = |shipping: &str, ships_free: &str| {
            let form = StoreForm {
                name: "Kiln & Clay".into(),
                shipping: shipping.into(),
                ships_free: ships_free.into(),
                ..StoreForm::default()
            };
            let store = form.validate(Currency::Usd);
            store
                .map(|store| store.shipping)
                .map_err(|wrong| wrong[0].field.clone())
        };
        assert_eq!(shipping("", "true"), Ok(Money::ZERO));
        assert_eq!(shipping("0", ""), Ok(Money::ZERO));
        assert_eq!(shipping("4.00", ""), Ok(Money(400)));
        assert_eq!(shipping("", ""), Err("shipping".to_owned()));
        assert_eq!(shipping("4.00", "true"), Err("shipping".to_owned()));
    }
}
