use super::actions::Actions;
use super::api::read_sale;
use super::cancel::{Cancelling, Choice};
use super::lines::Lines;
use super::summary::{Receiver, WhatItBrings};
use crate::error::AppError;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::{from_query, id_in_path};
use crate::ui::{Breadcrumbs, Changes, Exact, Head, Loaded, StatusBadge, TimeText, load};
use model::{ParcelId, ParcelState, SaleFacts};

/// One parcel: what is in it, where it goes, what it brings and what is next.
#[component]
pub fn ParcelPage() -> AnyView {
    let id = id_in_path::<ParcelId>("parcel");
    let changes = Changes::default();
    let choice = from_query(|query| Choice::read(query.get_str("line"), query.get_str("units")));
    // A choice is a step of its own, with a key of its own.
    let facts = load(
        move || (id.get(), changes.count(), choice.get()),
        |(id, ..)| async move { read_sale(id.ok_or(AppError::NotFound)?).await },
    );
    view! {
        <Loaded load=facts let:facts><Parcel facts choice=choice.get_untracked() changes/></Loaded>
    }
}

#[component]
fn Parcel(facts: SaleFacts, choice: Option<Choice>, changes: Changes) -> impl IntoView {
    let SaleFacts { sale, key } = facts;
    let cancelling = Cancelling {
        parcel: sale.parcel,
        here: matches!(sale.state, ParcelState::New | ParcelState::Packed),
        choice,
        key,
    };
    let above = vec![("Sales".to_owned(), paths::DASHBOARD_SALES.to_owned())];
    view! {
        <Head title=format!("Order {}", sale.number) robots=false/>
        <Breadcrumbs above here=sale.number.clone()/>
        <header class="page-head">
            <div class="shrinks">
                <h1>"Order " <Exact text=sale.number.clone()/></h1>
                <p>"Paid on " <TimeText at=sale.paid_at/></p>
                <div class="page-head-state"><StatusBadge status=sale.state/></div>
            </div>
        </header>
        <div class="parcel">
            <div class="parcel-main">
                <Actions sale=sale.clone() changes/>
                <Lines sale=sale.clone() cancelling changes/>
            </div>
            <div class="parcel-aside">
                <Receiver address=sale.address.clone() email=sale.email.clone()/>
                <WhatItBrings sale/>
            </div>
        </div>
    }
}
