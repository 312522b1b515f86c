//! A market to try rules in, each step a line.

use market::account::{sign_up, signed};
use market::payment::sandbox::answer_challenge;
use market::store::Owner;
use market::{Clock, Market, Result, Settings, random_code};
use market::{cart, checkout, jobs, listing, offer, order, product, search, store, verify};
use model::{
    AccountId, CancelUnits, CardForm, CartId, CheckoutForm, CheckoutOutcome, CheckoutRequest,
    Currency, ListingId, MarketFilters, Money, OfferId, OfferTerms, OrderView, PageRequest,
    ProductCard, ProductForm, ProductId, ProductPage, SaleView, ShelfState, SignUpForm, StoreForm,
    StoreId, Timestamp, Tokens, VariantForm, VariantId,
};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, Statement};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// 2 March 2026, 09:00 UTC.
const START: Timestamp = Timestamp(1_772_442_000_000);

/// What every parcel costs to ship.
pub const SHIPPING: i64 = 400;

/// What every store starts with.
pub const WELCOME: i64 = 10_000;

/// A market on a database of its own, whose clock stands until it is told to go on. Clones are the same world.
#[derive(Clone)]
pub struct World {
    pub market: Market,
    clock: Clock,
    /// Past all rules, for looking at rows and for what nobody may do.
    rows: DatabaseConnection,
    listings: Arc<Mutex<HashMap<(StoreId, ProductId), ListingId>>>,
}

/// A store and its owner.
#[derive(Clone, Debug)]
pub struct Store {
    pub name: String,
    pub slug: String,
    pub owner: Owner,
}

impl Store {
    pub fn id(&self) -> StoreId {
        self.owner.store()
    }

    pub fn account(&self) -> AccountId {
        self.owner.account()
    }
}

/// A published product.
#[derive(Clone, Debug)]
pub struct Product {
    pub id: ProductId,
    pub slug: String,
    pub variants: Vec<VariantId>,
}

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
    pub fn form(self) -> CardForm {
        let number = match self {
            Card::Pays => "4242 4242 4242 4242",
            Card::Declined => "4000 0000 0000 0002",
            Card::SecondStep => "4000 0000 0000 3220",
            Card::LateAnswer => "4000 0000 0000 0341",
        };
        let typed = CardForm {
            card_number: number.into(),
            expiry: "12/30".into(),
            cvc: "123".into(),
        };
        typed.validate().unwrap()
    }
}

/// Units of a product from a store's shelf.
pub type Line<'a> = (&'a Store, &'a Product, i64);

impl World {
    pub async fn new(url: &str, data: &Path) -> World {
        let clock = Clock::by_hand(START);
        let market = Market::connect_with(Settings::new(url, data), clock.clone())
            .await
            .unwrap();
        market.migrate().await.unwrap();
        let mut options = ConnectOptions::new(url);
        options.max_connections(1);
        let rows = Database::connect(options).await.unwrap();
        World {
            market,
            clock,
            rows,
            listings: Arc::default(),
        }
    }

    /// The same market, started again with other settings.
    pub async fn with(&self, change: impl FnOnce(&mut Settings)) -> World {
        let mut settings = self.market.settings().clone();
        change(&mut settings);
        let market = Market::connect_with(settings, self.clock.clone())
            .await
            .unwrap();
        World {
            market,
            ..self.clone()
        }
    }

    pub async fn close(self) {
        self.market.close().await.unwrap();
        self.rows.close().await.unwrap();
    }

    /// Fails with every breach the audit names.
    pub async fn assert_sound(&self) {
        let report = verify::run(&self.market).await.unwrap();
        let breaches: Vec<_> = report
            .checks
            .iter()
            .filter(|check| !check.breaches.is_empty())
            .collect();
        assert!(report.is_sound(), "{breaches:#?}");
    }
}

/// What people do.
impl World {
    pub async fn store(&self, name: &str) -> Store {
        let email = format!("{}@example.com", random_code(12));
        let person = SignUpForm {
            name: format!("Owner of {name}"),
            email,
            password: "a long enough one".into(),
        };
        let account = sign_up(&self.market, person.validate().unwrap())
            .await
            .unwrap();
        let form = StoreForm {
            name: name.into(),
            shipping: "4.00".into(),
            ..StoreForm::default()
        };
        let new = form.validate(Currency::Usd).unwrap();
        let slug = new.slug.clone();
        let owner = store::open(
            &self.market,
            &signed(&self.market, account).await.unwrap(),
            new,
        )
        .await
        .unwrap();
        Store {
            name: name.into(),
            slug,
            owner,
        }
    }

    /// A published product with one variant.
    pub async fn product(&self, maker: &Store, title: &str, price: i64, stock: i64) -> Product {
        self.product_in_variants(maker, title, &[("", price, stock)])
            .await
    }

    /// A published product; each variant has a name, a price and a stock.
    pub async fn product_in_variants(
        &self,
        maker: &Store,
        title: &str,
        variants: &[(&str, i64, i64)],
    ) -> Product {
        let typed = variants.iter().map(|(name, price, stock)| VariantForm {
            name: (*name).into(),
            price: Money(*price).typed(Currency::Usd),
            stock: stock.to_string(),
            ..VariantForm::default()
        });
        let form = ProductForm {
            title: title.into(),
            category: "kitchen".into(),
            variants: typed.collect(),
            ..ProductForm::default()
        };
        let new = form.validate(Currency::Usd).unwrap();
        let id = product::create(&self.market, maker.owner, new)
            .await
            .unwrap();
        product::publish(&self.market, maker.owner, id)
            .await
            .unwrap();
        let edit = product::form(&self.market, maker.owner, id).await.unwrap();
        let variants = edit
            .form
            .variants
            .iter()
            .map(|variant| variant.id.parse().unwrap())
            .collect();
        let product = Product {
            id,
            slug: edit.slug,
            variants,
        };
        let page = self.page(maker, &product, None).await.unwrap();
        self.remember(maker, &product, page.listing.unwrap());
        product
    }

    /// The maker opens the product's form, changes it and saves it.
    pub async fn edit(
        &self,
        maker: &Store,
        product: &Product,
        change: impl FnOnce(&mut ProductForm),
    ) -> Result<()> {
        let mut form = product::form(&self.market, maker.owner, product.id)
            .await?
            .form;
        change(&mut form);
        product::update(
            &self.market,
            maker.owner,
            product.id,
            form.validate(Currency::Usd).unwrap(),
        )
        .await
    }

    pub async fn set_stock(&self, maker: &Store, product: &Product, stock: i64) -> Result<()> {
        self.edit(maker, product, |form| {
            form.variants[0].stock = stock.to_string()
        })
        .await
    }

    pub async fn set_price(&self, maker: &Store, product: &Product, price: i64) -> Result<()> {
        self.edit(maker, product, |form| {
            form.variants[0].price = Money(price).typed(Currency::Usd)
        })
        .await
    }

    pub async fn try_offer(
        &self,
        maker: &Store,
        product: &Product,
        rate: i64,
        units: i64,
    ) -> Result<OfferId> {
        offer::open(&self.market, maker.owner, product.id, terms(rate, units)).await
    }

    pub async fn offer(&self, maker: &Store, product: &Product, rate: i64, units: i64) -> OfferId {
        self.try_offer(maker, product, rate, units).await.unwrap()
    }

    pub async fn change(&self, maker: &Store, id: OfferId, rate: i64, units: i64) -> Result<()> {
        offer::change(&self.market, maker.owner, id, terms(rate, units)).await
    }

    /// Gives the tokens that came back.
    pub async fn revoke(&self, maker: &Store, id: OfferId) -> Result<i64> {
        Ok(offer::revoke(&self.market, maker.owner, id).await?.0)
    }

    /// The store puts another maker's product on its shelf.
    pub async fn shelf(&self, reseller: &Store, product: &Product) -> ListingId {
        let id = listing::add(&self.market, reseller.owner, product.id)
            .await
            .unwrap();
        self.remember(reseller, product, id);
        id
    }

    /// A maker, a product of hers with an offer on it, and a reseller who carries it.
    pub async fn carried(
        &self,
        price: i64,
        stock: i64,
        rate: i64,
        units: i64,
    ) -> (Store, Product, OfferId, Store) {
        let maker = self.store("Kiln & Clay").await;
        let reseller = self.store("Corner Books").await;
        let mug = self.product(&maker, "Mug", price, stock).await;
        let offer = self.offer(&maker, &mug, rate, units).await;
        self.shelf(&reseller, &mug).await;
        (maker, mug, offer, reseller)
    }

    pub async fn cancel(
        &self,
        maker: &Store,
        secret: &str,
        units: i64,
        restock: bool,
    ) -> Result<i64> {
        let line = self.sale(maker, secret).await.lines[0].id;
        let ask = CancelUnits {
            units,
            restock,
            key: random_code(20),
        };
        Ok(order::cancel(&self.market, maker.owner, line, ask).await?.0)
    }
}

/// What shoppers do.
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
        let form = CheckoutForm {
            email: "ada@example.com".into(),
            name: "Ada Reed".into(),
            line1: "4 Mill Lane".into(),
            city: "Wells".into(),
            postcode: "BA5 2XX".into(),
            country: "United Kingdom".into(),
            key: key.into(),
            seen_total: cart::view(&self.market, cart)
                .await
                .unwrap()
                .total
                .0
                .to_string(),
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

    /// A guest presses pay, and her bank asks for a second step.
    pub async fn hold(&self, lines: &[Line<'_>]) -> Hold {
        let cart = self.cart(lines).await;
        let key = random_code(20);
        let request = self.request(cart, &key).await;
        let CheckoutOutcome::SecondStep { url } =
            self.send(cart, request, Card::SecondStep).await.unwrap()
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

/// What time does.
impl World {
    pub fn wait_minutes(&self, minutes: i64) {
        self.clock.set(self.clock.now().plus_minutes(minutes));
    }

    /// The market does by itself what is due.
    pub async fn tick(&self) {
        jobs::tick(&self.market).await.unwrap();
    }
}

/// What is to be seen.
impl World {
    /// Tokens in a store's wallet.
    pub async fn wallet(&self, store: &Store) -> i64 {
        self.balance(&format!("wallet:{}", store.id())).await
    }

    /// Money the market owes a store.
    pub async fn payable(&self, store: &Store) -> i64 {
        self.balance(&format!("payable:{}", store.id())).await
    }

    /// Tokens behind an offer's open units.
    pub async fn escrow(&self, offer: OfferId) -> i64 {
        self.balance(&format!("offer:{offer}")).await
    }

    /// All tokens locked behind offers and unfinished orders.
    pub async fn pool(&self) -> i64 {
        let escrows = "code LIKE 'offer:%' OR code LIKE 'line:%'";
        self.number(&format!(
            "SELECT COALESCE(SUM(balance), 0) FROM ledger_accounts WHERE {escrows}"
        ))
        .await
    }

    async fn balance(&self, code: &str) -> i64 {
        self.number(&format!(
            "SELECT balance FROM ledger_accounts WHERE code = '{code}'"
        ))
        .await
    }

    /// Units on hand and, of those, on hold.
    pub async fn stock(&self, product: &Product) -> (i64, i64) {
        let of = |column: &str| {
            format!(
                "SELECT SUM({column}) FROM variants WHERE product_id = {}",
                product.id
            )
        };
        (
            self.number(&of("on_hand")).await,
            self.number(&of("held")).await,
        )
    }

    /// An offer's open units.
    pub async fn open_units(&self, maker: &Store, id: OfferId) -> i64 {
        offer::one(&self.market, maker.owner, id)
            .await
            .unwrap()
            .open_units
    }

    pub async fn order(&self, secret: &str) -> OrderView {
        order::by_secret(&self.market, secret).await.unwrap()
    }

    /// A maker's parcel of an order.
    pub async fn sale(&self, maker: &Store, secret: &str) -> SaleView {
        let number = self.order(secret).await.number;
        let sales = order::sales(&self.market, maker.owner, None, PageRequest::FIRST)
            .await
            .unwrap()
            .rows;
        let parcel = sales
            .iter()
            .find(|sale| sale.number == number)
            .unwrap()
            .parcel;
        order::sale(&self.market, maker.owner, parcel)
            .await
            .unwrap()
    }

    pub async fn page(
        &self,
        store: &Store,
        product: &Product,
        viewer: Option<Owner>,
    ) -> Result<ProductPage> {
        product::page(&self.market, &store.slug, &product.slug, viewer).await
    }

    pub async fn marketplace(&self, viewer: Option<Owner>) -> Vec<ProductCard> {
        search::marketplace(&self.market, viewer, MarketFilters::default())
            .await
            .unwrap()
            .products
            .rows
    }

    pub async fn is_in_marketplace(&self, product: &Product) -> bool {
        self.marketplace(None)
            .await
            .iter()
            .any(|card| card.product == product.id)
    }

    /// What the reseller's own list says of a product on her shelf.
    pub async fn shelf_state(&self, reseller: &Store, product: &Product) -> ShelfState {
        let shelf = listing::shelf(&self.market, reseller.owner, PageRequest::FIRST)
            .await
            .unwrap();
        shelf
            .rows
            .iter()
            .find(|row| row.card.product == product.id)
            .unwrap()
            .state
    }
}

/// What lies in the tables.
impl World {
    pub async fn number(&self, sql: &str) -> i64 {
        // PostgreSQL's SUM is a NUMERIC.
        let sql = format!("SELECT CAST(({sql}) AS BIGINT)");
        self.one(&sql).await.try_get_by_index(0).unwrap()
    }

    pub async fn text(&self, sql: &str) -> String {
        self.one(sql).await.try_get_by_index(0).unwrap()
    }

    /// How many rows a table has, or those `WHERE` something.
    pub async fn count(&self, rows: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM {rows}")).await
    }

    /// Goes past all rules.
    pub async fn execute(&self, sql: &str) -> Result<u64, DbErr> {
        Ok(self.rows.execute_unprepared(sql).await?.rows_affected())
    }

    async fn one(&self, sql: &str) -> sea_orm::QueryResult {
        let statement = Statement::from_string(self.rows.get_database_backend(), sql);
        self.rows.query_one_raw(statement).await.unwrap().unwrap()
    }

    fn remember(&self, store: &Store, product: &Product, listing: ListingId) {
        self.listings
            .lock()
            .unwrap()
            .insert((store.id(), product.id), listing);
    }
}

/// The secret of an order that is paid.
pub fn secret_of(outcome: CheckoutOutcome) -> String {
    match outcome {
        CheckoutOutcome::Paid { secret } => secret,
        other => panic!("the order should be paid, but the outcome is {other:?}"),
    }
}

pub fn terms(rate: i64, units: i64) -> OfferTerms {
    OfferTerms {
        rate: Tokens(rate),
        units,
    }
}
