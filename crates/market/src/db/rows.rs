//! What statements on several rows at once are made of.

use sea_orm::sea_query::{CaseStatement, Expr, LockType, SimpleExpr};
use sea_orm::{ColumnTrait, QuerySelect, Value};

/// Row locks that last until the transaction ends.
pub(crate) trait Locked: QuerySelect {
    /// Nobody else changes, deletes or locks the rows found. Others may still write rows that refer to them: putting
    /// a product into a cart does not wait for a checkout of the same product. SQLite has one writer at a time and
    /// needs no row locks.
    fn locked(self) -> Self {
        self.lock(LockType::NoKeyUpdate)
    }
}

impl<Q: QuerySelect> Locked for Q {}

/// A value for each row of one UPDATE: `CASE WHEN id = 4 THEN 2 WHEN id = 9 THEN 1 END`. Rows not named get NULL, so
/// the statement must be limited to those that are.
pub(crate) fn by_row<K, V>(column: impl ColumnTrait, rows: impl IntoIterator<Item = (K, V)>) -> Expr
where
    K: Into<Value>,
    V: Into<SimpleExpr>,
{
    let cases = rows
        .into_iter()
        .fold(CaseStatement::new(), |cases, (key, value)| {
            cases.case(column.eq(key), value)
        });
    cases.into()
}

/// `column = 'word'`, written out. A condition with a bound value can't be served by an index that holds only the
/// rows of one state: whoever plans the statement does not know the value yet.
pub(crate) fn is_word(column: impl ColumnTrait, word: &'static str) -> SimpleExpr {
    use sea_orm::ExprTrait;
    Expr::col(column.as_column_ref()).eq(Expr::cust(format!("'{word}'")))
}
