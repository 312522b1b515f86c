use super::api::AddToShelf;
use crate::paths;
use crate::prelude::*;
use crate::ui::{ButtonKind, Icon, ServerForm, Submit, use_form_keyed};
use model::ProductId;

/// For store owners: puts another maker's product on her own shelf, or says that it stands there.
#[component]
pub fn ShelfButton(
    /// The product.
    product: ProductId,
    /// Its title, so that screen readers can tell the buttons of a grid apart.
    #[prop(into)]
    title: String,
    /// It stands there already; set when it does from now on, so that the rest of its tile can say so.
    stands: RwSignal<bool>,
    /// The one thing to do where it is shown, instead of one of many.
    #[prop(optional)]
    prominent: bool,
) -> impl IntoView {
    let form = use_form_keyed::<AddToShelf>(product);
    form.when_it_works(move || _ = stands.try_set(true));
    let kind = if prominent {
        ButtonKind::Primary
    } else {
        ButtonKind::Secondary
    };
    // Both stay in the document: the form has to live on to say that it worked.
    view! {
        <div class="to-shelf" class:hidden=stands>
            <ServerForm form class="contents" only_button=true>
                <input type="hidden" name="product" value=product.to_string()/>
                <Submit kind small=!prominent wide=true about=title test_id="add-to-shelf">
                    <Icon icon=icondata_lu::LuPlus/>
                    "Add to my shelf"
                </Submit>
            </ServerForm>
        </div>
        <p class="on-my-shelf" class:hidden=move || !stands.get() data-testid="on-my-shelf">
            <Icon icon=icondata_lu::LuCheck/>
            <a href=paths::DASHBOARD_SHELF>"On your shelf"</a>
        </p>
    }
}
