//! Another shop, whose pages say everything in one voice too.

use super::voice::Voice;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Html;
use axum::routing::get;
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::net::TcpListener;

pub struct Shop {
    address: SocketAddr,
    has_changed: Arc<AtomicBool>,
}

impl Shop {
    pub async fn open(voice: Voice) -> Shop {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shop = Shop {
            address: listener.local_addr().unwrap(),
            has_changed: Arc::default(),
        };
        let pages = Router::new()
            .route("/goods/{name}", get(goods))
            .with_state((voice, shop.has_changed.clone()));
        tokio::spawn(async move { axum::serve(listener, pages).await });
        shop
    }

    /// Host and port.
    pub fn place(&self) -> String {
        self.address.to_string()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// From now on everything has another title and price.
    pub fn changes(&self) {
        self.has_changed.store(true, Ordering::SeqCst);
    }
}

async fn goods(
    State((voice, has_changed)): State<(Voice, Arc<AtomicBool>)>,
    Path(name): Path<String>,
) -> Html<String> {
    let (place, price) = if has_changed.load(Ordering::SeqCst) {
        (8, "13.00")
    } else {
        (7, "12.00")
    };
    let title = voice.says(place, 80);
    let facts = json!({
        "@context": "https://schema.org",
        "@type": "Product",
        "name": title,
        "description": voice.says(place, 300),
        "sku": voice.says(place, 30),
        "brand": { "@type": "Brand", "name": voice.says(place, 40) },
        "offers": {
            "@type": "Offer",
            "price": price,
            "priceCurrency": "EUR",
            "availability": "https://schema.org/InStock",
        },
    });
    let facts = facts.to_string().replace('<', "\\u003c");
    Html(format!(
        "<!doctype html><html lang=en><head><title>{name}</title>\
         <script type=\"application/ld+json\">{facts}</script></head>\
         <body><main><h1>A thing</h1><p class=price>{price} EUR</p><button>Add to cart</button></main></body></html>"
    ))
}
