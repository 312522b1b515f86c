use crate::db::Locked;
use crate::entity::{RefundState, refund};
use crate::ledger::{self, About, AccountCode, Journal};
use crate::{Market, Result, outbox};
use model::{RefundId, TransferKind};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

/// Notes that the provider has paid a refund: what we owed the shopper is owed no more.
pub(crate) async fn refund_done(market: &Market, id: RefundId) -> Result<()> {
    market
        .db
        .write(id, |tx, id| {
            Box::pin(async move {
                let find = refund::Entity::find_by_id(id).locked();
                let Some(row) = find
                    .one(tx.db())
                    .await?
                    .filter(|row| row.state == RefundState::Due)
                else {
                    return Ok(());
                };
                let mut journal = Journal::new();
                let about = About {
                    line: row.order_line_id,
                    ..About::order(row.order_id)
                };
                let key = format!("paid-back:refund:{id}");
                let (from, to) = (AccountCode::Refunds, AccountCode::Payments);
                journal.money(TransferKind::Refund, key, from, to, row.amount, about);
                let done = refund::ActiveModel {
                    id: Set(id),
                    state: Set(RefundState::Done),
                    done_at: Set(Some(tx.now)),
                    ..Default::default()
                };
                done.update(tx.db()).await?;
                outbox::done(tx, &row.key).await?;
                ledger::post(tx, journal).await
            })
        })
        .await
}
