use crate::{Error, Market, Result, outbox};

/// Takes a message that claims to come from the payment provider. It is a hint and nothing more: it names a charge,
/// and the provider is asked what became of it, by the same errand that asks anyway. So it does not matter how often
/// a message comes, in which order, how late, or before our own transaction is through: one about a charge that is
/// settled or unknown does nothing.
///
/// # Errors
/// [`Error::NotFound`] when no messages are taken; [`Error::Forged`] when it is not the provider's.
pub async fn event(market: &Market, signature: &str, body: &[u8]) -> Result<()> {
    if market.payments.signature_header().is_none() {
        return Err(Error::NotFound("webhook"));
    }
    let charge = market.payments.event(signature, body)?;
    outbox::run_now(market, &charge).await
}
