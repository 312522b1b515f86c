use super::api::{SaveProduct, read_own_product};
use super::offer_panel::OfferPanel;
use super::pictures::Pictures;
use super::product_fields::ProductFields;
use super::standing::TakeOff;
use crate::error::AppError;
use crate::paths;
use crate::prelude::*;
use crate::source::SourcePanel;
use crate::source::api::read_source;
use crate::ui::address::id_in_path;
use crate::ui::{
    AskBeforeLeaving, Breadcrumbs, ButtonKind, Changes, Head, LinkButton, Loaded, ServerForm,
    StatusBadge, Submit, load, use_form, use_page,
};
use model::{ProductEdit, ProductId, ProductState, SourceView};

/// Everything about one product.
#[component]
pub fn EditProductPage() -> AnyView {
    let id = id_in_path::<ProductId>("product");
    let changes = Changes::default();
    let product = load(
        move || (id.get(), changes.count()),
        |(id, _)| async move {
            let id = id.ok_or(AppError::NotFound)?;
            Ok((read_own_product(id).await?, read_source(id).await?))
        },
    );
    view! {
        <Loaded load=product let:found><EditProduct product=found.0 source=found.1 changes/></Loaded>
    }
}

#[component]
fn EditProduct(
    product: ProductEdit,
    source: Option<SourceView>,
    changes: Changes,
) -> impl IntoView {
    let above = vec![("Products".to_owned(), paths::DASHBOARD_PRODUCTS.to_owned())];
    let title = product.form.title.clone();
    let id = product.id;
    view! {
        <Head title=title.clone() robots=false/>
        <Breadcrumbs above here=title/>
        <EditHead product=product.clone()/>
        <div class="edit-product">
            <ProductDetails product=product.clone() changes/>
            <div class="edit-aside">
                <Pictures product=product.id pictures=product.pictures.clone() changes/>
                {source.map(|source| view! { <SourcePanel product=id source changes/> })}
                <OfferPanel product=product.clone()/>
                <TakeOff product changes/>
            </div>
        </div>
    }
}

#[component]
fn EditHead(product: ProductEdit) -> impl IntoView {
    let store = use_page().store();
    let slug = product.slug.clone();
    let published = product.state == ProductState::Published;
    let view_on_shelf = move || {
        let store = store.get().filter(|_| published)?;
        let href = paths::product(&store.slug, &slug);
        Some(
            view! { <LinkButton href kind=ButtonKind::Secondary small=true test_id="view-on-shelf">"View on shelf"</LinkButton> },
        )
    };
    view! {
        <header class="page-head">
            <div class="shrinks">
                <h1>{product.form.title}</h1>
                <div class="page-head-state"><StatusBadge status=product.state/></div>
            </div>
            <div class="page-head-actions">
                {view_on_shelf}
            </div>
        </header>
    }
}

#[component]
fn ProductDetails(product: ProductEdit, changes: Changes) -> impl IntoView {
    let form = use_form::<SaveProduct>();
    changes.follow(form);
    let published = product.state == ProductState::Published;
    let kind = if published {
        ButtonKind::Primary
    } else {
        ButtonKind::Secondary
    };
    // Publishing saves as well: what goes on the shelf is what the fields show.
    let publish = (!published).then(
        || view! { <Submit name="publish" value="true" test_id="publish">"Publish"</Submit> },
    );
    view! {
        <ServerForm form shared=true test_id="product-form">
            <AskBeforeLeaving form/>
            <input type="hidden" name="product" value=product.id.to_string()/>
            <input type="hidden" name="standing" value=product.standing/>
            <ProductFields product=product.form shown=product.shown/>
            <div class="form-actions">
                <Submit kind test_id="save-product">"Save changes"</Submit>
                {publish}
            </div>
        </ServerForm>
    }
}
