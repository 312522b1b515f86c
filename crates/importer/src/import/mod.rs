//! From a link to a draft: gets the page, understands it, asks the shop's software, brings the pictures.

mod pictures;

pub use pictures::pictures;

use crate::blocking::off_the_executor;
use crate::draft::Draft;
use crate::extract::ReadPage;
use crate::fetch::{FetchError, Fetched, Fetcher, Refetched, Validators};
use crate::not_a_draft::NotADraft;
use crate::page::Page;
use crate::platform::Endpoint;
use url::Url;

/// What an import is doing, to be shown to whoever waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Reading,
    Understanding,
}

/// Is told each step as it begins.
pub type Progress<'a> = &'a mut (dyn FnMut(Step) + Send);

/// A product as its page shows it now.
#[derive(Clone, Debug)]
pub struct Import {
    pub draft: Draft,
    /// Where the page was found, after redirects.
    pub url: Url,
    /// To ask again by [`read_again`].
    pub validators: Validators,
}

/// What came of asking again.
#[derive(Clone, Debug)]
pub enum Again {
    /// The page is the one that was read before.
    Same,
    Read(Box<Import>),
}

/// Why a link did not become a draft. Each says what happened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error(transparent)]
    NotADraft(#[from] NotADraft),
    /// A fault of ours, which is in the log.
    #[error("This page can't be understood. Fill in the product by hand instead.")]
    Unreadable,
}

/// Reads the product behind a link. Ends when the future is dropped.
///
/// # Errors
/// When the page can't be had, or is not a product's.
pub async fn read(
    fetcher: &Fetcher,
    link: &Url,
    progress: Progress<'_>,
) -> Result<Import, ImportError> {
    progress(Step::Reading);
    let page = fetcher.page(link).await?;
    progress(Step::Understanding);
    understand(fetcher, page).await
}

/// Reads it again, if the page is not the one that `known` describes.
///
/// # Errors
/// As for [`read`].
pub async fn read_again(
    fetcher: &Fetcher,
    link: &Url,
    known: &Validators,
) -> Result<Again, ImportError> {
    match fetcher.page_again(link, known).await? {
        Refetched::NotModified => Ok(Again::Same),
        Refetched::Modified(page) => {
            let import = understand(fetcher, page).await?;
            Ok(Again::Read(Box::new(import)))
        }
    }
}

async fn understand(fetcher: &Fetcher, fetched: Fetched) -> Result<Import, ImportError> {
    let Fetched { page, validators } = fetched;
    let url = page.url.clone();
    let draft = draft(fetcher, page).await?;
    Ok(Import {
        draft,
        url,
        validators,
    })
}

/// Asks the shop's software too, where the page shows one that can be asked. What the page itself says is
/// good enough if it does not answer.
async fn draft(fetcher: &Fetcher, page: Page) -> Result<Draft, ImportError> {
    let (draft, may_know_more) = off_the_executor(move || begin(&page))
        .await
        .ok_or(ImportError::Unreadable)?;
    let Some((page, endpoint)) = may_know_more else {
        return Ok(draft?);
    };
    match ask(fetcher, page, endpoint).await {
        Ok(better) => Ok(better),
        Err(error) => {
            tracing::debug!(%error, "the shop's software did not describe the product");
            Ok(draft?)
        }
    }
}

/// What the page says; and the page itself with where to ask, if there may be more to know of its product.
fn begin(page: &Page) -> (Result<Draft, NotADraft>, Option<(ReadPage, Endpoint)>) {
    let page = match ReadPage::of(page) {
        Ok(page) => page,
        Err(reason) => return (Err(reason), None),
    };
    let draft = page.draft();
    let may_be_product = matches!(draft, Ok(_) | Err(NotADraft::NoProduct));
    let endpoint = page.endpoint().filter(|_| may_be_product);
    (draft, endpoint.map(|endpoint| (page, endpoint)))
}

async fn ask(fetcher: &Fetcher, page: ReadPage, endpoint: Endpoint) -> Result<Draft, ImportError> {
    let answer = fetcher.list(&endpoint.url).await?.page.bytes;
    let draft = off_the_executor(move || page.draft_with(endpoint.platform, &answer)).await;
    Ok(draft.ok_or(ImportError::Unreadable)??)
}
