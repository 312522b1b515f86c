//! Shoppers and makers in front of a browser: they know nothing but what the server answers.

use crate::stage::Stage;
use app::done::Done;
use market::random_code;
use reqwest::header::{ACCEPT, ORIGIN};
use reqwest::{Client, RequestBuilder, Response};
use std::time::Duration;
use trial::world::Card;
use trial_http::running::{PASSWORD, Page, client, cookie_of, function};

/// What somebody who pressed pay knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is an order, under this secret.
    Ordered { secret: String },
    /// The bank wants to hear from her first, at this address.
    SecondStep { code: String },
    /// There is no order: the status of the answer.
    Refused(u16),
    /// Nothing.
    Silence,
}

/// A browser at a server.
#[derive(Clone, Debug)]
pub struct Browser {
    client: Client,
    origin: String,
    /// The page of somebody who never was here before.
    guest: Page,
    page: Page,
}

impl Browser {
    /// At the server on `host`, an address and a port.
    pub async fn at(host: &str) -> Browser {
        let client = client().timeout(Duration::from_secs(60)).build().unwrap();
        let origin = format!("http://{host}");
        let guest = Page::open(&client, &origin, "").await;
        Browser {
            client,
            origin,
            page: guest.clone(),
            guest,
        }
    }

    /// Another person at the same server.
    pub fn stranger(&self) -> Browser {
        Browser {
            page: self.guest.clone(),
            ..self.clone()
        }
    }

    /// Somebody with an account, logged in.
    pub async fn logged_in(&self, email: &str) -> Browser {
        let form = [("form[email]", email), ("form[password]", PASSWORD)];
        let answer = self.post("log_in", &form).send().await.unwrap();
        let cookie = cookie_of(&answer).expect("logging in gives a cookie");
        Browser {
            page: Page::open(&self.client, &self.origin, &cookie).await,
            ..self.clone()
        }
    }

    /// Sends a form as a page's script would.
    pub fn post(&self, name: &str, form: &[(&str, &str)]) -> RequestBuilder {
        let request = self
            .client
            .post(format!("{}{}", self.origin, function(name)))
            .header(ACCEPT, "application/json")
            .header(ORIGIN, &self.origin);
        self.page.send(request).form(form)
    }

    /// Puts one unit of each maker's product into a new cart. `false` when the server did not say that it worked.
    pub async fn fill_cart(&mut self, stage: &Stage) -> bool {
        for maker in &stage.makers {
            let (listing, variant) = (maker.listing.to_string(), maker.variant.to_string());
            let form = [
                ("listing", listing.as_str()),
                ("variant", &variant),
                ("units", "1"),
            ];
            match self.post("add_to_cart", &form).send().await {
                Ok(answer) if answer.status().is_success() => {
                    if let Some(cookie) = cookie_of(&answer) {
                        self.page.cookie = format!("{cookie}; {}", self.guest.cookie);
                    }
                }
                _ => return false,
            }
        }
        true
    }

    /// The request that pressing pay sends.
    pub fn pay(&self, stage: &Stage, card: Card, key: &str) -> RequestBuilder {
        let total = stage.total().to_string();
        let form = [
            ("form[email]", "guest@post.example"),
            ("form[name]", "A guest"),
            ("form[line1]", "1 Road"),
            ("form[city]", "Town"),
            ("form[country]", "Land"),
            ("form[key]", key),
            ("form[seen_total]", &total),
            ("card[card_number]", card.number()),
            ("card[expiry]", "12/40"),
            ("card[cvc]", "123"),
        ];
        self.post("place_order", &form)
    }

    /// Somebody new fills a cart and pays. `None` when it did not get as far as paying.
    pub async fn buy(&self, stage: &Stage, card: Card) -> Option<Answer> {
        let mut shopper = self.stranger();
        if !shopper.fill_cart(stage).await {
            return None;
        }
        let pay = shopper.pay(stage, card, &random_code(20));
        Some(match pay.send().await {
            Ok(response) => answer(response).await,
            Err(_) => Answer::Silence,
        })
    }
}

/// What pressing pay answered.
pub async fn answer(response: Response) -> Answer {
    let status = response.status();
    if status.is_server_error() {
        return Answer::Silence;
    }
    if !status.is_success() {
        return Answer::Refused(status.as_u16());
    }
    let Ok(done) = response.json::<Done>().await else {
        return Answer::Silence;
    };
    let way = done.go.expect("a checkout leads somewhere");
    if let Some(secret) = way.strip_prefix("/order/") {
        let secret = secret.to_owned();
        return Answer::Ordered { secret };
    }
    let code = way.strip_prefix("/pay/step/").expect("an order or a bank");
    let code = code.to_owned();
    Answer::SecondStep { code }
}
