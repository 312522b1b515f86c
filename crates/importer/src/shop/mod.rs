//! Whole shops: which products there are behind a front page or a collection's link.
//!
//! What a shop's software tells programs is asked first, then its sitemap. Only addresses are gathered
//! here; each product is then read like any other link.

mod bigcartel;
mod listing;
mod shopify;
mod sitemap;
mod squarespace;
mod woocommerce;

pub use listing::{Listed, Listing, Way};

use crate::blocking::off_the_executor;
use crate::document::Document;
use crate::fetch::{FetchError, Fetcher};
use crate::page::Page;
use crate::sources::platform::{self, Platform};
use listing::Gathering;
use url::Url;

/// Why there is no list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShopError {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error(
        "This shop has no list of its products that we can read. Paste the links of single products instead."
    )]
    NoProducts,
}

/// Gathers at most `most` products behind `link`, and tells `found` how many there are so far.
///
/// A link to a collection gives that collection's products if the shop's software can say which they
/// are, and the whole shop's otherwise; [`Listing::whole_shop`] tells.
///
/// # Errors
/// When the link can't be read, or the shop lists nothing.
pub async fn list(
    fetcher: &Fetcher,
    link: &Url,
    most: usize,
    found: &mut (dyn FnMut(usize) + Send),
) -> Result<Listing, ShopError> {
    let page = fetcher.page(link).await?.page;
    let mut gathering = Gathering::new(page.url.clone(), most, found);
    let asked = match software(page).await {
        Some(Platform::Shopify) => shopify::gather(fetcher, &mut gathering).await,
        Some(Platform::WooCommerce) => woocommerce::gather(fetcher, &mut gathering).await,
        Some(Platform::Squarespace) => squarespace::gather(fetcher, &mut gathering).await,
        Some(Platform::BigCartel) => bigcartel::gather(fetcher, &mut gathering).await,
        None => Ok(()),
    };
    if let Err(error) = asked {
        // The sitemap may still be there; and what came before the error counts.
        tracing::debug!(%error, "the shop's software did not list its products");
    }
    if gathering.is_empty() {
        sitemap::gather(fetcher, &mut gathering).await;
    }
    gathering.finish().ok_or(ShopError::NoProducts)
}

/// What the shop runs on, if its page shows that.
async fn software(page: Page) -> Option<Platform> {
    let recognised = off_the_executor(move || {
        let document = Document::read(&page).ok()?;
        platform::recognise(&document, &page.url)
    });
    recognised.await.flatten()
}
