use super::variant_rows::VariantRows;
use crate::prelude::*;
use crate::ui::{Field, Select, TextArea};
use model::{Category, ProductForm, limits};

/// The fields of a product, inside the form that saves it.
#[component]
pub fn ProductFields(
    /// What they start from.
    product: ProductForm,
    /// What they are now, where others may change them meanwhile.
    shown: ProductForm,
) -> impl IntoView {
    let mut categories = vec![(String::new(), "Choose a category".to_owned())];
    categories.extend(
        Category::ALL
            .iter()
            .map(|category| (category.to_string(), category.label().to_owned())),
    );
    view! {
        <section class="panel form-stack" aria-labelledby="about-product">
            <h2 id="about-product">"The product"</h2>
            <Field name="title" label="Title" value=product.title max=limits::TITLE placeholder="Stoneware mug, speckled"/>
            <TextArea
                name="description"
                label="Description"
                value=product.description
                rows=7
                max=limits::DESCRIPTION
                hint="What it is made of, how large it is, how to care for it. Leave a line empty to begin a paragraph."
                optional=true
            />
            <Select name="category" label="Category" options=categories value=product.category/>
        </section>
        <VariantRows variants=product.variants shown=shown.variants/>
    }
}
