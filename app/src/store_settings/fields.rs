//! The fields that opening a store and changing it have in common.

use super::accent_field::AccentField;
use crate::prelude::*;
use crate::ui::{Checkbox, Field, TextArea, use_page};
use model::{StoreForm, limits};

/// What shoppers read of the store, and its colour.
#[component]
pub fn StoryFields(
    /// What they start from.
    store: StoreForm,
) -> impl IntoView {
    view! {
        <Field
            name="tagline"
            label="In one line"
            value=store.tagline
            max=limits::TAGLINE
            placeholder="Everyday stoneware, thrown by hand"
            optional=true
        />
        <TextArea
            name="about"
            label="About"
            value=store.about
            rows=5
            max=limits::ABOUT
            hint="Who you are, what you make or choose, and where."
            optional=true
        />
        <AccentField value=store.accent/>
    }
}

/// What sending a parcel costs.
#[component]
pub fn ShippingFields(
    /// What they start from.
    store: StoreForm,
) -> impl IntoView {
    let sign = use_page().currency().prefix().trim_end();
    view! {
        <div class="form-pair">
            <Field
                name="shipping"
                label="Shipping for one parcel"
                value=store.shipping
                inputmode="decimal"
                before=sign
                hint="For what you ship yourself."
            />
            <Field
                name="free_shipping_from"
                label="Free shipping from"
                value=store.free_shipping_from
                inputmode="decimal"
                before=sign
                hint="Parcels of at least this much ship for nothing."
                optional=true
            />
        </div>
        <Checkbox name="ships_free" label="I ship for free" ticked=!store.ships_free.is_empty()/>
    }
}
