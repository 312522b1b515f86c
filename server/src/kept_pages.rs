//! Pages that everybody opens are made once for all guests, for as long as nothing of what they show changes.
//!
//! A guest without a session gets the same page as every other, but for a few words: the token of its forms, the nonce
//! of its scripts, and cookies of her own. So it is made as for nobody, kept in pieces between those words, and put
//! together for each guest with words of her own. Nothing that is somebody's is ever in what is kept.
//!
//! A kept page is never older than the last commit before it was asked for: the feed of changes is asked to catch up
//! first, in one read for all who ask meanwhile ([`market::feed`]). Where it can't, pages are made for each as before.

mod address;
mod gzip;
mod page;

use crate::metrics::PageFrom;
use crate::middleware::request_id;
use crate::session;
use crate::site::Site;
use address::Address;
use app::server::{TokenOfPage, guest};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use market::WAITS;
use market::feed::{Moment, Seen, Stamp};
use page::Page;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use tracing::Instrument;

/// About as large is a page with what is kept of it packed, in bytes.
const USUAL: u64 = 48 << 10;

/// The longest page that is looked into, in bytes.
const LONGEST: usize = 4 << 20;

/// Whoever waits longer for another guest's page has one of her own made.
const PATIENCE: Duration = Duration::from_secs(5);

/// A page that changes while it is made, again and again, is made for each.
const ROUNDS: usize = 3;

/// The pages that were asked for most.
pub struct KeptPages(Option<Cache<Address, Arc<Kept>, Weight>>);

/// A page, and what has to stay as it is for it.
struct Kept {
    page: Page,
    stamp: Stamp,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Address, Arc<Kept>> for Weight {
    fn weight(&self, address: &Address, kept: &Arc<Kept>) -> u64 {
        let bytes = kept.page.weight().saturating_add(address.weight());
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

impl KeptPages {
    /// As many as fit into so many bytes; with 0 none are kept.
    pub fn new(room: u64) -> KeptPages {
        let cache = || {
            let pages = usize::try_from(room / USUAL).unwrap_or(usize::MAX);
            Cache::with_weighter(pages.max(1), room, Weight)
        };
        KeptPages((room > 0).then(cache))
    }
}

/// Runs around pages, outside of the session.
pub async fn answer(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (Some(pages), Some(address)) = (&site.kept_pages.0, like_everybodys(&site, &request))
    else {
        if request.method() == Method::GET {
            site.metrics.page(PageFrom::Passed);
        }
        return next.run(request).await;
    };
    let feed = site.market.feed();
    for _ in 0..ROUNDS {
        let waits = tracing::info_span!(target: WAITS, "page");
        let page = pages.get_value_or_guard_async(&address).instrument(waits);
        let Ok(kept) = timeout(PATIENCE, page).await else {
            break;
        };
        match kept {
            Ok(kept) => {
                if feed.catch_up().await.is_err() {
                    break;
                }
                if feed.holds(&kept.stamp) {
                    site.metrics.page(PageFrom::Kept);
                    return kept.page.answer(&site.market, request.headers());
                }
                site.metrics.page(PageFrom::Stale);
                pages.remove_if(&address, |now| Arc::ptr_eq(now, &kept));
            }
            Err(guard) => {
                let Some(moment) = feed.moment() else {
                    break;
                };
                site.metrics.page(PageFrom::Made);
                return match made(&site, &address, moment, request, next).await {
                    Made::ForAll(kept, answer) => {
                        // Somebody may have made it meanwhile.
                        let _ = guard.insert(kept);
                        answer
                    }
                    Made::ForOnce(answer) => answer,
                };
            }
        }
    }
    site.metrics.page(PageFrom::Passed);
    next.run(request).await
}

/// The address, if whoever asks gets the page that every guest gets there.
fn like_everybodys(site: &Site, request: &Request) -> Option<Address> {
    if request.method() != Method::GET {
        return None;
    }
    let session = session::cookie_name(&site.config);
    let theme = guest::page_like_everybodys(&site.market, request.headers(), session)?;
    Address::of(request.uri(), theme)
}

enum Made {
    ForAll(Arc<Kept>, Response),
    ForOnce(Response),
}

/// Makes the page as for nobody, and answers whoever asked for it.
async fn made(
    site: &Site,
    address: &Address,
    moment: Moment,
    mut request: Request,
    next: Next,
) -> Made {
    let mut as_nobody = guest::as_nobody(address.theme());
    let asked = std::mem::take(request.headers_mut());
    request_id::hand_on(&asked, &mut as_nobody);
    *request.headers_mut() = as_nobody;
    *request.uri_mut() = address.uri();
    let seen = Seen::default();
    request.extensions_mut().insert(seen.clone());

    let response = next.run(request).await;
    let Some(TokenOfPage(token)) = response.extensions().get().cloned() else {
        // What is no page of ours has nothing of anybody's in it.
        return Made::ForOnce(response);
    };
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LONGEST).await else {
        tracing::error!("a page is too long to be sent");
        return Made::ForOnce(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    let welcomes = guest::welcomes(&site.market, &parts.headers);
    let Some(page) = Page::of(&parts, &body, &token, welcomes) else {
        tracing::error!("a page can't be kept: it names no nonce");
        return Made::ForOnce(Response::from_parts(parts, Body::from(body)));
    };
    let topics = seen.topics();
    let answer = page.answer(&site.market, &asked);
    if topics.is_empty() || !page.is_found() {
        return Made::ForOnce(answer);
    }
    let stamp = moment.of(&topics);
    Made::ForAll(Arc::new(Kept { page, stamp }), answer)
}
