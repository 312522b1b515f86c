use super::api::CreateProduct;
use super::product_fields::ProductFields;
use crate::paths;
use crate::prelude::*;
use crate::ui::{
    AskBeforeLeaving, Breadcrumbs, ButtonKind, Head, LinkButton, PageHead, ServerForm, Submit,
    use_form,
};
use model::ProductForm;

/// A new product's form; saving makes a draft.
#[component]
pub fn NewProductPage() -> AnyView {
    let form = use_form::<CreateProduct>();
    let above = vec![("Products".to_owned(), paths::DASHBOARD_PRODUCTS.to_owned())];
    view! {
        <Head title="Add a product" robots=false/>
        <Breadcrumbs above here="Add a product"/>
        <PageHead title="Add a product" sentence="First the words and figures, then the pictures. Nobody sees it until you publish it."/>
        <p class="import-hint">
            "You sell it elsewhere already? "
            <a class="link" href=paths::DASHBOARD_IMPORTS>"Paste its link"</a>
            " and have this filled in."
        </p>
        <ServerForm form once=true test_id="product-form">
            <AskBeforeLeaving form/>
            <ProductFields product=ProductForm::default() shown=ProductForm::default()/>
            <div class="form-actions">
                <Submit test_id="save-product">"Save the draft"</Submit>
                <LinkButton href=paths::DASHBOARD_PRODUCTS kind=ButtonKind::Quiet>"Cancel"</LinkButton>
            </div>
        </ServerForm>
    }
}
