//! Everything a page shows, and what stands around all pages.

use crate::parts::{Page, SellerPage, load_ahead};
use crate::prelude::*;
use crate::routes::{DashboardRoutes, PublicRoutes, at};
use crate::shell::public_layout::{PublicLayout, SiteHeader};
use crate::ui::NotFound;
use crate::ui::announcer::AnnouncerRegion;
use crate::ui::focus_page;
use crate::ui::page_state::{come_to_life, provide_page_state, tidy_on_the_way};
use crate::ui::progress::{ProgressLine, use_progress};
use crate::ui::renewal::RenewalNotice;
use crate::ui::toast::Toaster;
use crate::ui::unsaved::UnsavedQuestion;
use leptos_router::components::{ParentRoute, Router, Routes};
use leptos_router::path;

/// Everything a page shows.
#[component]
pub fn App() -> impl IntoView {
    provide_page_state();
    let progress = use_progress();
    view! {
        <SkipLink/>
        <ProgressLine/>
        <Router set_is_routing=progress.of_router()>
            <TidyOnTheWay/>
            // They stay when the page changes: what stands in the header, and what a toast says.
            <SiteHeader/>
            <Toaster/>
            <Routes fallback=|| view! { <FallbackPage/> }>
                <ParentRoute path=at(path!("")) view=Page::Here(PublicLayout)>
                    <PublicRoutes/>
                </ParentRoute>
                <ParentRoute path=at(path!("dashboard")) view=Page::Seller(SellerPage::Layout)>
                    <DashboardRoutes/>
                </ParentRoute>
            </Routes>
            <RenewalNotice/>
            <UnsavedQuestion/>
        </Router>
        <AnnouncerRegion/>
    }
}

#[component]
fn TidyOnTheWay() -> impl IntoView {
    tidy_on_the_way();
    come_to_life();
    load_ahead();
}

/// Over header and menus to the page itself. The router would only scroll there.
#[component]
fn SkipLink() -> impl IntoView {
    let skip = |event: leptos::ev::MouseEvent| {
        if focus_page() {
            event.prevent_default();
        }
    };
    view! { <a class="skip-link" href="#content" on:click=skip>"Skip to the page"</a> }
}

/// The page of an unknown address, with the header and footer of all others.
#[component]
fn FallbackPage() -> impl IntoView {
    use crate::shell::public_layout::SiteFooter;
    view! {
        <main id="content" class="page" tabindex="-1"><NotFound/></main>
        <SiteFooter/>
    }
}
