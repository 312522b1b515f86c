//! The demo's stores and products, as written in `server/demo/*.toml`.

use model::{Currency, Money, OfferTerms, ProductForm, SignUpForm, StoreForm, VariantForm};
use serde::Deserialize;

/// One file per store. A test compares this list with the folder.
const FILES: &[(&str, &str)] = &[
    (
        "cairn-and-creek",
        include_str!("../../demo/cairn-and-creek.toml"),
    ),
    ("corner-books", include_str!("../../demo/corner-books.toml")),
    (
        "fern-and-fallow",
        include_str!("../../demo/fern-and-fallow.toml"),
    ),
    (
        "hollis-and-daughter",
        include_str!("../../demo/hollis-and-daughter.toml"),
    ),
    (
        "kiln-and-clay",
        include_str!("../../demo/kiln-and-clay.toml"),
    ),
    ("larder-nine", include_str!("../../demo/larder-nine.toml")),
    ("loom-street", include_str!("../../demo/loom-street.toml")),
    ("low-lamp", include_str!("../../demo/low-lamp.toml")),
    (
        "mill-lane-weekly",
        include_str!("../../demo/mill-lane-weekly.toml"),
    ),
    ("pocket-elk", include_str!("../../demo/pocket-elk.toml")),
    (
        "saltmarsh-soap",
        include_str!("../../demo/saltmarsh-soap.toml"),
    ),
    ("second-proof", include_str!("../../demo/second-proof.toml")),
    (
        "slow-tram-coffee",
        include_str!("../../demo/slow-tram-coffee.toml"),
    ),
    (
        "the-long-kitchen",
        include_str!("../../demo/the-long-kitchen.toml"),
    ),
];

/// Everything the demo consists of before anything happens.
pub struct Content {
    pub stores: Vec<StoreFile>,
}

/// One file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoreFile {
    pub store: Store,
    #[serde(rename = "product")]
    pub products: Vec<Product>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Store {
    pub name: String,
    pub slug: String,
    pub owner: String,
    pub email: String,
    pub tagline: String,
    pub about: String,
    pub accent: String,
    pub shipping: Money,
    #[serde(default)]
    pub free_shipping_from: Option<Money>,
    /// Products of other stores, by slug.
    pub shelf: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    pub slug: String,
    pub title: String,
    pub category: String,
    pub description: String,
    pub pictures: Vec<PictureOf>,
    #[serde(default)]
    pub offer: Option<OfferTerms>,
    #[serde(rename = "variant")]
    pub variants: Vec<Variant>,
}

/// A picture to compose: an object by code point, before a named backdrop.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureOf {
    pub emoji: String,
    pub backdrop: String,
    pub alt: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    pub name: String,
    pub sku: String,
    pub price: Money,
    pub stock: i64,
}

/// A file that is not what it should be.
#[derive(Debug, thiserror::Error)]
#[error("demo/{file}.toml: {what}")]
pub struct Error {
    file: &'static str,
    what: String,
}

impl Content {
    pub fn read() -> Result<Self, Error> {
        let parse = |(file, text): &(&'static str, &str)| {
            toml::from_str(text).map_err(|error| Error {
                file,
                what: error.to_string(),
            })
        };
        Ok(Self {
            stores: FILES.iter().map(parse).collect::<Result<_, _>>()?,
        })
    }
}

impl Store {
    /// What its owner typed to get an account.
    pub fn sign_up(&self) -> SignUpForm {
        SignUpForm {
            name: self.owner.clone(),
            email: self.email.clone(),
            password: super::PASSWORD.to_owned(),
        }
    }

    /// What its owner typed to open it.
    pub fn form(&self, currency: Currency) -> StoreForm {
        StoreForm {
            name: self.name.clone(),
            slug: self.slug.clone(),
            tagline: self.tagline.clone(),
            about: self.about.clone(),
            accent: self.accent.clone(),
            shipping: self.shipping.typed(currency),
            ships_free: String::new(),
            free_shipping_from: self
                .free_shipping_from
                .map(|from| from.typed(currency))
                .unwrap_or_default(),
        }
    }
}

impl Product {
    /// What its maker typed to make it, with `more` units of each variant than the file leaves in stock.
    pub fn form(&self, currency: Currency, more: impl Fn(usize) -> i64) -> ProductForm {
        let variant = |(at, variant): (usize, &Variant)| VariantForm {
            name: variant.name.clone(),
            sku: variant.sku.clone(),
            price: variant.price.typed(currency),
            stock: (variant.stock + more(at)).to_string(),
            ..VariantForm::default()
        };
        ProductForm {
            title: self.title.clone(),
            description: self.description.clone(),
            category: self.category.clone(),
            variants: self.variants.iter().enumerate().map(variant).collect(),
        }
    }

    /// Units in stock when the demo begins to be looked at.
    pub fn stock(&self) -> i64 {
        self.variants.iter().map(|variant| variant.stock).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::limits;
    use pixels::Backdrop;
    use std::collections::HashSet;
    use std::path::Path;

    #[test]
    fn the_list_of_files_is_the_folder() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
        let mut there: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        there.sort();
        assert_eq!(
            there,
            FILES.iter().map(|(name, _)| *name).collect::<Vec<_>>()
        );
    }

    #[test]
    fn every_store_and_product_passes_its_own_form() {
        for StoreFile { store, products } in Content::read().unwrap().stores {
            store.sign_up().validate().map(drop).unwrap();
            store.form(Currency::Usd).validate(Currency::Usd).unwrap();
            for product in products {
                let title = &product.title;
                product
                    .form(Currency::Usd, |_| 0)
                    .validate(Currency::Usd)
                    .expect(title);
                assert!(
                    (1..=limits::PICTURES).contains(&product.pictures.len()),
                    "{title}"
                );
                for picture in &product.pictures {
                    assert!(
                        Backdrop::named(&picture.backdrop).is_some(),
                        "{title}: {}",
                        picture.backdrop
                    );
                    assert!(
                        picture.alt.chars().count() <= limits::ALT,
                        "{title}: {}",
                        picture.alt
                    );
                }
                if let Some(offer) = product.offer {
                    assert!(
                        offer.units <= product.stock(),
                        "{title} offers more than there is"
                    );
                }
            }
        }
    }

    #[test]
    fn shelves_carry_offered_products_of_others() {
        let stores = Content::read().unwrap().stores;
        let mut slugs = HashSet::new();
        for product in stores.iter().flat_map(|file| &file.products) {
            assert!(
                slugs.insert(&product.slug),
                "{} is there twice",
                product.slug
            );
        }
        for file in &stores {
            for slug in &file.store.shelf {
                let maker = stores.iter().find(|maker| {
                    maker
                        .products
                        .iter()
                        .any(|p| p.slug == *slug && p.offer.is_some())
                });
                let maker =
                    maker.unwrap_or_else(|| panic!("{}: {slug} is not offered", file.store.slug));
                assert_ne!(
                    maker.store.slug, file.store.slug,
                    "{slug} is the store's own"
                );
            }
        }
    }
}
