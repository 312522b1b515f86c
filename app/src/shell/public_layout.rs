//! What stands around every public page: the header with search and cart, which all pages have, and the footer.

use crate::account::LogOutButton;
use crate::marketplace::find_what_is_in;
use crate::paths;
use crate::prelude::*;
use crate::ui::address::word_in_query;
use crate::ui::icon::Icon;
use crate::ui::logo::Logo;
use crate::ui::page_state::use_page;
use crate::ui::store_badge::StoreAvatar;
use crate::ui::theme::ThemeSwitch;
use leptos::html;
use leptos_router::components::{A, Outlet};
use model::{MarketFilters, Viewer, counted};

/// Page and footer, below the header of all pages.
#[component]
pub fn PublicLayout() -> AnyView {
    view! {
        <main id="content" class="page" tabindex="-1">
            <Outlet/>
        </main>
        <SiteFooter/>
    }
}

/// The header above every page. It stands outside of the routes, so that it stays as it is when they change.
#[component]
pub fn SiteHeader() -> impl IntoView {
    let viewer = use_page().viewer();
    view! {
        <header class="site-header">
            <div class="site-header-row">
                <a href=paths::HOME class="site-home" aria-label="Shelfshare, home"><Logo/></a>
                <SearchBox/>
                <nav class="site-nav" aria-label="Main">
                    <A href=paths::MARKET attr:class="nav-link">"Marketplace"</A>
                    <A href=paths::STORES attr:class="nav-link">"Stores"</A>
                    <a href=paths::MARKET class="icon-link to-search" aria-label="Marketplace and search">
                        <Icon icon=icondata_lu::LuSearch/>
                    </a>
                    <CartLink/>
                    {move || match viewer.get() {
                        Some(viewer) => view! { <AccountMenu viewer/> },
                        None => view! {
                            <A href=paths::LOG_IN attr:class="nav-link" attr:data-testid="header-log-in">"Log in"</A>
                            <a href=paths::SIGN_UP class="button button-primary button-small">"Open a store"</a>
                            <GuestMenu/>
                        },
                    }}
                </nav>
            </div>
        </header>
    }
}

#[component]
fn SearchBox() -> impl IntoView {
    let search = word_in_query("search");
    let input = NodeRef::<html::Input>::new();
    let find = find_what_is_in(input, MarketFilters::default());
    view! {
        <div class="site-search" role="search" aria-label="Whole market">
            <form action=paths::MARKET method="GET" class="contents" on:submit=find>
                <button type="submit" class="search-go" aria-label="Search"><Icon icon=icondata_lu::LuSearch/></button>
                <input
                    node_ref=input
                    type="search"
                    name="search"
                    aria-label="Search the marketplace"
                    placeholder="Search products and makers"
                    value=move || search.get()
                    data-testid="search"
                />
            </form>
        </div>
    }
}

#[component]
fn CartLink() -> impl IntoView {
    let units = use_page().cart_units();
    let label = move || match units.get() {
        0 => "Cart, empty".to_owned(),
        units => format!("Cart, {}", counted(units, "item", "items")),
    };
    view! {
        <a href=paths::CART class="icon-link" aria-label=label data-testid="cart-link">
            <Icon icon=icondata_lu::LuShoppingBag/>
            <span class="cart-count" class:hidden=move || units.get() == 0 translate="no" data-testid="cart-count">
                {move || units.get()}
            </span>
        </a>
    }
}

#[component]
fn AccountMenu(viewer: Viewer) -> impl IntoView {
    let face = match &viewer.store {
        Some(store) => {
            view! { <StoreAvatar name=store.name.clone() accent=store.accent/> }
        }
        None => view! { <span class="icon-link"><Icon icon=icondata_lu::LuUser/></span> },
    };
    let own = match &viewer.store {
        Some(store) => view! {
            <li><a href=paths::DASHBOARD data-testid="menu-dashboard"><Icon icon=icondata_lu::LuLayoutDashboard/>"Dashboard"</a></li>
            <li><a href=paths::store(&store.slug)><Icon icon=icondata_lu::LuStore/>"My store"</a></li>
        },
        None => view! {
            <li><a href=paths::OPEN_STORE><Icon icon=icondata_lu::LuStore/>"Open a store"</a></li>
        },
    };
    view! {
        <details class="menu-drop">
            <summary aria-label="Your account" data-testid="account-menu">{face}</summary>
            <div class="menu-panel">
                <p class="menu-who">
                    <strong data-testid="viewer-name">{viewer.name}</strong>
                    <span>{viewer.email}</span>
                </p>
                <ul>
                    {own}
                    <li><a href=paths::ACCOUNT><Icon icon=icondata_lu::LuReceiptText/>"Account and orders"</a></li>
                    <li class="menu-place"><a href=paths::MARKET><Icon icon=icondata_lu::LuSearch/>"Marketplace"</a></li>
                    <li class="menu-place"><a href=paths::STORES><Icon icon=icondata_lu::LuLibrary/>"Stores"</a></li>
                </ul>
                <div class="menu-foot"><ThemeSwitch/><LogOutButton/></div>
            </div>
        </details>
    }
}

#[component]
fn GuestMenu() -> impl IntoView {
    view! {
        <details class="menu-drop">
            <summary class="icon-link" aria-label="Menu"><Icon icon=icondata_lu::LuMenu/></summary>
            <div class="menu-panel">
                <ul>
                    <li class="menu-place"><a href=paths::MARKET><Icon icon=icondata_lu::LuSearch/>"Marketplace"</a></li>
                    <li class="menu-place"><a href=paths::STORES><Icon icon=icondata_lu::LuLibrary/>"Stores"</a></li>
                    <li><a href=paths::LOG_IN><Icon icon=icondata_lu::LuLogIn/>"Log in"</a></li>
                    <li><a href=paths::SIGN_UP><Icon icon=icondata_lu::LuStore/>"Open a store"</a></li>
                </ul>
                <div class="menu-foot"><ThemeSwitch/></div>
            </div>
        </details>
    }
}

/// The footer of the public pages.
#[component]
pub fn SiteFooter() -> impl IntoView {
    let test_payments = use_page().market().test_payments;
    view! {
        <footer class="site-footer">
            <div class="awning" aria-hidden="true"></div>
            <div class="site-footer-row">
                <div class="site-footer-about">
                    <Logo/>
                    <p class="site-footer-line">
                        "Independent shops that put each other's work on their shelves. You pay once; each maker ships her own."
                    </p>
                    {test_payments
                        .then(|| {
                            view! { <p class="site-footer-line">"Payments here are a test. No card is ever charged."</p> }
                        })}
                </div>
                <nav aria-label="Shopping">
                    <h2>"Shopping"</h2>
                    <ul>
                        <li><a href=paths::MARKET>"Marketplace"</a></li>
                        <li><a href=paths::STORES>"Stores"</a></li>
                        <li><a href=paths::CART>"Your cart"</a></li>
                    </ul>
                </nav>
                <nav aria-label="Selling">
                    <h2>"Selling"</h2>
                    <ul>
                        <li><a href=paths::OPEN_STORE>"Open a store"</a></li>
                        <li><a href=paths::DASHBOARD>"Dashboard"</a></li>
                        <li><a href=paths::ACCOUNT>"Account"</a></li>
                    </ul>
                </nav>
            </div>
        </footer>
    }
}
