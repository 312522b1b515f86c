//! The demo market: fourteen invented stores with their products, pictures, offers and eight weeks of sales.
//!
//! What the stores are is written in `server/demo/*.toml`; everything that happened between them is played
//! through the market's real rules, on a clock set by hand.

mod agenda;
mod content;
mod dice;
mod makers;
mod people;
mod photos;
mod plan;
mod shoppers;
mod stage;

use agenda::{Agenda, Event};
use content::Content;
use market::{Clock, Market};
use model::{DemoLogIn, FieldError, Timestamp};
use plan::Plan;
use stage::Stage;
use std::path::Path;

/// Everybody's password in the demo. The log-in page shows it, in demo mode only.
pub const PASSWORD: &str = "borrowed-shelf";

/// The stores whose owners visitors are invited to be, and what each is an example of.
const INVITED: [(&str, &str); 3] = [
    ("kiln-and-clay", "a maker"),
    ("corner-books", "a maker who resells"),
    ("the-long-kitchen", "a reseller"),
];

/// Why there is no demo market.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Content(#[from] content::Error),
    #[error(transparent)]
    Picture(#[from] pixels::Error),
    #[error("{what}: {source}")]
    Market { what: String, source: market::Error },
    /// The content and the rules disagree: a mistake in the demo.
    #[error("{0}")]
    Impossible(String),
}

impl Error {
    /// For `map_err`: says what was being done when the market refused it.
    fn while_doing(what: impl Into<String>) -> impl FnOnce(market::Error) -> Self {
        |source| Self::Market {
            what: what.into(),
            source,
        }
    }

    /// For `map_err`: says whose form was wrong, and where.
    fn in_form(whose: impl Into<String>) -> impl FnOnce(Vec<FieldError>) -> Self {
        |errors| {
            let fields = errors
                .iter()
                .map(|error| format!("{}: {}", error.field, error.message));
            Self::Impossible(format!(
                "{}: {}",
                whose.into(),
                fields.collect::<Vec<_>>().join("; ")
            ))
        }
    }
}

/// What was made.
pub struct Made {
    pub stores: usize,
    pub products: usize,
    pub pictures: usize,
    pub orders: usize,
}

/// Fills an empty market, whose time is told by `clock`, with everything up to `now`.
pub async fn fill(
    market: &Market,
    clock: &Clock,
    now: Timestamp,
    objects: &Path,
) -> Result<Made, Error> {
    let content = Content::read()?;
    let plan = Plan::of(&content);
    let mut stage = Stage::new(market, &content, &plan);
    stage.play_all(clock, now).await?;
    let pictures = photos::take(&stage, objects).await?;
    Ok(Made {
        stores: content.stores.len(),
        products: plan::all(&content).count(),
        pictures,
        orders: stage.orders,
    })
}

impl Stage<'_> {
    async fn play_all(&mut self, clock: &Clock, now: Timestamp) -> Result<(), Error> {
        let mut agenda = Agenda::of(self.plan, self.content, now);
        while let Some((at, event)) = agenda.next() {
            clock.set(at);
            self.play(event, &mut agenda).await?;
        }
        clock.set(now);
        // Whatever is due by now, and was not done along the way.
        let rest = market::jobs::tick(self.market).await;
        rest.map_err(Error::while_doing("background work"))
    }

    async fn play(&mut self, event: Event, agenda: &mut Agenda) -> Result<(), Error> {
        match event {
            Event::Join(regular) => self.join(regular).await,
            Event::OpenStore(store) => self.open_store(store).await,
            Event::Publish(product) => self.publish(product).await,
            Event::Offer(product) => self.offer(product).await,
            Event::Raise(product) => self.raise(product).await,
            Event::TryOffer(product) => self.try_offer(product).await,
            Event::Revoke(product) => self.revoke(product).await,
            Event::Carry { shelf, product } => self.carry(shelf, product).await,
            Event::Buy(purchase) => self.buy(purchase, agenda).await,
            Event::Pack(parcel) => self.pack(parcel).await,
            Event::Ship(parcel) => self.ship(parcel).await,
            Event::Deliver(parcel) => self.deliver(parcel).await,
            Event::Cancel(parcel) => self.cancel(parcel).await,
        }
    }
}

/// What the log-in page offers in demo mode.
pub fn log_ins() -> Vec<DemoLogIn> {
    // The content is part of the program and a test reads all of it: it can't fail here.
    let stores = Content::read()
        .map(|content| content.stores)
        .unwrap_or_default();
    INVITED
        .iter()
        .filter_map(|(slug, example)| {
            let store = &stores.iter().find(|file| file.store.slug == *slug)?.store;
            Some(DemoLogIn {
                who: format!("{}, {example}", store.name),
                email: store.email.clone(),
                password: PASSWORD.to_owned(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_invited_store_is_there() {
        assert_eq!(log_ins().len(), INVITED.len());
    }

    #[tokio::test]
    async fn the_history_keeps_the_rules_and_ends_as_the_files_say() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("demo.db").display());
        let clock = Clock::by_hand(Timestamp(0));
        let settings = market::Settings::new(url, folder.path());
        let market = Market::connect_with(settings, clock.clone()).await.unwrap();
        market.migrate().await.unwrap();
        let content = Content::read().unwrap();
        let plan = Plan::of(&content);
        let mut stage = Stage::new(&market, &content, &plan);
        stage
            .play_all(&clock, Timestamp(1_795_363_500_000))
            .await
            .unwrap();

        assert_eq!(stage.orders, plan.purchases.len());
        let report = market::verify::run(&market).await.unwrap();
        assert!(report.is_sound(), "{report:?}");
        for (at, product) in plan::all(&content) {
            let owner = stage.owner(at.store).unwrap();
            let id = stage.published(at).unwrap().id;
            let form = market::product::form(&market, owner, id)
                .await
                .unwrap()
                .form;
            let stock = |variant: &model::VariantForm| variant.stock.parse::<i64>().unwrap();
            assert_eq!(
                form.variants.iter().map(stock).sum::<i64>(),
                product.stock(),
                "{}",
                product.title
            );
            let card = market::product::card(&market, id, Some(owner))
                .await
                .unwrap();
            let open = card.offer.map(|offer| (offer.rate, offer.open_units));
            let written = product.offer.map(|terms| (terms.rate, terms.units));
            assert_eq!(open, written, "{}", product.title);
        }
    }
}
