//! What stands around a store owner's pages. Who may see them is decided by each server function; the layout
//! only spares others a page full of errors.

use crate::error::AppError;
use crate::paths;
use crate::prelude::*;
use crate::ui::amount::TokensText;
use crate::ui::error_page::ErrorPage;
use crate::ui::icon::Icon;
use crate::ui::page_state::use_page;
use crate::ui::store_badge::StoreAvatar;
use leptos_router::components::{A, Outlet};
use model::StoreBadge;

/// Where the dashboard's pages are, in the order of a maker's day. The first four fit a phone's bar.
const PLACES: [Place; 7] = [
    Place {
        href: paths::DASHBOARD,
        name: "Overview",
        icon: icondata_lu::LuLayoutDashboard,
        exact: true,
    },
    Place {
        href: paths::DASHBOARD_PRODUCTS,
        name: "Products",
        icon: icondata_lu::LuPackage,
        exact: false,
    },
    Place {
        href: paths::DASHBOARD_SHELF,
        name: "Shelf",
        icon: icondata_lu::LuLibrary,
        exact: false,
    },
    Place {
        href: paths::DASHBOARD_SALES,
        name: "Sales",
        icon: icondata_lu::LuReceiptText,
        exact: false,
    },
    Place {
        href: paths::DASHBOARD_OFFERS,
        name: "Offers",
        icon: icondata_lu::LuHandshake,
        exact: false,
    },
    Place {
        href: paths::DASHBOARD_WALLET,
        name: "Wallet",
        icon: icondata_lu::LuWallet,
        exact: false,
    },
    Place {
        href: paths::DASHBOARD_STORE,
        name: "Store settings",
        icon: icondata_lu::LuSettings,
        exact: false,
    },
];

/// How many places a phone's bar shows beside "More".
const ON_A_PHONE: usize = 4;

struct Place {
    href: &'static str,
    name: &'static str,
    icon: icondata_core::Icon,
    exact: bool,
}

fn link(place: &Place) -> impl IntoView + use<> {
    let (name, icon) = (place.name, place.icon);
    view! {
        <A href=place.href exact=place.exact attr:class="side-link">
            <Icon icon/>
            <span>{name}</span>
        </A>
    }
}

/// Side navigation on wide screens, a bar at the bottom of a phone.
#[component]
pub fn DashboardLayout() -> AnyView {
    let viewer = use_page().viewer();
    let store = use_page().store();
    // Whether the pages can be shown; a change of the wallet must not build them anew.
    let refusal =
        Memo::new(
            move |_| match (viewer.with(Option::is_some), store.with(Option::is_some)) {
                (_, true) => None,
                (true, false) => Some(AppError::NeedsStore),
                (false, false) => Some(AppError::SignIn),
            },
        );
    let page = move || match refusal.get() {
        Some(error) => {
            view! { <main id="content" class="page" tabindex="-1"><ErrorPage error/></main> }
        }
        None => view! {
            <div class="dashboard">
                <SideNav store/>
                <main id="content" class="dashboard-page" tabindex="-1">
                    <Outlet/>
                </main>
            </div>
            <BottomBar/>
        },
    };
    page.into_any()
}

#[component]
fn SideNav(store: Signal<Option<StoreBadge>>) -> impl IntoView {
    view! {
        <aside class="side-nav">
            {move || store.get().map(|store| view! { <OwnStore store/> })}
            <nav aria-label="Dashboard">{PLACES.iter().map(link).collect_view()}</nav>
        </aside>
    }
}

#[component]
fn OwnStore(store: StoreBadge) -> impl IntoView {
    view! {
        <div class="side-store">
            <StoreAvatar name=store.name.clone() accent=store.accent/>
            <div class="shrinks">
                <a class="side-store-name" href=paths::store(&store.slug)>{store.name}</a>
                <a href=paths::DASHBOARD_WALLET class="side-wallet" data-testid="wallet-balance">
                    <TokensText amount=store.wallet/>
                </a>
            </div>
        </div>
    }
}

#[component]
fn BottomBar() -> impl IntoView {
    view! {
        <nav class="bottom-bar" aria-label="Dashboard, on a phone">
            {PLACES.iter().take(ON_A_PHONE).map(link).collect_view()}
            <details class="menu-drop menu-up">
                <summary class="side-link">
                    <Icon icon=icondata_lu::LuMenu/>
                    <span>"More"</span>
                </summary>
                <div class="menu-panel">{PLACES.iter().skip(ON_A_PHONE).map(link).collect_view()}</div>
            </details>
        </nav>
    }
}
