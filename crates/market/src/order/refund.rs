use crate::checkout::charge_key;
use crate::db::{Locked, Tx};
use crate::entity::{RefundState, refund};
use crate::ledger::{self, About, AccountCode, Journal};
use crate::payment::{Refund, in_time};
use crate::{Error, Market, Result, outbox};
use model::{RefundId, TransferKind};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

/// Has the provider pay money back, then notes that it did.
pub(crate) async fn pay_back(market: &Market, id: RefundId) -> Result<()> {
    let due = refund::Entity::find_by_id(id).one(market.reader()).await?;
    let due = due.ok_or_else(|| Error::Broken(format!("refund {id} is gone")))?;
    let ask = Refund {
        key: due.key,
        charge: charge_key(due.order_id),
        amount: due.amount,
    };
    in_time(market.payments.refund(&ask)).await?;
    let done = market.db.write(id, |tx, id| Box::pin(paid_back(tx, id)));
    done.await
}

/// The provider has paid a refund: what we owed the shopper is owed no more.
async fn paid_back(tx: &Tx, id: RefundId) -> Result<()> {
    let find = refund::Entity::find_by_id(id).locked();
    let row = find.one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.state == RefundState::Due) else {
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
}
