//! Other makers' products on one's own shelf: the button that puts them there, and the box for a pasted link.

pub mod api;
mod link_page;
mod market_tile;
mod paste_link;
mod shelf_button;

pub use market_tile::MarketTile;
pub use paste_link::PasteLink;
pub use shelf_button::ShelfButton;

use crate::parts::Page;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::components::Route;
use leptos_router::{SsrMode, path};
use link_page::LinkPage;

/// This feature's addresses, inside the public layout.
#[component(transparent)]
pub fn ListingRoutes() -> AnyNestedRoute {
    view! { <Route path=path!("market/link") view=Page::Here(LinkPage) ssr=SsrMode::Async/> }
        .into_inner()
        .into_any_nested_route()
}
