//! The demo market: fourteen invented stores with their products, pictures, offers and eight weeks of sales.
//!
//! What the stores are is written in `server/demo/*.toml`; everything that happened between them is played
//! through the market's real rules, on a clock set by hand.

mod agenda;
mod backdrop;
mod content;
mod dice;
mod makers;
mod people;
mod photos;
mod plan;
mod shoppers;
mod stage;
mod still_life;

use content::Content;
use agenda::{Agenda, Event};
use market::{Clock, Market};
use model::{DemoLogIn, FieldError, Timestamp};
use plan::Plan;
use stage::Stage;
use std::path::Path;

/// Everybody's password in the demo. The log-in page shows it, in demo mode only.
pub const PASSWORD: &str = "borrowed-shelf";

/// The stores whose owners visitors are invited to be, and what each is an example of.
const INVITED: [(&str, &str); 3] = [
    ("kiln-and-clay", "makes things, and offers them to others"),
    ("corner-books", "makes and resells"),
    ("the-long-kitchen", "resells what others make"),
];

/// Why there is no demo market.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Content(#[from] content::Error),
    #[error(transparent)]
    Picture(#[from] still_life::Error),
    #[error("{what}: {source}")]
    Market { what: String, source: market::Error },
    /// The content and the rules disagree: a mistake in the demo.
    #[error("{0}")]
    Impossible(String),
}

impl Error {
    /// For `map_err`: says what was being done when the market refused it.
    fn while_doing(what: impl Into<String>) -> impl FnOnce(market::Error) -> Self {
        |source| Self::Market { what: what.into(), source }
    }

    /// For `map_err`: says whose form was wrong, and where.
    fn in_form(whose: impl Into<String>) -> impl FnOnce(Vec<FieldError>) -> Self {
        |errors| {
            let fields = errors.iter().map(|error| format!("{}: {}", error.field, error.message));
            Self::Impossible(format!("{}: {}", whose.into(), fields.collect::<Vec<_>>().join("; ")))
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
pub async fn fill(market: &Market, clock: &Clock, now: Timestamp, objects: &Path) -> Result<Made, Error> {
    let content = Content::read()?;
    let plan = Plan::of(&content);
    let mut agenda = Agenda::of(&plan, &content, now);
    let mut stage = Stage::new(market, &content, &plan);
    while let Some((at, event)) = agenda.next() {
        clock.set(at);
        stage.play(event, &mut agenda).await?;
    }
    clock.set(now);
    // Whatever is due by now, and was not done along the way.
    market::jobs::tick(market).await.map_err(Error::while_doing("background work"))?;
    let pictures = photos::take(&stage, objects).await?;
    let products = plan::all(&content).count();
    Ok(Made { stores: content.stores.len(), products, pictures, orders: stage.orders })
}

impl Stage<'_> {
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
    let stores = Content::read().map(|content| content.stores).unwrap_or_default();
    INVITED
        .iter()
        .filter_map(|(slug, example)| {
            let store = &stores.iter().find(|file| file.store.slug == *slug)?.store;
            Some(DemoLogIn {
                who: format!("{} of {}: {example}", store.owner, store.name),
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
}
