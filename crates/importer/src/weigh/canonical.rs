//! The address that the page calls its own.

use crate::address::{on_the_web, without_tracking};
use crate::document::Document;
use crate::draft::{Confidence, Source, Sourced};
use url::Url;

/// `rel=canonical`, or `og:url`, if it is a page of this shop; else where the page was found.
pub fn of(doc: &Document, page: &Url) -> Option<Sourced<Url>> {
    let link = doc
        .named("link")
        .find(|link| {
            link.value().attr("rel").is_some_and(|rel| {
                rel.split_whitespace()
                    .any(|word| word.eq_ignore_ascii_case("canonical"))
            })
        })
        .and_then(|link| link.value().attr("href").map(str::to_owned));
    let own = |written: Option<String>| {
        written
            .and_then(|written| on_the_web(page, &written))
            .filter(|url| is_own(url, page))
    };
    let (url, source) = own(link)
        .map(|url| (url, Source::Meta))
        .or_else(|| own(doc.meta("og:url")).map(|url| (url, Source::Meta)))
        .unwrap_or_else(|| (page.clone(), Source::Address));
    // A page read from a file has no address of its own.
    let is_web = matches!(url.scheme(), "http" | "https")
        && url
            .host_str()
            .is_some_and(|host| !host.ends_with(".invalid"));
    is_web.then(|| Sourced {
        value: without_tracking(&url),
        source,
        confidence: Confidence::Sure,
    })
}

/// A page (not a picture, not the shop's front page) of the same shop.
fn is_own(url: &Url, page: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    let is_picture = [".jpg", ".jpeg", ".png", ".gif", ".webp"]
        .iter()
        .any(|end| path.ends_with(end));
    let is_front = path.len() <= 1 && url.query().is_none() && page.path().len() > 1;
    let is_unknown = page
        .host_str()
        .is_some_and(|host| host.ends_with(".invalid"));
    !is_picture && !is_front && (is_unknown || same_shop(url, page))
}

/// The same registered name, whatever stands before it: `www.`, `m.`, `shop.`
fn same_shop(one: &Url, other: &Url) -> bool {
    const GENERAL: [&str; 10] = [
        "co", "com", "org", "net", "gov", "edu", "ac", "ne", "or", "go",
    ];
    let name = |url: &Url| {
        let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
        let mut labels: Vec<String> = host.rsplit('.').map(str::to_owned).collect();
        let is_country = labels.first().is_some_and(|label| label.len() == 2);
        let is_general = labels
            .get(1)
            .is_some_and(|label| GENERAL.contains(&label.as_str()));
        labels.truncate(if is_country && is_general { 3 } else { 2 });
        labels
    };
    name(one) == name(other)
}
