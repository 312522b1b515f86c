//! What the database itself refuses, whoever asks: its constraints stand behind every check in code.

use trial::World;
use trial::both_engines;

both_engines!(
    rule_l2_the_database_refuses_what_no_rule_allows,
    rule_l2_the_database_refuses_numbers_beyond_all_bounds,
    rule_l4_the_database_takes_each_key_once,
    the_database_takes_no_row_that_belongs_to_nothing,
);

/// Something in every table: an offer, a finished order with a refund, a hold, an empty order's worth of both.
async fn busy(world: &World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 20, 300, 10).await;
    let secret = world.buy(&[(&reseller, &mug, 3), (&maker, &mug, 1)]).await;
    world.cancel(&maker, &secret, 1, true).await.unwrap();
    world.hold(&[(&reseller, &mug, 3)]).await;
}

async fn all_refused(world: &World, changes: &[&str]) {
    for change in changes {
        let refused = world.execute(change).await;
        assert!(refused.is_err(), "{change}");
    }
}

async fn rule_l2_the_database_refuses_what_no_rule_allows(world: World) {
    busy(&world).await;
    all_refused(
        &world,
        &[
            "UPDATE ledger_accounts SET balance = -1 WHERE code = 'wallet:1'",
            "UPDATE ledger_accounts SET balance = -1 WHERE code = 'offer:1'",
            "UPDATE ledger_accounts SET balance = -1 WHERE code = 'line:1'",
            "UPDATE ledger_accounts SET asset = 'cheese' WHERE code = 'wallet:1'",
            "INSERT INTO transfers (key, debit, credit, asset, amount, kind, note, created_at) \
             VALUES ('nothing', 'wallet:1', 'wallet:2', 'token', 0, 'mint', '', 0)",
            "INSERT INTO transfers (key, debit, credit, asset, amount, kind, note, created_at) \
             VALUES ('circle', 'wallet:1', 'wallet:1', 'token', 1, 'mint', '', 0)",
            "INSERT INTO transfers (key, debit, credit, asset, amount, kind, note, created_at) \
             VALUES ('cheese', 'wallet:1', 'wallet:2', 'cheese', 1, 'mint', '', 0)",
            "UPDATE variants SET on_hand = -1, held = -1",
            "UPDATE variants SET held = -1",
            "UPDATE variants SET held = on_hand + 1",
            "UPDATE variants SET price = 0",
            "UPDATE offers SET rate = 0",
            "UPDATE offers SET open_units = -1",
            "UPDATE offers SET held_units = -1",
            "UPDATE offers SET state = 'revoked'",
            "UPDATE offers SET state = 'half open', open_units = 0",
            "UPDATE stores SET shipping = -1",
            "UPDATE cart_lines SET units = 0",
            "UPDATE cart_lines SET units = 100",
            "UPDATE orders SET state = 'half paid' WHERE state = 'held'",
            "UPDATE orders SET total = total + 1",
            "UPDATE orders SET items = 0, total = shipping",
            "UPDATE orders SET paid_at = NULL WHERE state = 'paid'",
            "UPDATE orders SET paid_at = 1 WHERE state = 'held'",
            "UPDATE parcels SET state = 'lost'",
            "UPDATE parcels SET shipping = -1",
            "UPDATE order_lines SET price = 0, fee = 0",
            "UPDATE order_lines SET fee = -1",
            "UPDATE order_lines SET fee = price * units + 1",
            "UPDATE order_lines SET units = 0, covered_units = 0, rewarded_units = 0 WHERE cancelled_units = 0",
            "UPDATE order_lines SET covered_units = units + 1",
            "UPDATE order_lines SET rewarded_units = covered_units + 1",
            "UPDATE order_lines SET cancelled_units = units + 1",
            "UPDATE order_lines SET restocked_units = cancelled_units + 1",
            "UPDATE payments SET amount = 0",
            "UPDATE payments SET state = 'perhaps'",
            "UPDATE refunds SET amount = 0",
            "UPDATE refunds SET state = 'perhaps'",
            "UPDATE outbox SET kind = 'prayer'",
        ],
    )
    .await;
}

/// Every number that a form reaches, directly or as a sum or a product of what was typed.
async fn rule_l2_the_database_refuses_numbers_beyond_all_bounds(world: World) {
    busy(&world).await;
    for (column, most) in [
        ("stores SET shipping", 1_000_000_000),
        ("stores SET free_shipping_from", 1_000_000_000),
        ("variants SET price", 1_000_000_000),
        ("variants SET received", 1_000_000_000_000),
        ("variants SET on_hand", 1_000_000),
        ("offers SET rate", 1_000_000_000),
        ("offers SET open_units", 100_000_000),
        ("offers SET held_units", 100_000_000),
        ("ledger_accounts SET balance", 1_000_000_000_000_000_000),
        ("parcels SET shipping", 1_000_000_000),
        ("order_lines SET price", 1_000_000_000),
        ("order_lines SET rate", 1_000_000_000),
        ("payments SET amount", 10_000_000_000_000),
        ("refunds SET amount", 10_000_000_000_000),
        ("refunds SET units", 99),
    ] {
        for beyond in [most + 1, i64::MAX, -1, i64::MIN + 1] {
            if beyond == -1 && column.starts_with("ledger") {
                continue;
            }
            all_refused(&world, &[&format!("UPDATE {column} = {beyond}")]).await;
        }
    }
    all_refused(
        &world,
        &[
            "UPDATE variants SET on_hand = on_hand + 9223372036854775790",
            "UPDATE orders SET items = 10000000000001, total = 10000000000001 + shipping",
            "INSERT INTO variants (product_id, name, sku, price, received, on_hand, held, position, retired) \
             VALUES (1, '', '', 100, 1000001, 1000001, 0, 0, FALSE)",
            "INSERT INTO source_variants (variant_id, product_id, name, taken) VALUES (1, 1, '', 1000001)",
            "INSERT INTO transfers (key, debit, credit, asset, amount, kind, note, created_at) \
             VALUES ('huge', 'wallet:1', 'wallet:2', 'token', 1000000000000000001, 'mint', '', 0)",
        ],
    )
    .await;
}

async fn rule_l4_the_database_takes_each_key_once(world: World) {
    busy(&world).await;
    all_refused(
        &world,
        &[
            // A transfer's key, and an account's code.
            "INSERT INTO transfers (key, debit, credit, asset, amount, kind, note, created_at) \
             SELECT key, debit, credit, asset, amount, kind, note, created_at FROM transfers",
            "INSERT INTO ledger_accounts SELECT * FROM ledger_accounts WHERE code = 'wallet:1'",
            // One store to an account, one account to an e-mail address.
            "INSERT INTO stores (owner_id, slug, name, tagline, about, accent, shipping, created_at) \
             SELECT owner_id, 'another', name, tagline, about, accent, shipping, created_at FROM stores",
            "INSERT INTO stores (owner_id, slug, name, tagline, about, accent, shipping, created_at) \
             SELECT (SELECT MAX(id) FROM accounts), slug, name, tagline, about, accent, shipping, created_at \
             FROM stores WHERE id = 1",
            "INSERT INTO accounts (email, name, password_hash, operator, created_at) \
             SELECT email, name, password_hash, operator, created_at FROM accounts",
            // One listing of a product on a shelf, one line of it in a cart.
            "INSERT INTO listings (store_id, product_id, added_at) SELECT store_id, product_id, 0 FROM listings",
            "INSERT INTO cart_lines (cart_id, listing_id, variant_id, units, added_at) \
             SELECT cart_id, listing_id, variant_id, 1, 0 FROM cart_lines",
            // One open offer on a product.
            "INSERT INTO offers (product_id, store_id, rate, open_units, held_units, state, revision, opened_at) \
             SELECT product_id, store_id, rate, 0, 0, 'open', 1, 0 FROM offers",
            // One attempt to pay for a cart, one order under a key.
            &order("number || 'b', secret || 'b', key || 'b', 'held'", "state = 'held'"),
            &order("number || 'b', secret || 'b', key, 'released'", "state = 'held'"),
            &order("number, secret || 'b', key || 'b', 'released'", "state = 'held'"),
            &order("number || 'b', secret, key || 'b', 'released'", "state = 'held'"),
            // One payment of an order, one parcel of a maker, one refund and one call under a key.
            "INSERT INTO payments (order_id, provider, method, amount, state, second_step_url, decline_reason, created_at) \
             SELECT order_id, provider, method, amount, state, second_step_url, decline_reason, created_at FROM payments",
            "INSERT INTO parcels (order_id, store_id, state, shipping, shipping_refunded, carrier, tracking) \
             SELECT order_id, store_id, state, shipping, shipping_refunded, carrier, tracking FROM parcels",
            "INSERT INTO refunds (key, order_id, units, amount, state, created_at) \
             SELECT key, order_id, units, amount, state, created_at FROM refunds",
            "INSERT INTO outbox (key, kind, subject_id, attempts, due_at, taken_until, last_error) \
             SELECT key, kind, subject_id, attempts, due_at, taken_until, last_error FROM outbox",
        ],
    )
    .await;
}

/// A second order with the content of another.
fn order(identity: &str, of: &str) -> String {
    const CONTENT: &str = "fingerprint, cart_id, email, name, line1, line2, city, postcode, country, items, shipping, \
                           total, hold_expires_at, created_at";
    format!(
        "INSERT INTO orders (number, secret, key, state, {CONTENT}) SELECT {identity}, {CONTENT} FROM orders WHERE {of}"
    )
}

async fn the_database_takes_no_row_that_belongs_to_nothing(world: World) {
    busy(&world).await;
    all_refused(
        &world,
        &[
            "INSERT INTO transfers (key, debit, credit, asset, amount, kind, note, created_at) \
             VALUES ('nobody', 'wallet:1', 'wallet:99', 'token', 1, 'mint', '', 0)",
            "UPDATE order_lines SET order_id = 99",
            "UPDATE parcels SET order_id = 99",
            "UPDATE payments SET order_id = 99 WHERE order_id = 1",
            "UPDATE refunds SET order_id = 99",
            "UPDATE offers SET product_id = 99",
            "UPDATE cart_lines SET variant_id = 99",
            "DELETE FROM orders",
            "DELETE FROM variants",
        ],
    )
    .await;
}
