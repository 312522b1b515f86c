//! Whole purchases over HTTP, against the real server: what a browser with scripts sends when a guest puts two
//! products into her cart and pays.

use crate::Outcome;
use crate::checkouts::{by_workers, card, form};
use crate::report::Figure;
use crate::town::{Cart, Good, Town};
use model::{CartId, CheckoutForm};
use reqwest::header::{ACCEPT, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response, redirect};
use std::net::{SocketAddr, TcpListener};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};
use tokio::time::sleep;

/// The server, on the town's database.
pub struct Server {
    process: Child,
    shop: Shop,
}

/// What a browser knows of it.
#[derive(Clone)]
pub struct Shop {
    client: Client,
    address: String,
    goods: Arc<Vec<Good>>,
    /// What a page tells a browser apart by, and the token of its forms: all guests here have the same page open.
    browser: String,
    token: String,
    /// The addresses of server functions, as the pages' forms name them.
    add_to_cart: String,
    place_order: String,
}

impl Server {
    /// With room for so many MiB of pages that are kept. What it has to say goes to `log`.
    pub async fn start(program: &str, town: &Town<'_>, kept: &str, log: Stdio) -> Outcome<Server> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let address = format!("http://127.0.0.1:{port}");
        let folder = town.database.folder();
        let process = Command::new(program)
            .arg("serve")
            .current_dir(folder)
            .env("SHELFSHARE_DATABASE_URL", town.database.url())
            .env("SHELFSHARE_DATA_DIR", folder.join("data"))
            .env("SHELFSHARE_SITE_ROOT", folder.join("site"))
            .env("SHELFSHARE_LISTEN", format!("127.0.0.1:{port}"))
            .env("SHELFSHARE_PUBLIC_URL", &address)
            .env("SHELFSHARE_RATE_LIMITS", "off")
            .env("SHELFSHARE_PAGE_CACHE_MIB", kept)
            .env("SHELFSHARE_LOG_LEVEL", "warn")
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .build()?;
        let mut shop = Shop {
            client,
            address,
            goods: town.goods.clone(),
            browser: String::new(),
            token: String::new(),
            add_to_cart: String::new(),
            place_order: String::new(),
        };
        shop.wait_until_open().await?;
        shop.find_functions().await?;
        Ok(Server { process, shop })
    }

    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// Whether the process that was started is still there.
    pub fn is_running(&mut self) -> Outcome<bool> {
        Ok(self.process.try_wait()?.is_none())
    }

    /// What somebody gets who opens a page for the first time.
    pub async fn page(&self, path: &str) -> Outcome<String> {
        self.shop.page(path).await
    }

    /// Waits until lists are answered from memory: before, the database is asked, which takes long when there are many.
    pub async fn knows_all(&self) -> Outcome {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(600) {
            let asked = Instant::now();
            if self.page("/market").await.is_ok() && asked.elapsed() < Duration::from_millis(100) {
                return Ok(());
            }
            sleep(Duration::from_millis(200)).await;
        }
        Err("lists are not answered from memory".into())
    }

    pub fn address(&self) -> Outcome<SocketAddr> {
        let address = self.shop.address.strip_prefix("http://");
        Ok(address.ok_or("no address")?.parse()?)
    }

    /// The most memory the process ever had in use.
    pub fn peak_memory_mib(&self) -> Option<u64> {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.process.id()?)).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kib: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kib / 1024)
    }

    pub async fn stop(mut self) -> Outcome {
        self.process.start_kill()?;
        self.process.wait().await?;
        Ok(())
    }
}

/// Each worker a guest after the other, each with a session of her own.
pub async fn run(server: &Server, town: &Town<'_>, count: usize) -> Outcome<Figure> {
    let pairs: Vec<_> = (0..count).map(Town::pair).collect();
    let before = town.database.statements().await;
    let shop = server.shop.clone();
    let mut figure = by_workers(pairs, move |pair| buy(shop.clone(), pair)).await?;
    if let (Some(before), Some(after)) = (before, town.database.statements().await) {
        figure.statements = Some(f64::from(i32::try_from(after - before)?));
    }
    Ok(figure)
}

/// A guest who buys this through a reseller, and something else.
pub async fn one(server: &Server, town: &Town<'_>, carried: usize, number: usize) -> Outcome {
    let other = number % (town.goods.len() / 2);
    buy(server.shop.clone(), (carried, other)).await
}

async fn buy(shop: Shop, pair: (usize, usize)) -> Outcome {
    shop.fill_cart(pair).await?.pay().await?;
    Ok(())
}

/// A guest with a full cart in front of the button that says pay.
pub struct Till<'s> {
    shop: &'s Shop,
    session: String,
    /// Her form. Sent again it is the same checkout.
    form: CheckoutForm,
}

impl Till<'_> {
    /// Gives the path of her order.
    pub async fn pay(&self) -> Outcome<String> {
        let request = self.shop.pay(&self.form).header(COOKIE, &self.session);
        let said = expect_success(request.send().await?).await?;
        let way = said.split('"').find(|word| word.starts_with("/order"));
        Ok(way.ok_or_else(|| format!("not paid: {said}"))?.to_owned())
    }
}

impl Shop {
    /// Somebody new takes a unit of each: one from a reseller's shelf, one from its maker's own.
    pub async fn fill_cart(&self, (carried, own): (usize, usize)) -> Outcome<Till<'_>> {
        let (one, other) = (&self.goods[carried], &self.goods[own]);
        let added = self.add(one.carried.0, one.variant).send().await?;
        let session = session_of(&added);
        expect_success(added).await?;
        let session = session?;
        let added = self.add(other.own.0, other.variant);
        expect_success(added.header(COOKIE, &session).send().await?).await?;
        let cart = Cart {
            // The server knows which cart is hers.
            id: CartId(0),
            carried,
            own: Some(own),
        };
        Ok(Till {
            shop: self,
            session,
            form: form(&cart),
        })
    }

    async fn wait_until_open(&self) -> Outcome {
        for _ in 0..200 {
            let ready = self.get("/health/ready").send().await;
            if ready.is_ok_and(|response| response.status().is_success()) {
                return Ok(());
            }
            sleep(Duration::from_millis(50)).await;
        }
        Err("the server does not open".into())
    }

    /// What somebody gets who opens a page for the first time.
    pub async fn page(&self, path: &str) -> Outcome<String> {
        expect_success(self.get(path).send().await?).await
    }

    /// Reads them from the forms of a product's page and of the checkout.
    async fn find_functions(&mut self) -> Outcome {
        let good = &self.goods[0];
        let page = self.get(&good.page).send().await?;
        self.browser = cookie_in(&page, "shelfshare-page=")?;
        let page = page.text().await?;
        self.token = token_in(&page)?;
        self.add_to_cart = function_in(&page, "add_to_cart")?;
        let added = self.add(good.own.0, good.variant).send().await?;
        let session = session_of(&added)?;
        let checkout = self.get("/checkout").header(COOKIE, session).send().await?;
        self.place_order = function_in(&checkout.text().await?, "place_order")?;
        Ok(())
    }

    fn get(&self, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.address);
        self.client.get(url).header(ACCEPT, "text/html")
    }

    fn post(&self, path: &str, form: &[(&str, String)]) -> RequestBuilder {
        self.client
            .post(format!("{}{path}", self.address))
            .header(ACCEPT, "application/json")
            .header(ORIGIN, &self.address)
            .header(COOKIE, &self.browser)
            .header("x-page-token", &self.token)
            .form(form)
    }

    fn add(&self, listing: i64, variant: i64) -> RequestBuilder {
        let form = [
            ("listing", listing.to_string()),
            ("variant", variant.to_string()),
            ("units", "1".to_owned()),
        ];
        self.post(&self.add_to_cart, &form)
    }

    fn pay(&self, form: &CheckoutForm) -> RequestBuilder {
        let (form, card) = (form.clone(), card());
        let form = [
            ("form[email]", form.email),
            ("form[name]", form.name),
            ("form[line1]", form.line1),
            ("form[line2]", form.line2),
            ("form[city]", form.city),
            ("form[postcode]", form.postcode),
            ("form[country]", form.country),
            ("form[key]", form.key),
            ("form[seen_total]", form.seen_total),
            ("card[card_number]", card.card_number),
            ("card[expiry]", card.expiry),
            ("card[cvc]", card.cvc),
        ];
        self.post(&self.place_order, &form)
    }
}

/// The address of a server function: its name and a number made from its source.
fn function_in(page: &str, name: &str) -> Outcome<String> {
    let start = format!("/api/{name}");
    let at = page
        .find(&start)
        .ok_or_else(|| format!("no form of the page leads to {name}"))?;
    let number: String = page[at + start.len()..]
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    Ok(start + &number)
}

/// The token in the forms of a page.
fn token_in(page: &str) -> Outcome<String> {
    let input = page.split_once("name=\"_token\"");
    let token = input.and_then(|(_, input)| input.split('"').nth(1));
    Ok(token.ok_or("the page has no form")?.to_owned())
}

/// The session cookie that a response sets.
fn session_of(response: &Response) -> Outcome<String> {
    cookie_in(response, "shelfshare=")
}

/// A cookie that a response sets.
fn cookie_in(response: &Response, name: &str) -> Outcome<String> {
    let cookies = response.headers().get_all(SET_COOKIE);
    let cookie = cookies
        .iter()
        .filter_map(|cookie| cookie.to_str().ok())
        .find(|cookie| cookie.starts_with(name));
    let cookie = cookie.ok_or_else(|| format!("no cookie {name} was set"))?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

async fn expect_success(response: Response) -> Outcome<String> {
    let (status, to) = (response.status(), response.headers().get(LOCATION).cloned());
    let said = response.text().await?;
    if status.is_success() {
        Ok(said)
    } else {
        Err(format!("{status} {to:?}: {said}").into())
    }
}
