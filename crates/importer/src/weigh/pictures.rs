//! The product's pictures in order, each once, without the shop's own.

use super::Vote;
use crate::address::on_the_web;
use crate::document::Document;
use crate::draft::{Image, Source, Sourced};
use std::collections::HashSet;
use url::Url;

const MOST: usize = 30;
/// Words in an address that tell a picture of the shop from one of the product.
const NOT_PRODUCTS: [&str; 14] = [
    "logo",
    "sprite",
    "placeholder",
    "spacer",
    "blank.",
    "loading",
    "loader",
    "no-image",
    "noimage",
    "no_image",
    "pixel",
    "/icons/",
    "favicon",
    "avatar",
];

/// Pictures of the weightiest source first; a source adds what the others don't have.
pub fn of(votes: &[Vote], doc: &Document, page: &Url) -> Vec<Sourced<Image>> {
    let base = doc.base(page);
    let mut seen = HashSet::new();
    let mut images = Vec::new();
    let order = |vote: &&Vote| match vote.reading.source {
        Source::Visible => 2,
        Source::Meta => 1,
        _ => 0,
    };
    let mut sorted: Vec<&Vote> = votes.iter().filter(|vote| vote.trust > 0.5).collect();
    sorted.sort_by_key(order);
    for vote in sorted {
        for written in &vote.reading.images {
            let Some(url) = absolute(written, &base) else {
                continue;
            };
            if images.len() < MOST && seen.insert(key(&url)) {
                images.push(vote.sourced(Image { url }));
            }
        }
    }
    // A source with thumbnails only comes after one with pictures.
    images.sort_by_key(|found| is_small(found.value.url.as_str()));
    images
}

/// Does an address name a size below 200 pixels, like `w50-h60`, `120x120` or `?width=80`?
fn is_small(address: &str) -> bool {
    const SMALLEST: u32 = 200;
    let mut sizes = Vec::new();
    let lower = address.to_ascii_lowercase();
    for word in lower.split(|c: char| !c.is_ascii_alphanumeric() && c != '=') {
        let (name, value) = word.split_once('=').unwrap_or(("", word));
        let digits = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 4);
        if matches!(
            name,
            "w" | "h" | "width" | "height" | "wid" | "hei" | "sw" | "sh"
        ) {
            sizes.extend(digits(value));
        } else if let Some((width, height)) = value.split_once('x') {
            if let (Some(width), Some(height)) = (digits(width), digits(height)) {
                sizes.extend([width, height]);
            }
        } else if let Some(side) = value.strip_prefix(['w', 'h']) {
            sizes.extend(digits(side));
        }
    }
    sizes
        .iter()
        .max()
        .is_some_and(|largest| (1..SMALLEST).contains(largest))
}

/// An address on the web that can be a picture of a product.
fn absolute(written: &str, base: &Url) -> Option<Url> {
    if written.trim().is_empty() {
        return None;
    }
    let url = on_the_web(base, &written.replace("&amp;", "&"))?;
    let path = url.path().to_ascii_lowercase();
    let is_page =
        path.ends_with('/') || path.is_empty() || path.ends_with(".html") || path.ends_with(".svg");
    let is_shops = NOT_PRODUCTS.iter().any(|word| path.contains(word));
    (!is_page && !is_shops).then_some(url)
}

/// The same picture in another size, or by another scheme, is the same.
fn key(url: &Url) -> String {
    format!("{}{}", url.host_str().unwrap_or_default(), url.path())
}
