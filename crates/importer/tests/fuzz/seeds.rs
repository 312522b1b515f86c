//! What the damaged pages are made from.

use std::path::Path;
use trial_web::corpus;
use url::Url;

pub struct Seed {
    pub url: Url,
    pub bytes: Vec<u8>,
}

impl Seed {
    pub fn is_json(&self) -> bool {
        matches!(self.bytes.trim_ascii_start().first(), Some(b'{' | b'['))
    }
}

/// A page for every source, and the public cases where they are at hand.
pub fn all() -> Vec<Seed> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/pages");
    let mut folders = vec![own];
    let mut seeds = Vec::new();
    if let Some(folder) = corpus::folder() {
        folders.extend(["syntax", "platform_case"].map(|part| folder.join(part)));
    }
    for folder in folders {
        let files = corpus::files(&folder);
        seeds.extend(files.into_iter().map(|(_, bytes)| Seed {
            url: corpus::somewhere(),
            bytes,
        }));
    }
    let pages = corpus::pages().unwrap_or_default();
    seeds.extend(pages.into_iter().map(|(_, url, bytes)| Seed { url, bytes }));
    seeds
}
