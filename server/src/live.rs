//! How the products on open pages stand, as server-sent events. Nothing of it is anybody's own, so no session is looked
//! at; each event is the line of a [`model::ProductNow`].

use crate::connections::{Place, Room};
use crate::middleware::client_address;
use crate::site::Site;
use app::paths;
use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::middleware::from_fn_with_state;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures::stream::{self, Stream};
use market::live::Watching;
use model::ProductId;
use model::limits::WATCHED;
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// Pages that one process tells at a time.
const PAGES: usize = 5_000;

/// Pages of one network: a tab that nobody looks at is told nothing.
const PAGES_OF_ONE_NETWORK: usize = 24;

/// Something is sent so often, if only to find out who is gone.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The pages that are told.
pub struct Pages(Arc<Room>);

impl Pages {
    pub fn new(limited: bool) -> Pages {
        let of_one = if limited { PAGES_OF_ONE_NETWORK } else { PAGES };
        Pages(Room::new(PAGES, of_one, Vec::new()))
    }
}

pub fn routes(site: &Site) -> Router<Site> {
    let find = from_fn_with_state(site.clone(), client_address::find);
    Router::new().route(paths::LIVE, get(tell)).layer(find)
}

#[derive(Deserialize)]
struct Asked {
    /// Numbers of products, with commas between them.
    products: String,
}

async fn tell(
    State(site): State<Site>,
    Query(Asked { products }): Query<Asked>,
    request: Request,
) -> Response {
    let Some(products) = numbers(&products) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let Ok(place) = site.open_pages.0.enter(client_address::of(&request)) else {
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    };
    let told = events(site.market.watch(products), place);
    let told = Sse::new(told).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE));
    // nginx would keep it back until there is more of it.
    let headers = [(CACHE_CONTROL, "no-store"), (UNBUFFERED, "no")];
    (headers, told).into_response()
}

/// `None` when they are not all numbers, or too many.
fn numbers(list: &str) -> Option<Vec<ProductId>> {
    let numbers = list.split(',').take(WATCHED + 1);
    let products: Vec<ProductId> = numbers
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    (products.len() <= WATCHED).then_some(products)
}

fn events(watching: Watching, place: Place) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold((watching, place), async |(mut watching, place)| {
        let lines = watching.next().await?;
        let event = Event::default().data(lines.join("\n"));
        Some((Ok(event), (watching, place)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_watched_is_a_list_of_numbers() {
        assert_eq!(numbers("7,12").unwrap(), [ProductId(7), ProductId(12)]);
        for wrong in ["", "7,", "a", "7;8", &"1,".repeat(500)] {
            assert!(numbers(wrong).is_none(), "{wrong}");
        }
        let many = vec!["1"; WATCHED + 1].join(",");
        assert!(numbers(&many).is_none());
    }
}
