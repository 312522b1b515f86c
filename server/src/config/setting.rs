//! Every setting, once. The parser, the error messages, `shelfshare settings` and `docs/settings.md`
//! all read this table, so none of them can tell a different story.

/// One documented setting.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key in `shelfshare.toml`; the environment variable is `SHELFSHARE_` and this in capitals.
    pub name: &'static str,
    pub what: &'static str,
    /// Used when neither the environment nor the file says anything.
    pub default: &'static str,
    /// What a value may be, in words: shown in the table and in every refusal.
    pub allowed: &'static str,
}

impl Setting {
    /// The environment variable that sets it.
    pub fn variable(&self) -> String {
        format!("{PREFIX}{}", self.name.to_uppercase())
    }
}

/// What every environment variable of ours begins with.
pub const PREFIX: &str = "SHELFSHARE_";

macro_rules! settings {
    ($($constant:ident = $name:literal, $default:literal, $allowed:literal, $what:literal;)+) => {
        $(pub const $constant: Setting = Setting {
            name: $name,
            what: $what,
            default: $default,
            allowed: $allowed,
        };)+

        /// All settings, in the order in which they are documented.
        pub const ALL: &[Setting] = &[$($constant),+];
    };
}

settings! {
    MODE = "mode", "development", "`demo`, `development` or `production`",
        "What this installation is for. `demo` shows the demo log-ins on the log-in page; `production` insists on https and refuses the demo content.";
    DATABASE_URL = "database_url", "sqlite://data/shelfshare.db", "a `sqlite://` or `postgres://` address",
        "Where everything is kept. The plain variable `DATABASE_URL` works too. A database that is missing or empty is made into a new market, but not in production: there `shelfshare migrate` does that, once, and `serve` refuses to start without one.";
    DATABASE_CONNECTIONS = "database_connections", "8", "a whole number from 2 to 200",
        "How many connections to PostgreSQL this process opens at most, or how many readers of an SQLite file beside its one writer.";
    LISTEN = "listen", "127.0.0.1:3000", "an IP address and a port, like `0.0.0.0:3000`",
        "The address this server answers on.";
    METRICS_LISTEN = "metrics_listen", "", "an IP address and a port, like `127.0.0.1:9100`, or nothing",
        "Where `/metrics` tells Prometheus how this process fares. It is for whoever watches over the market: keep it from everybody else. Without it nothing is told.";
    PUBLIC_URL = "public_url", "http://127.0.0.1:3000", "an `http://` or `https://` address without a path",
        "The address people use. Requests that change something must come from here. With https, cookies are Secure and browsers are told to stay on https. Production needs it set, and https.";
    DATA_DIR = "data_dir", "data", "a directory this server may write to",
        "Where uploaded pictures are kept, and the texts in which words are looked up. Those are made anew when they are not there.";
    PICTURES_BUCKET = "pictures_bucket", "", "a bucket, like `pictures` or `pictures/of-this-market`, or nothing",
        "Keeps the pictures in a bucket of a store that speaks S3, for all processes of a market, with folders in it after slashes. Without it they are in `data_dir`. `shelfshare restore` puts a backup's pictures where this says.";
    S3_ENDPOINT = "s3_endpoint", "", "an `http://` or `https://` address without a path, or nothing",
        "Who keeps the bucket. Without it, Amazon.";
    S3_REGION = "s3_region", "us-east-1", "letters, digits and `-`",
        "The bucket's region. Others than Amazon mostly take any.";
    S3_ACCESS_KEY = "s3_access_key", "", "the name of a key, when there is a bucket",
        "The key with which the bucket is read and written.";
    S3_SECRET_KEY = "s3_secret_key", "", "the secret of that key, when there is a bucket",
        "The secret of that key.";
    SEARCH_LANGUAGE = "search_language", "english", "one of `arabic`, `danish`, `dutch`, `english`, `finnish`, `french`, `german`, `greek`, `hungarian`, `italian`, `norwegian`, `portuguese`, `romanian`, `russian`, `spanish`, `swedish`, `tamil`, `turkish`, `none`",
        "The language whose words a search finds whatever their ending. With `none` it finds words as they are written, or begin.";
    SEARCH_MEMORY_MIB = "search_memory_mib", "50", "a whole number from 15 to 1024",
        "How much memory texts take at most that were changed and are not saved yet for searches, in MiB.";
    SITE_ROOT = "site_root", "target/site", "a directory",
        "The built browser part: scripts, styles, fonts. A program from `cargo xtask build` carries it and lays it out in `data_dir`, unless this says otherwise.";
    TOKEN_SYMBOL = "token_symbol", "RSS", "1 to 8 capital letters or digits",
        "The reward token's short name, shown with amounts. It always has two decimals.";
    CURRENCY = "currency", "USD", "one of `USD`, `EUR`, `GBP`, `CAD`, `AUD`, `NZD`, `CHF`, `SEK`, `NOK`, `DKK`, `PLN`, `CZK`, `JPY`",
        "The one currency of this market. It can't change once a database was begun: a start with another one is refused.";
    FEE_BASIS_POINTS = "fee_basis_points", "0", "a whole number from 0 to 5000",
        "What the market keeps of every sale, in hundredths of a percent: 250 is 2.5 %.";
    HOLD_MINUTES = "hold_minutes", "15", "a whole number from 1 to 120",
        "How long stock and rewards stay set aside for a checkout.";
    WELCOME_GRANT = "welcome_grant", "100.00", "an amount of tokens from 0 to 1000000, with at most two decimals",
        "The tokens a new store starts with.";
    REWARD_PENDING_DAYS = "reward_pending_days", "0", "a whole number from 0 to 90",
        "How many days a reward can still return to the maker when its sale is refunded. 0 pays it out for good at once.";
    IMPORTS_PER_HOUR = "imports_per_hour", "60", "a whole number from 1 to 10000",
        "How many links to single products one store can have read in an hour.";
    PRODUCTS_PER_HOUR = "products_per_hour", "2000", "a whole number from 1 to 100000",
        "How many products one store can make, and how many offers it can open, in an hour.";
    PRODUCTS_PER_STORE = "products_per_store", "10000", "a whole number from 1 to 1000000",
        "How many products one store can have, archived ones among them.";
    GUEST_CART_DAYS = "guest_cart_days", "30", "a whole number from 1 to 365",
        "How many days a guest's cart is kept after something was last put into it. An empty one is kept for a day.";
    GUESTS_PER_MINUTE = "guests_per_minute", "600", "a whole number from 1 to 100000",
        "How many visitors may leave something here for the first time in a minute, all together: put something into a cart, or sign up. More are asked to try again.";
    SHOP_IMPORT_PRODUCTS = "shop_import_products", "200", "a whole number from 1 to 2000",
        "How many products one store can import at once with a whole shop.";
    REFRESH_HOURS = "refresh_hours", "24", "a whole number from 0 to 720",
        "How many hours lie between two looks at the source of an imported product that follows it. 0 looks at none by itself.";
    IMPORT_FROM = "import_from", "", "IP addresses with ports, separated by commas",
        "Servers of this machine's own network that links may lead to. It is for automated tests, and refused in production.";
    WEBHOOK_SECRET = "webhook_secret", "", "at least 32 characters, or nothing",
        "What the payment provider signs its messages to `/webhooks/payments` with. Without it none are taken: payments are still settled, by asking the provider now and then.";
    TRUSTED_PROXIES = "trusted_proxies", "", "IP addresses, separated by commas, or `none`",
        "Reverse proxies whose `X-Forwarded-For` is believed. From anyone else that header is ignored, and limits count whoever connects. `none` says that browsers reach this server directly. Production needs one or the other.";
    SESSION_IDLE_DAYS = "session_idle_days", "14", "a whole number from 1 to 90",
        "A log-in ends after this many days without a visit.";
    SESSION_ABSOLUTE_DAYS = "session_absolute_days", "60", "a whole number from 1 to 365, not less than `session_idle_days`",
        "A log-in ends after this many days in any case.";
    PAGE_CACHE_MIB = "page_cache_mib", "64", "a whole number from 0 to 4096",
        "How much memory the pages take at most that are kept for all guests, in MiB. 0 makes every page for each.";
    MAX_UPLOAD_MIB = "max_upload_mib", "8", "a whole number from 1 to 15",
        "The largest picture that can be uploaded, in MiB.";
    RATE_LIMITS = "rate_limits", "on", "`on` or `off`",
        "Limits on everything that changes something, and on slow searches, per address and per visitor. `off` is for automated tests, and refused in production.";
    SLOW_REQUEST_MS = "slow_request_ms", "1000", "a whole number from 0 to 60000",
        "A request that takes longer, in milliseconds, is logged with what it waited for. 0 logs none so.";
    LOG_FORMAT = "log_format", "text", "`text` or `json`",
        "How log lines are written.";
    LOG_LEVEL = "log_level", "info", "`error`, `warn`, `info`, `debug` or `trace`",
        "How much is logged.";
    DEMO_PICTURES = "demo_pictures", "style/node_modules/@lobehub/fluent-emoji-3d/assets", "a directory",
        "Where `shelfshare demo` finds the objects that it composes product pictures from.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_explained_and_named_once() {
        for (index, setting) in ALL.iter().enumerate() {
            assert!(!setting.what.is_empty() && !setting.allowed.is_empty());
            assert!(
                ALL[..index]
                    .iter()
                    .all(|earlier| earlier.name != setting.name),
                "{} appears twice",
                setting.name
            );
        }
    }

    #[test]
    fn every_currency_is_listed() {
        for currency in model::Currency::ALL {
            assert!(CURRENCY.allowed.contains(currency.as_str()));
        }
    }

    #[test]
    fn every_language_is_listed() {
        for language in market::Language::ALL {
            assert!(SEARCH_LANGUAGE.allowed.contains(language.as_str()));
        }
    }

    #[test]
    fn a_variable_is_the_name_in_capitals() {
        assert_eq!(HOLD_MINUTES.variable(), "SHELFSHARE_HOLD_MINUTES");
    }
}
