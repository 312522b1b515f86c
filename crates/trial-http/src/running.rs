//! A running server, and a client that does what a browser would.

use reqwest::header::{ACCEPT, COOKIE, HeaderMap, HeaderName, ORIGIN, SET_COOKIE};
use reqwest::{Client, ClientBuilder, Method, RequestBuilder, Response, redirect};
use sea_orm::ConnectionTrait;
use server::config::{Config, Source};
use server::connections;
use server::router;
use server::site::Site;
use std::net::SocketAddr;
use std::path::PathBuf;
use tokio::net::TcpListener;
use tokio::sync::watch;
use trial::{Engine, Place};

/// What a browser accepts when it goes to a page.
pub const PAGE: &str = "text/html,application/xhtml+xml";

/// A client of servers on this machine. Importing brings encryption into every client of the build, and that has to be
/// told how, even where nobody encrypts.
pub fn client() -> ClientBuilder {
    // All but the first find it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy()
}

/// What a browser has with a page open: its cookies, and the token of the page's forms.
#[derive(Clone, Debug)]
pub struct Page {
    pub cookie: String,
    pub token: String,
}

impl Page {
    /// Opens a page at a server with these cookies, or none.
    pub async fn open(client: &Client, server: &str, cookie: &str) -> Page {
        let request = client.get(format!("{server}/log-in")).header(ACCEPT, PAGE);
        let response = request.header(COOKIE, cookie).send().await.unwrap();
        let given = response.headers().get_all(SET_COOKIE).iter();
        let given = given
            .map(|line| line.to_str().unwrap().split(';').next().unwrap())
            .find(|cookie| cookie.contains("shelfshare-page="));
        let cookies = [Some(cookie).filter(|cookie| !cookie.is_empty()), given];
        let cookie = cookies.into_iter().flatten().collect::<Vec<_>>().join("; ");
        let token = token_in(&response.text().await.unwrap());
        Page { cookie, token }
    }

    /// A request that a script of the page sends.
    pub fn send(&self, request: RequestBuilder) -> RequestBuilder {
        request
            .header(COOKIE, &self.cookie)
            .header("x-page-token", &self.token)
    }
}

/// The token in the forms of a page.
pub fn token_in(html: &str) -> String {
    let (_, input) = html
        .split_once("name=\"_token\"")
        .expect("a page has forms");
    let value = input.split('"').nth(1).unwrap();
    value.to_owned()
}

/// A server of its own for one test; it ends with the test.
pub struct Running {
    pub market: market::Market,
    pub public_url: String,
    /// A page that a visitor has open who never was here before.
    pub guest: Page,
    address: SocketAddr,
    client: Client,
    /// Goes with the server.
    place: Place,
    /// The server ends when this is dropped.
    stop: watch::Sender<bool>,
}

impl Running {
    /// With the default settings.
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// With these settings over the defaults.
    pub async fn with(settings: &[(&str, &str)]) -> Self {
        let place = Place::migrated(Engine::Sqlite).await.unwrap();
        let path = |name: &str| place.path(name);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let defaults = [
            ("database_url", place.url.clone()),
            ("data_dir", path("data")),
            ("site_root", path("site")),
            ("public_url", format!("http://{address}")),
        ];
        std::fs::create_dir_all(path("site/pkg")).unwrap();
        let changed = settings
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        let variables = defaults
            .into_iter()
            .chain(changed)
            .map(|(name, value)| (format!("SHELFSHARE_{}", name.to_uppercase()), value));
        let config = Config::from_source(&Source::new(variables, "").unwrap()).unwrap();
        let public_url = config.public_url.to_string();

        let market = market::Market::connect(config.market()).await.unwrap();
        market.migrate().await.unwrap();
        let (stop, stopped) = watch::channel(false);
        let bounds = connections::Bounds::of(&config);
        let router = router::build(Site::new(config, market.clone()));
        tokio::spawn(connections::answer(
            router,
            listener,
            bounds,
            stopped.clone(),
        ));
        let (followed, told) = (market.clone(), stopped.clone());
        tokio::spawn(async move { market::feed::follow(&followed, stopped).await });
        let of_pages = market.clone();
        tokio::spawn(async move { market::live::tell(&of_pages, told).await });
        let client = client().redirect(redirect::Policy::none()).build().unwrap();
        let guest = Page::open(&client, &format!("http://{address}"), "").await;
        Self {
            market,
            public_url,
            guest,
            address,
            client,
            place,
            stop,
        }
    }

    /// Tells it to end, as a signal does.
    pub fn end(&self) {
        self.stop.send(true).unwrap();
    }

    /// Changes rows or tables past all rules.
    pub async fn past_all_rules(&self, sql: &str) {
        let rows = self.place.rows().await;
        rows.execute_unprepared(sql).await.unwrap();
        rows.close().await.unwrap();
    }

    /// Where the database's file lies.
    pub fn database(&self) -> std::path::PathBuf {
        self.place.path("market.db").into()
    }

    /// Puts a file where the built scripts and styles lie.
    pub fn put_site_file(&self, name: &str, content: &str) {
        std::fs::write(format!("{}/{name}", self.place.path("site")), content).unwrap();
    }

    /// Puts a file where the data lies.
    pub fn put_data_file(&self, name: &str, content: &str) {
        let path = self.data_file(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub fn data_file(&self, name: &str) -> PathBuf {
        self.place.folder.path().join("data").join(name)
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("http://{}{path}", self.address))
    }

    /// Goes to a page.
    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path)
            .header(ACCEPT, PAGE)
            .send()
            .await
            .unwrap()
    }

    /// Opens a page with a cookie.
    pub async fn open(&self, cookie: &str) -> Page {
        Page::open(&self.client, &format!("http://{}", self.address), cookie).await
    }

    /// Sends a form as a page of ours would without scripts.
    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> RequestBuilder {
        self.post_from(&self.guest, path, form)
    }

    /// Sends a form from a page that is open.
    pub fn post_from(&self, page: &Page, path: &str, form: &[(&str, &str)]) -> RequestBuilder {
        let mut fields = vec![("_token", page.token.as_str())];
        fields.extend_from_slice(form);
        self.request(Method::POST, path)
            .header(ACCEPT, PAGE)
            .header(ORIGIN, &self.public_url)
            .header(COOKIE, &page.cookie)
            .form(&fields)
    }

    /// Sends a form as a script of our pages would.
    pub fn post_by_script(&self, path: &str, form: &[(&str, &str)]) -> RequestBuilder {
        self.script_of(&self.guest, path).form(form)
    }

    /// The page that an answer leads to, for the one who sent the form.
    pub async fn follow(&self, page: &Page, response: &Response) -> String {
        assert_eq!(response.status(), 303);
        let way = header(response.headers(), "location");
        let given = response.headers().get_all(SET_COOKIE).iter();
        let given = given.map(|line| line.to_str().unwrap().split(';').next().unwrap());
        let cookies: Vec<_> = given.chain([page.cookie.as_str()]).collect();
        let next = self.get_as(&cookies.join("; "), &way).await;
        next.text().await.unwrap()
    }

    /// What a script of a page that is open sends, but for its body.
    pub fn script_of(&self, page: &Page, path: &str) -> RequestBuilder {
        let request = self
            .request(Method::POST, path)
            .header(ACCEPT, "application/json")
            .header(ORIGIN, &self.public_url);
        page.send(request)
    }

    /// Gets an account and gives the cookie that speaks for it.
    pub async fn sign_up(&self, email: &str) -> String {
        let form = [
            ("form[name]", "Ada Abara"),
            ("form[email]", email),
            ("form[password]", PASSWORD),
        ];
        let response = self.post(&function("sign_up"), &form).send().await.unwrap();
        cookie_of(&response).expect("a session cookie")
    }

    /// The account behind an e-mail address that signed up here.
    pub async fn account(&self, email: &str) -> model::AccountId {
        let form = model::LogInForm {
            email: email.to_owned(),
            password: PASSWORD.to_owned(),
        };
        market::account::log_in(&self.market, form.validate().unwrap(), None)
            .await
            .unwrap()
            .account
    }

    /// Goes to a page with a cookie.
    pub async fn get_as(&self, cookie: &str, path: &str) -> Response {
        self.request(Method::GET, path)
            .header(ACCEPT, PAGE)
            .header(COOKIE, cookie)
            .send()
            .await
            .unwrap()
    }

    /// The host a client connects to, as it names it.
    pub fn host(&self) -> String {
        self.address.to_string()
    }
}

/// A password that passes.
pub const PASSWORD: &str = "a shelf of one's own";

/// The address of a server function: its name and a number made from its source.
pub fn function(name: &str) -> String {
    leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path)
        .find(|path| {
            path.strip_prefix("/api/")
                .is_some_and(|path| path.trim_end_matches(|c: char| c.is_ascii_digit()) == name)
        })
        .unwrap_or_else(|| panic!("there is no server function {name}"))
        .to_owned()
}

/// `name=value` of the session cookie that a response sets.
pub fn cookie_of(response: &Response) -> Option<String> {
    set_cookie(response).and_then(|line| Some(line.split(';').next()?.to_owned()))
}

/// The whole line that sets the session cookie.
pub fn set_cookie(response: &Response) -> Option<String> {
    response
        .headers()
        .get_all(SET_COOKIE)
        .iter()
        .map(|line| line.to_str().unwrap().to_owned())
        .find(|line| line.starts_with("shelfshare=") || line.starts_with("__Host-shelfshare="))
}

/// A header as text; empty when it is not there.
pub fn header(headers: &HeaderMap, name: impl Into<String>) -> String {
    let name = HeaderName::try_from(name.into()).unwrap();
    headers
        .get(name)
        .map(|value| value.to_str().unwrap().to_owned())
        .unwrap_or_default()
}
