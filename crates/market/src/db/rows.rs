//! What statements on several rows at once are made of.

use sea_orm::sea_query::{CaseStatement, Expr, LockType, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QuerySelect, QueryTrait, Select, Value};

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

/// There is at least one such row, asked of each row of the surrounding query. This is the only way to ask so: a bare
/// EXISTS is made into a join by SQLite 3.51.0 to 3.53.0, whose OFFSET then counts the rows found inside, so that a
/// list's second page is not what follows its first. One with a limit is left as it is.
pub(crate) fn has_some<E: EntityTrait>(find: Select<E>) -> Expr {
    #[allow(clippy::disallowed_methods, reason = "with a limit")]
    Expr::exists(find.limit(1).into_query())
}

/// `column = 'word'`, written out. A condition with a bound value can't be served by an index that holds only the
/// rows of one state: whoever plans the statement does not know the value yet.
pub(crate) fn is_word(column: impl ColumnTrait, word: &'static str) -> SimpleExpr {
    use sea_orm::ExprTrait;
    Expr::col(column.as_column_ref()).eq(Expr::cust(format!("'{word}'")))
}
