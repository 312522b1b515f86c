//! What shoppers do.

use super::{Product, Store, World};
use market::payment::sandbox::answer_challenge;
use market::{Result, cart, checkout, random_code};
use model::{AccountId, CardForm, CartId, CheckoutForm, CheckoutOutcome, CheckoutRequest};

/// A checkout that waits for the shopper's second step.
#[derive(Clone, Debug)]
pub struct Hold {
    pub cart: CartId,
    pub secret: String,
    code: String,
}

/// A card, by what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    Pays,
    Declined,
    SecondStep,
    /// Pays, but the answer is lost twice.
    LateAnswer,
}

impl Card {
    pub fn number(self) -> &'static str {
        match self {
            Card::Pays => "4242 4242 4242 4242",
            Card::Declined => "4000 0000 0000 0002",
            Card::SecondStep => "4000 0000 0000 3220",
            Card::LateAnswer => "4000 0000 0000 0341",
        }
    }

    pub fn form(self) -> CardForm {
        let typed = CardForm {
            card_number: self.number().into(),
            expiry: "12/30".into(),
            cvc: "123".into(),
        };
        typed.validate().unwrap()
    }
}

/// Units of a product from a store's shelf.
pub type Line<'a> = (&'a Store, &'a Product, i64);

impl World {
    /// A guest's cart.
    pub async fn cart(&self, lines: &[Line<'_>]) -> CartId {
        let cart = cart::new(&self.market, None).await.unwrap();
        for line in lines {
            self.add(cart, *line).await.unwrap();
        }
        cart
    }

    /// Puts units of a product's first variant into a cart.
    pub async fn add(&self, cart: CartId, (store, product, units): Line<'_>) -> Result<()> {
        let listing = self.listings.lock().unwrap()[&(store.id(), product.id)];
        cart::add(&self.market, cart, listing, product.variants[0], units).await
    }

    /// What the checkout's form holds when it is sent.
    pub async fn request(&self, cart: CartId, key: &str) -> CheckoutRequest {
        let view = cart::view(&self.market, cart).await.unwrap();
        let form = CheckoutForm {
            email: "ada@example.com".into(),
            name: "Ada Reed".into(),
            line1: "4 Mill Lane".into(),
            city: "Wells".into(),
            postcode: "BA5 2XX".into(),
            country: "United Kingdom".into(),
            key: key.into(),
            seen_total: view.total.0.to_string(),
            seen: view.seen,
            ..CheckoutForm::default()
        };
        form.validate().unwrap()
    }

    pub async fn send(
        &self,
        cart: CartId,
        request: CheckoutRequest,
        card: Card,
    ) -> Result<CheckoutOutcome> {
        checkout::place(&self.market, None, cart, request, card.form()).await
    }

    pub async fn pay(&self, cart: CartId, card: Card) -> Result<CheckoutOutcome> {
        let request = self.request(cart, &random_code(20)).await;
        self.send(cart, request, card).await
    }

    /// Somebody, signed in or not, pays for what is in a cart.
    pub async fn pay_as(
        &self,
        buyer: Option<AccountId>,
        cart: CartId,
        card: Card,
    ) -> Result<CheckoutOutcome> {
        let request = self.request(cart, &random_code(20)).await;
        checkout::place(&self.market, buyer, cart, request, card.form()).await
    }

    /// A guest buys. Gives the order's secret.
    pub async fn buy(&self, lines: &[Line<'_>]) -> String {
        let cart = self.cart(lines).await;
        secret_of(self.pay(cart, Card::Pays).await.unwrap())
    }

    /// Somebody signed in buys.
    pub async fn buy_as(&self, buyer: AccountId, lines: &[Line<'_>]) -> String {
        let cart = cart::new(&self.market, Some(buyer)).await.unwrap();
        for line in lines {
            self.add(cart, *line).await.unwrap();
        }
        let request = self.request(cart, &random_code(20)).await;
        let paid =
            checkout::place(&self.market, Some(buyer), cart, request, Card::Pays.form()).await;
        secret_of(paid.unwrap())
    }

    /// Presses pay for so many units of each of these products, with a card whose bank asks for a second step.
    pub async fn try_hold(
        &self,
        maker: &Store,
        products: &[Product],
        units: i64,
    ) -> market::Result<()> {
        let lines: Vec<_> = products
            .iter()
            .map(|product| (maker, product, units))
            .collect();
        let cart = self.cart(&lines).await;
        self.pay(cart, Card::SecondStep).await.map(|_| ())
    }

    /// A guest presses pay, and her bank asks for a second step.
    pub async fn hold(&self, lines: &[Line<'_>]) -> Hold {
        let cart = self.cart(lines).await;
        self.hold_as(None, cart).await
    }

    /// Somebody presses pay, and her bank asks for a second step.
    pub async fn hold_as(&self, buyer: Option<AccountId>, cart: CartId) -> Hold {
        let key = random_code(20);
        let request = self.request(cart, &key).await;
        let card = Card::SecondStep.form();
        let CheckoutOutcome::SecondStep { url } =
            checkout::place(&self.market, buyer, cart, request, card)
                .await
                .unwrap()
        else {
            panic!("this card asks for a second step")
        };
        let secret = self
            .text(&format!("SELECT secret FROM orders WHERE key = '{key}'"))
            .await;
        Hold {
            cart,
            secret,
            code: url.rsplit('/').next().unwrap().to_owned(),
        }
    }

    /// A guest presses pay, and the provider's answer is lost. Gives the order's secret.
    pub async fn hold_without_answer(&self, lines: &[Line<'_>]) -> String {
        let cart = self.cart(lines).await;
        match self.pay(cart, Card::LateAnswer).await.unwrap() {
            CheckoutOutcome::Waiting { secret } => secret,
            other => panic!("the answer should be lost, but is {other:?}"),
        }
    }

    /// The shopper tells her bank.
    pub async fn tell_bank(&self, hold: &Hold, approve: bool) {
        answer_challenge(&self.market, &hold.code, approve)
            .await
            .unwrap();
    }

    /// The shopper comes back to the order's page.
    pub async fn come_back(&self, secret: &str) -> CheckoutOutcome {
        checkout::resume(&self.market, secret).await.unwrap()
    }

    /// The shopper approves the payment and comes back.
    pub async fn approve(&self, hold: &Hold) -> CheckoutOutcome {
        self.tell_bank(hold, true).await;
        self.come_back(&hold.secret).await
    }
}

/// The secret of an order that is paid.
pub fn secret_of(outcome: CheckoutOutcome) -> String {
    match outcome {
        CheckoutOutcome::Paid { secret } => secret,
        other => panic!("the order should be paid, but the outcome is {other:?}"),
    }
}
