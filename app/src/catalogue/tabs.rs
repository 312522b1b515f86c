use crate::paths;
use crate::prelude::*;
use crate::ui::{TabLink, Tabs};
use leptos_router::hooks::use_location;

/// The two parts of what a store makes: its products, and what is still on its way to become one.
#[component]
pub fn ProductTabs() -> impl IntoView {
    let path = use_location().pathname;
    let at = move |place: &'static str| Signal::derive(move || path.with(|path| path == place));
    view! {
        <Tabs label="Products and imports">
            <TabLink href=paths::DASHBOARD_PRODUCTS here=at(paths::DASHBOARD_PRODUCTS)>"Your products"</TabLink>
            <TabLink href=paths::DASHBOARD_IMPORTS here=at(paths::DASHBOARD_IMPORTS)>"Imports"</TabLink>
        </Tabs>
    }
}
