use serde::{Deserialize, Serialize};
use std::fmt;

/// One thing that was found on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundField {
    /// Which one.
    pub field: FieldName,
    /// The value as the page has it.
    pub value: String,
    /// Where it was found, in plain words.
    pub source: String,
    /// To be looked at twice.
    pub doubtful: bool,
}

/// Which thing was found. Written out it is the name of the form's field (`title`, `variants[0][price]`), or a name of
/// its own when the form has none (`brand`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldName {
    /// The product's title.
    Title,
    /// Its description.
    Description,
    /// Where the shop has put it.
    Category,
    /// What it cost before.
    ListPrice,
    /// Whether it can be had.
    Availability,
    /// Whose it is.
    Brand,
    /// The number on its barcode.
    Gtin,
    /// Its maker's number for it.
    Mpn,
    /// Something of a variant, which is counted from 0. A product without variants has one.
    Variant(usize, VariantColumn),
}

/// What is found of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VariantColumn {
    /// The values of its options.
    Name,
    /// What it costs.
    Price,
    /// How many there are, or whether there are any.
    Stock,
    /// The shop's number for it.
    Sku,
}

impl FieldName {
    /// The variant that it is of, and what it is of it.
    #[must_use]
    pub fn of_variant(self) -> Option<(usize, VariantColumn)> {
        match self {
            FieldName::Variant(number, column) => Some((number, column)),
            _ => None,
        }
    }

    /// What it is called for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            FieldName::Title => "Title",
            FieldName::Description => "Description",
            FieldName::Category => "Category",
            FieldName::ListPrice => "Price before",
            FieldName::Availability => "Availability",
            FieldName::Brand => "Brand",
            FieldName::Gtin => "Barcode number",
            FieldName::Mpn => "Manufacturer's number",
            FieldName::Variant(_, VariantColumn::Name) => "Variant",
            FieldName::Variant(_, VariantColumn::Price) => "Price",
            FieldName::Variant(_, VariantColumn::Stock) => "Units in stock",
            FieldName::Variant(_, VariantColumn::Sku) => "Article number",
        }
    }

    /// What a variant costs.
    #[must_use]
    pub fn is_price(self) -> bool {
        matches!(self, FieldName::Variant(_, VariantColumn::Price))
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FieldName::Title => "title",
            FieldName::Description => "description",
            FieldName::Category => "category",
            FieldName::ListPrice => "list_price",
            FieldName::Availability => "availability",
            FieldName::Brand => "brand",
            FieldName::Gtin => "gtin",
            FieldName::Mpn => "mpn",
            FieldName::Variant(number, column) => return write!(f, "variants[{number}][{column}]"),
        })
    }
}

impl fmt::Display for VariantColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            VariantColumn::Name => "name",
            VariantColumn::Price => "price",
            VariantColumn::Stock => "stock",
            VariantColumn::Sku => "sku",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_as_the_forms_field_is_called() {
        assert_eq!(FieldName::Title.to_string(), "title");
        let price = FieldName::Variant(3, VariantColumn::Price);
        assert_eq!(price.to_string(), "variants[3][price]");
        assert!(price.is_price());
        assert_eq!(price.of_variant(), Some((3, VariantColumn::Price)));
        assert_eq!(FieldName::ListPrice.of_variant(), None);
    }
}
