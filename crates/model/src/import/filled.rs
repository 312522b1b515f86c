//! What a page says of a product, as values: what the form of an import starts from, and what becomes a draft by itself.

use super::form::{ImportForm, NewImport, PictureChoice};
use super::source::KeepInStep;
use super::view::ImportPicture;
use crate::product::variant_name;
use crate::{Category, Checker, Currency, Money, NewProduct, NewVariant, VariantForm, limits};

/// What a page says of a product. Nothing is made up: what it does not say is empty.
#[derive(Clone, Debug, Default)]
pub struct FoundProduct {
    /// Its title.
    pub title: String,
    /// Its description.
    pub description: String,
    /// The category it seems to belong to.
    pub category: Option<Category>,
    /// Its variants, a product without any having one; none when the page was never read.
    pub variants: Vec<FoundVariant>,
}

/// What a page says of one variant.
#[derive(Clone, Debug, Default)]
pub struct FoundVariant {
    /// Its name.
    pub name: String,
    /// The shop's own article number.
    pub sku: String,
    /// What one unit costs, in the market's currency and more than zero.
    pub price: Option<Money>,
    /// Units to begin with.
    pub stock: i64,
}

impl ImportForm {
    /// The form with everything in it that was found, and every picture chosen.
    #[must_use]
    pub fn of(found: &FoundProduct, pictures: &[ImportPicture], currency: Currency) -> ImportForm {
        let mut variants: Vec<VariantForm> = found
            .variants
            .iter()
            .enumerate()
            .map(|(at, variant)| VariantForm {
                id: at.to_string(),
                name: variant.name.clone(),
                sku: variant.sku.clone(),
                price: variant
                    .price
                    .map(|price| price.typed(currency))
                    .unwrap_or_default(),
                stock: variant.stock.to_string(),
                remove: String::new(),
            })
            .collect();
        if variants.is_empty() {
            variants.push(VariantForm::default());
        }
        ImportForm {
            title: found.title.clone(),
            description: found.description.clone(),
            category: found
                .category
                .map(|category| category.to_string())
                .unwrap_or_default(),
            variants,
            pictures: choices(pictures),
            keep_in_step: KeepInStep::ByHand.to_string(),
        }
    }
}

fn choices(pictures: &[ImportPicture]) -> Vec<PictureChoice> {
    pictures
        .iter()
        .enumerate()
        .map(|(at, picture)| PictureChoice {
            id: picture.id.to_string(),
            chosen: "on".to_owned(),
            place: (at + 1).to_string(),
            alt: picture.alt.clone(),
        })
        .collect()
}

impl NewImport {
    /// What nobody has to add anything to, with every picture. `None` when something is missing or can't be had here: a
    /// person looks at it first.
    #[must_use]
    pub fn of(found: &FoundProduct, pictures: &[ImportPicture]) -> Option<NewImport> {
        let mut check = Checker::new();
        if pictures.len() > limits::PICTURES {
            return None;
        }
        let pictures = pictures.iter().map(|picture| {
            let alt = check.optional("pictures", &picture.alt, limits::ALT);
            (picture.id, alt)
        });
        let pictures = pictures.collect();
        let variants = variants(&mut check, &found.variants)?;
        let product = NewProduct {
            title: check.required("title", &found.title, limits::TITLE, "It has no title."),
            description: check.prose("description", &found.description, limits::DESCRIPTION),
            category: found.category?,
            variants,
        };
        let new = NewImport {
            found: (0..product.variants.len()).map(Some).collect(),
            product,
            pictures,
            keep_in_step: KeepInStep::ByHand,
        };
        check.finish(new).ok()
    }
}

fn variants(check: &mut Checker, found: &[FoundVariant]) -> Option<Vec<NewVariant>> {
    if found.is_empty() || found.len() > limits::VARIANTS {
        return None;
    }
    let only_one = found.len() == 1;
    let mut variants = Vec::with_capacity(found.len());
    for variant in found {
        let name = variant_name(check, "name", &variant.name, only_one, &variants);
        variants.push(NewVariant {
            id: None,
            name,
            sku: check.optional("sku", &variant.sku, limits::SKU),
            price: variant.price?,
            stock: variant.stock,
        });
    }
    Some(variants)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ImportPictureId;

    fn mug() -> FoundProduct {
        let variant = |name: &str| FoundVariant {
            name: name.to_owned(),
            sku: "M-1".to_owned(),
            price: Some(Money(1_250)),
            stock: 3,
        };
        FoundProduct {
            title: "A\u{200b} mug ".to_owned(),
            description: "Blue.\r\nRound.".to_owned(),
            category: Some(Category::Kitchen),
            variants: vec![variant("Small"), variant("Large ")],
        }
    }

    fn pictures() -> Vec<ImportPicture> {
        let picture = |id| ImportPicture {
            id: ImportPictureId(id),
            key: "key".to_owned(),
            alt: "A mug".to_owned(),
        };
        vec![picture(7), picture(9)]
    }

    /// What it becomes by itself is what its form gives when nobody changes anything.
    #[track_caller]
    fn check(found: &FoundProduct, pictures: &[ImportPicture], becomes_something: bool) {
        let by_itself = NewImport::of(found, pictures);
        let sent = ImportForm::of(found, pictures, Currency::Usd).validate(Currency::Usd);
        assert_eq!(by_itself.is_some(), becomes_something);
        assert_eq!(format!("{by_itself:?}"), format!("{:?}", sent.ok()));
    }

    #[test]
    fn what_is_complete_becomes_what_its_form_would_give() {
        check(&mug(), &pictures(), true);
        check(&mug(), &[], true);
        let mut one = mug();
        one.variants.truncate(1);
        one.variants[0].name.clear();
        check(&one, &pictures(), true);
    }

    #[test]
    fn what_a_form_would_refuse_waits_for_a_person() {
        let wrong: [fn(&mut FoundProduct); 9] = [
            |mug| mug.title = "\u{200b}".to_owned(),
            |mug| mug.title = "m".repeat(limits::TITLE + 1),
            |mug| mug.description = "d".repeat(limits::DESCRIPTION + 1),
            |mug| mug.category = None,
            |mug| mug.variants.clear(),
            |mug| mug.variants = vec![mug.variants[0].clone(); limits::VARIANTS + 1],
            |mug| mug.variants[1].name = "small".to_owned(),
            |mug| mug.variants[1].name.clear(),
            |mug| mug.variants[1].price = None,
        ];
        for spoil in wrong {
            let mut found = mug();
            spoil(&mut found);
            check(&found, &pictures(), false);
        }
        let mut wordy = pictures();
        wordy[1].alt = "a".repeat(limits::ALT + 1);
        check(&mug(), &wordy, false);
        check(&FoundProduct::default(), &[], false);
    }

    #[test]
    fn a_form_of_a_page_that_was_never_read_has_one_empty_line() {
        let form = ImportForm::of(&FoundProduct::default(), &[], Currency::Usd);
        assert_eq!(form.variants, [VariantForm::default()]);
        assert_eq!(form.keep_in_step, "by_hand");
    }
}
