//! A market in which everything that can be said is said in one voice.

use super::shop::Shop;
use super::tree::{self, Form, parse};
use super::voice::Voice;
use market::link::Link;
use market::store::Owner;
use model::ProductId;
use reqwest::header::{ACCEPT, COOKIE, ORIGIN, REFERER};
use reqwest::{Method, Response};
use std::io::Cursor;
use trial_http::running::{PAGE, PASSWORD, Running, cookie_of, header};

const MAKER: &str = "ada&'co@post.example";
const RESELLER: &str = "ben&'co@post.example";

/// What has to be typed for a step to succeed, by the end of the field's name. All else is said in the town's voice.
const MUST: [(&str, &str); 12] = [
    ("[password]", PASSWORD),
    ("[shipping]", "5.00"),
    ("[free_shipping_from]", "90.00"),
    ("[price]", "12.00"),
    ("[stock]", "9"),
    ("[card_number]", "4242424242424242"),
    ("[expiry]", "12/40"),
    ("[cvc]", "123"),
    ("[rate]", "1.00"),
    ("[units]", "5"),
    ("units", "1"),
    ("[email]", "cy&'co@post.example"),
];

pub struct Town {
    pub server: Running,
    pub voice: Voice,
    pub maker: String,
    pub reseller: String,
    pub guest: String,
    /// The product on the reseller's shelf.
    pub product: String,
    pub order: String,
    /// The bank's page for an order that waits for its second step.
    pub step: String,
}

impl Town {
    pub async fn build(voice: Voice) -> Town {
        let shop = Shop::open(voice).await;
        let server = Running::with(&[("rate_limits", "off"), ("import_from", &shop.place())]).await;
        let mut town = Town {
            server,
            voice,
            maker: String::new(),
            reseller: String::new(),
            guest: String::new(),
            product: String::new(),
            order: String::new(),
            step: String::new(),
        };
        town.maker = town.owner(MAKER, "kiln", 30).await;
        town.reseller = town.owner(RESELLER, "loom", 31).await;
        town.make().await;
        town.sell().await;
        town.import(&shop).await;
        town
    }

    /// Everybody, with her cookie.
    pub fn visitors(&self) -> [(&'static str, &str); 3] {
        [
            ("guest", &self.guest),
            ("maker", &self.maker),
            ("reseller", &self.reseller),
        ]
    }

    async fn owner(&self, email: &str, slug: &str, place: usize) -> String {
        let name = self.voice.says(place, model::limits::NAME);
        let signed_up = self
            .take("", "/sign-up", "sign_up", &[("[email]", email)])
            .await;
        let cookie = cookie_of(&signed_up).unwrap();
        self.take(
            &cookie,
            "/open-a-store",
            "open_store",
            &[("[slug]", slug), ("[name]", &name)],
        )
        .await;
        cookie
    }

    /// A product with variants and pictures, offered to others, on another's shelf.
    async fn make(&mut self) {
        let maker = self.maker.clone();
        self.take(&maker, "/dashboard/products/new", "create_product", &[])
            .await;
        let owner = self.proof(MAKER).await;
        let alt = self.voice.says(1, model::limits::ALT);
        for _ in 0..2 {
            market::picture::add(&self.server.market, owner, ProductId(1), png(), alt.clone())
                .await
                .unwrap();
        }
        market::product::publish(&self.server.market, owner, ProductId(1))
            .await
            .unwrap();
        self.take(
            &maker,
            "/dashboard/offers/new?product=1&rate=1.00&units=5",
            "open_offer",
            &[],
        )
        .await;
        let shelf = self.proof(RESELLER).await;
        market::listing::add(&self.server.market, shelf, ProductId(1))
            .await
            .unwrap();
        let shelf = self
            .look(&self.reseller, "/s/loom")
            .await
            .text()
            .await
            .unwrap();
        self.product = tree::link(&parse(&shelf, true), "/s/loom/");
    }

    /// An order that is paid and sent, one that waits for the bank, and a cart with something in it.
    async fn sell(&mut self) {
        let product = self.product.clone();
        let put_in = self.take("", &product, "add_to_cart", &[]).await;
        self.guest = cookie_of(&put_in).unwrap();
        let guest = self.guest.clone();
        self.order = led_to(&self.take(&guest, "/checkout", "place_order", &[]).await);
        let maker = self.maker.clone();
        self.take(&maker, "/dashboard/sales/1", "ship_parcel", &[])
            .await;

        self.take(&guest, &product, "add_to_cart", &[]).await;
        let second = [("[card_number]", "4000000000003220")];
        self.step = led_to(&self.take(&guest, "/checkout", "place_order", &second).await);
        let order = self.look(&guest, &self.step).await;
        assert_eq!(order.status(), 200, "{}", self.step);
        self.take(&guest, &product, "add_to_cart", &[]).await;
    }

    /// A product that was imported and has changed since, a link to check, one that leads nowhere, and a whole shop.
    async fn import(&mut self, shop: &Shop) {
        let market = self.server.market.clone();
        let owner = self.proof(MAKER).await;
        let page = |path: &str| Link::read(&market, &shop.url(path))?.to_other_shop();
        market::import::start(&market, owner, page("/goods/one").unwrap())
            .await
            .unwrap();
        market::import::work(&market).await.unwrap();
        let maker = self.maker.clone();
        self.take(&maker, "/dashboard/products/imports/1", "save_import", &[])
            .await;
        shop.changes();
        market::import::look_again(&market, owner, ProductId(2))
            .await
            .unwrap();
        for link in ["/goods/two", "/nothing"] {
            market::import::start(&market, owner, page(link).unwrap())
                .await
                .unwrap();
        }
        market::import::start_shop(&market, owner, page("/").unwrap())
            .await
            .unwrap();
        market::import::work(&market).await.unwrap();
    }

    async fn proof(&self, email: &str) -> Owner {
        let account = self.server.account(email).await;
        let signed = market::account::signed(&self.server.market, account).await;
        signed.unwrap().store_owner().unwrap()
    }

    /// Fills in a form of a page so that it is taken.
    async fn take(&self, cookie: &str, page: &str, name: &str, must: &[(&str, &str)]) -> Response {
        let html = self.look(cookie, page).await.text().await.unwrap();
        let form = tree::forms(&parse(&html, true))
            .into_iter()
            .find(|form| form.action.contains(name))
            .unwrap_or_else(|| panic!("{page} has no form for {name}: {html}"));
        let fields = form.filled(|place, field, room| {
            let known = must
                .iter()
                .chain(&MUST)
                .find(|(end, _)| field.ends_with(end));
            known.map_or_else(
                || self.voice.says(place, room),
                |(_, text)| (*text).to_owned(),
            )
        });
        let answer = self.send(cookie, page, &form, &fields).await;
        if answer.status() != 303 {
            let html = answer.text().await.unwrap();
            let mistakes: Vec<_> = html
                .split("field-error")
                .skip(1)
                .map(|rest| &rest[..rest.len().min(160)])
                .collect();
            panic!("{name} is refused: {fields:?}: {mistakes:#?}");
        }
        let next = self
            .look(cookie, &led_to(&answer))
            .await
            .text()
            .await
            .unwrap();
        assert!(
            !next.contains("aria-invalid=\"true\""),
            "{name} is refused: {fields:?}: {next}"
        );
        answer
    }

    pub async fn send(
        &self,
        cookie: &str,
        page: &str,
        form: &Form,
        fields: &[(String, String)],
    ) -> Response {
        let origin = &self.server.public_url;
        self.server
            .request(Method::POST, &form.action)
            .header(ACCEPT, PAGE)
            .header(ORIGIN, origin)
            .header(REFERER, format!("{origin}{page}"))
            .header(COOKIE, self.with_key(cookie))
            .form(fields)
            .send()
            .await
            .unwrap()
    }

    pub async fn look(&self, cookie: &str, page: &str) -> Response {
        self.server.get_as(&self.with_key(cookie), page).await
    }

    /// With what tells a browser from others: forms are sent by the one that opened their page.
    fn with_key(&self, cookie: &str) -> String {
        format!("{cookie}; {}", self.server.guest.cookie)
    }
}

/// Where an answer leads.
pub fn led_to(answer: &Response) -> String {
    assert_eq!(answer.status(), 303, "{answer:?}");
    header(answer.headers(), "location")
}

fn png() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(400, 400, image::Rgb([200, 120, 40]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}
