//! Every address of the market in one place, so that a link can't go stale unnoticed.

use model::{ImportId, OfferId, ParcelId, ParcelState, ProductId, RemovedLine, ShopImportId};

pub const HOME: &str = "/";
pub const MARKET: &str = "/market";
pub const FOLLOW_LINK: &str = "/market/link";
/// Tells open pages how products stand; a script asks for it.
pub const LIVE: &str = "/live";
pub const STORES: &str = "/stores";
pub const CART: &str = "/cart";
pub const CHECKOUT: &str = "/checkout";
pub const SIGN_UP: &str = "/sign-up";
pub const LOG_IN: &str = "/log-in";
pub const ACCOUNT: &str = "/account";
pub const ACCOUNT_ORDERS: &str = "/account/orders";
/// Below it stand orders by their secrets.
pub const ORDERS: &str = "/order";
/// Below it stands what a payment asks for.
pub const PAYMENTS: &str = "/pay";
pub const OPEN_STORE: &str = "/open-a-store";
pub const DASHBOARD: &str = "/dashboard";
pub const DASHBOARD_PRODUCTS: &str = "/dashboard/products";
pub const NEW_PRODUCT: &str = "/dashboard/products/new";
pub const DASHBOARD_IMPORTS: &str = "/dashboard/products/imports";
pub const DASHBOARD_SHELF: &str = "/dashboard/shelf";
pub const DASHBOARD_OFFERS: &str = "/dashboard/offers";
pub const NEW_OFFER: &str = "/dashboard/offers/new";
pub const DASHBOARD_SALES: &str = "/dashboard/sales";
pub const DASHBOARD_WALLET: &str = "/dashboard/wallet";
pub const DASHBOARD_STORE: &str = "/dashboard/store";

/// A store's front.
#[must_use]
pub fn store(store_slug: &str) -> String {
    format!("/s/{store_slug}")
}

/// A product as one store shows it: the address of a listing.
#[must_use]
pub fn product(store_slug: &str, product_slug: &str) -> String {
    format!("/s/{store_slug}/{product_slug}")
}

/// An order by its secret link (C7).
#[must_use]
pub fn order(token: &str) -> String {
    format!("/order/{token}")
}

/// Whether an address is a secret: who has it needs nothing else.
#[must_use]
pub fn is_secret(path: &str) -> bool {
    [order("").as_str(), "/pay/"]
        .iter()
        .any(|secret| path.starts_with(secret))
}

/// One of the maker's products in her dashboard.
#[must_use]
pub fn edit_product(product: ProductId) -> String {
    format!("{DASHBOARD_PRODUCTS}/{product}")
}

/// Where the pictures of a product are sent to.
#[must_use]
pub fn upload_pictures(product: ProductId) -> String {
    format!("/upload/product/{product}")
}

/// One pasted link on its way to a product.
#[must_use]
pub fn import(import: ImportId) -> String {
    format!("{DASHBOARD_IMPORTS}/{import}")
}

/// The same, to be filled in by hand whatever was found.
#[must_use]
pub fn import_by_hand(import: ImportId) -> String {
    format!("{DASHBOARD_IMPORTS}/{import}?by_hand=yes")
}

/// A whole shop on its way to products.
#[must_use]
pub fn shop_import(shop: ShopImportId) -> String {
    format!("{DASHBOARD_IMPORTS}/shop/{shop}")
}

/// What has changed at a product's source.
#[must_use]
pub fn product_source(product: ProductId) -> String {
    format!("{DASHBOARD_PRODUCTS}/{product}/source")
}

/// Making an offer on a product.
#[must_use]
pub fn offer_on(product: ProductId) -> String {
    format!("{NEW_OFFER}?product={product}")
}

/// One of the maker's offers in her dashboard.
#[must_use]
pub fn edit_offer(offer: OfferId) -> String {
    format!("{DASHBOARD_OFFERS}/{offer}")
}

/// The page that shows what an offer costs: `page` with a rate and units.
#[must_use]
pub fn offer_quote(page: &str, rate: &str, units: &str) -> String {
    let joint = if page.contains('?') { '&' } else { '?' };
    format!("{page}{joint}rate={}&units={}", escape(rate), escape(units))
}

/// One of the maker's parcels in her dashboard.
#[must_use]
pub fn sale(parcel: ParcelId) -> String {
    format!("{DASHBOARD_SALES}/{parcel}")
}

/// The maker's parcels in one state.
#[must_use]
pub fn sales_in(state: ParcelState) -> String {
    format!("{DASHBOARD_SALES}?state={state}")
}

/// Sign up, then come back to `path`.
#[must_use]
pub fn sign_up_then(path: &str) -> String {
    format!("{SIGN_UP}?next={}", escape(path))
}

/// Open a store, then come back to `path`.
#[must_use]
pub fn open_store_then(path: &str) -> String {
    format!("{OPEN_STORE}?next={}", escape(path))
}

/// The cart's page, which offers to put a line back that was just taken out.
#[must_use]
pub fn cart_without(line: RemovedLine) -> String {
    format!("{CART}?removed={line}")
}

/// Where a pasted link leads (K1).
#[must_use]
pub fn follow_link(link: &str) -> String {
    format!("{FOLLOW_LINK}?link={}", escape(link))
}

/// Log in, then come back to `path`.
#[must_use]
pub fn log_in_then(path: &str) -> String {
    if path.is_empty() {
        LOG_IN.to_owned()
    } else {
        format!("{LOG_IN}?next={}", escape(path))
    }
}

/// Whether a path is the log-in's or the sign-up's.
#[must_use]
pub fn is_log_in(path: &str) -> bool {
    let page = path.split('?').next().unwrap_or_default();
    [LOG_IN, SIGN_UP].contains(&page)
}

/// A text as one value of a query string, the same on the server and in the browser.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_quote_keeps_the_product_it_is_for() {
        let page = super::offer_on(model::ProductId(7));
        assert_eq!(
            super::offer_quote(&page, "3", "4 "),
            "/dashboard/offers/new?product=7&rate=3&units=4%20"
        );
        assert_eq!(
            super::offer_quote("/dashboard/offers/2", "3", "4"),
            "/dashboard/offers/2?rate=3&units=4"
        );
    }

    #[test]
    fn a_query_value_can_hold_anything() {
        assert_eq!(
            super::escape("/cart?a=1&b=é"),
            "%2Fcart%3Fa%3D1%26b%3D%C3%A9"
        );
    }
}
