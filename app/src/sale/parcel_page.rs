use super::actions::Actions;
use super::api::{SaleFacts, read_sale};
use super::lines::Lines;
use super::summary::{Receiver, WhatItBrings};
use crate::dashboard::id_in_path;
use crate::error::AppError;
use crate::paths;
use crate::ui::{Breadcrumbs, Changes, Exact, Head, Loaded, StatusBadge, TimeText};
use leptos::prelude::*;
use model::ParcelId;

/// One parcel: what is in it, where it goes, what it brings and what is next.
#[component]
pub fn ParcelPage() -> impl IntoView {
    let id = id_in_path::<ParcelId>("parcel");
    let changes = Changes::default();
    let facts = Resource::new_blocking(
        move || (id.get(), changes.count()),
        |(id, _)| async move { read_sale(id.ok_or(AppError::NotFound)?).await },
    );
    view! { <Loaded resource=facts let:facts><Parcel facts changes/></Loaded> }.into_any()
}

#[component]
fn Parcel(facts: SaleFacts, changes: Changes) -> impl IntoView {
    let SaleFacts { sale, key } = facts;
    let above = vec![("Sales".to_owned(), paths::DASHBOARD_SALES.to_owned())];
    view! {
        <Head title=format!("Order {}", sale.number) robots=false/>
        <Breadcrumbs above here=sale.number.clone()/>
        <header class="page-head">
            <div class="min-w-0">
                <h1>"Order " <Exact text=sale.number.clone()/></h1>
                <p>"Paid on " <TimeText at=sale.paid_at/></p>
                <div class="page-head-state"><StatusBadge status=sale.state/></div>
            </div>
        </header>
        <div class="parcel">
            <div class="parcel-main">
                <Actions sale=sale.clone() changes/>
                <Lines sale=sale.clone() cancel_key=key changes/>
            </div>
            <div class="parcel-aside">
                <Receiver address=sale.address.clone() email=sale.email.clone()/>
                <WhatItBrings sale/>
            </div>
        </div>
    }
    .into_any()
}
