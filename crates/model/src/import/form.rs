use super::source::KeepInStep;
use crate::{
    Checker, Currency, FieldError, ImportPictureId, NewProduct, ProductForm, VariantForm, limits,
};
use serde::{Deserialize, Serialize};

/// What a person says about one copied picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureChoice {
    /// The picture's number.
    pub id: String,
    /// Anything: it becomes one of the product's. Nothing: it goes.
    pub chosen: String,
    /// Its place among the chosen ones, from 1. Equal places keep the page's order.
    pub place: String,
    /// What it shows, for people who do not see it.
    pub alt: String,
}

/// What a person makes of an import. Its product fields are named like [`ProductForm`]'s; a variant's `id` is the
/// number of the found variant it started from (`0` is the first), and empty for one that was added by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportForm {
    /// Its title.
    pub title: String,
    /// Its description.
    pub description: String,
    /// Its category's word.
    pub category: String,
    /// Its variants.
    pub variants: Vec<VariantForm>,
    /// The copied pictures.
    pub pictures: Vec<PictureChoice>,
    /// A [`KeepInStep`] word.
    pub keep_in_step: String,
}

/// A checked [`ImportForm`].
#[derive(Clone, Debug)]
pub struct NewImport {
    /// The product; its variants are all new.
    pub product: NewProduct,
    /// For each of its variants, which of the found ones it is.
    pub found: Vec<Option<usize>>,
    /// The chosen pictures in their order, and what each shows.
    pub pictures: Vec<(ImportPictureId, String)>,
    /// Whether it follows its source.
    pub keep_in_step: KeepInStep,
}

impl ImportForm {
    /// Checks every field.
    ///
    /// # Errors
    /// A sentence for each field that is wrong, named as in [`ProductForm`], and `pictures[0][alt]`.
    pub fn validate(&self, currency: Currency) -> Result<NewImport, Vec<FieldError>> {
        let mut check = Checker::new();
        let pictures = self.chosen(&mut check);
        let keep_in_step = check.word(
            "keep_in_step",
            &self.keep_in_step,
            "Choose what happens when the source changes.",
        );
        let product = ProductForm {
            title: self.title.clone(),
            description: self.description.clone(),
            category: self.category.clone(),
            variants: self.variants.clone(),
        };
        let mut product = match (product.validate(currency), check.finish(())) {
            (Ok(product), Ok(())) => product,
            (Ok(_), Err(wrong)) | (Err(wrong), Ok(())) => return Err(wrong),
            (Err(mut wrong), Err(more)) => {
                wrong.extend(more);
                return Err(wrong);
            }
        };
        let mut found = Vec::with_capacity(product.variants.len());
        for variant in &mut product.variants {
            let number = variant.id.take();
            found.push(number.and_then(|number| usize::try_from(number.0).ok()));
        }
        Ok(NewImport {
            product,
            found,
            pictures,
            keep_in_step: keep_in_step.unwrap_or(KeepInStep::ByHand),
        })
    }

    fn chosen(&self, check: &mut Checker) -> Vec<(ImportPictureId, String)> {
        let mut chosen = Vec::new();
        for (at, choice) in self.pictures.iter().enumerate() {
            if choice.chosen.is_empty() {
                continue;
            }
            let field = |name: &str| format!("pictures[{at}][{name}]");
            let id = check.word(
                &field("id"),
                &choice.id,
                "Reload the page: this picture is no longer there.",
            );
            let alt = check.optional(&field("alt"), &choice.alt, limits::ALT);
            let place: usize = choice.place.trim().parse().unwrap_or(usize::MAX);
            if let Some(id) = id
                && chosen.iter().all(|(_, known, _)| *known != id)
            {
                chosen.push((place, id, alt));
            }
        }
        if chosen.len() > limits::PICTURES {
            check.refuse(
                "pictures",
                format!("A product can have up to {} pictures.", limits::PICTURES),
            );
        }
        chosen.sort_by_key(|(place, ..)| *place);
        chosen.into_iter().map(|(_, id, alt)| (id, alt)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ImportForm {
        let variant = |id: &str, name: &str| VariantForm {
            id: id.to_owned(),
            name: name.to_owned(),
            price: "12.50".to_owned(),
            stock: "3".to_owned(),
            ..VariantForm::default()
        };
        let picture = |id: &str, chosen: &str, place: &str| PictureChoice {
            id: id.to_owned(),
            chosen: chosen.to_owned(),
            place: place.to_owned(),
            ..PictureChoice::default()
        };
        ImportForm {
            title: "Mug".to_owned(),
            category: "kitchen".to_owned(),
            variants: vec![variant("1", "Large"), variant("", "By hand")],
            pictures: vec![
                picture("7", "on", "2"),
                picture("8", "", "1"),
                picture("9", "on", "1"),
            ],
            keep_in_step: "by_itself".to_owned(),
            ..ImportForm::default()
        }
    }

    #[test]
    fn a_variant_keeps_the_number_of_what_was_found() {
        let read = form().validate(Currency::Usd).unwrap();
        assert_eq!(read.found, [Some(1), None]);
        assert!(read.product.variants.iter().all(|v| v.id.is_none()));
        assert_eq!(read.keep_in_step, KeepInStep::ByItself);
    }

    #[test]
    fn chosen_pictures_come_in_the_order_that_was_typed() {
        let read = form().validate(Currency::Usd).unwrap();
        let ids: Vec<i64> = read.pictures.iter().map(|(id, _)| id.0).collect();
        assert_eq!(ids, [9, 7]);
    }

    #[test]
    fn mistakes_in_all_parts_are_told_at_once() {
        let mut form = form();
        form.title.clear();
        form.keep_in_step = "sometimes".to_owned();
        form.pictures[0].alt = "x".repeat(limits::ALT + 1);
        let wrong = form.validate(Currency::Usd).unwrap_err();
        let fields: Vec<&str> = wrong.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["title", "pictures[0][alt]", "keep_in_step"]);
    }
}
