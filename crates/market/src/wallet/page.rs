use super::by_day::by_day;
use super::statement::statement;
use crate::entity::{ledger_account, offer, order, order_line, transfer};
use crate::ledger::{AccountCode, balance};
use crate::store::Owner;
use crate::{Market, Result};
use model::{Money, OrderState, PageRequest, StoreId, Tokens, TransferKind, WalletPage};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    QueryTrait,
};

/// A store's wallet, what it earned, what it is owed, and its statement, 25 movements a page.
///
/// # Errors
/// [`crate::Error::Database`] only.
pub async fn page(market: &Market, owner: Owner, request: PageRequest) -> Result<WalletPage> {
    let db = market.reader();
    let wallet = AccountCode::Wallet(owner.store());
    Ok(WalletPage {
        balance: Tokens(balance(db, wallet).await?),
        in_offers: in_offers(db, owner.store()).await?,
        in_holds: in_holds(db, owner.store()).await?,
        earned: earned(db, wallet).await?,
        earned_by_day: by_day(db, market.now(), wallet, &[TransferKind::Reward]).await?,
        payable: Money(balance(db, AccountCode::Payable(owner.store())).await?),
        statement: statement(db, wallet, request).await?,
    })
}

/// Tokens behind a store's open units: rate × open units of each offer (L5).
pub(crate) async fn in_offers(db: &impl ConnectionTrait, store: StoreId) -> Result<Tokens> {
    let sum = offer::Entity::find()
        .select_only()
        // PostgreSQL's SUM of BIGINT is a NUMERIC.
        .expr_as(
            Expr::cust("CAST(SUM(rate * open_units) AS BIGINT)"),
            "tokens",
        )
        .filter(offer::Column::StoreId.eq(store))
        .filter(offer::Column::OpenUnits.gt(0))
        .into_tuple::<Option<Tokens>>()
        .one(db)
        .await?;
    Ok(sum.flatten().unwrap_or_default())
}

/// Tokens promised to lines under a store's offers: of checkouts under way, and of paid orders whose reward is
/// not due yet.
async fn in_holds(db: &impl ConnectionTrait, store: StoreId) -> Result<Tokens> {
    let under_way = Condition::any()
        .add(order::Column::State.eq(OrderState::Held))
        .add(order_line::Column::RewardDueAt.is_not_null());
    let mut find = order_line::Entity::find()
        .filter(offer::Column::StoreId.eq(store))
        .filter(under_way);
    let its_offer = offer::Column::Id
        .into_expr()
        .eq(order_line::Column::OfferId.into_expr());
    let its_order = order::Column::Id
        .into_expr()
        .eq(order_line::Column::OrderId.into_expr());
    let its_escrow = ledger_account::Column::Code
        .into_expr()
        .eq(Expr::cust("'line:' || order_lines.id"));
    QueryTrait::query(&mut find)
        .inner_join(offer::Entity, its_offer)
        .inner_join(order::Entity, its_order)
        .inner_join(ledger_account::Entity, its_escrow);
    let sum = find
        .select_only()
        .expr_as(
            Expr::cust("CAST(SUM(ledger_accounts.balance) AS BIGINT)"),
            "tokens",
        )
        .into_tuple::<Option<Tokens>>()
        .one(db)
        .await?;
    Ok(sum.flatten().unwrap_or_default())
}

async fn earned(db: &impl ConnectionTrait, wallet: AccountCode) -> Result<Tokens> {
    let sum = transfer::Entity::find()
        .select_only()
        .expr_as(Expr::cust("CAST(SUM(amount) AS BIGINT)"), "tokens")
        .filter(transfer::Column::Credit.eq(wallet))
        .filter(transfer::Column::Kind.eq(TransferKind::Reward))
        .into_tuple::<Option<Tokens>>()
        .one(db)
        .await?;
    Ok(sum.flatten().unwrap_or_default())
}
