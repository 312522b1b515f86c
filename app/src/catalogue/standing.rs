//! Taking a product off the shelf.

use super::api::{ArchiveProduct, UnpublishProduct};
use crate::prelude::*;
use crate::ui::{ButtonKind, Changes, Confirm, ServerForm, Submit, use_form};
use crate::wire::names::SHOWN;
use model::counted;
use model::{ProductEdit, ProductState};

/// Unpublish and archive, each with what it means.
#[component]
pub fn TakeOff(
    /// The product.
    product: ProductEdit,
    /// What to tell.
    changes: Changes,
) -> impl IntoView {
    if product.state == ProductState::Archived {
        return ().into_any();
    }
    let published = product.state == ProductState::Published;
    view! {
        <section class="panel panel-quiet" aria-labelledby="take-off">
            <h2 id="take-off">"Take it off"</h2>
            <div class="take-off">
                {published.then(|| view! { <Unpublish product=product.clone() changes/> })}
                <Archive product changes/>
            </div>
        </section>
    }
}

#[component]
fn Unpublish(product: ProductEdit, changes: Changes) -> impl IntoView {
    let form = use_form::<UnpublishProduct>();
    changes.follow(form);
    let offer = match (&product.offer, product.shelves) {
        (None, _) => "It leaves your shelf and becomes a draft again.".to_owned(),
        (Some(_), 0) => {
            "It leaves your shelf, and its offer is revoked: the tokens come back to your wallet."
                .to_owned()
        }
        (Some(_), shelves) => format!(
            "It leaves your shelf and {}, and its offer is revoked: the tokens come back to your wallet.",
            counted(shelves, "other shelf", "other shelves"),
        ),
    };
    view! {
        <Confirm button="Unpublish" question="Take this product off every shelf?" kind=ButtonKind::Secondary test_id="unpublish">
            <p>{offer}</p>
            <ServerForm form class="form-actions">
                <input type="hidden" name="product" value=product.id.to_string()/>
                <input type="hidden" name=SHOWN value=product.standing/>
                <Submit kind=ButtonKind::Danger small=true test_id="unpublish-confirm">"Unpublish"</Submit>
            </ServerForm>
        </Confirm>
    }
}

#[component]
fn Archive(product: ProductEdit, changes: Changes) -> impl IntoView {
    let form = use_form::<ArchiveProduct>();
    changes.follow(form);
    view! {
        <Confirm button="Archive" question="Stop selling this product?" test_id="archive">
            <p>"It leaves every shelf, and an open offer is revoked. Past orders still name it, and you can publish it again."</p>
            <ServerForm form class="form-actions">
                <input type="hidden" name="product" value=product.id.to_string()/>
                <input type="hidden" name=SHOWN value=product.standing/>
                <Submit kind=ButtonKind::Danger small=true test_id="archive-confirm">"Archive"</Submit>
            </ServerForm>
        </Confirm>
    }
}
