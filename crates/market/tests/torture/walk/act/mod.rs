//! Takes a step on the market and in the books, and compares the two answers.

mod cart;
mod checkout;
mod offer;
mod product;
mod sale;
mod store;

use super::books::Books;
use super::rules::Answer;
use super::step::{Pick, Step};
use market::Error;
use model::ParcelState;
use sea_orm::DatabaseConnection;
use trial::{Process, World};

/// A market and its books.
pub struct Walk {
    pub world: World,
    pub books: Books,
    /// Another process, which answers from memory.
    pub other: Process,
    /// Past all rules, for looking at rows.
    pub rows: DatabaseConnection,
}

type Told = Result<String, String>;

impl Walk {
    /// Takes a step. `false` when there is nothing yet that it could be about.
    ///
    /// # Errors
    /// What the market answers, and what it should have.
    pub async fn take(&mut self, step: &Step) -> Result<bool, String> {
        let Some((told, expected)) = self.both(step).await else {
            return Ok(false);
        };
        let expected: Told = expected.map(str::to_owned).map_err(str::to_owned);
        if told == expected {
            Ok(true)
        } else {
            Err(format!(
                "the market answers {told:?} instead of {expected:?}"
            ))
        }
    }

    pub fn wait(&mut self, minutes: i64) {
        self.world.wait_minutes(minutes);
        self.books.now += minutes * 60_000;
    }

    pub async fn tick(&mut self) {
        self.world.tick().await;
        self.books.tick();
    }

    async fn both(&mut self, step: &Step) -> Option<(Told, Answer)> {
        // Ended holds go back in a sweep, or to somebody who needs what they keep. The sweep comes first here, so that
        // the books need not know who needs what.
        let takes = matches!(step, Step::Add { .. } | Step::Pay { .. });
        if takes && self.books.has_expired() {
            self.tick().await;
        }
        match step {
            Step::OpenStore => self.open_store().await,
            Step::Issue {
                store,
                amount,
                twice,
            } => self.issue(*store, *amount, *twice).await,
            Step::Publish {
                store,
                price,
                stock,
            } => self.publish(*store, *price, stock).await,
            Step::Correct { variant, by } => self.correct(*variant, *by).await,
            Step::Reprice { variant, price } => self.reprice(*variant, *price).await,
            Step::Offer {
                product,
                rate,
                units,
            } => self.offer(*product, *rate, *units).await,
            Step::Change { offer, rate, units } => self.change(*offer, *rate, *units).await,
            Step::Revoke { offer } => self.revoke(*offer).await,
            Step::Shelve { store, product } => self.shelve(*store, *product).await,
            Step::Unshelve { listing } => self.unshelve(*listing).await,
            Step::Cart { owner } => self.cart(*owner).await,
            Step::LogIn { cart, owner } => self.log_in(*cart, *owner).await,
            Step::Add {
                cart,
                listing,
                variant,
                units,
            } => self.add(*cart, *listing, *variant, *units).await,
            Step::Pay { cart, card } => self.pay(*cart, *card).await,
            Step::PayAgain { order } => self.pay_again(*order).await,
            Step::TellBank { order, yes } => self.tell_bank(*order, *yes).await,
            Step::ComeBack { order } => self.come_back(*order).await,
            Step::Cancel {
                line,
                units,
                restock,
            } => self.cancel(*line, *units, *restock).await,
            Step::CancelAgain { refund } => self.cancel_again(*refund).await,
            Step::Pack { parcel } => self.step_parcel(*parcel, ParcelState::Packed).await,
            Step::Ship { parcel } => self.step_parcel(*parcel, ParcelState::Shipped).await,
            Step::Deliver { parcel } => self.step_parcel(*parcel, ParcelState::Delivered).await,
            Step::Wait { minutes } => {
                self.wait(*minutes);
                Some((Ok("waited".into()), Ok("waited")))
            }
            Step::Tick => {
                self.tick().await;
                Some((Ok("ticked".into()), Ok("ticked")))
            }
        }
    }
}

/// One of so many, if there are any.
fn one_of(pick: Pick, count: usize) -> Option<usize> {
    pick.checked_rem(count)
}

/// The name of what was refused.
fn told<T>(answer: Result<T, Error>, done: &str) -> Told {
    let name = |debug: String| {
        let end = debug
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(debug.len());
        debug[..end].to_owned()
    };
    match answer {
        Ok(_) => Ok(done.to_owned()),
        Err(Error::Refused(refusal)) => Err(name(format!("{refusal:?}"))),
        Err(other @ (Error::Overdrawn { .. } | Error::NotFound(_) | Error::Short(_))) => {
            Err(name(format!("{other:?}")))
        }
        Err(fault) => Err(format!("{fault:?}")),
    }
}
