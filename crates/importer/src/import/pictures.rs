//! Brings a draft's pictures.

use super::{Progress, Step};
use crate::fetch::{FetchError, Fetcher};
use futures::StreamExt;
use futures::stream;
use url::Url;

/// Pictures that are asked for at the same time.
const AT_ONCE: usize = 3;
/// Bytes of all pictures of one product; what comes after is left out.
const LARGEST: usize = 32 * 1024 * 1024;

/// A picture as it was sent. What it holds must still be found out by decoding it.
#[derive(Clone, Debug)]
pub struct Picture {
    /// As in the draft.
    pub url: String,
    pub bytes: Vec<u8>,
}

/// The pictures at these addresses, in their order, or why one is missing.
pub async fn pictures(
    fetcher: &Fetcher,
    addresses: &[String],
    progress: Progress<'_>,
) -> Vec<Result<Picture, FetchError>> {
    let of = addresses.len();
    progress(Step::Pictures { done: 0, of });
    let mut coming = stream::iter(addresses.iter().cloned())
        .map(|address| picture(fetcher, address))
        .buffered(AT_ONCE);
    let mut pictures = Vec::with_capacity(of);
    let mut bytes = 0;
    while let Some(picture) = coming.next().await {
        bytes += picture.as_ref().map_or(0, |picture| picture.bytes.len());
        if bytes > LARGEST {
            break;
        }
        pictures.push(picture);
        progress(Step::Pictures {
            done: pictures.len(),
            of,
        });
    }
    pictures.resize_with(of, || Err(FetchError::TooBig));
    pictures
}

async fn picture(fetcher: &Fetcher, address: String) -> Result<Picture, FetchError> {
    let url: Url = fetcher.guard().parse(&address)?;
    let bytes = fetcher.image(&url).await?.page.bytes;
    Ok(Picture {
        url: address,
        bytes,
    })
}
