//! Whole shops: which products there are behind a front page or a collection's link.
//!
//! What a shop's software tells programs is asked first, then its sitemap. Only addresses are gathered
//! here; each product is then read like any other link.

mod bigcartel;
mod listing;
mod shopify;
mod sitemap;
mod software;
mod squarespace;
mod woocommerce;

pub use listing::{Listed, Listing, Way};

use crate::fetch::{FetchError, Fetcher};
use listing::Gathering;
use software::Software;
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
    let page = fetcher.page(link).await?;
    let mut gathering = Gathering::new(page.url.clone(), most, found);
    let asked = match software::of(&page.body) {
        Some(Software::Shopify) => shopify::gather(fetcher, &mut gathering).await,
        Some(Software::WooCommerce) => woocommerce::gather(fetcher, &mut gathering).await,
        Some(Software::Squarespace) => squarespace::gather(fetcher, &mut gathering).await,
        Some(Software::BigCartel) => bigcartel::gather(fetcher, &mut gathering).await,
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
