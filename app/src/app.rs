//! The document around everything.

use crate::coming_alive::{Build, ComeAlive, ROOT, Style};
use crate::parts::{Page, Part, SellerPage, load_ahead};
use crate::routes::{DashboardRoutes, PublicRoutes, at};
use crate::shell::public_layout::{PublicLayout, SiteHeader};
use crate::ui::NotFound;
use crate::ui::announcer::AnnouncerRegion;
use crate::ui::focus_page;
use crate::ui::head::WholeTitle;
use crate::ui::markup::json_in_script;
use crate::ui::page_state::{come_to_life, provide_page_state, tidy_on_the_way};
use crate::ui::progress::{ProgressLine, use_progress};
use crate::ui::renewal::RenewalNotice;
use crate::ui::toast::Toaster;
use crate::ui::unsaved::UnsavedQuestion;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::{ParentRoute, Router, Routes};
use leptos_router::path;

/// The whole document, as the server sends it.
#[expect(
    clippy::disallowed_methods,
    reason = "the one script in it is made safe to write by `json_in_script`"
)]
pub fn whole_page(build: Build) -> impl IntoView {
    let theme = crate::ui::page_state::theme_of_request();
    let place = crate::ui::page_state::place_of_request().map(|path| stand_at(&path));
    let part = Part::at(&crate::ui::page_state::path_of_request());
    let build_id = build.id.to_string();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme.attribute() data-build=build_id>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="preload" href="/fonts/figtree.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <link rel="preload" href="/fonts/bricolage-grotesque.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/site.webmanifest"/>
                {place.map(|script| view! { <script nonce=use_nonce() inner_html=script></script> })}
                <Style files=build.clone() part/>
                <ComeAlive files=build part/>
                <MetaTags/>
            </head>
            <body>
                <div id=ROOT class="contents"><App/></div>
            </body>
        </html>
    }
}

/// Says where a page stands that was shown in the answer to a form, before anything looks at the address.
fn stand_at(path: &str) -> String {
    let path = json_in_script(&serde_json::Value::from(path));
    format!("history.replaceState(history.state, \"\", {path})")
}

/// Everything a page shows.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_page_state();
    let progress = use_progress();
    view! {
        <WholeTitle/>
        <SkipLink/>
        <ProgressLine/>
        <Router set_is_routing=progress.of_router()>
            <TidyOnTheWay/>
            // They stay when the page changes: what stands in the header, and what a toast says.
            <SiteHeader/>
            <Toaster/>
            <Routes fallback=|| view! { <FallbackPage/> }.into_any()>
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
    .into_any()
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
    .into_any()
}
