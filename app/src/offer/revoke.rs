use super::api::RevokeOffer;
use crate::prelude::*;
use crate::ui::{ButtonKind, Confirm, ServerForm, Submit, TokensText, use_form};
use crate::wire::names::SHOWN;
use model::OfferRow;
use model::counted;

/// Takes the offer back, after saying what that means.
#[component]
pub fn Revoke(
    /// The open offer.
    offer: OfferRow,
) -> impl IntoView {
    let form = use_form::<RevokeOffer>();
    let shelves = match offer.shelves {
        0 => "No other store carries the product now.".to_owned(),
        shelves => format!(
            "The product leaves the marketplace and {}.",
            counted(shelves, "other shelf", "other shelves"),
        ),
    };
    let held = (offer.held_units > 0).then(|| {
        let units = counted(offer.held_units, "unit on hold stays promised", "units on hold stay promised");
        view! { <p>{units} ": if the shopper pays, the reward is paid; if not, the tokens come back to you."</p> }
    });
    view! {
        <Confirm button="Revoke the offer" question="Revoke this offer?" test_id="offer-revoke">
            <p>
                <TokensText amount=offer.in_escrow/> " for "
                {counted(offer.open_units, "open unit", "open units")} " come back to your wallet at once. " {shelves}
                " Your own shelf keeps it."
            </p>
            {held}
            <ServerForm form class="form-actions">
                <input type="hidden" name="offer" value=offer.id.to_string()/>
                <input type="hidden" name=SHOWN value=offer.standing/>
                <Submit kind=ButtonKind::Danger small=true test_id="offer-revoke-confirm">"Revoke the offer"</Submit>
            </ServerForm>
        </Confirm>
    }
}
