use crate::account::Tries;
use crate::db::{Db, Reader, Tx};
use crate::entity::{account, pulse};
use crate::facts::Facts;
use crate::feed::{Feed, Seen};
use crate::fresh::Parts;
use crate::live::Live;
use crate::payment::{PaymentProvider, Sandbox};
use crate::picture::Place;
use crate::search::Texts;
use crate::turns::Turns;
use crate::{Clock, Error, Result, Settings, Source, import, migration, secret, settled};
use importer::fetch::Fetcher;
use model::{MarketInfo, Timestamp};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, PaginatorTrait};
use std::ops::Deref;
use std::sync::Arc;
use tokio::sync::Notify;

/// The market: one database, its settings, its clock and the payment provider, as one visitor has it. Cheap to clone:
/// every layer of a server has one.
#[derive(Clone)]
pub struct Market {
    pub(crate) whole: Arc<Whole>,
    /// Where the visitor comes from whom this handle serves; `None` for the market's own work.
    pub(crate) from: Option<Source>,
    /// Where it is noted what a page shows; `None` for one that is not kept.
    pub(crate) seen: Option<Seen>,
}

/// What is the same for all visitors.
#[derive(Clone)]
pub struct Whole {
    pub(crate) db: Db,
    pub(crate) settings: Arc<Settings>,
    pub(crate) clock: Clock,
    pub(crate) payments: Arc<dyn PaymentProvider>,
    /// Reads other shops' pages; `None` on a machine that can't make trusted connections.
    pub(crate) fetcher: Option<Fetcher>,
    /// Wakes the worker that reads links.
    pub(crate) links_asked: Arc<Notify>,
    /// Passwords tried.
    pub(crate) tries: Arc<Tries>,
    /// Whose turn it is to look through everything.
    pub(crate) turns: Turns,
    pub(crate) secrets: Arc<secret::Known>,
    pub(crate) feed: Feed,
    pub(crate) facts: Facts,
    /// Where the files of pictures are.
    pub(crate) pictures: Place,
    pub(crate) parts: Arc<Parts>,
    pub(crate) texts: Texts,
    pub(crate) live: Live,
}

impl Deref for Market {
    type Target = Whole;

    fn deref(&self) -> &Whole {
        &self.whole
    }
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
        let whole = Whole {
            feed: Feed::of(db.commits().cloned()),
            db,
            // Why there is none is in the log.
            fetcher: import::fetcher_by(&settings).ok(),
            links_asked: Arc::default(),
            tries: Arc::default(),
            turns: Turns::default(),
            secrets: Arc::default(),
            facts: Facts::new(settings.currency),
            pictures: Place::of(&settings)?,
            parts: Arc::default(),
            texts: Texts::default(),
            live: Live::default(),
            settings: Arc::new(settings),
            clock,
            payments,
        };
        Ok(Market {
            whole: Arc::new(whole),
            from: None,
            seen: None,
        })
    }

    /// The same market with another payment provider.
    #[must_use]
    pub fn with_payments(self, payments: Arc<dyn PaymentProvider>) -> Market {
        let whole = Whole {
            payments,
            ..Whole::clone(&self.whole)
        };
        Market {
            whole: Arc::new(whole),
            ..self
        }
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

    /// Brings the schema up to date and settles what can't change afterwards; does nothing when that is done.
    ///
    /// # Errors
    /// [`crate::Error::NoMarket`] when there is nothing in the database and a new market is not to be made,
    /// [`crate::Error::Tables`] when a change can't be made, [`crate::Error::Settled`] when a setting is not what the
    /// books were begun with.
    pub async fn migrate(&self) -> Result<()> {
        if !self.settings.make_database && !migration::is_begun(&self.db).await? {
            return Err(Error::NoMarket("this database: it is empty".into()));
        }
        migration::up(&self.db).await?;
        settled::settle(self).await
    }

    /// Whether every change to the schema has been made.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database does not answer.
    pub async fn is_migrated(&self) -> Result<bool> {
        migration::is_complete(&self.db).await
    }

    /// Whether the settings are those that the books were begun with. For whoever only reads them.
    ///
    /// # Errors
    /// [`crate::Error::Settled`] when they are not.
    pub async fn check_settings(&self) -> Result<()> {
        settled::check(self).await
    }

    /// Answers when something could be read and written.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when not.
    pub async fn pulse(&self) -> Result<()> {
        self.db.reader().pool().ping().await?;
        self.db.write((), |tx, ()| Box::pin(beat(tx))).await
    }

    /// Whether what was written last could be saved. Asks nobody.
    #[must_use]
    pub fn saves(&self) -> bool {
        self.db.saves()
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
        Db::clone(&self.db).close().await
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

    /// What changed of what everybody is shown.
    #[must_use]
    pub fn feed(&self) -> &Feed {
        &self.feed
    }

    /// Whether lists of the whole market are answered without asking the database.
    #[must_use]
    pub fn answers_from_memory(&self) -> bool {
        self.facts.all().is_some()
    }

    /// Whether words are looked up with their endings and mistakes.
    #[must_use]
    pub fn knows_words(&self) -> bool {
        self.texts.finder().is_some()
    }

    /// The present moment, by the market's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Where reads go that look through everything; whoever does so takes a turn before.
    pub(crate) fn slow_reader(&self) -> &Reader {
        self.db.slow_reader()
    }

    /// Where reads outside a transaction go.
    pub(crate) fn reader(&self) -> &Reader {
        self.db.reader()
    }
}

async fn beat(tx: &Tx) -> Result<()> {
    let beat = pulse::ActiveModel {
        id: Set(1),
        beat_at: Set(tx.now),
    };
    let again = OnConflict::column(pulse::Column::Id)
        .update_column(pulse::Column::BeatAt)
        .to_owned();
    pulse::Entity::insert(beat)
        .on_conflict(again)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
