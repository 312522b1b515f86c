//! The end of an order that is paid and can't be finished: the shopper's money goes back in full (C4).

use super::charge::payment_of;
use super::hold::release;
use super::settle::{Asked, charge_key, give_money_back, is_open, lock};
use crate::db::Tx;
use crate::entity::{PaymentState, order, payment};
use crate::ledger::{self, Journal};
use crate::{Error, Market, Result, outbox};
use model::{OrderId, OrderState, ReleaseReason};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DbErr, EntityTrait, RuntimeErr, SqlxError};

/// How long after the end of its hold an order is tried to be finished, when what keeps it from that may pass.
const PATIENCE_MINUTES: i64 = 15;

/// Gives a paid order up, if what keeps it from being finished will not pass, or has not for long. Else it is that
/// problem, and the order is tried again.
pub(super) async fn unfinished(
    market: &Market,
    order: OrderId,
    problem: Error,
) -> Result<payment::Model> {
    if !stays(&problem) && !is_long_over(market, order).await? {
        return Err(problem);
    }
    tracing::error!(%order, %problem, "a paid order can't be finished: all of its money goes back");
    let reason = problem.to_string();
    let whole = market
        .db
        .write((order, reason.clone()), |tx, (order, reason)| {
            Box::pin(give_up(tx, order, reason, Hold::GivenBack))
        });
    let Err(problem) = whole.await else {
        return of(market, order).await;
    };
    if !stays(&problem) {
        return Err(problem);
    }
    tracing::error!(%order, %problem, "nor can its hold be given back: `shelfshare verify` names what stays behind");
    let money = market.db.write((order, reason), |tx, (order, reason)| {
        Box::pin(give_up(tx, order, reason, Hold::Left))
    });
    money.await?;
    of(market, order).await
}

/// What becomes of stock and coverage.
enum Hold {
    GivenBack,
    /// The rows contradict each other so much that they can't be: the shopper's money does not wait for them.
    Left,
}

async fn give_up(tx: &Tx, id: OrderId, reason: String, hold: Hold) -> Result<()> {
    let Asked { order, payment } = lock(tx, id).await?;
    if !is_open(&payment) {
        return Ok(());
    }
    let mut journal = Journal::new();
    if matches!(hold, Hold::GivenBack) {
        release(tx, id, ReleaseReason::Unfinished, &mut journal).await?;
    }
    let ended = order::ActiveModel {
        id: Set(order.id),
        state: Set(OrderState::Released),
        release_reason: Set(Some(ReleaseReason::Unfinished)),
        ..Default::default()
    };
    ended.update(tx.db()).await?;
    give_money_back(tx, id, payment.amount, &mut journal).await?;
    let settled = payment::ActiveModel {
        id: Set(payment.id),
        state: Set(PaymentState::Late),
        settled_at: Set(Some(tx.now)),
        ..Default::default()
    };
    settled.update(tx.db()).await?;
    outbox::ended(tx, &charge_key(id), reason).await?;
    ledger::post(tx, journal).await
}

async fn of(market: &Market, order: OrderId) -> Result<payment::Model> {
    payment_of(market, order).await
}

/// Trying again will meet the same: the rows themselves are in the way. Whatever else went wrong, such as a database that
/// is away or a task that was stopped, says nothing of the order.
fn stays(problem: &Error) -> bool {
    match problem {
        Error::Database(error) => says_no(error),
        Error::Invalid(_)
        | Error::NotFound(_)
        | Error::Refused(_)
        | Error::Clash(_)
        | Error::Changed(_)
        | Error::Short(_)
        | Error::Overdrawn { .. }
        | Error::KeyReused(_)
        | Error::Broken(_) => true,
        _ => false,
    }
}

/// The database looked at the rows and refused, or gave values that can't be read. Else it is not there, is full or
/// had no time.
fn says_no(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))
    | DbErr::Conn(RuntimeErr::SqlxError(inner))) = error
    else {
        return !matches!(
            error,
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) | DbErr::Custom(_)
        );
    };
    match inner.as_ref() {
        SqlxError::Database(refused) => {
            let code = refused.code().unwrap_or_default();
            // PostgreSQL: values and constraints, by class. SQLite: constraints and mismatches, by the last byte.
            match code.parse::<u32>() {
                Ok(number) if code.len() < 5 => {
                    matches!(number & 0xff, 19 | 20) || refused.message().contains("overflow")
                }
                _ => code.starts_with("22") || code.starts_with("23"),
            }
        }
        SqlxError::ColumnDecode { .. } | SqlxError::Decode(_) => true,
        _ => false,
    }
}

async fn is_long_over(market: &Market, order: OrderId) -> Result<bool> {
    let row = order::Entity::find_by_id(order)
        .one(market.reader())
        .await?;
    let row = row.ok_or(Error::NotFound("order"))?;
    Ok(row.hold_expires_at.plus_minutes(PATIENCE_MINUTES) <= market.now())
}

#[cfg(test)]
mod tests {
    use super::stays;
    use crate::{Error, Refusal, Unavailable};

    #[test]
    fn a_database_that_is_away_is_no_reason_to_give_an_order_up() {
        for passing in [
            Error::Unavailable(Unavailable::Away("starting up".into())),
            Error::Unavailable(Unavailable::CantSave("disk full".into())),
            Error::Busy,
            Error::Stopped("shutting down".into()),
            Error::Provider("no answer".into()),
        ] {
            assert!(!stays(&passing), "{passing}");
        }
        for staying in [
            Error::Broken("rows contradict each other".into()),
            Refusal::NoOffer.into(),
        ] {
            assert!(stays(&staying), "{staying}");
        }
    }
}
