//! Payment providers that fail in ways the sandbox does not.

use async_trait::async_trait;
use market::payment::{CardToken, Charge, ChargeAnswer, PaymentProvider, ProviderError, Refund};
use model::CardForm;

/// Nobody answers, and nothing that was asked has arrived. Every card is told as this token.
pub struct Unreachable(pub &'static str);

fn nobody<T>() -> Result<T, ProviderError> {
    Err(ProviderError::NoAnswer("nobody answers".into()))
}

#[async_trait]
impl PaymentProvider for Unreachable {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    fn is_test(&self) -> bool {
        true
    }

    async fn card(&self, _: &CardForm) -> Result<CardToken, ProviderError> {
        Ok(CardToken(self.0.into()))
    }

    async fn charge(&self, _: &Charge) -> Result<ChargeAnswer, ProviderError> {
        nobody()
    }

    async fn cancel(&self, _: &Charge) -> Result<ChargeAnswer, ProviderError> {
        nobody()
    }

    async fn refund(&self, _: &Refund) -> Result<(), ProviderError> {
        nobody()
    }
}
