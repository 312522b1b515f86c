//! Orders that lie behind: paid, delivered, rewarded, with every row a real one has, so that the audit holds. Written
//! by a few statements for thousands at a time.

use crate::Outcome;
use crate::database::number;
use crate::town::{Good, PRICE, RATE, SHIPPING, Town};
use sea_orm::ConnectionTrait;
use std::fmt::Write;

/// Orders written at once.
const CHUNK: i64 = 20_000;

/// Makes past orders number `behind + 1` to `upto`, one line each, through a reseller.
pub async fn fill(town: &Town<'_>, behind: i64, upto: i64) -> Outcome {
    let mut from = behind;
    while from < upto {
        let to = upto.min(from + CHUNK);
        chunk(town, from + 1, to).await?;
        from = to;
    }
    balance(town, behind, upto).await?;
    town.tidy().await
}

async fn chunk(town: &Town<'_>, from: i64, to: i64) -> Outcome {
    let last = number(&town.rows, "SELECT COALESCE(MAX(id), 0) FROM orders").await?;
    let goods = goods(&town.goods)?;
    town.fill_in(&statements(&goods, town.goods.len(), from, to, last))
        .await
}

/// The goods as rows of a common table expression.
fn goods(goods: &[Good]) -> Outcome<String> {
    let mut rows = String::new();
    for (number, good) in goods.iter().enumerate() {
        let Good {
            maker,
            seller,
            product,
            variant,
            offer,
            carried,
            ..
        } = good;
        write!(
            rows,
            "({number}, {maker}, {seller}, {product}, {variant}, {offer}, {carried}), "
        )?;
    }
    let rows = rows.trim_end_matches(", ");
    Ok(format!(
        "goods (n, maker, seller, product, variant, offer, listing) AS (VALUES {rows})"
    ))
}

fn statements(goods: &str, count: usize, from: i64, to: i64, last: i64) -> Vec<String> {
    let total = PRICE + SHIPPING;
    // Number i was sold i seconds after the beginning of 2020.
    let moment = "1577836800000 + 1000 * i";
    let good_of = format!("CAST(SUBSTR(o.key, 6) AS BIGINT) % {count}");
    vec![
        format!(
            "WITH RECURSIVE past (i) AS (SELECT CAST({from} AS BIGINT) UNION ALL SELECT i + 1 FROM past WHERE i < {to}) \
             INSERT INTO orders (number, secret, key, fingerprint, state, cart_id, email, name, line1, line2, city, \
             postcode, country, items, shipping, total, hold_expires_at, created_at, paid_at) \
             SELECT 'SH-P' || i, 'a-secret-of-the-past-as-long-as-others-' || i, 'past:' || i, \
             'a-fingerprint-of-the-past-as-long-as-a-hash-of-what-was-typed', 'paid', -i, \
             'ada' || (i % 5000) || '@example.com', 'Ada Reed', '4 Mill Lane', '', 'Wells', 'BA5 2XX', \
             'United Kingdom', {PRICE}, {SHIPPING}, {total}, {moment} + 900000, {moment}, {moment} + 2000 FROM past"
        ),
        format!(
            "WITH {goods} INSERT INTO parcels (order_id, store_id, state, shipping, shipping_refunded, carrier, \
             tracking, packed_at, shipped_at, delivered_at, paid_at) \
             SELECT o.id, g.maker, 'delivered', {SHIPPING}, FALSE, 'Post', o.number, o.paid_at, o.paid_at, o.paid_at, \
             o.paid_at FROM orders o JOIN goods g ON g.n = {good_of} WHERE o.id > {last}"
        ),
        format!(
            "WITH {goods} INSERT INTO order_lines (order_id, parcel_id, listing_id, seller_id, product_id, variant_id, \
             title, variant_name, price, units, fee, offer_id, rate, covered_units, hold_round, reward_outcome, \
             rewarded_units, cancelled_units, restocked_units) \
             SELECT o.id, p.id, g.listing, g.seller, g.product, g.variant, 'Thing', '', {PRICE}, 1, 0, g.offer, {RATE}, \
             1, 1, 'paid', 1, 0, 0 \
             FROM orders o JOIN parcels p ON p.order_id = o.id JOIN goods g ON g.n = {good_of} WHERE o.id > {last}"
        ),
        format!(
            "INSERT INTO payments (order_id, provider, method, amount, state, second_step_url, decline_reason, \
             created_at, settled_at) \
             SELECT id, 'instant', 'card_4242', total, 'paid', '', '', created_at, paid_at FROM orders WHERE id > {last}"
        ),
        format!(
            "INSERT INTO outbox (key, kind, subject_id, attempts, due_at, taken_until, done_at, last_error) \
             SELECT 'charge:order:' || id, 'charge', id, 1, created_at, 0, paid_at, '' FROM orders WHERE id > {last}"
        ),
        format!(
            "INSERT INTO ledger_accounts (code, asset, balance) \
             SELECT 'line:' || id, 'token', 0 FROM order_lines WHERE order_id > {last}"
        ),
        format!(
            "INSERT INTO transfers (key, debit, credit, asset, amount, kind, offer_id, order_id, order_line_id, note, \
             created_at) \
             SELECT 'promise:line:' || l.id || ':1', 'offer:' || l.offer_id, 'line:' || l.id, 'token', l.rate, \
             'promise', l.offer_id, l.order_id, l.id, '', o.created_at \
             FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.order_id > {last} \
             UNION ALL \
             SELECT 'reward:line:' || l.id, 'line:' || l.id, 'wallet:' || l.seller_id, 'token', l.rate, \
             'reward', l.offer_id, l.order_id, l.id, '', o.paid_at \
             FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.order_id > {last} \
             UNION ALL \
             SELECT 'sale:parcel:' || p.id, 'payments', 'payable:' || p.store_id, 'money', {total}, 'sale', \
             NULL, p.order_id, NULL, '', p.paid_at FROM parcels p WHERE p.order_id > {last}"
        ),
    ]
}

/// Brings stock, wallets, payables and escrows in line with what was written: the tokens for past rewards were minted
/// and set aside before.
async fn balance(town: &Town<'_>, behind: i64, upto: i64) -> Outcome {
    let count = i64::try_from(town.goods.len())?;
    let of = |upto: i64, number: i64| (upto + count - number) / count - i64::from(number == 0);
    for (number, good) in town.goods.iter().enumerate() {
        let number = i64::try_from(number)?;
        let sold = of(upto, number) - of(behind, number);
        if sold == 0 {
            continue;
        }
        let Good {
            maker,
            seller,
            variant,
            offer,
            ..
        } = good;
        let (rewards, owed) = (sold * RATE, sold * (PRICE + SHIPPING));
        let transfer = "INSERT INTO transfers (key, debit, credit, asset, amount, kind, note, created_at) VALUES";
        for sql in [
            format!("UPDATE variants SET received = received + {sold} WHERE id = {variant}"),
            format!(
                "UPDATE ledger_accounts SET balance = balance + {rewards} WHERE code = 'wallet:{seller}'"
            ),
            format!(
                "UPDATE ledger_accounts SET balance = balance + {owed} WHERE code = 'payable:{maker}'"
            ),
            format!(
                "{transfer} ('issue:past:{offer}:{upto}', 'issuance', 'wallet:{maker}', 'token', {rewards}, 'mint', \
                 '', 0), ('fund:past:{offer}:{upto}', 'wallet:{maker}', 'offer:{offer}', 'token', {rewards}, 'fund', \
                 '', 0)"
            ),
        ] {
            town.rows.execute_unprepared(&sql).await?;
        }
    }
    Ok(())
}
