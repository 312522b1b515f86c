use crate::account::Tries;
use crate::payment::{PaymentProvider, Sandbox};
use crate::turns::Turns;
use crate::{
    Clock, Result, Settings, Source, db::Db, entity::account, import, migration::Migrator, secret,
};
use importer::fetch::Fetcher;
use model::{MarketInfo, Timestamp};
use sea_orm::{DatabaseConnection, EntityTrait, PaginatorTrait};
use sea_orm_migration::MigratorTrait;
use std::sync::Arc;
use tokio::sync::Notify;

/// The market: one database, its settings, its clock and the payment provider. Cheap to clone.
#[derive(Clone)]
pub struct Market {
    pub(crate) db: Db,
    pub(crate) settings: Arc<Settings>,
    pub(crate) clock: Clock,
    pub(crate) payments: Arc<dyn PaymentProvider>,
    /// Reads other shops' pages; `None` on a machine that can't make trusted connections.
    pub(crate) fetcher: Option<Fetcher>,
    /// Wakes the worker that reads links.
    pub(crate) links_asked: Arc<Notify>,
    /// Where the visitor comes from whom this handle serves; `None` for the market's own work.
    pub(crate) from: Option<Source>,
    /// Passwords tried.
    pub(crate) tries: Arc<Tries>,
    /// Whose turn it is to look through everything.
    pub(crate) turns: Turns,
    pub(crate) secrets: Arc<secret::Known>,
}

impl Market {
    /// Connects to the database, with the sandbox payment provider. Changes nothing in it.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when the database can't be reached.
    pub async fn connect(settings: Settings) -> Result<Market> {
        Market::connect_with(settings, Clock::system()).await
    }

    /// Connects with a clock of one's own.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when the database can't be reached.
    pub async fn connect_with(settings: Settings, clock: Clock) -> Result<Market> {
        let db = Db::connect(&settings, clock.clone()).await?;
        let sandbox = Sandbox::new(db.clone(), clock.clone(), settings.webhook_secret.clone());
        let payments: Arc<dyn PaymentProvider> = Arc::new(sandbox);
        Ok(Market {
            db,
            // Why there is none is in the log.
            fetcher: import::fetcher_by(&settings).ok(),
            links_asked: Arc::default(),
            from: None,
            tries: Arc::default(),
            turns: Turns::default(),
            secrets: Arc::default(),
            settings: Arc::new(settings),
            clock,
            payments,
        })
    }

    /// The same market with another payment provider.
    #[must_use]
    pub fn with_payments(self, payments: Arc<dyn PaymentProvider>) -> Market {
        Market { payments, ..self }
    }

    /// The market as one visitor has it: what she does is bounded together with all else from there.
    #[must_use]
    pub fn asked_from(self, source: Source) -> Market {
        Market {
            from: Some(source),
            ..self
        }
    }

    /// The payment provider in use.
    #[must_use]
    pub fn payments(&self) -> &Arc<dyn PaymentProvider> {
        &self.payments
    }

    /// Brings the schema up to date; does nothing when it is.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when a change can't be made.
    pub async fn migrate(&self) -> Result<()> {
        Ok(Migrator::up(self.db.writer(), None).await?)
    }

    /// Whether every change to the schema has been made.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when the database does not answer.
    pub async fn is_migrated(&self) -> Result<bool> {
        Ok(Migrator::get_pending_migrations(self.db.writer())
            .await?
            .is_empty())
    }

    /// Answers when the database does.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when it does not.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.db.reader().ping().await?)
    }

    /// Nobody has an account yet.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when the database does not answer.
    pub async fn is_empty(&self) -> Result<bool> {
        Ok(account::Entity::find().count(self.db.reader()).await? == 0)
    }

    /// Closes every connection.
    ///
    /// # Errors
    /// [`crate::Error::Database`] when a connection does not close.
    pub async fn close(self) -> Result<()> {
        self.db.close().await
    }

    /// What a screen shows of the settings.
    #[must_use]
    pub fn info(&self) -> MarketInfo {
        self.settings.info(self.payments.is_test())
    }

    /// The header in which the payment provider signs its messages; `None` when none are taken.
    #[must_use]
    pub fn webhook_signature(&self) -> Option<&'static str> {
        self.payments.signature_header()
    }

    /// What the market was told from outside.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The present moment, by the market's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Where reads go that look through everything; whoever does so takes a turn before.
    pub(crate) fn slow_reader(&self) -> &DatabaseConnection {
        self.db.slow_reader()
    }

    /// Where reads outside a transaction go.
    pub(crate) fn reader(&self) -> &DatabaseConnection {
        self.db.reader()
    }
}
