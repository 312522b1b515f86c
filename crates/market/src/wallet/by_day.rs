use crate::Result;
use crate::entity::transfer;
use crate::ledger::AccountCode;
use model::{DayPoint, Timestamp, TransferKind};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

/// Days in a chart, the present one included.
const DAYS: i64 = 30;

/// Midnight UTC at the start of the first day of a chart.
pub(crate) fn start_of_days(now: Timestamp) -> Timestamp {
    Timestamp(0).plus_days(now.day().saturating_sub(DAYS).saturating_add(1))
}

/// What movements of some kinds left on an account on each of the last 30 UTC days, every day there, today last.
pub(crate) async fn by_day(
    db: &impl ConnectionTrait,
    now: Timestamp,
    account: AccountCode,
    kinds: &[TransferKind],
) -> Result<Vec<DayPoint>> {
    let first = start_of_days(now);
    let mut days = HashMap::new();
    for (side, sign) in [(transfer::Column::Credit, 1), (transfer::Column::Debit, -1)] {
        let sums = transfer::Entity::find()
            .select_only()
            // Whole days since 1970. Not a parameter: PostgreSQL takes two equal ones for different expressions.
            .expr_as(Expr::cust("created_at / 86400000"), "day")
            .expr_as(Expr::cust("CAST(SUM(amount) AS BIGINT)"), "moved")
            .filter(side.eq(account))
            .filter(transfer::Column::Kind.is_in(kinds.iter().copied()))
            .filter(transfer::Column::CreatedAt.gte(first))
            .group_by(Expr::cust("created_at / 86400000"))
            .into_tuple::<(i64, i64)>()
            .all(db)
            .await?;
        for (day, moved) in sums {
            let left = days.entry(day).or_insert(0_i64);
            *left = left.saturating_add(moved.saturating_mul(sign));
        }
    }
    let point = |day: i64| DayPoint {
        day: Timestamp(0).plus_days(day),
        value: days.get(&day).copied().unwrap_or(0),
    };
    Ok((first.day()..=now.day()).map(point).collect())
}
