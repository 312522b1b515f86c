//! The floor: the same inserts, updates and deletes that hold and settle make, by hand-written SQL with every value
//! known, in one transaction, without a read, a row lock or a look at what came of it. No checkout that writes these
//! rows is faster on this machine.

use crate::Outcome;
use crate::checkouts::by_workers;
use crate::report::Figure;
use crate::town::{Cart, Good, PRICE, RATE, SHIPPING, Town};
use market::random_code;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait, Value,
};
use std::sync::Arc;

/// Any moment will do.
const NOW: i64 = 1_772_442_000_000;

/// The carts of [`crate::checkouts::spread`].
pub async fn spread(town: &Town<'_>, count: usize) -> Outcome<Figure> {
    let lines: Vec<_> = (0..count).map(Town::pair).collect();
    let lines: Vec<_> = lines.into_iter().map(|(a, b)| (a, Some(b))).collect();
    let carts = town.fill_carts(&lines).await?;
    let (rows, goods) = (town.rows.clone(), town.goods.clone());
    by_workers(carts, move |cart| write(rows.clone(), goods.clone(), cart)).await
}

async fn write(rows: DatabaseConnection, goods: Arc<Vec<Good>>, cart: Cart) -> Outcome {
    let sqlite = rows.get_database_backend() == DbBackend::Sqlite;
    let options = TransactionOptions {
        sqlite_transaction_mode: sqlite.then_some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let hand = Hand(rows.begin_with_options(options).await?);
    let own = &goods[cart.own.ok_or("a cart of two lines")?];
    let sale = Sale {
        hand: &hand,
        cart: cart.id.0,
        carried: &goods[cart.carried],
        own,
    };
    let order = sale.hold(cart.total()).await?;
    sale.settle(&order).await?;
    Ok(hand.0.commit().await?)
}

struct Hand(DatabaseTransaction);

impl Hand {
    async fn run(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Outcome {
        let backend = self.0.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        self.0.execute_raw(statement).await?;
        Ok(())
    }

    /// The ids of the rows written, in the order of writing.
    async fn ids(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Outcome<Vec<i64>> {
        let backend = self.0.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        let rows = self.0.query_all_raw(statement).await?;
        let mut ids = Vec::new();
        for row in rows {
            ids.push(row.try_get_by_index(0)?);
        }
        ids.sort_unstable();
        Ok(ids)
    }
}

struct Sale<'s> {
    hand: &'s Hand,
    cart: i64,
    carried: &'s Good,
    own: &'s Good,
}

struct Written {
    order: i64,
    parcels: Vec<i64>,
    lines: Vec<i64>,
}

impl Sale<'_> {
    /// What the first transaction of a checkout writes.
    async fn hold(&self, total: i64) -> Outcome<Written> {
        let Sale {
            hand, carried, own, ..
        } = self;
        for variant in self.variants() {
            let sql = "UPDATE variants SET held = held + 1 WHERE id = $1";
            hand.run(sql, [variant.into()]).await?;
        }
        let sql = "UPDATE offers SET open_units = open_units - 1, held_units = held_units + 1 WHERE id = $1";
        hand.run(sql, [carried.offer.into()]).await?;
        let order = hand
            .ids(
                "INSERT INTO orders (number, secret, key, fingerprint, state, cart_id, account_id, email, name, \
                 line1, line2, city, postcode, country, items, shipping, total, hold_expires_at, release_reason, \
                 created_at, paid_at) VALUES ($1, $2, $3, $4, 'held', $5, NULL, 'ada@example.com', 'Ada Reed', \
                 '4 Mill Lane', '', 'Wells', 'BA5 2XX', 'United Kingdom', $6, $7, $8, $9, NULL, $10, NULL) \
                 RETURNING id",
                [
                    random_code(11).into(),
                    random_code(32).into(),
                    random_code(32).into(),
                    random_code(64).into(),
                    self.cart.into(),
                    (2 * PRICE).into(),
                    (2 * SHIPPING).into(),
                    total.into(),
                    NOW.into(),
                    NOW.into(),
                ],
            )
            .await?[0];
        let parcels = hand
            .ids(
                "INSERT INTO parcels (order_id, store_id, state, shipping, shipping_refunded, carrier, tracking) \
                 VALUES ($1, $2, 'new', $3, FALSE, '', ''), ($4, $5, 'new', $6, FALSE, '', '') RETURNING id",
                [
                    order.into(),
                    carried.maker.into(),
                    SHIPPING.into(),
                    order.into(),
                    own.maker.into(),
                    SHIPPING.into(),
                ],
            )
            .await?;
        let lines = self.lines(order, &parcels).await?;
        hand.run(
            "INSERT INTO payments (order_id, provider, method, amount, state, second_step_url, decline_reason, \
             created_at) VALUES ($1, 'instant', 'card_4242', $2, 'asked', '', '', $3)",
            [order.into(), total.into(), NOW.into()],
        )
        .await?;
        hand.run(
            "INSERT INTO outbox (key, kind, subject_id, attempts, due_at, taken_until, last_error) \
             VALUES ($1, 'charge', $2, 1, $3, $4, '')",
            [charge(order).into(), order.into(), NOW.into(), NOW.into()],
        )
        .await?;
        let escrow = format!("line:{}", lines[0]);
        hand.run(
            "INSERT INTO ledger_accounts (code, asset, balance) VALUES ($1, 'token', $2)",
            [escrow.clone().into(), RATE.into()],
        )
        .await?;
        let offer = format!("offer:{}", carried.offer);
        let key = format!("promise:line:{}:1", lines[0]);
        let promise: Vec<Value> = vec![
            key.into(),
            offer.clone().into(),
            escrow.into(),
            "token".into(),
            RATE.into(),
            "promise".into(),
            Some(carried.offer).into(),
            order.into(),
            Some(lines[0]).into(),
        ];
        self.transfers(vec![promise]).await?;
        self.balance(&offer, -RATE).await?;
        Ok(Written {
            order,
            parcels,
            lines,
        })
    }

    /// What the second transaction of a checkout writes.
    async fn settle(&self, written: &Written) -> Outcome {
        let Sale {
            hand, carried, own, ..
        } = self;
        let Written {
            order,
            parcels,
            lines,
        } = written;
        for variant in self.variants() {
            let sql = "UPDATE variants SET on_hand = on_hand - 1, held = held - 1 WHERE id = $1";
            hand.run(sql, [variant.into()]).await?;
        }
        let sql = "UPDATE offers SET held_units = held_units - 1 WHERE id = $1";
        hand.run(sql, [carried.offer.into()]).await?;
        let sql =
            "UPDATE order_lines SET reward_outcome = 'paid', rewarded_units = 1 WHERE id = $1";
        hand.run(sql, [lines[0].into()]).await?;
        let sql = "UPDATE orders SET state = 'paid', paid_at = $1 WHERE id = $2";
        hand.run(sql, [NOW.into(), (*order).into()]).await?;
        let sql = "UPDATE parcels SET paid_at = $1 WHERE order_id = $2";
        hand.run(sql, [NOW.into(), (*order).into()]).await?;
        let sql = "DELETE FROM cart_lines WHERE cart_id = $1";
        hand.run(sql, [self.cart.into()]).await?;
        let sql = "UPDATE payments SET state = 'paid', settled_at = $1 WHERE order_id = $2";
        hand.run(sql, [NOW.into(), (*order).into()]).await?;
        let sql = "UPDATE outbox SET taken_until = 0, done_at = $1 WHERE key = $2";
        hand.run(sql, [NOW.into(), charge(*order).into()]).await?;

        let (escrow, wallet) = (
            format!("line:{}", lines[0]),
            format!("wallet:{}", carried.seller),
        );
        let nothing = || Value::from(None::<i64>);
        let sale = |parcel: i64, maker: i64| -> Vec<Value> {
            vec![
                format!("sale:parcel:{parcel}").into(),
                "payments".into(),
                format!("payable:{maker}").into(),
                "money".into(),
                (PRICE + SHIPPING).into(),
                "sale".into(),
                nothing(),
                (*order).into(),
                nothing(),
            ]
        };
        let reward: Vec<Value> = vec![
            format!("reward:line:{}", lines[0]).into(),
            escrow.clone().into(),
            wallet.clone().into(),
            "token".into(),
            RATE.into(),
            "reward".into(),
            Some(carried.offer).into(),
            (*order).into(),
            Some(lines[0]).into(),
        ];
        let sales = [sale(parcels[0], carried.maker), sale(parcels[1], own.maker)];
        self.transfers([sales.to_vec(), vec![reward]].concat())
            .await?;
        let mut changes = [
            (escrow, -RATE),
            (wallet, RATE),
            (format!("payable:{}", carried.maker), PRICE + SHIPPING),
            (format!("payable:{}", own.maker), PRICE + SHIPPING),
        ];
        // In one order, or two of these would wait for each other in a circle.
        changes.sort();
        for (account, change) in changes {
            self.balance(&account, change).await?;
        }
        Ok(())
    }

    fn variants(&self) -> [i64; 2] {
        let mut variants = [self.carried.variant, self.own.variant];
        variants.sort_unstable();
        variants
    }

    async fn lines(&self, order: i64, parcels: &[i64]) -> Outcome<Vec<i64>> {
        let Sale { carried, own, .. } = self;
        let row = |parcel: i64, listing: i64, seller: i64, good: &Good, offer: Option<i64>| {
            let covered = i64::from(offer.is_some());
            let values: [Value; 13] = [
                order.into(),
                parcel.into(),
                listing.into(),
                seller.into(),
                good.product.into(),
                good.variant.into(),
                "Thing".into(),
                PRICE.into(),
                offer.into(),
                (covered * RATE).into(),
                covered.into(),
                if covered == 1 {
                    "promised"
                } else {
                    "own_shelf"
                }
                .into(),
                "".into(),
            ];
            values
        };
        let first = row(
            parcels[0],
            carried.carried.0,
            carried.seller,
            carried,
            Some(carried.offer),
        );
        let second = row(parcels[1], own.own.0, own.maker, own, None);
        let sql = format!(
            "INSERT INTO order_lines (order_id, parcel_id, listing_id, seller_id, product_id, variant_id, title, \
             price, offer_id, rate, covered_units, reward_outcome, variant_name, units, fee, hold_round, \
             rewarded_units, cancelled_units, restocked_units) VALUES {} RETURNING id",
            places(2, 13, ", 1, 0, 1, 0, 0, 0")
        );
        self.hand.ids(&sql, first.into_iter().chain(second)).await
    }

    /// Rows of key, debit, credit, asset, amount, kind, offer, order, line.
    async fn transfers(&self, rows: Vec<Vec<Value>>) -> Outcome {
        let sql = format!(
            "INSERT INTO transfers (key, debit, credit, asset, amount, kind, offer_id, order_id, order_line_id, \
             note, created_at) VALUES {}",
            places(rows.len(), 9, &format!(", '', {NOW}"))
        );
        self.hand.run(&sql, rows.into_iter().flatten()).await
    }

    async fn balance(&self, account: &str, change: i64) -> Outcome {
        let sql = "UPDATE ledger_accounts SET balance = balance + $1 WHERE code = $2";
        self.hand.run(sql, [change.into(), account.into()]).await
    }
}

fn charge(order: i64) -> String {
    format!("charge:order:{order}")
}

/// `($1, $2 …), ($3, $4 …)`, each row ending with the same constants.
fn places(rows: usize, columns: usize, constants: &str) -> String {
    let row = |number: usize| {
        let places: Vec<_> = (1..=columns)
            .map(|column| format!("${}", number * columns + column))
            .collect();
        format!("({}{constants})", places.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}
