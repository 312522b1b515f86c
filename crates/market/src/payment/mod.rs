//! The payment provider: an outside boundary behind a small trait, and the sandbox that stands in for one.

mod event;
pub mod sandbox;
mod signature;

pub use event::event;
pub use sandbox::Sandbox;
pub use signature::{Secret, sign};

use crate::{Error, WAITS};
use model::{CardForm, Money};
use std::future::Future;
use std::time::Duration;
use tracing::Instrument;

/// How long the provider has for one answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A company that takes money from shoppers' cards. Every call with a key has one effect, however often it is
/// made, and gives the same answer.
#[async_trait::async_trait]
pub trait PaymentProvider: Send + Sync {
    /// Its name in our books.
    fn name(&self) -> &'static str;

    /// No card is ever charged: screens must say so.
    fn is_test(&self) -> bool;

    /// Trades a card for the provider's own word for it, which is all we keep.
    ///
    /// # Errors
    /// [`ProviderError::Refused`] with a sentence for the shopper when it can't be a card.
    async fn card(&self, card: &CardForm) -> Result<CardToken, ProviderError>;

    /// Asks for money, or what became of asking.
    ///
    /// # Errors
    /// [`ProviderError::NoAnswer`]: it may have happened or not; ask again with the same key.
    async fn charge(&self, ask: &Charge) -> Result<ChargeAnswer, ProviderError>;

    /// Gives a charge up: unless it has been paid already, it never will be, not even one that did not arrive.
    /// The answer is what became of it.
    ///
    /// # Errors
    /// [`ProviderError::NoAnswer`].
    async fn cancel(&self, ask: &Charge) -> Result<ChargeAnswer, ProviderError>;

    /// Pays money of a charge back.
    ///
    /// # Errors
    /// [`ProviderError::NoAnswer`]; [`ProviderError::Refused`] when more would go back than came.
    async fn refund(&self, ask: &Refund) -> Result<(), ProviderError>;

    /// The header of its messages that holds their signature; `None` when it sends none, or none are taken.
    fn signature_header(&self) -> Option<&'static str> {
        None
    }

    /// The key of the charge that a message is about, if it is the provider's own and fresh. What else the message
    /// says is nobody's business: what became of a charge is asked, not told.
    ///
    /// # Errors
    /// [`Forged`].
    fn event(&self, _signature: &str, _body: &[u8]) -> Result<String, Forged> {
        Err(Forged)
    }
}

/// A message that is not the provider's own, too old to be believed, or about no charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the payment provider's own word")]
pub struct Forged;

/// The provider's own word for a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardToken(pub String);

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Charge {
    /// The same key is the same charge.
    pub key: String,
    /// How much.
    pub amount: Money,
    /// From which card.
    pub card: CardToken,
}

/// What is to be paid back.
#[derive(Clone, Debug)]
pub struct Refund {
    /// The same key is the same refund.
    pub key: String,
    /// The charge it came with.
    pub charge: String,
    /// How much.
    pub amount: Money,
}

/// What became of a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChargeAnswer {
    /// The money is ours.
    Paid,
    /// No money moved.
    Declined {
        /// A sentence for the shopper.
        reason: String,
    },
    /// The shopper's bank wants to hear from her at this address first.
    SecondStep {
        /// A path here, or an address of the provider's.
        url: String,
    },
}

/// Why there is no answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ProviderError {
    /// It may have happened or not.
    #[error("no answer: {0}")]
    NoAnswer(String),
    /// It did not happen and never will.
    #[error("refused: {0}")]
    Refused(String),
}

impl From<ProviderError> for Error {
    fn from(error: ProviderError) -> Error {
        Error::Provider(error.to_string())
    }
}

/// The provider's answer, if it comes in time.
pub(crate) async fn in_time<T>(
    call: impl Future<Output = Result<T, ProviderError>>,
) -> Result<T, ProviderError> {
    let waits = tracing::info_span!(target: WAITS, "payment provider");
    let answer = tokio::time::timeout(PATIENCE, call).instrument(waits).await;
    answer.unwrap_or_else(|_| Err(ProviderError::NoAnswer("it did not come in time".into())))
}
