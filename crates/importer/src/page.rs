//! What stands at an address, before anybody has looked into it.

use url::Url;

/// A page as it came, from the network or a file.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it was found, after redirects.
    pub url: Url,
    /// The `Content-Type` header as sent, with its charset.
    pub content_type: Option<String>,
    /// As they came, decompressed.
    pub bytes: Vec<u8>,
}
