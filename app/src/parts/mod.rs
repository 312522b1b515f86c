//! What of the app browsers load at first, and what when somebody goes there: few parts, not one for each page.
//!
//! The shop is what every page brings. The till (log-in, account, cart, checkout, orders, a pasted link) and the seller's
//! dashboard are files of their own, which are fetched when their first page is wanted or, ahead of that, when it probably
//! will be. To move a page to another part, change its `view=` in `routes.rs`, [`Part::at`], and the list of the part. A
//! part names its pages by an enum, since a pointer to a page would draw the page into whoever holds it.
//!
//! Style is in the same parts: `style/shop.css` is what every page loads, `till.css` and `seller.css` come with their part.

mod seller;
mod style;
mod till;

pub use seller::SellerPage;
pub use style::SHOP;
pub use till::TillPage;

use crate::error::AppError;
use crate::paths;
use crate::prelude::*;
use crate::ui::effect::effect;
use crate::ui::{ErrorPage, use_page};
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
use leptos_router::ChooseView;
use std::time::Duration;

/// A part that is loaded when it is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Log-in, account, cart, checkout, orders and a pasted link.
    Till,
    /// The dashboard.
    Seller,
}

/// First a page comes to life, then others are thought of.
const LATER: Duration = Duration::from_millis(1_500);

impl Part {
    /// All of them.
    pub const ALL: [Part; 2] = [Part::Till, Part::Seller];

    /// The part that a page is in, other than those of the shop.
    #[must_use]
    pub fn at(path: &str) -> Option<Part> {
        let is_below = |place: &&str| {
            path.strip_prefix(place.trim_end_matches('/'))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let till = [
            paths::LOG_IN,
            paths::SIGN_UP,
            paths::ACCOUNT,
            paths::OPEN_STORE,
            paths::CHECKOUT,
            paths::ORDERS,
            paths::PAYMENTS,
            paths::CART,
            paths::FOLLOW_LINK,
        ];
        if is_below(&paths::DASHBOARD) {
            Some(Part::Seller)
        } else {
            till.iter().any(is_below).then_some(Part::Till)
        }
    }

    /// The name of the part's files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Part::Till => "till",
            Part::Seller => "seller",
        }
    }

    /// Loads it with its stylesheet, unless they are there.
    ///
    /// # Errors
    /// When one of them did not come; the next time it is tried again.
    pub async fn load(self) -> Result<(), Missing> {
        let style = style::load(self);
        match self {
            Part::Till => till::load().await?,
            Part::Seller => seller::load().await?,
        }
        style.await
    }

    /// Loads it soon, for somebody who will probably go there.
    fn load_soon(self) {
        let load = move || {
            spawn_local(async move {
                // If it did not come, going there tries again and says so.
                let _ = self.load().await;
            });
        };
        set_timeout(load, LATER);
    }
}

/// A part, or its stylesheet, did not come.
#[derive(Clone, Copy, Debug)]
pub struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Missing
    }
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a part of the market did not come")
    }
}

impl std::error::Error for Missing {}

/// Loads ahead what the viewer is about to need: the till when there is something in the cart, the dashboard when she has
/// a store. Called once, in the browser.
pub fn load_ahead() {
    let page = use_page();
    let (units, store) = (page.cart_units(), page.store());
    let fills = Memo::new(move |_| units.get() > 0);
    let sells = Memo::new(move |_| store.with(Option::is_some));
    for (wanted, part) in [(fills, Part::Till), (sells, Part::Seller)] {
        effect(move || {
            if wanted.get() {
                part.load_soon();
            }
        });
    }
}

/// A page as its route knows it: of one type for all, so that what the router does with a page is compiled once.
#[derive(Clone, Copy)]
pub enum Page {
    /// One of the shop.
    Here(fn() -> AnyView),
    /// One of the till.
    Till(TillPage),
    /// One of the dashboard.
    Seller(SellerPage),
}

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        self.view().await.unwrap_or_else(|_| did_not_come())
    }

    async fn preload(&self) {}
}

impl Page {
    /// Itself, once its part is there.
    async fn view(self) -> Result<AnyView, Missing> {
        Ok(match self {
            Page::Here(view) => view(),
            Page::Till(page) => {
                Part::Till.load().await?;
                till::view(page).await?
            }
            Page::Seller(page) => {
                Part::Seller.load().await?;
                seller::view(page).await?
            }
        })
    }
}

/// A part is missing: the market may have been updated meanwhile, or can't be reached.
fn did_not_come() -> AnyView {
    use_page().renewal().doubt(&AppError::Outdated);
    view! { <main id="content" class="page" tabindex="-1"><ErrorPage error=AppError::Offline/></main> }
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn each_address_is_in_one_part() {
        for (path, part) in [
            ("/", None),
            ("/market", None),
            ("/market/link", Some(Part::Till)),
            ("/s/log-in/account", None),
            ("/cart", Some(Part::Till)),
            ("/accounts", None),
            ("/log-in", Some(Part::Till)),
            ("/account/orders", Some(Part::Till)),
            ("/order/abc", Some(Part::Till)),
            ("/pay/step/abc", Some(Part::Till)),
            ("/dashboard", Some(Part::Seller)),
            ("/dashboard/products/new", Some(Part::Seller)),
        ] {
            assert_eq!(Part::at(path), part, "{path}");
        }
    }
}
