//! What comes next for a parcel.

use super::api::{DeliverParcel, PackParcel, ShipParcel};
use crate::prelude::*;
use crate::ui::{Alert, ButtonKind, Changes, Exact, Field, ServerForm, Submit, Tone, use_form};
use model::{ParcelId, ParcelState, SaleView, Tracking, limits};

/// The next step, or how the parcel ended.
#[component]
pub fn Actions(
    /// The parcel.
    sale: SaleView,
    /// What to tell.
    changes: Changes,
) -> impl IntoView {
    let id = sale.parcel;
    match sale.state {
        ParcelState::New => view! {
            <section class="panel panel-stack" aria-labelledby="next">
                <h2 id="next">"Pack it"</h2>
                <Pack id changes/>
                <details class="skip-ahead">
                    <summary class="link">"It is on its way already"</summary>
                    <Ship id changes/>
                </details>
            </section>
        },
        ParcelState::Packed => view! {
            <section class="panel panel-stack" aria-labelledby="next">
                <h2 id="next">"Send it"</h2>
                <Ship id changes/>
            </section>
        },
        ParcelState::Shipped => view! {
            <section class="panel panel-stack" aria-labelledby="next">
                <h2 id="next">"On its way"</h2>
                <Travels tracking=sale.tracking/>
                <Deliver id changes/>
            </section>
        },
        ParcelState::Delivered => view! {
            <Alert tone=Tone::Success><p>"Delivered."</p><Travels tracking=sale.tracking/></Alert>
        },
        ParcelState::Cancelled => view! {
            <Alert tone=Tone::Neutral>"Everything in this parcel was cancelled. There is nothing to send."</Alert>
        },
    }
}

#[component]
fn Pack(id: ParcelId, changes: Changes) -> impl IntoView {
    let form = use_form::<PackParcel>();
    changes.follow(form);
    view! {
        <ServerForm form class="form-actions">
            <input type="hidden" name="parcel" value=id.to_string()/>
            <Submit test_id="mark-packed">"Mark as packed"</Submit>
        </ServerForm>
    }
}

#[component]
fn Ship(id: ParcelId, changes: Changes) -> impl IntoView {
    let form = use_form::<ShipParcel>();
    changes.follow(form);
    view! {
        <ServerForm form test_id="ship-form">
            <input type="hidden" name="parcel" value=id.to_string()/>
            <div class="form-pair">
                <Field name="carrier" label="Carrier" max=limits::NAME placeholder="Post, DHL, UPS"/>
                <Field name="number" label="Tracking number" max=limits::TRACKING optional=true autocomplete="off"/>
            </div>
            <div class="form-actions"><Submit test_id="mark-shipped">"Mark as shipped"</Submit></div>
        </ServerForm>
    }
}

#[component]
fn Deliver(id: ParcelId, changes: Changes) -> impl IntoView {
    let form = use_form::<DeliverParcel>();
    changes.follow(form);
    view! {
        <ServerForm form class="form-actions">
            <input type="hidden" name="parcel" value=id.to_string()/>
            <Submit kind=ButtonKind::Secondary test_id="mark-delivered">"Mark as delivered"</Submit>
        </ServerForm>
    }
}

#[component]
fn Travels(tracking: Option<Tracking>) -> impl IntoView {
    tracking.map(|tracking| {
        let number = (!tracking.number.is_empty()).then(|| {
            view! { ", " <Exact text=tracking.number class="parcel-tracking" test_id="tracking-number"/> }
        });
        view! { <p data-testid="tracking">"With " {tracking.carrier} {number}</p> }
    })
}
