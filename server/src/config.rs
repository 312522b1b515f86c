//! What this installation is told: read once at the start, checked as a whole, then never again.

pub mod setting;
mod source;
mod value;

pub use source::Source;
pub use value::PublicUrl;

use market::payment::Secret;
use market::picture::Bucket;
use model::{Currency, Tokens};
use setting::Setting;
use source::Origin;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// The optional settings file, looked for in the working directory.
pub const FILE: &str = "shelfshare.toml";

/// Without it all visitors behind a proxy would count as one, and shut each other out.
const PROXIES_UNKNOWN: &str = "`trusted_proxies` has to say what stands before this server.\n\
    Behind a proxy, set it to the proxy's address, like `127.0.0.1`: limits then count each visitor by the address that the proxy names.\n\
    If browsers reach this server directly, set it to `none`.";

const DAY: u64 = 24 * 60 * 60;

/// Settings that hold together. There is no half-valid one: [`Config::load`] is the only way to make it.
#[derive(Debug, Clone)]
pub struct Config {
    pub mode: Mode,
    pub database_url: String,
    pub database_connections: u32,
    pub listen: SocketAddr,
    pub metrics_listen: Option<SocketAddr>,
    pub public_url: PublicUrl,
    pub data_dir: PathBuf,
    /// `None`: in `data_dir`.
    pub pictures: Option<Bucket>,
    pub search_language: market::Language,
    /// In bytes.
    pub search_memory: usize,
    pub site_root: PathBuf,
    /// Whether somebody said so: files that the program carries count for less.
    pub site_root_is_told: bool,
    pub token_symbol: String,
    pub currency: Currency,
    pub fee_basis_points: i64,
    pub hold_minutes: i64,
    pub welcome_grant: Tokens,
    pub reward_pending_days: i64,
    pub imports_per_hour: u64,
    pub products_per_hour: u64,
    pub products_per_store: u64,
    pub guest_cart_days: i64,
    pub guests_per_minute: u32,
    pub shop_import_products: usize,
    pub refresh_hours: i64,
    pub import_from: Vec<SocketAddr>,
    pub webhook_secret: Option<Secret>,
    pub trusted_proxies: Vec<IpAddr>,
    pub session_idle: Duration,
    pub session_absolute: Duration,
    /// In bytes.
    pub page_cache: u64,
    pub max_upload_bytes: usize,
    pub rate_limits: bool,
    /// `None`: none is.
    pub slow_request: Option<Duration>,
    pub log_format: LogFormat,
    pub log_level: tracing::Level,
    pub demo_pictures: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Demo,
    Development,
    Production,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// Why there is no [`Config`], as a sentence for whoever runs the server.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
    #[error("`{name}` is set to `{value}`, but it has to be {allowed}.")]
    NotAllowed {
        name: &'static str,
        value: String,
        allowed: &'static str,
    },
    #[error("There is no setting `{0}`. `shelfshare settings` lists the ones there are.")]
    Unknown(String),
    #[error("{FILE} can't be read: {0}")]
    Unreadable(String),
    #[error("In production, {0}")]
    Production(&'static str),
}

impl Config {
    /// Reads the environment and [`FILE`].
    pub fn load() -> Result<Self, Error> {
        Self::from_source(&Source::read()?)
    }

    pub fn from_source(source: &Source) -> Result<Self, Error> {
        let read = Reader(source);
        let config = Self {
            mode: read.parse(&setting::MODE, Mode::parse)?,
            database_url: read.parse(&setting::DATABASE_URL, value::database_url)?,
            database_connections: read.whole(&setting::DATABASE_CONNECTIONS, 2, 200)?,
            listen: read.parse(&setting::LISTEN, |text| text.parse().ok())?,
            metrics_listen: read.parse(&setting::METRICS_LISTEN, |text| {
                value::optional(text, |text| text.parse().ok())
            })?,
            public_url: read.parse(&setting::PUBLIC_URL, PublicUrl::parse)?,
            data_dir: read.path(&setting::DATA_DIR)?,
            pictures: read.bucket()?,
            search_language: read.parse(&setting::SEARCH_LANGUAGE, |text| text.parse().ok())?,
            search_memory: 1024 * 1024 * read.whole(&setting::SEARCH_MEMORY_MIB, 15, 1_024)?,
            site_root: read.path(&setting::SITE_ROOT)?,
            site_root_is_told: source.value(&setting::SITE_ROOT).1 != Origin::Default,
            token_symbol: read.parse(&setting::TOKEN_SYMBOL, value::symbol)?,
            currency: read.parse(&setting::CURRENCY, |text| text.parse().ok())?,
            fee_basis_points: read.whole(&setting::FEE_BASIS_POINTS, 0, 5000)?,
            hold_minutes: read.whole(&setting::HOLD_MINUTES, 1, 120)?,
            welcome_grant: read.parse(&setting::WELCOME_GRANT, welcome_grant)?,
            reward_pending_days: read.whole(&setting::REWARD_PENDING_DAYS, 0, 90)?,
            imports_per_hour: read.whole(&setting::IMPORTS_PER_HOUR, 1, 10_000)?,
            products_per_hour: read.whole(&setting::PRODUCTS_PER_HOUR, 1, 100_000)?,
            products_per_store: read.whole(&setting::PRODUCTS_PER_STORE, 1, 1_000_000)?,
            guest_cart_days: read.whole(&setting::GUEST_CART_DAYS, 1, 365)?,
            guests_per_minute: read.whole(&setting::GUESTS_PER_MINUTE, 1, 100_000)?,
            shop_import_products: read.whole(&setting::SHOP_IMPORT_PRODUCTS, 1, 2_000)?,
            refresh_hours: read.whole(&setting::REFRESH_HOURS, 0, 720)?,
            import_from: read.parse(&setting::IMPORT_FROM, value::list)?,
            webhook_secret: read.parse(&setting::WEBHOOK_SECRET, value::secret)?,
            trusted_proxies: read.parse(&setting::TRUSTED_PROXIES, value::addresses)?,
            session_idle: Duration::from_secs(
                DAY * read.whole(&setting::SESSION_IDLE_DAYS, 1, 90)?,
            ),
            session_absolute: Duration::from_secs(
                DAY * read.whole(&setting::SESSION_ABSOLUTE_DAYS, 1, 365)?,
            ),
            page_cache: 1024 * 1024 * read.whole(&setting::PAGE_CACHE_MIB, 0, 4_096)?,
            max_upload_bytes: 1024 * 1024 * read.whole(&setting::MAX_UPLOAD_MIB, 1, 15)?,
            rate_limits: read.parse(&setting::RATE_LIMITS, value::on_or_off)?,
            slow_request: Some(read.whole(&setting::SLOW_REQUEST_MS, 0, 60_000)?)
                .filter(|ms| *ms > 0)
                .map(Duration::from_millis),
            log_format: read.parse(&setting::LOG_FORMAT, LogFormat::parse)?,
            log_level: read.parse(&setting::LOG_LEVEL, |text| text.parse().ok())?,
            demo_pictures: read.path(&setting::DEMO_PICTURES)?,
        };
        if config.session_absolute < config.session_idle {
            return Err(read.refused(&setting::SESSION_ABSOLUTE_DAYS));
        }
        if config.mode == Mode::Production {
            let (proxies, _) = source.value(&setting::TRUSTED_PROXIES);
            config.fit_for_production(!proxies.trim().is_empty())?;
        }
        Ok(config)
    }

    /// What of this the market itself goes by.
    pub fn market(&self) -> market::Settings {
        let mut settings = market::Settings::new(&self.database_url, &self.data_dir);
        self.public_url
            .origin()
            .clone_into(&mut settings.public_url);
        // A command says otherwise if it is there to make one.
        settings.make_database = self.mode != Mode::Production;
        settings.pictures.clone_from(&self.pictures);
        settings.search_language = self.search_language;
        settings.search_memory = self.search_memory;
        settings.connections = self.database_connections;
        settings.currency = self.currency;
        settings.token.clone_from(&self.token_symbol);
        settings.fee_basis_points = self.fee_basis_points;
        settings.hold_minutes = self.hold_minutes;
        settings.welcome_grant = self.welcome_grant;
        settings.reward_pending_days = self.reward_pending_days;
        settings.imports_per_hour = self.imports_per_hour;
        settings.products_per_hour = self.products_per_hour;
        settings.products_per_store = self.products_per_store;
        settings.guest_cart_days = self.guest_cart_days;
        settings.shop_products = self.shop_import_products;
        settings.refresh_hours = self.refresh_hours;
        settings.import_from.clone_from(&self.import_from);
        settings.webhook_secret.clone_from(&self.webhook_secret);
        if self.mode == Mode::Demo {
            settings.demo_log_ins = crate::demo::log_ins();
        }
        settings
    }

    fn fit_for_production(&self, says_what_is_before_it: bool) -> Result<(), Error> {
        if !self.public_url.is_https() {
            return Err(Error::Production(
                "`public_url` has to be set to the https:// address people use.",
            ));
        }
        if !self.rate_limits {
            return Err(Error::Production("`rate_limits` can't be `off`."));
        }
        if !self.import_from.is_empty() {
            return Err(Error::Production("`import_from` can't be set."));
        }
        if !says_what_is_before_it {
            return Err(Error::Production(PROXIES_UNKNOWN));
        }
        Ok(())
    }
}

/// Every setting with its value and where that came from, fit to be printed: passwords are hidden.
pub fn effective(source: &Source) -> Vec<(&'static Setting, String, &'static str)> {
    setting::ALL
        .iter()
        .map(|setting| {
            let (written, origin) = source.value(setting);
            (setting, shown(setting, written), origin.words())
        })
        .collect()
}

/// A value fit to be printed.
fn shown(setting: &Setting, written: &str) -> String {
    let is_secret = [setting::WEBHOOK_SECRET, setting::S3_SECRET_KEY].contains(setting);
    if is_secret && !written.is_empty() {
        "(hidden)".to_owned()
    } else {
        value::without_password(written)
    }
}

/// Reads one setting at a time and words the refusals.
struct Reader<'a>(&'a Source);

impl Reader<'_> {
    fn parse<T>(
        &self,
        setting: &'static Setting,
        parser: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Error> {
        parser(self.0.value(setting).0.trim()).ok_or_else(|| self.refused(setting))
    }

    fn whole<T>(&self, setting: &'static Setting, least: T, most: T) -> Result<T, Error>
    where
        T: std::str::FromStr + PartialOrd,
    {
        self.parse(setting, |text| value::whole(text, least..=most))
    }

    fn path(&self, setting: &'static Setting) -> Result<PathBuf, Error> {
        self.parse(setting, |text| {
            (!text.is_empty()).then(|| PathBuf::from(text))
        })
    }

    fn bucket(&self) -> Result<Option<Bucket>, Error> {
        let Some((name, folder)) = self.parse(&setting::PICTURES_BUCKET, value::bucket)? else {
            return Ok(None);
        };
        Ok(Some(Bucket {
            name,
            folder,
            endpoint: self
                .parse(&setting::S3_ENDPOINT, |text| {
                    value::optional(text, PublicUrl::parse)
                })?
                .map(|url| url.origin().to_owned()),
            region: self.parse(&setting::S3_REGION, value::region)?,
            access_key: self.parse(&setting::S3_ACCESS_KEY, value::some)?,
            secret_key: self.parse(&setting::S3_SECRET_KEY, value::some)?,
        }))
    }

    fn refused(&self, setting: &'static Setting) -> Error {
        let (written, _) = self.0.value(setting);
        Error::NotAllowed {
            name: setting.name,
            value: shown(setting, written),
            allowed: setting.allowed,
        }
    }
}

/// The largest welcome grant: one million tokens.
const LARGEST_GRANT: Tokens = Tokens(1_000_000 * 100);

fn welcome_grant(text: &str) -> Option<Tokens> {
    Tokens::parse(text)
        .ok()
        .filter(|tokens| *tokens <= LARGEST_GRANT)
}

impl Mode {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "demo" => Some(Self::Demo),
            "development" => Some(Self::Development),
            "production" => Some(Self::Production),
            _ => None,
        }
    }
}

impl LogFormat {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(environment: &[(&str, &str)], file: &str) -> Result<Config, Error> {
        let environment = environment
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::from_source(&Source::new(environment, file)?)
    }

    #[test]
    fn the_defaults_are_allowed_values() {
        let config = config(&[], "").unwrap();
        assert_eq!(config.hold_minutes, 15);
        assert_eq!(config.mode, Mode::Development);
    }

    #[test]
    fn the_environment_wins_over_the_file_and_the_file_over_the_default() {
        let file =
            "hold_minutes = 20\nfee_basis_points = 250\ntrusted_proxies = [\"10.0.0.1\", \"::1\"]";
        let config = config(&[("SHELFSHARE_HOLD_MINUTES", "30")], file).unwrap();
        assert_eq!(config.hold_minutes, 30);
        assert_eq!(config.fee_basis_points, 250);
        assert_eq!(config.trusted_proxies.len(), 2);
    }

    #[test]
    fn our_own_database_variable_wins_over_the_common_one() {
        for order in [[0, 1], [1, 0]] {
            let pair = [
                ("DATABASE_URL", "postgres://common/shop"),
                ("SHELFSHARE_DATABASE_URL", "sqlite://own.db"),
            ];
            let config = config(&order.map(|index| pair[index]), "").unwrap();
            assert_eq!(config.database_url, "sqlite://own.db");
        }
    }

    #[test]
    fn a_refusal_names_the_setting_the_value_and_what_is_allowed() {
        for (variable, value) in [
            ("SHELFSHARE_HOLD_MINUTES", "0"),
            ("SHELFSHARE_FEE_BASIS_POINTS", "5001"),
            ("SHELFSHARE_MODE", "prod"),
            ("SHELFSHARE_CURRENCY", "usd"),
            ("SHELFSHARE_WELCOME_GRANT", "1.005"),
            ("SHELFSHARE_LISTEN", "localhost"),
            ("SHELFSHARE_SESSION_ABSOLUTE_DAYS", "7"),
            ("SHELFSHARE_DATABASE_URL", "mysql://db"),
        ] {
            let error = config(&[(variable, value)], "").unwrap_err();
            let Error::NotAllowed {
                name,
                value: shown,
                allowed,
            } = error
            else {
                panic!("{variable}={value} gave {error:?}");
            };
            assert_eq!(format!("SHELFSHARE_{}", name.to_uppercase()), variable);
            assert_eq!(shown, value);
            assert!(!allowed.is_empty());
        }
    }

    #[test]
    fn a_misspelt_setting_is_refused() {
        assert_eq!(
            config(&[("SHELFSHARE_HOLD_MINUTE", "5")], "").unwrap_err(),
            Error::Unknown("SHELFSHARE_HOLD_MINUTE".into())
        );
        assert_eq!(
            config(&[], "colour = 1").unwrap_err(),
            Error::Unknown("colour".into())
        );
    }

    #[test]
    fn production_insists_on_https_and_on_limits() {
        let production = ("SHELFSHARE_MODE", "production");
        let https = ("SHELFSHARE_PUBLIC_URL", "https://shop.example");
        let direct = ("SHELFSHARE_TRUSTED_PROXIES", "none");
        assert!(matches!(
            config(&[production], ""),
            Err(Error::Production(_))
        ));
        assert!(matches!(
            config(&[production, https, ("SHELFSHARE_RATE_LIMITS", "off")], ""),
            Err(Error::Production(_))
        ));
        assert!(matches!(
            config(
                &[
                    production,
                    https,
                    ("SHELFSHARE_IMPORT_FROM", "127.0.0.1:8080")
                ],
                ""
            ),
            Err(Error::Production(_))
        ));
        assert!(config(&[production, https, direct], "").is_ok());
    }

    #[test]
    fn production_has_to_say_what_stands_before_it() {
        let production = [
            ("SHELFSHARE_MODE", "production"),
            ("SHELFSHARE_PUBLIC_URL", "https://shop.example"),
        ];
        for silent in ["", "trusted_proxies = []"] {
            let refusal = config(&production, silent).unwrap_err().to_string();
            for part in ["trusted_proxies", "none", "127.0.0.1"] {
                assert!(refusal.contains(part), "{part} is not in {refusal}");
            }
        }
        for (said, proxies) in [
            ("trusted_proxies = \"none\"", 0),
            ("trusted_proxies = [\"10.0.0.1\"]", 1),
        ] {
            let config = config(&production, said).unwrap();
            assert_eq!(config.trusted_proxies.len(), proxies);
        }
    }

    #[test]
    fn printed_settings_hide_passwords_and_secrets() {
        let environment = [
            ("DATABASE_URL", "postgres://shop:secret@db/shop"),
            ("SHELFSHARE_WEBHOOK_SECRET", "too short a secret"),
        ];
        let refusal = config(&environment, "").unwrap_err().to_string();
        assert!(!refusal.contains("too short a secret"), "{refusal}");
        let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let source = Source::new(environment, "").unwrap();
        assert!(
            effective(&source)
                .iter()
                .all(|(_, value, _)| !value.contains("secret"))
        );
    }
}
