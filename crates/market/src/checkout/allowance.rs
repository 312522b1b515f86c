//! How much may be set aside for somebody who has not paid yet. A hold costs nothing, so without a bound one visitor
//! could keep a whole market's stock, and its makers' tokens, from everybody else.

use super::hold::Attempt;
use crate::cart::Item;
use crate::db::Tx;
use crate::entity::{holder, order, order_line, payment};
use crate::{Refusal, Result};
use model::{AccountId, Money, OrderId, OrderState, Timestamp};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::HashMap;

/// Units set aside for one buyer at a time: sixty lines of ten.
const UNITS: i64 = 600;
/// What is left of them for a buyer who let many go: one of each line.
const FEWEST_UNITS: i64 = 60;
/// What all of a buyer's holds come to, in the smallest unit of money, when there is more than one.
const VALUE: i64 = 10_000_000;
/// Units that were set aside for a whole hold and not bought, before the next holds get fewer and shorter.
const FORGIVEN: i64 = 600;
/// With each so many more, half as many units are set aside, for half as long.
const STEP: i64 = 300;
/// The shortest hold, in minutes: time enough for a bank's question.
const SHORTEST: i64 = 5;
/// How long holds that came to nothing are remembered.
const REMEMBERED_MS: i64 = 6 * 60 * 60_000;
/// How many of them.
const REMEMBERED: u64 = 200;
/// A hold that ended sooner, with a card that was declined, kept nobody from anything.
const MOMENT_MS: i64 = 60_000;

/// What a checkout wants set aside, or what is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Goods {
    pub units: i64,
    pub value: i64,
}

/// Where a buyer stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// Set aside now, and not paid.
    pub on_hold: Goods,
    /// Units that lately were set aside and not bought, each for a whole hold.
    pub wasted: i64,
}

impl Standing {
    /// For how many minutes `wanted` may be set aside. `hold_minutes` is what the market sets.
    fn minutes_for(self, wanted: Goods, hold_minutes: i64) -> Result<i64, Refusal> {
        let halvings = match self.wasted.saturating_sub(FORGIVEN) {
            ..=0 => 0,
            more => Ord::min((more / STEP).saturating_add(1), 30),
        };
        let halvings = u32::try_from(halvings).unwrap_or(0);
        let halved =
            |whole: i64, least: i64| Ord::max(whole.wrapping_shr(halvings), Ord::min(whole, least));
        let most = halved(UNITS, FEWEST_UNITS).saturating_sub(self.on_hold.units);
        let value = self.on_hold.value.saturating_add(wanted.value);
        if wanted.units > most || (self.on_hold.units > 0 && value > VALUE) {
            return Err(Refusal::HoldsFull {
                most: Ord::max(most, 0),
            });
        }
        Ok(halved(hold_minutes, SHORTEST))
    }
}

/// For how many minutes this checkout may have everything set aside. Checkouts of one buyer wait for each other here.
/// Whoever comes from nowhere, which no visitor does, may have it for the whole time.
///
/// # Errors
/// [`Refusal::HoldsFull`].
pub(super) async fn minutes(tx: &Tx, attempt: &Attempt, cart: &[Item]) -> Result<i64> {
    let hold_minutes = tx.settings.hold_minutes;
    let Some(buyer) = Buyer::of(tx, attempt).await? else {
        return Ok(hold_minutes);
    };
    for name in buyer.names() {
        one_at_a_time(tx, name).await?;
    }
    let mut wanted = Goods::default();
    for item in cart {
        wanted.units = wanted.units.saturating_add(item.line.units);
        wanted.value = wanted.value.saturating_add(item.total()?.0);
    }
    let standing = standing(tx, &buyer).await?;
    Ok(standing.minutes_for(wanted, hold_minutes)?)
}

/// Whose holds count together.
enum Buyer {
    /// She bought before, so that others at her address are not held against her.
    Known(AccountId),
    /// A guest, or somebody who never bought: with all others from there.
    From(String, Option<AccountId>),
}

impl Buyer {
    async fn of(tx: &Tx, attempt: &Attempt) -> Result<Option<Buyer>> {
        if let Some(account) = attempt.buyer {
            let bought = order::Entity::find()
                .filter(order::Column::AccountId.eq(account))
                .filter(order::Column::State.eq(OrderState::Paid));
            if bought.one(tx.db()).await?.is_some() {
                return Ok(Some(Buyer::Known(account)));
            }
        }
        let source = attempt.source.clone();
        Ok(source.map(|source| Buyer::From(source, attempt.buyer)))
    }

    /// The rows that checkouts of this buyer wait for, in the order in which everybody takes them.
    fn names(&self) -> Vec<String> {
        let of_account = |account: &AccountId| format!("account:{account}");
        match self {
            Buyer::Known(account) => vec![of_account(account)],
            Buyer::From(source, account) => std::iter::once(format!("source:{source}"))
                .chain(account.as_ref().map(of_account))
                .collect(),
        }
    }

    fn orders(&self) -> Condition {
        match self {
            Buyer::Known(account) => Condition::all().add(order::Column::AccountId.eq(*account)),
            Buyer::From(source, account) => Condition::any()
                .add(order::Column::Source.eq(source.as_str()))
                .add_option(account.map(|account| order::Column::AccountId.eq(account))),
        }
    }
}

async fn one_at_a_time(tx: &Tx, name: String) -> Result<()> {
    let row = holder::ActiveModel {
        name: Set(name),
        seen_at: Set(tx.now),
    };
    let there = OnConflict::column(holder::Column::Name)
        .update_column(holder::Column::SeenAt)
        .to_owned();
    holder::Entity::insert(row)
        .on_conflict(there)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// A checkout that is not paid.
struct Unpaid {
    order: OrderId,
    value: Money,
    from: Timestamp,
    to: Timestamp,
    is_on_hold: bool,
}

async fn standing(tx: &Tx, buyer: &Buyer) -> Result<Standing> {
    let unpaid = unpaid(tx, buyer).await?;
    let units = units(tx, unpaid.iter().map(|unpaid| unpaid.order)).await?;
    let whole_hold = Ord::max(tx.settings.hold_minutes.saturating_mul(60_000), 1);
    let mut standing = Standing::default();
    for unpaid in unpaid {
        let units = units.get(&unpaid.order).copied().unwrap_or(0);
        if unpaid.is_on_hold {
            standing.on_hold.units = standing.on_hold.units.saturating_add(units);
            standing.on_hold.value = standing.on_hold.value.saturating_add(unpaid.value.0);
        } else {
            let lasted = Ord::max(unpaid.to.0.saturating_sub(unpaid.from.0), 0);
            let wasted = units.saturating_mul(lasted).checked_div(whole_hold);
            standing.wasted = standing.wasted.saturating_add(wasted.unwrap_or(0));
        }
    }
    Ok(standing)
}

/// What the buyer has on hold, and what she had on hold lately for longer than a moment.
async fn unpaid(tx: &Tx, buyer: &Buyer) -> Result<Vec<Unpaid>> {
    let settled_at = || Expr::col((payment::Entity, payment::Column::SettledAt));
    let created_at = || Expr::col((order::Entity, order::Column::CreatedAt));
    let its_payment = Expr::col((payment::Entity, payment::Column::OrderId))
        .equals((order::Entity, order::Column::Id));
    let lasted = Condition::any()
        .add(settled_at().is_null())
        .add(settled_at().sub(created_at()).gt(MOMENT_MS));
    let mut find = order::Entity::find()
        .filter(buyer.orders())
        .filter(order::Column::State.ne(OrderState::Paid))
        .filter(order::Column::CreatedAt.gt(tx.now.plus_millis(-REMEMBERED_MS)))
        .filter(lasted);
    QuerySelect::query(&mut find).inner_join(payment::Entity, its_payment);
    let rows: Vec<(
        OrderId,
        OrderState,
        Money,
        Timestamp,
        Timestamp,
        Option<Timestamp>,
    )> = find
        .select_only()
        .column(order::Column::Id)
        .column(order::Column::State)
        .column(order::Column::Total)
        .column(order::Column::CreatedAt)
        .column(order::Column::HoldExpiresAt)
        .column(payment::Column::SettledAt)
        .order_by_desc(order::Column::Id)
        .limit(REMEMBERED)
        .into_tuple()
        .all(tx.db())
        .await?;
    let unpaid =
        rows.into_iter().map(
            |(order, state, value, from, expires_at, settled_at)| Unpaid {
                order,
                value,
                from,
                to: settled_at.map_or(expires_at, |at| Ord::min(at, expires_at)),
                is_on_hold: state == OrderState::Held && expires_at > tx.now,
            },
        );
    Ok(unpaid.collect())
}

async fn units(tx: &Tx, orders: impl Iterator<Item = OrderId>) -> Result<HashMap<OrderId, i64>> {
    let lines: Vec<(OrderId, i64)> = order_line::Entity::find()
        .filter(order_line::Column::OrderId.is_in(orders))
        .select_only()
        .column(order_line::Column::OrderId)
        .column(order_line::Column::Units)
        .into_tuple()
        .all(tx.db())
        .await?;
    let mut units = HashMap::new();
    for (order, of_line) in lines {
        let sum: &mut i64 = units.entry(order).or_default();
        *sum = sum.saturating_add(of_line);
    }
    Ok(units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goods(units: i64, value: i64) -> Goods {
        Goods { units, value }
    }

    fn standing(on_hold: Goods, wasted: i64) -> Standing {
        Standing { on_hold, wasted }
    }

    #[test]
    fn a_first_cart_of_sixty_lines_is_set_aside_for_the_whole_time() {
        let minutes = Standing::default().minutes_for(goods(600, 90_000_000), 15);
        assert_eq!(minutes, Ok(15));
    }

    #[test]
    fn what_is_on_hold_already_is_left_for_no_second_cart() {
        let full = standing(goods(550, 1), 0).minutes_for(goods(51, 1), 15);
        assert_eq!(full, Err(Refusal::HoldsFull { most: 50 }));
        let dear = standing(goods(1, VALUE), 0).minutes_for(goods(1, 1), 15);
        assert!(dear.is_err());
    }

    #[test]
    fn who_lets_holds_go_gets_fewer_and_shorter_ones_but_never_none() {
        let get = |wasted| {
            let largest = (1..=UNITS)
                .rev()
                .find(|units| {
                    let minutes = standing(goods(0, 0), wasted).minutes_for(goods(*units, 1), 15);
                    minutes.is_ok()
                })
                .unwrap();
            let minutes = standing(goods(0, 0), wasted).minutes_for(goods(1, 1), 15);
            (largest, minutes.unwrap())
        };
        assert_eq!(get(600), (600, 15));
        assert_eq!(get(601), (300, 7));
        assert_eq!(get(900), (150, 5));
        assert_eq!(get(i64::MAX / 2), (FEWEST_UNITS, SHORTEST));
    }

    #[test]
    fn a_market_of_short_holds_keeps_them() {
        let minutes = standing(goods(0, 0), 10_000).minutes_for(goods(1, 1), 2);
        assert_eq!(minutes, Ok(2));
    }
}
