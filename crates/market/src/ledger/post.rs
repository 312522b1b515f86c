use super::{AccountCode, Journal, Movement};
use crate::db::{Locked, Tx, by_row};
use crate::entity::{ledger_account, transfer};
use crate::sums::less;
use crate::{Error, Result};
use model::StoreId;
use sea_orm::sea_query::{Expr, OnConflict, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder,
};
use std::collections::BTreeMap;

/// The net change of each account that keeps its balance, by rising code.
type Changes = BTreeMap<String, (AccountCode, i64)>;

/// Makes a journal's transfers and the balances that follow, or answers that it was made before (L1, L2, L4).
///
/// Call it once, last in the transaction: accounts are locked by rising code.
///
/// # Errors
/// [`Error::Overdrawn`] when an account holds too little; [`Error::KeyReused`] when a key came before with
/// different content.
pub(crate) async fn post(tx: &Tx, journal: Journal) -> Result<()> {
    let Journal { opened, movements } = journal;
    let mut changes = balance_changes(&movements)?;
    open(tx, &opened, &mut changes).await?;
    if write_down(tx, movements).await? {
        change_balances(tx, changes).await?;
    }
    Ok(())
}

/// The net change of each account that keeps its balance. Movements that are not ones are refused.
fn balance_changes(movements: &[Movement]) -> Result<Changes> {
    let mut changes = BTreeMap::new();
    for movement in movements {
        if movement.amount < 0 || movement.debit.asset() != movement.credit.asset() {
            return Err(Error::Broken(format!(
                "movement {} is not one",
                movement.key
            )));
        }
        for (account, change) in [
            (movement.debit, less(0, movement.amount)?),
            (movement.credit, movement.amount),
        ] {
            if account.keeps_balance() {
                let (_, sum) = changes
                    .entry(account.to_string())
                    .or_insert((account, 0_i64));
                *sum = sum
                    .checked_add(change)
                    .ok_or_else(|| Error::Broken(format!("movement {} overflows", movement.key)))?;
            }
        }
    }
    Ok(changes)
}

/// Makes the accounts that come into being, with the balance they end up with: it need not be changed any more. No
/// account is made twice, so a journal that opens one has not been made before.
async fn open(tx: &Tx, opened: &[AccountCode], changes: &mut Changes) -> Result<()> {
    if opened.is_empty() {
        return Ok(());
    }
    let mut row = |code: &AccountCode| {
        let change = changes.remove(&code.to_string());
        ledger_account::ActiveModel {
            code: Set(*code),
            asset: Set(code.asset()),
            balance: Set(code
                .keeps_balance()
                .then(|| change.map_or(0, |(_, change)| change))),
        }
    };
    let rows: Vec<_> = opened.iter().map(&mut row).collect();
    ledger_account::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Writes the transfers; false when an earlier transaction made all of them. The unique key decides, so that two
/// transactions with the same key need no lock to meet.
async fn write_down(tx: &Tx, movements: Vec<Movement>) -> Result<bool> {
    if movements.is_empty() {
        return Ok(false);
    }
    let rows = movements.iter().map(|movement| row(tx, movement));
    let made = transfer::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::column(transfer::Column::Key)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx.db())
        .await?;
    if usize::try_from(made).is_ok_and(|made| made == movements.len()) {
        return Ok(true);
    }
    // They are made together or not at all, so the first that was not made now tells of all of them.
    refuse_other_content(tx, &movements).await?;
    match made {
        0 => Ok(false),
        _ => Err(Error::Broken("a journal was made in part before".into())),
    }
}

/// The same keys stand for the same movements (L4).
async fn refuse_other_content(tx: &Tx, movements: &[Movement]) -> Result<()> {
    let keys = movements.iter().map(|m| m.key.as_str());
    let made = transfer::Entity::find()
        .filter(transfer::Column::Key.is_in(keys))
        .all(tx.db())
        .await?;
    let other = movements
        .iter()
        .find(|movement| !made.iter().any(|row| is_same(row, movement)));
    match other {
        Some(movement) => Err(Error::KeyReused(movement.key.clone())),
        None => Ok(()),
    }
}

fn is_same(row: &transfer::Model, movement: &Movement) -> bool {
    row.key == movement.key
        && row.debit == movement.debit
        && row.credit == movement.credit
        && row.amount == movement.amount
        && row.kind == movement.kind
}

/// Changes all balances by one statement, if none of them falls below zero that must not (L2).
async fn change_balances(tx: &Tx, mut changes: Changes) -> Result<()> {
    changes.retain(|_, (_, change)| *change != 0);
    if changes.is_empty() {
        return Ok(());
    }
    if changes.len() > 1 {
        // One statement locks its rows in whatever order it meets them.
        find(&changes).locked().all(tx.db()).await?;
    }
    let new_balance = || {
        let change = by_row(ledger_account::Column::Code, changes.values().copied());
        Expr::col(ledger_account::Column::Balance).add(change)
    };
    let free = changes
        .values()
        .filter(|(code, _)| code.may_overdraw())
        .map(|(code, _)| *code);
    let allowed: SimpleExpr = new_balance().gte(0);
    let changed = ledger_account::Entity::update_many()
        .col_expr(ledger_account::Column::Balance, new_balance())
        .filter(ledger_account::Column::Code.is_in(changes.values().map(|(code, _)| *code)))
        .filter(
            Condition::any()
                .add(ledger_account::Column::Code.is_in(free))
                .add(allowed),
        )
        .exec(tx.db())
        .await?;
    if usize::try_from(changed.rows_affected).is_ok_and(|rows| rows == changes.len()) {
        return Ok(());
    }
    Err(overdrawn(tx, &changes).await?)
}

/// The accounts of these changes, by rising code.
fn find(changes: &Changes) -> sea_orm::Select<ledger_account::Entity> {
    ledger_account::Entity::find()
        .filter(ledger_account::Column::Code.is_in(changes.values().map(|(code, _)| *code)))
        .order_by_asc(ledger_account::Column::Code)
}

/// Names the account whose change was not made: it still holds what it held.
async fn overdrawn(tx: &Tx, changes: &Changes) -> Result<Error> {
    let held = find(changes).all(tx.db()).await?;
    let holds = |code: AccountCode| held.iter().find(|row| row.code == code)?.balance;
    let short = changes.values().find(|(code, change)| {
        !code.may_overdraw()
            && holds(*code).is_none_or(|balance| balance.saturating_add(*change) < 0)
    });
    Ok(match short {
        Some((code, _)) => Error::Overdrawn {
            account: code.to_string(),
        },
        None => Error::Broken("an account of the journal is missing".into()),
    })
}

fn row(tx: &Tx, movement: &Movement) -> transfer::ActiveModel {
    transfer::ActiveModel {
        asset: Set(movement.debit.asset()),
        key: Set(movement.key.clone()),
        debit: Set(movement.debit),
        credit: Set(movement.credit),
        amount: Set(movement.amount),
        kind: Set(movement.kind),
        offer_id: Set(movement.about.offer),
        order_id: Set(movement.about.order),
        order_line_id: Set(movement.about.line),
        note: Set(movement.note.clone()),
        created_at: Set(tx.now),
        ..Default::default()
    }
}

/// What an account that keeps its balance holds; 0 when it does not exist yet.
pub(crate) async fn balance(db: &impl ConnectionTrait, account: AccountCode) -> Result<i64> {
    let row = ledger_account::Entity::find_by_id(account).one(db).await?;
    Ok(row.and_then(|row| row.balance).unwrap_or(0))
}

/// The accounts every store has.
pub(crate) fn open_accounts(journal: &mut Journal, store: StoreId) {
    journal.open(AccountCode::Wallet(store));
    journal.open(AccountCode::Payable(store));
}
