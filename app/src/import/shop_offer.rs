use super::api::{BeginShopImport, CancelShopImport};
use crate::prelude::*;
use crate::ui::{Alert, ButtonKind, Changes, Checkbox, Select, ServerForm, Submit, use_form};
use model::counted;
use model::{Category, ShopImportView};

/// What a shop sells, and the question whether to import it.
#[component]
pub fn ShopOffer(
    /// The shop.
    shop: ShopImportView,
    /// Told when it begins, or not.
    changes: Changes,
) -> impl IntoView {
    let (begin, cancel) = (
        use_form::<BeginShopImport>(),
        use_form::<CancelShopImport>(),
    );
    changes.follow(begin);
    changes.follow(cancel);
    let new = shop.found - shop.known;
    let id = shop.id;
    let products = counted(new, "product", "products");
    let known = (shop.known > 0).then(|| {
        let stays = match shop.known {
            1 => "1 of them you have already; it stays as it is.".to_owned(),
            known => format!("{known} of them you have already; they stay as they are."),
        };
        view! { <p class="note">{stays}</p> }
    });
    let mut categories = vec![(String::new(), "Choose a category".to_owned())];
    categories.extend(
        Category::ALL
            .iter()
            .map(|category| (category.to_string(), category.label().to_owned())),
    );
    view! {
        <section class="panel panel-stack" aria-labelledby="shop-offer" data-testid="shop-offer">
            <h2 id="shop-offer">{format!("{} found", counted(shop.found, "product", "products"))}</h2>
            {shop.whole_shop.then(|| view! { <p class="note">"This shop lists everything together: these are all of its products, not only those of the page you pasted."</p> })}
            {shop.more.then(|| view! { <Alert><p>"The shop sells more than can be imported at once. These are the first."</p></Alert> })}
            {known}
            <p>"Each page is read one after the other, without hurry. Nothing is published: every product waits for your look."</p>
            <ServerForm form=begin test_id="shop-import-form">
                <input type="hidden" name="shop" value=id.to_string()/>
                <Checkbox name="save_drafts" label="Save what is complete as drafts right away"/>
                <Select
                    name="category"
                    label="Category of those drafts"
                    options=categories
                    hint="Where a product's own category is not clear. Only needed for drafts."
                    optional=true
                />
                <div class="form-actions">
                    <Submit disabled=new < 1 test_id="shop-import-begin">{format!("Import {products}")}</Submit>
                </div>
            </ServerForm>
            <ServerForm form=cancel class="contents" only_button=true>
                <input type="hidden" name="shop" value=id.to_string()/>
                <Submit kind=ButtonKind::Quiet small=true test_id="shop-import-no">"No, leave it"</Submit>
            </ServerForm>
        </section>
    }
}
