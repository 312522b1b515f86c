//! What is to be seen.

use super::{Product, Store, World};
use crate::Engine;
use market::store::Owner;
use market::{Result, listing, offer, order, product, search};
use model::{
    MarketFilters, OfferId, OrderView, PageRequest, ProductCard, ProductPage, RewardOutcome,
    SaleView, ShelfRow, ShelfState,
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement};

impl World {
    /// Tokens in a store's wallet.
    pub async fn wallet(&self, store: &Store) -> i64 {
        self.balance(&format!("wallet:{}", store.id())).await
    }

    /// Money the market owes a store.
    pub async fn payable(&self, store: &Store) -> i64 {
        self.balance(&format!("payable:{}", store.id())).await
    }

    /// Tokens behind an offer's open units.
    pub async fn escrow(&self, offer: OfferId) -> i64 {
        self.balance(&format!("offer:{offer}")).await
    }

    /// All tokens locked behind offers and unfinished orders.
    pub async fn pool(&self) -> i64 {
        let escrows = "code LIKE 'offer:%' OR code LIKE 'line:%'";
        self.number(&format!(
            "SELECT COALESCE(SUM(balance), 0) FROM ledger_accounts WHERE {escrows}"
        ))
        .await
    }

    async fn balance(&self, code: &str) -> i64 {
        self.number(&format!(
            "SELECT balance FROM ledger_accounts WHERE code = '{code}'"
        ))
        .await
    }

    /// Units on hand and, of those, on hold.
    pub async fn stock(&self, product: &Product) -> (i64, i64) {
        let of = |column: &str| {
            format!(
                "SELECT SUM({column}) FROM variants WHERE product_id = {}",
                product.id
            )
        };
        (
            self.number(&of("on_hand")).await,
            self.number(&of("held")).await,
        )
    }

    /// Units on hold in the whole market.
    pub async fn units_on_hold(&self) -> i64 {
        self.number("SELECT COALESCE(SUM(held), 0) FROM variants")
            .await
    }

    /// An offer's open units.
    pub async fn open_units(&self, maker: &Store, id: OfferId) -> i64 {
        offer::one(&self.market, maker.owner, id)
            .await
            .unwrap()
            .open_units
    }

    pub async fn order(&self, secret: &str) -> OrderView {
        order::by_secret(&self.market, secret).await.unwrap()
    }

    /// A maker's parcel of an order.
    pub async fn sale(&self, maker: &Store, secret: &str) -> SaleView {
        let number = self.order(secret).await.number;
        let sales = order::sales(&self.market, maker.owner, None, PageRequest::FIRST)
            .await
            .unwrap()
            .rows;
        let parcel = sales
            .iter()
            .find(|sale| sale.number == number)
            .unwrap()
            .parcel;
        order::sale(&self.market, maker.owner, parcel)
            .await
            .unwrap()
    }

    pub async fn page(
        &self,
        store: &Store,
        product: &Product,
        viewer: Option<Owner>,
    ) -> Result<ProductPage> {
        product::page(&self.market, &store.slug, &product.slug, viewer).await
    }

    pub async fn marketplace(&self, viewer: Option<Owner>) -> Vec<ProductCard> {
        search::marketplace(&self.market, viewer, MarketFilters::default())
            .await
            .unwrap()
            .products
            .rows
    }

    pub async fn is_in_marketplace(&self, product: &Product) -> bool {
        self.marketplace(None)
            .await
            .iter()
            .any(|card| card.product == product.id)
    }

    /// What the reseller's own list says of a product on her shelf.
    pub async fn shelf_state(&self, reseller: &Store, product: &Product) -> ShelfState {
        let shelf = self.own_shelf(reseller).await;
        let row = shelf.iter().find(|row| row.card.product == product.id);
        row.unwrap().state
    }

    /// What a reseller's own list says of units that earned nothing, over all products.
    pub async fn unrewarded(&self, reseller: &Store) -> Vec<(RewardOutcome, i64)> {
        let shelf = self.own_shelf(reseller).await;
        shelf.into_iter().flat_map(|row| row.unrewarded).collect()
    }

    async fn own_shelf(&self, reseller: &Store) -> Vec<ShelfRow> {
        let shelf = listing::shelf(&self.market, reseller.owner, PageRequest::FIRST);
        shelf.await.unwrap().rows
    }
}

/// What lies in the tables.
impl World {
    pub async fn number(&self, sql: &str) -> i64 {
        // PostgreSQL's SUM is a NUMERIC.
        let sql = format!("SELECT CAST(({sql}) AS BIGINT)");
        self.one(&sql).await.try_get_by_index(0).unwrap()
    }

    /// A column of numbers.
    pub async fn numbers(&self, sql: &str) -> Vec<i64> {
        let rows = self.rows_of(sql).await;
        rows.iter()
            .map(|row| row.try_get_by_index(0).unwrap())
            .collect()
    }

    pub(super) async fn rows_of(&self, sql: &str) -> Vec<QueryResult> {
        let statement = Statement::from_string(self.rows.get_database_backend(), sql);
        self.rows.query_all_raw(statement).await.unwrap()
    }

    pub async fn text(&self, sql: &str) -> String {
        self.one(sql).await.try_get_by_index(0).unwrap()
    }

    /// How many rows a table has, or those `WHERE` something.
    pub async fn count(&self, rows: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM {rows}")).await
    }

    /// Goes past all rules.
    pub async fn execute(&self, sql: &str) -> Result<u64, DbErr> {
        Ok(self.rows.execute_unprepared(sql).await?.rows_affected())
    }

    /// Takes the bounds of all numbers away, as in a market of an older version.
    pub async fn without_bounds(&self) {
        let drops = if self.engine() == Engine::Sqlite {
            "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_master \
             WHERE type = 'trigger' AND instr(name, '_in_bounds') > 0"
        } else {
            "SELECT string_agg('ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || conname, ';') \
             FROM pg_constraint WHERE conname LIKE '%in_bounds'"
        };
        let drops = self.text(drops).await;
        self.execute(&drops).await.unwrap();
    }

    async fn one(&self, sql: &str) -> QueryResult {
        let statement = Statement::from_string(self.rows.get_database_backend(), sql);
        self.rows.query_one_raw(statement).await.unwrap().unwrap()
    }
}
