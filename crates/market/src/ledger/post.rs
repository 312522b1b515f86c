use super::{AccountCode, Journal, Movement};
use crate::db::Tx;
use crate::entity::{ledger_account, transfer};
use crate::{Error, Result};
use model::StoreId;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
};
use std::collections::BTreeMap;

/// Makes a journal's transfers and the balances that follow, or answers that it was made before (L1, L2, L4).
///
/// Call it once, last in the transaction: accounts are locked by rising code.
///
/// # Errors
/// [`Error::Overdrawn`] when an account holds too little; [`Error::KeyReused`] when a key came before with
/// different content.
pub(crate) async fn post(tx: &Tx, journal: Journal) -> Result<()> {
    if journal.movements.is_empty() && journal.opened.is_empty()
        || made_before(tx, &journal.movements).await?
    {
        return Ok(());
    }
    let mut changes = balance_changes(&journal.movements)?;
    let opened = journal
        .opened
        .iter()
        .map(|code| ledger_account::ActiveModel {
            code: Set(*code),
            asset: Set(code.asset()),
            balance: Set(code.keeps_balance().then(|| {
                changes
                    .remove(&code.to_string())
                    .map_or(0, |(_, change)| change)
            })),
        });
    let opened: Vec<_> = opened.collect();
    if !opened.is_empty() {
        ledger_account::Entity::insert_many(opened)
            .exec_without_returning(tx.db())
            .await?;
    }
    for (account, change) in changes.into_values() {
        apply(tx, account, change).await?;
    }
    if !journal.movements.is_empty() {
        let rows = journal
            .movements
            .into_iter()
            .map(|movement| row(tx, movement));
        transfer::Entity::insert_many(rows)
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}

/// All of these movements were made by an earlier transaction. Some but not all can't be: they are made together.
async fn made_before(tx: &Tx, movements: &[Movement]) -> Result<bool> {
    let keys = movements.iter().map(|m| m.key.as_str());
    let made = transfer::Entity::find()
        .filter(transfer::Column::Key.is_in(keys))
        .all(tx.db())
        .await?;
    if made.is_empty() {
        return Ok(false);
    }
    for movement in movements {
        let same = made.iter().any(|row| is_same(row, movement));
        if !same {
            return Err(Error::KeyReused(movement.key.clone()));
        }
    }
    Ok(true)
}

fn is_same(row: &transfer::Model, movement: &Movement) -> bool {
    row.key == movement.key
        && row.debit == movement.debit
        && row.credit == movement.credit
        && row.amount == movement.amount
        && row.kind == movement.kind
}

/// The net change of each account that keeps its balance, by rising code.
fn balance_changes(movements: &[Movement]) -> Result<BTreeMap<String, (AccountCode, i64)>> {
    let mut changes = BTreeMap::new();
    for movement in movements {
        if movement.amount < 0 || movement.debit.asset() != movement.credit.asset() {
            return Err(Error::Broken(format!(
                "movement {} is not one",
                movement.key
            )));
        }
        for (account, change) in [
            (movement.debit, -movement.amount),
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

async fn apply(tx: &Tx, account: AccountCode, change: i64) -> Result<()> {
    let balance = || Expr::col(ledger_account::Column::Balance);
    let mut update = ledger_account::Entity::update_many()
        .col_expr(ledger_account::Column::Balance, balance().add(change))
        .filter(ledger_account::Column::Code.eq(account));
    if !account.may_overdraw() {
        update = update.filter(balance().add(change).gte(0));
    }
    match update.exec(tx.db()).await?.rows_affected {
        1 => Ok(()),
        _ => Err(Error::Overdrawn {
            account: account.to_string(),
        }),
    }
}

fn row(tx: &Tx, movement: Movement) -> transfer::ActiveModel {
    transfer::ActiveModel {
        asset: Set(movement.debit.asset()),
        key: Set(movement.key),
        debit: Set(movement.debit),
        credit: Set(movement.credit),
        amount: Set(movement.amount),
        kind: Set(movement.kind),
        offer_id: Set(movement.about.offer),
        order_id: Set(movement.about.order),
        order_line_id: Set(movement.about.line),
        note: Set(movement.note),
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
