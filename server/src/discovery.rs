//! What search engines ask for: where they need not look, and what there is to find.

use crate::refusal::Refusal;
use crate::site::Site;
use app::error::AppError;
use app::paths;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use market::sitemap;
use std::fmt::Write;

/// An hour: what sells out meanwhile says so on its page.
const KEEP: &str = "public, max-age=3600";

/// What is somebody's own, or a step on the way to it.
const NOT_TO_FIND: [&str; 12] = [
    "/api/",
    "/upload/",
    paths::DASHBOARD,
    paths::ACCOUNT,
    paths::CART,
    paths::CHECKOUT,
    paths::ORDERS,
    paths::PAYMENTS,
    paths::LOG_IN,
    paths::SIGN_UP,
    paths::OPEN_STORE,
    paths::FOLLOW_LINK,
];

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/robots.txt", get(robots))
        .route("/sitemap.xml", get(index))
        .route("/sitemap/{part}", get(part))
}

async fn robots(State(site): State<Site>) -> Response {
    let mut text = String::from("User-agent: *\n");
    for path in NOT_TO_FIND {
        text += &format!("Disallow: {path}\n");
    }
    let map = site.market.info().address("/sitemap.xml");
    text += &format!("\nSitemap: {map}\n");
    answer("text/plain; charset=utf-8", text)
}

/// A kind of page that there are many of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Stores,
    Products,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Stores => "stores",
            Kind::Products => "products",
        }
    }

    /// The kind and the number that a part's name says, such as `stores-1.xml`.
    fn of_part(name: &str) -> Option<(Kind, i64)> {
        let (kind, number) = name.strip_suffix(".xml")?.split_once('-')?;
        let kind = [Kind::Stores, Kind::Products]
            .into_iter()
            .find(|known| known.name() == kind)?;
        let number = number.parse().ok().filter(|number| *number > 0)?;
        // The same part under one name only.
        (name == part_name(kind, number)).then_some((kind, number))
    }
}

fn part_name(kind: Kind, number: i64) -> String {
    format!("{}-{number}.xml", kind.name())
}

async fn index(State(site): State<Site>, headers: HeaderMap) -> Response {
    let parts = match sitemap::parts(&site.market).await {
        Ok(parts) => parts,
        Err(error) => return refused(&headers, error),
    };
    let info = site.market.info();
    let mut map = Map::begin("sitemapindex");
    for (kind, count) in [
        (Kind::Stores, parts.stores),
        (Kind::Products, parts.products),
    ] {
        for number in 1..=count {
            let part = format!("/sitemap/{}", part_name(kind, number));
            map.add("sitemap", &info.address(&part), None);
        }
    }
    map.answer()
}

async fn part(State(site): State<Site>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some((kind, number)) = Kind::of_part(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let info = site.market.info();
    let mut map = Map::begin("urlset");
    let listed = match kind {
        Kind::Stores => sitemap::stores(&site.market, number).await.map(|stores| {
            for store in stores {
                map.add("url", &info.address(&paths::store(&store.slug)), None);
            }
        }),
        Kind::Products => sitemap::products(&site.market, number)
            .await
            .map(|products| {
                for product in products {
                    let page = paths::product(&product.store, &product.slug);
                    map.add("url", &info.address(&page), Some(product.changed_at.iso()));
                }
            }),
    };
    match listed {
        Ok(()) => map.answer(),
        Err(error) => refused(&headers, error),
    }
}

/// A sitemap in the making. What it holds are addresses of ours, whose letters need no escaping.
struct Map {
    kind: &'static str,
    xml: String,
}

impl Map {
    fn begin(kind: &'static str) -> Map {
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{kind} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        );
        Map { kind, xml }
    }

    fn add(&mut self, element: &str, address: &str, changed: Option<String>) {
        let changed = changed
            .map(|changed| format!("<lastmod>{changed}</lastmod>"))
            .unwrap_or_default();
        // A string takes everything.
        let _ = writeln!(
            self.xml,
            "<{element}><loc>{address}</loc>{changed}</{element}>"
        );
    }

    fn answer(mut self) -> Response {
        let _ = writeln!(self.xml, "</{}>", self.kind);
        answer("application/xml; charset=utf-8", self.xml)
    }
}

fn answer(kind: &'static str, text: String) -> Response {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, KEEP)], text).into_response()
}

fn refused(headers: &HeaderMap, error: market::Error) -> Response {
    Refusal::to_headers(headers, "/sitemap.xml").of(&AppError::from(error))
}

#[cfg(test)]
mod tests {
    use super::{Kind, part_name};

    #[test]
    fn a_part_has_one_name() {
        assert!(Kind::of_part("stores-1.xml") == Some((Kind::Stores, 1)));
        assert_eq!(part_name(Kind::Products, 12), "products-12.xml");
        for other in [
            "stores-0.xml",
            "stores-01.xml",
            "stores--1.xml",
            "stores-+1.xml",
            "carts-1.xml",
            "stores-1",
        ] {
            assert!(Kind::of_part(other).is_none(), "{other}");
        }
    }
}
