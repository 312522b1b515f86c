//! Whole shops: which products there are behind a front page or a collection's link.
//!
//! What a shop's software tells programs is asked first, then its sitemap. Only addresses are gathered
//! here; each product is then read like any other link.

mod listing;
mod sitemap;

pub use listing::{Listed, Listing, Way};

use crate::blocking::off_the_executor;
use crate::document::Document;
use crate::fetch::{FetchError, Fetcher};
use crate::page::Page;
use crate::platform::{Next, Platform};
use listing::Gathering;
use url::Url;

/// Answers of a shop's software that are asked for; each lists up to a hundred products.
const MOST_ANSWERS: usize = 100;

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

/// Gathers at most `most` products behind `link`.
///
/// A link to a collection gives that collection's products if the shop's software can say which they
/// are, and the whole shop's otherwise; [`Listing::whole_shop`] tells.
///
/// # Errors
/// When the link can't be read, or the shop lists nothing.
pub async fn list(fetcher: &Fetcher, link: &Url, most: usize) -> Result<Listing, ShopError> {
    let page = fetcher.page(link).await?.page;
    let mut gathering = Gathering::new(page.url.clone(), most);
    let asked = match platform(page).await {
        Some(platform) => ask(fetcher, platform, &mut gathering).await,
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

/// Asks the shop's software for its list, answer by answer.
async fn ask(
    fetcher: &Fetcher,
    platform: Platform,
    gathering: &mut Gathering,
) -> Result<(), FetchError> {
    let software = platform.software();
    let mut link = gathering.link.clone();
    let mut number = 1;
    gathering.start(Way::Software(platform), software.lists_all(&link));
    for _ in 0..MOST_ANSWERS {
        let answer = fetcher.list(&software.list_address(&link, number)).await?;
        let Some(list) = software.list(&answer.page.bytes) else {
            break;
        };
        gathering.add(list.products);
        let next = match list.next {
            Next::Nowhere => None,
            Next::Number => Some((link, number + 1)),
            Next::Link(next) => gathering.link.join(&next).ok().map(|next| (next, 1)),
        };
        let Some(next) = next else {
            gathering.end();
            break;
        };
        (link, number) = next;
        if gathering.is_full() {
            break;
        }
    }
    Ok(())
}

/// What the shop runs on, if its page shows that.
async fn platform(page: Page) -> Option<Platform> {
    let recognised = off_the_executor(move || {
        let document = Document::read(&page).ok()?;
        Platform::of(&document, &page.url)
    });
    recognised.await.flatten()
}
