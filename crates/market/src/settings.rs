use crate::payment::Secret;
use crate::picture::Bucket;
use finder::Language;
use model::{Currency, DemoLogIn, MarketInfo, Tokens};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// What the market can be told from outside. The server documents and checks each value.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite://path` or `postgres://…`.
    pub database_url: String,
    /// Whether a database that is not there, or has nothing in it, is a new market. If not, it is an error: somebody
    /// looks in the wrong place.
    pub make_database: bool,
    /// Connections for PostgreSQL, or readers for SQLite (which has one writer).
    pub connections: u32,
    /// Where pictures lie, unless there is a bucket for them, and the texts in which words are looked up.
    pub data_dir: PathBuf,
    pub pictures: Option<Bucket>,
    /// The language whose words are found whatever their ending.
    pub search_language: Language,
    /// What texts take at most that are not saved yet, in bytes.
    pub search_memory: usize,
    /// The server's own address as its users see it, without a trailing slash: links to it are this market's.
    pub public_url: String,
    /// The one currency. It stays what a database was begun with: every amount in it is a number of its smallest coins.
    pub currency: Currency,
    /// The token's symbol.
    pub token: String,
    /// The market's fee on goods, in hundredths of a percent, 0-5000.
    pub fee_basis_points: i64,
    /// How long a hold lasts, in minutes.
    pub hold_minutes: i64,
    /// Tokens a new store is given.
    pub welcome_grant: Tokens,
    /// Days a reward waits before it is paid; 0 pays with the order.
    pub reward_pending_days: i64,
    /// Links of single products that one store can have read in an hour.
    pub imports_per_hour: u64,
    /// Products that one store can import at once with a whole shop.
    pub shop_products: usize,
    /// Products that one store can make, and offers it can open, in an hour.
    pub products_per_hour: u64,
    /// Products that one store can have.
    pub products_per_store: u64,
    /// Days a guest's cart is kept after something was last put into it.
    pub guest_cart_days: i64,
    /// The longest that a statement which looks through everything may take.
    pub slowest_read: Duration,
    /// Hours between two looks at the source of a product that follows it; 0: nothing is looked at by itself.
    pub refresh_hours: i64,
    /// Servers of this machine's own network that links may lead to. For automated tests: the server refuses it in
    /// production.
    pub import_from: Vec<SocketAddr>,
    /// What the payment provider signs its messages with; without it none are taken.
    pub webhook_secret: Option<Secret>,
    /// The demo market's log-ins; empty outside demo mode.
    pub demo_log_ins: Vec<DemoLogIn>,
}

impl Settings {
    /// The defaults, on a given database and data folder.
    #[must_use]
    pub fn new(database_url: impl Into<String>, data_dir: impl Into<PathBuf>) -> Settings {
        Settings {
            database_url: database_url.into(),
            make_database: true,
            connections: 16,
            data_dir: data_dir.into(),
            pictures: None,
            search_language: Language::English,
            search_memory: 50 << 20,
            public_url: "http://127.0.0.1:3000".to_owned(),
            currency: Currency::Usd,
            token: "RSS".to_owned(),
            fee_basis_points: 0,
            hold_minutes: 15,
            welcome_grant: Tokens(10_000),
            reward_pending_days: 0,
            imports_per_hour: 60,
            shop_products: 200,
            products_per_hour: 2_000,
            products_per_store: 10_000,
            guest_cart_days: 30,
            slowest_read: Duration::from_secs(8),
            refresh_hours: 24,
            import_from: Vec::new(),
            webhook_secret: None,
            demo_log_ins: Vec::new(),
        }
    }

    pub(crate) fn info(&self, test_payments: bool) -> MarketInfo {
        MarketInfo {
            public_url: self.public_url.clone(),
            currency: self.currency,
            token: self.token.clone(),
            fee_basis_points: self.fee_basis_points,
            hold_minutes: self.hold_minutes,
            test_payments,
            demo_log_ins: self.demo_log_ins.clone(),
        }
    }
}
