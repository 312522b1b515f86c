//! Another shop: a server on this machine that says what a test has it say, and counts how often it is asked.

use image::{DynamicImage, ImageFormat};
use std::collections::HashMap;
use std::io::Cursor;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use trial::world::World;

/// What stands at one address.
#[derive(Clone)]
struct Page {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
}

/// A shop that is not of this market.
#[derive(Clone)]
pub struct Shop {
    address: SocketAddr,
    pages: Arc<Mutex<HashMap<String, Page>>>,
    asked: Arc<Mutex<Vec<String>>>,
    not_modified: Arc<AtomicUsize>,
}

/// A product's page as shops have it: data for machines, and something to see.
pub struct Product<'a> {
    pub title: &'a str,
    pub price: &'a str,
    pub currency: &'a str,
    pub in_stock: bool,
    pub picture: bool,
    /// The address that the page calls its own.
    pub canonical: Option<&'a str>,
}

pub const MUG: Product<'static> = Product {
    title: "Speckled mug",
    price: "24.50",
    currency: "USD",
    in_stock: true,
    picture: true,
    canonical: None,
};

impl Shop {
    /// A shop that has nothing yet, and a market that may read it.
    pub async fn open(world: &World) -> (Shop, World) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shop = Shop {
            address: listener.local_addr().unwrap(),
            pages: Arc::default(),
            asked: Arc::default(),
            not_modified: Arc::default(),
        };
        let server = shop.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shop = server.clone();
                tokio::spawn(async move { shop.answer(stream).await });
            }
        });
        let address = shop.address;
        let world = world
            .with(|settings| settings.import_from = vec![address])
            .await;
        (shop, world)
    }

    /// Another one, which sends a letter now and then and never comes to an end.
    pub async fn that_drips() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>";
                    let mut sent = stream.write_all(head.as_bytes()).await;
                    while sent.is_ok() {
                        tokio::time::sleep(Duration::from_millis(500)).await;
                        sent = stream.write_all(b"a").await;
                    }
                });
            }
        });
        address
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Puts a product's page and its picture at an address.
    pub fn sells(&self, path: &str, product: &Product<'_>) {
        let Product {
            title,
            price,
            currency,
            in_stock,
            picture,
            canonical,
        } = product;
        let state = if *in_stock { "InStock" } else { "OutOfStock" };
        let image = if *picture {
            self.url(&format!("{path}.png"))
        } else {
            String::new()
        };
        let data = serde_json::json!({
            "@context": "https://schema.org",
            "@type": "Product",
            "name": title,
            "description": format!("{title}, made by hand."),
            "image": [image],
            "sku": "KC-7",
            "brand": {"@type": "Brand", "name": "Kiln"},
            "offers": {
                "@type": "Offer",
                "price": price,
                "priceCurrency": currency,
                "availability": format!("https://schema.org/{state}"),
            },
        });
        let canonical = canonical.map_or(String::new(), |path| {
            format!("<link rel=canonical href=\"{}\">", self.url(path))
        });
        let body = format!(
            "<!doctype html><html lang=en><head><title>{title}</title>{canonical}\
             <script type=\"application/ld+json\">{data}</script></head>\
             <body><main><h1>{title}</h1><p class=price>{price} {currency}</p>\
             <button>Add to cart</button></main></body></html>"
        );
        self.put(path, 200, "text/html; charset=utf-8", body.into_bytes());
        if *picture {
            self.put(&format!("{path}.png"), 200, "image/png", png());
        }
    }

    /// Puts the page of a shirt at an address that comes in these sizes, each with its price and whether it is there.
    pub fn sells_in_sizes(&self, path: &str, sizes: &[(&str, &str, bool)]) {
        let variants: Vec<_> = sizes
            .iter()
            .map(|(size, price, in_stock)| {
                let state = if *in_stock { "InStock" } else { "OutOfStock" };
                serde_json::json!({
                    "@type": "Product",
                    "name": format!("Linen shirt {size}"),
                    "size": size,
                    "sku": format!("LS-{size}"),
                    "offers": {
                        "@type": "Offer",
                        "price": price,
                        "priceCurrency": "USD",
                        "availability": format!("https://schema.org/{state}"),
                    },
                })
            })
            .collect();
        let data = serde_json::json!({
            "@context": "https://schema.org",
            "@type": "ProductGroup",
            "name": "Linen shirt",
            "variesBy": ["https://schema.org/size"],
            "hasVariant": variants,
        });
        self.says(
            path,
            200,
            &format!(
                "<!doctype html><html lang=en><head><title>Linen shirt</title>\
                 <script type=\"application/ld+json\">{data}</script></head>\
                 <body><main><h1>Linen shirt</h1><button>Add to cart</button></main></body></html>"
            ),
        );
    }

    /// Puts anything at an address.
    pub fn says(&self, path: &str, status: u16, body: &str) {
        let kind = if path.ends_with(".xml") {
            "application/xml"
        } else {
            "text/html"
        };
        self.put(path, status, kind, body.as_bytes().to_vec());
    }

    fn put(&self, path: &str, status: u16, kind: &'static str, body: Vec<u8>) {
        let page = Page { status, kind, body };
        self.pages.lock().unwrap().insert(path.to_owned(), page);
    }

    /// How often an address was asked for.
    pub fn asked_for(&self, path: &str) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|asked| *asked == path).count()
    }

    /// How often somebody asked for what he had, and was told so.
    pub fn not_modified(&self) -> usize {
        self.not_modified.load(Ordering::SeqCst)
    }

    async fn answer(&self, mut stream: TcpStream) {
        let mut request = Vec::new();
        let mut chunk = [0; 4096];
        while !request.windows(4).any(|end| end == b"\r\n\r\n") {
            match stream.read(&mut chunk).await {
                Ok(0) | Err(_) => return,
                Ok(read) => request.extend_from_slice(&chunk[..read]),
            }
        }
        let request = String::from_utf8_lossy(&request).into_owned();
        let path = request.split(' ').nth(1).unwrap_or("/");
        let path = path.split('?').next().unwrap_or("/").to_owned();
        self.asked.lock().unwrap().push(path.clone());
        let page = self.pages.lock().unwrap().get(&path).cloned();
        let page = page.unwrap_or(Page {
            status: 404,
            kind: "text/plain",
            body: b"not here".to_vec(),
        });
        // The same bytes have the same tag.
        let tag = format!("\"{}-{}\"", page.body.len(), sum(&page.body));
        let head = if page.status == 200
            && request
                .to_lowercase()
                .contains(&format!("if-none-match: {tag}"))
        {
            "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_owned()
        } else {
            let (status, kind, length) = (page.status, page.kind, page.body.len());
            format!(
                "HTTP/1.1 {status} So\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
                 ETag: {tag}\r\nConnection: close\r\n\r\n"
            )
        };
        let _ = stream.write_all(head.as_bytes()).await;
        if head.contains(" 304 ") {
            self.not_modified.fetch_add(1, Ordering::SeqCst);
        } else {
            let _ = stream.write_all(&page.body).await;
        }
        let _ = stream.shutdown().await;
    }
}

fn sum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(7, |sum: u64, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(*byte))
    })
}

fn png() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(400, 300)
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}
