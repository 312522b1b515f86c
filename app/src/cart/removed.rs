//! A removed line stays in the address until the next step, so that it can be put back with or without
//! JavaScript.

use super::api::PutBack;
use crate::prelude::*;
use crate::ui::{ButtonKind, Icon, ServerForm, Submit, use_form_keyed};
use model::RemovedLine;

/// Says that a line was removed and offers to put it back.
#[component]
pub(super) fn Removed(
    /// What was removed.
    line: RemovedLine,
    /// Its name, if there is one to say.
    name: Option<String>,
) -> impl IntoView {
    let sentence = match name {
        Some(name) => format!("“{name}” is removed from your cart."),
        None => "Removed from your cart.".to_owned(),
    };
    let form = use_form_keyed::<PutBack>(line.listing);
    view! {
        <div class="removed-bar" role="status" data-testid="cart-removed">
            <Icon icon=icondata_lu::LuTrash2/>
            <p>{sentence}</p>
            <ServerForm form class="contents" only_button=true once=true>
                <input type="hidden" name="listing" value=line.listing.to_string()/>
                <input type="hidden" name="variant" value=line.variant.to_string()/>
                <input type="hidden" name="units" value=line.units.to_string()/>
                <input type="hidden" name="since" value=line.since.0.to_string()/>
                <Submit kind=ButtonKind::Secondary small=true test_id="cart-undo">
                    <Icon icon=icondata_lu::LuUndo2/>
                    "Undo"
                </Submit>
            </ServerForm>
        </div>
    }
}
