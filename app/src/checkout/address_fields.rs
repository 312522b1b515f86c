use crate::prelude::*;
use crate::ui::{Field, use_page};
use model::limits;

/// Who receives the parcels, and where. Signed-in shoppers find their name and e-mail address filled in.
#[component]
pub fn AddressFields() -> impl IntoView {
    let viewer = use_page().viewer().get_untracked();
    let (name, email) = viewer
        .map(|viewer| (viewer.name, viewer.email))
        .unwrap_or_default();
    view! {
        <fieldset class="checkout-part">
            <legend>"Contact"</legend>
            <Field
                name="email" label="E-mail address" kind="email" value=email autocomplete="email" max=limits::EMAIL
                hint="The makers of your parcels can write to you here."
            />
        </fieldset>
        <fieldset class="checkout-part">
            <legend>"Where the parcels go"</legend>
            <Field name="name" label="Full name" value=name autocomplete="shipping name" max=limits::ADDRESS/>
            <Field name="line1" label="Street and number" autocomplete="shipping address-line1" max=limits::ADDRESS/>
            <Field
                name="line2" label="Flat, floor, company" optional=true autocomplete="shipping address-line2"
                max=limits::ADDRESS
            />
            <div class="form-pair">
                <Field name="postcode" label="Post code" optional=true autocomplete="shipping postal-code" max={20_usize}/>
                <Field name="city" label="Town" autocomplete="shipping address-level2" max=limits::ADDRESS/>
            </div>
            <Field name="country" label="Country" autocomplete="shipping country-name" max=limits::ADDRESS/>
        </fieldset>
    }
}
