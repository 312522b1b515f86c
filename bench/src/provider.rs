//! A payment provider that is somewhere else and answers at once: what it costs is not ours to measure.

use async_trait::async_trait;
use market::payment::{CardToken, Charge, ChargeAnswer, PaymentProvider, ProviderError, Refund};
use model::CardForm;

pub struct Instant;

#[async_trait]
impl PaymentProvider for Instant {
    fn name(&self) -> &'static str {
        "instant"
    }

    fn is_test(&self) -> bool {
        true
    }

    async fn card(&self, _: &CardForm) -> Result<CardToken, ProviderError> {
        Ok(CardToken("card_4242".to_owned()))
    }

    async fn charge(&self, _: &Charge) -> Result<ChargeAnswer, ProviderError> {
        Ok(ChargeAnswer::Paid)
    }

    async fn cancel(&self, _: &Charge) -> Result<ChargeAnswer, ProviderError> {
        Ok(ChargeAnswer::Paid)
    }

    async fn refund(&self, _: &Refund) -> Result<(), ProviderError> {
        Ok(())
    }
}
