use crate::entity::{Errand, outbox};
use crate::{Market, Result, checkout, order};
use model::{OrderId, RefundId};

/// Has a call made by those who know what it is about.
pub(super) async fn carry_out(market: &Market, row: &outbox::Model) -> Result<()> {
    match row.kind {
        Errand::Charge => checkout::charge(market, OrderId(row.subject_id)).await,
        Errand::Refund => order::pay_back(market, RefundId(row.subject_id)).await,
    }
}
