//! Brings a draft's pictures.

use crate::fetch::{FetchError, Fetcher};
use futures::StreamExt;
use futures::stream;
use url::Url;

/// Pictures that are asked for at the same time.
const AT_ONCE: usize = 3;
/// Bytes of all pictures of one product; what comes after is left out.
const LARGEST: usize = 32 * 1024 * 1024;

/// The pictures at these addresses, in their order, as they were sent, or why one is missing. What they hold must still
/// be found out by decoding them.
pub async fn pictures(fetcher: &Fetcher, addresses: &[Url]) -> Vec<Result<Vec<u8>, FetchError>> {
    let mut coming = stream::iter(addresses.iter().cloned())
        .map(|address| picture(fetcher, address))
        .buffered(AT_ONCE);
    let mut pictures = Vec::with_capacity(addresses.len());
    let mut size = 0;
    while let Some(picture) = coming.next().await {
        size += picture.as_ref().map_or(0, Vec::len);
        if size > LARGEST {
            break;
        }
        pictures.push(picture);
    }
    pictures.resize_with(addresses.len(), || Err(FetchError::TooBig));
    pictures
}

async fn picture(fetcher: &Fetcher, address: Url) -> Result<Vec<u8>, FetchError> {
    Ok(fetcher.image(&address).await?.page.bytes)
}
