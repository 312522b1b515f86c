//! Hostile numbers and texts through every server function, as everybody: nothing breaks, and every book stays right.

use crate::audit;
use crate::process::Serving;
use market::Market;
use market::store::Owner;
use model::{ListingId, OfferTerms, ProductId, Tokens};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use reqwest::header::{ACCEPT, CONTENT_TYPE, ORIGIN};
use reqwest::{Client, Method};
use sea_orm::ConnectionTrait;
use std::sync::Arc;
use trial::{Place, both_engines};
use trial::{Report, so_many};
use trial_http::functions::{
    FUNCTIONS, a_mug, log_in, name_in, one_of_everything, registered, store,
};
use trial_http::running::{PASSWORD, Page, Running, client};

both_engines!(no_number_and_no_text_breaks_anything);

/// After so many calls every book is looked at, and there is something new to attack.
const ROUND: usize = 100;

/// What a field may not be, whatever it is.
const VALUES: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "+1",
    "01",
    "1.5",
    "1,5",
    "1e400",
    "NaN",
    "inf",
    "-0",
    "0x10",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551616",
    "2147483648",
    "1000000",
    "1000001",
    "10000000",
    "10000000.01",
    "92233720368547758.07",
    "-9223372036854775790 of 9",
    "9223372036854775807 of 9223372036854775807",
    "0 of 9",
    "٣",
    "１２",
    "½",
    "true",
    "null",
    "[]",
    "{}",
    "{\"a\":1}",
    "\0",
    "a\0b",
    "\u{200d}",
    "👩\u{200d}👩\u{200d}👧",
    "\u{202e}gnp.exe",
    "\u{feff}",
    "\u{fffe}",
    "a\u{301}\u{301}\u{301}",
    "</title></script></textarea><img src=x onerror=alert(1)>",
    "' OR 1=1 --",
    "%",
    "_%_\\",
    "%00",
    "../../etc/passwd",
    "https://[::1]/",
    "http://x@:0/",
    "draft",
    "published",
    "by_itself",
    "kitchen",
    "1 of 1, here",
];

/// Forms whose line in the table of everybody's rights is shorter than what their page sends.
const FORMS: &[(&str, &str)] = &[
    (
        "sign_up",
        "form[name]=Ada&form[email]=ada@post.example&form[password]=a long enough one",
    ),
    (
        "log_in",
        "form[email]=mara@post.example&form[password]=wrong&next=/cart",
    ),
    (
        "open_store",
        "form[name]=A store&form[slug]=a-store&form[tagline]=&form[about]=&form[accent]=moss&form[shipping]=4.00&form[free_shipping_from]=50",
    ),
    (
        "save_store",
        "form[name]=Kiln&form[tagline]=Ours&form[about]=&form[accent]=moss&form[shipping]=4.00&form[free_shipping_from]=50&shown[name]=Kiln",
    ),
    (
        "create_product",
        "form[title]=Mug&form[description]=Clay&form[category]=kitchen&form[variants][0][name]=S&form[variants][0][sku]=1&form[variants][0][price]=12&form[variants][0][stock]=3&form[variants][1][name]=M&form[variants][1][price]=13&form[variants][1][stock]=1",
    ),
    (
        "save_product",
        "product=1&form[title]=Mug&shown[title]=A mug&form[category]=kitchen&shown[category]=kitchen&form[variants][0][id]=1&shown[variants][0][id]=1&form[variants][0][price]=12.00&shown[variants][0][price]=12.00&form[variants][0][stock]=12&shown[variants][0][stock]=9 of 9&form[variants][1][name]=L&form[variants][1][price]=3&form[variants][1][stock]=1&publish=true&standing=published",
    ),
    (
        "change_offer",
        "offer=1&form[rate]=1&form[units]=1&shown[rate]=1.00&shown[units]=2&cost=1.00",
    ),
    (
        "cancel_units",
        "line=1&form[units]=1&form[restock]=on&form[key]=aaaaaaaaaaaaaaaaaaaaaaaa&form[standing]=1 of 1, here",
    ),
    ("ship_parcel", "parcel=1&form[carrier]=Post&form[number]=1"),
    (
        "place_order",
        "form[email]=guest@post.example&form[name]=A guest&form[line1]=1 Road&form[line2]=&form[city]=Town&form[postcode]=1&form[country]=Land&form[key]=aaaaaaaaaaaaaaaaaaaa&form[seen_total]=1200&card[card_number]=4242424242424242&card[expiry]=12/40&card[cvc]=123",
    ),
    (
        "begin_shop_import",
        "shop=1&form[category]=kitchen&form[how]=draft",
    ),
];

async fn no_number_and_no_text_breaks_anything(place: Arc<Place>) {
    let calls = so_many(300, 10_000);
    let seed = match std::env::var("TORTURE_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => rand::random::<u32>().into(),
    };
    println!("TORTURE_SEED={seed}");
    let mut attack = Attack::begin(&place, StdRng::seed_from_u64(seed)).await;
    let mut report = Report::begin();
    while report.operations < calls {
        attack.something_new().await;
        for _ in 0..ROUND {
            report.operations += 1;
            report.faults += 1;
            report.wrong += u64::from(!attack.call().await);
        }
        let found = audit::breaches(&place).await;
        if found > 0 {
            println!(
                "TORTURE_SEED={seed}: broken after {} calls",
                report.operations
            );
        }
        report.wrong += found;
    }
    report.wrong += attack.server.alarms(&place);
    report.file(
        "hostile numbers and texts through every form",
        place.engine.name(),
    );
}

/// Everybody at a server, with everything there is.
struct Attack {
    dice: StdRng,
    server: Serving,
    market: Market,
    client: Client,
    maker: Owner,
    /// A page that each has open; the first is nobody's.
    visitors: Vec<Page>,
    /// What was made last.
    fresh: Option<(ProductId, ListingId, String)>,
}

impl Attack {
    async fn begin(place: &Place, dice: StdRng) -> Attack {
        // A server of the test's own makes the people; the one that is attacked is a process with a log.
        let first = Running::with(&[("database_url", &place.url), ("rate_limits", "off")]).await;
        let maker = store(&first, "mara@post.example", "Kiln").await;
        one_of_everything(&first, maker).await;
        store(&first, "other@post.example", "Other").await;
        first.sign_up("shopper@post.example").await;
        first.sign_up("operator@post.example").await;
        let rows = place.rows().await;
        rows.execute_unprepared(
            "UPDATE accounts SET operator = TRUE WHERE email = 'operator@post.example'",
        )
        .await
        .unwrap();
        rows.close().await.unwrap();
        let mut cookies = vec![String::new()];
        for email in ["mara", "mara", "other", "shopper", "operator"] {
            cookies.push(log_in(&first, &format!("{email}@post.example")).await);
        }
        let client = client()
            .redirect(reqwest::redirect::Policy::none())
            // A connection on which a body was refused half-read is closed, which the next request may not know yet.
            .pool_max_idle_per_host(0)
            .build()
            .unwrap();
        let server = Serving::start(place).await;
        let host = format!("http://{}", server.host);
        let mut visitors = Vec::new();
        for cookie in cookies {
            visitors.push(Page::open(&client, &host, &cookie).await);
        }
        Attack {
            dice,
            server,
            market: place.market().await,
            client,
            maker,
            visitors,
            fresh: None,
        }
    }

    /// A product with an offer on it that nobody has spoilt yet.
    async fn something_new(&mut self) {
        let (market, maker) = (&self.market, self.maker);
        let product = a_mug(market, maker).await;
        let terms = OfferTerms {
            rate: Tokens(1),
            units: 2,
        };
        // Her wallet may be empty by now.
        let _ = market::offer::open(market, maker, product, terms).await;
        let card = market::product::card(market, product, None).await.unwrap();
        let edit = market::product::form(market, maker, product).await.unwrap();
        let variant = edit.form.variants[0].id.clone();
        self.fresh = Some((product, card.listing.unwrap(), variant));
    }

    /// One call. False when something broke.
    async fn call(&mut self) -> bool {
        let mut functions = registered();
        functions.sort_by(|(one, _), (other, _)| one.cmp(other));
        let (path, method) = functions.choose(&mut self.dice).unwrap().clone();
        let name = name_in(&path);
        let at = self.dice.random_range(0..self.visitors.len());
        let visitor = self.visitors[at].clone();
        // Whoever logs out is nobody from then on.
        if ["log_out", "end_other_log_ins"].contains(&name) && at > 0 {
            return true;
        }
        let pairs = self.spoilt(name);
        let is_read = method == Method::GET;
        let query = encoded(&pairs, is_read);
        let address = format!("http://{}{path}", self.server.host);
        let accept = match self.dice.random_bool(0.5) {
            true => "application/json",
            false => "text/html",
        };
        let request = if is_read {
            self.client.get(format!("{address}?{query}"))
        } else {
            self.client
                .request(method, address)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(query.clone())
        };
        let origin = format!("http://{}", self.server.host);
        let request = visitor
            .send(request)
            .header(ACCEPT, accept)
            .header(ORIGIN, origin);
        let status = request.send().await.map(|answer| answer.status().as_u16());
        let held = matches!(status, Ok(status) if status < 500);
        if !held {
            let start: String = query.chars().take(500).collect();
            println!("{name}: {status:?} for {start}");
        }
        held
    }

    /// What a page would send, with something in it that no page sends.
    fn spoilt(&mut self, name: &str) -> Vec<(String, String)> {
        let known = FORMS.iter().find(|(form, _)| *form == name);
        let body = match known {
            Some((_, body)) => body,
            None => {
                FUNCTIONS
                    .iter()
                    .find(|(known, ..)| *known == name)
                    .unwrap()
                    .2
            }
        };
        let mut pairs: Vec<(String, String)> = body
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        if self.dice.random_bool(0.8) {
            self.refer_to_what_is_new(&mut pairs);
        }
        for _ in 0..self.dice.random_range(1..=3) {
            if !pairs.is_empty() {
                let at = self.dice.random_range(0..pairs.len());
                self.spoil(&mut pairs, at);
            }
        }
        pairs
    }

    fn refer_to_what_is_new(&self, pairs: &mut [(String, String)]) {
        let Some((product, listing, variant)) = &self.fresh else {
            return;
        };
        for (name, value) in pairs {
            match name.as_str() {
                "product" => *value = product.to_string(),
                "listing" => *value = listing.to_string(),
                "variant" | "form[variants][0][id]" | "shown[variants][0][id]" => {
                    value.clone_from(variant);
                }
                _ => {}
            }
        }
    }

    fn spoil(&mut self, pairs: &mut Vec<(String, String)>, at: usize) {
        let value = self.hostile();
        match self.dice.random_range(0..12) {
            0 => drop(pairs.remove(at)),
            1 => {
                let deeper = [
                    "[]",
                    "[0]",
                    "[-1]",
                    "[99999999999]",
                    "[a][b][c][d][e][f][g]",
                ];
                let deeper = deeper.choose(&mut self.dice).unwrap();
                pairs[at].0.push_str(deeper);
            }
            2 => {
                let twice = (pairs[at].0.clone(), value);
                pairs.push(twice);
            }
            3 => pairs[at].0 = value,
            _ => pairs[at].1 = value,
        }
    }

    fn hostile(&mut self) -> String {
        match self.dice.random_range(0..60) {
            0 => "x".repeat(1_000_000),
            1 => "7".repeat(self.dice.random_range(15..400)),
            2 => "\u{1f4a3}".repeat(3_000),
            3 => PASSWORD.to_owned(),
            _ => (*VALUES.choose(&mut self.dice).unwrap()).to_owned(),
        }
    }
}

/// The longest address that a client sends.
const LONGEST_ADDRESS: usize = 4_000;

fn encoded(pairs: &[(String, String)], is_read: bool) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs {
        form.append_pair(name, value);
    }
    let mut text = form.finish();
    if is_read {
        text.truncate(LONGEST_ADDRESS);
    }
    text
}
