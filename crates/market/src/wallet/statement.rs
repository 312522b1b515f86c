use crate::Result;
use crate::db::paged;
use crate::entity::{offer, order, order_line, product, transfer};
use crate::ledger::AccountCode;
use crate::sums::{InBounds, less, plus};
use model::{OfferId, OrderId, OrderLineId, Page, PageRequest, StatementRow, Tokens, TransferId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use std::collections::HashMap;

const PAGE: u64 = 25;

/// A wallet's movements, the latest first, each with what the wallet held afterwards.
pub(super) async fn statement(
    db: &impl ConnectionTrait,
    wallet: AccountCode,
    request: PageRequest,
) -> Result<Page<StatementRow>> {
    let either = Condition::any()
        .add(transfer::Column::Debit.eq(wallet))
        .add(transfer::Column::Credit.eq(wallet));
    let find = transfer::Entity::find().filter(either);
    let find = find.order_by_desc(transfer::Column::Id);
    let (rows, request, total) = paged(db, find, request, PAGE).await?;
    let names = Names::of(db, &rows).await?;
    // Movements are never changed, so counting up from the oldest of the page can't be overtaken by a new one.
    let mut balance = match rows.last() {
        Some(oldest) => moved_before(db, wallet, oldest.id).await?,
        None => 0,
    };
    let mut statement = Vec::with_capacity(rows.len());
    for row in rows.into_iter().rev() {
        let amount = if row.credit == wallet {
            row.amount
        } else {
            less(0, row.amount)?
        };
        balance = plus(balance, amount)?;
        statement.push(StatementRow {
            id: row.id,
            at: row.created_at,
            kind: row.kind,
            amount: Tokens(amount),
            balance: Tokens(balance),
            product: names.product(&row),
            order: row.order_id.and_then(|id| names.orders.get(&id).cloned()),
        });
    }
    statement.reverse();
    Ok(Page::new(statement, request, PAGE, total))
}

/// What all movements before one left in the wallet.
async fn moved_before(
    db: &impl ConnectionTrait,
    wallet: AccountCode,
    id: TransferId,
) -> Result<i64> {
    let mut left = 0;
    for (side, sign) in [(transfer::Column::Credit, 1), (transfer::Column::Debit, -1)] {
        let sum = transfer::Entity::find()
            .select_only()
            // PostgreSQL's SUM of BIGINT is a NUMERIC.
            .expr_as(Expr::cust("CAST(SUM(amount) AS BIGINT)"), "moved")
            .filter(side.eq(wallet))
            .filter(transfer::Column::Id.lt(id))
            .into_tuple::<Option<i64>>()
            .one(db)
            .await?;
        let moved = sum.flatten().unwrap_or(0).checked_mul(sign).in_bounds()?;
        left = plus(left, moved)?;
    }
    Ok(left)
}

/// What the movements of a page were for, in words.
struct Names {
    orders: HashMap<OrderId, String>,
    lines: HashMap<OrderLineId, String>,
    offers: HashMap<OfferId, String>,
}

impl Names {
    async fn of(db: &impl ConnectionTrait, rows: &[transfer::Model]) -> Result<Names> {
        let orders = order::Entity::find()
            .select_only()
            .columns([order::Column::Id, order::Column::Number])
            .filter(order::Column::Id.is_in(rows.iter().filter_map(|row| row.order_id)))
            .into_tuple()
            .all(db)
            .await?;
        let lines = order_line::Entity::find()
            .select_only()
            .columns([order_line::Column::Id, order_line::Column::Title])
            .filter(order_line::Column::Id.is_in(rows.iter().filter_map(|row| row.order_line_id)))
            .into_tuple()
            .all(db)
            .await?;
        let mut offers = offer::Entity::find()
            .select_only()
            .column(offer::Column::Id)
            .column(product::Column::Title)
            .filter(offer::Column::Id.is_in(rows.iter().filter_map(|row| row.offer_id)));
        let its_product = product::Column::Id
            .into_expr()
            .eq(offer::Column::ProductId.into_expr());
        QueryTrait::query(&mut offers).inner_join(product::Entity, its_product);
        let offers = offers.into_tuple().all(db).await?;
        Ok(Names {
            orders: orders.into_iter().collect(),
            lines: lines.into_iter().collect(),
            offers: offers.into_iter().collect(),
        })
    }

    /// The product's title when it was sold, else its title now.
    fn product(&self, row: &transfer::Model) -> Option<String> {
        let sold = row.order_line_id.and_then(|id| self.lines.get(&id));
        sold.or_else(|| self.offers.get(&row.offer_id?)).cloned()
    }
}
