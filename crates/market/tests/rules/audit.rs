//! The audit itself: it sees what is wrong and names the row.
//!
//! Most of what it looks for can't happen while the database guards its tables. So the damage is done to tables that
//! hold the same rows and have no guards.

use market::verify;
use std::collections::BTreeSet;
use trial::World;
use trial::both_engines;

both_engines!(
    the_audit_looks_at_everything_and_finds_an_open_market_sound,
    every_check_of_the_audit_names_the_row_that_breaks_it,
    no_value_keeps_the_audit_from_its_end,
);

/// Something of everything: sales from both shelves, a cancellation, a late payment, a hold under way.
async fn busy(world: &World) {
    let (maker, mug, _, reseller) = world.carried(2_800, 20, 300, 10).await;
    let secret = world.buy(&[(&reseller, &mug, 2), (&maker, &mug, 1)]).await;
    world.cancel(&maker, &secret, 1, true).await.unwrap();
    let bowl = world.product(&maker, "Bowl", 3_000, 1).await;
    world.hold_without_answer(&[(&maker, &bowl, 1)]).await;
    world.wait_minutes(16);
    world.buy(&[(&maker, &bowl, 1)]).await;
    world.tick().await;
    world.tick().await;
    world.hold(&[(&reseller, &mug, 3)]).await;
}

async fn the_audit_looks_at_everything_and_finds_an_open_market_sound(world: World) {
    let empty = verify::run(&world.market).await.unwrap();
    assert!(empty.is_sound(), "{empty:#?}");

    busy(&world).await;

    let report = verify::run(&world.market).await.unwrap();
    assert!(report.is_sound(), "{report:#?}");
    assert_eq!(report.checks.len(), empty.checks.len());
    for check in report.checks {
        let waits = check.name.starts_with("paid at the provider");
        assert_eq!(
            check.looked_at == 0,
            waits,
            "{} looked at {}",
            check.name,
            check.looked_at
        );
    }
}

/// The tables that the audit reads.
const TABLES: [&str; 17] = [
    "carts",
    "ledger_accounts",
    "listings",
    "offers",
    "order_lines",
    "orders",
    "outbox",
    "parcels",
    "payments",
    "products",
    "refunds",
    "sandbox_charges",
    "sandbox_refunds",
    "source_variants",
    "stores",
    "transfers",
    "variants",
];

fn is_sqlite(world: &World) -> bool {
    world.market.settings().database_url.starts_with("sqlite:")
}

/// Puts tables without constraints, keys and triggers in the place of those that have them, and keeps copies.
async fn take_the_guards_away(world: &World) {
    let (before, after) = if is_sqlite(world) {
        ("PRAGMA foreign_keys = OFF", "")
    } else {
        ("", "CASCADE")
    };
    world.execute(before).await.unwrap();
    for table in TABLES {
        let copy = format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}");
        world.execute(&copy).await.unwrap();
        world
            .execute(&format!("DROP TABLE {table} {after}"))
            .await
            .unwrap();
        let bare = format!("CREATE TABLE {table} AS SELECT * FROM kept_{table}");
        world.execute(&bare).await.unwrap();
    }
}

async fn undo_the_damage(world: &World) {
    for table in TABLES {
        world
            .execute(&format!("DELETE FROM {table}"))
            .await
            .unwrap();
        world
            .execute(&format!("INSERT INTO {table} SELECT * FROM kept_{table}"))
            .await
            .unwrap();
    }
}

/// A check, what it names, and the damage that it is to see.
const DAMAGE: &[(&str, &str, &str)] = &[
    (
        "every amount and every count is within its bounds",
        "variants 1: price 2800, received 20, on_hand 9223372036854775807",
        "UPDATE variants SET on_hand = 9223372036854775807 WHERE id = 1",
    ),
    (
        "every amount and every count is within its bounds",
        "transfers 1: amount -9223372036854775807",
        "UPDATE transfers SET amount = -9223372036854775807 WHERE id = 1",
    ),
    (
        "a transfer moves more than nothing between two accounts that count what it moves",
        "(reward:line:1) moves 0",
        "UPDATE transfers SET amount = 0 WHERE key = 'reward:line:1'",
    ),
    (
        "a transfer moves more than nothing between two accounts that count what it moves",
        "(reward:line:1) moves 600 money",
        "UPDATE transfers SET asset = 'money' WHERE key = 'reward:line:1'",
    ),
    (
        "a transfer moves more than nothing between two accounts that count what it moves",
        "from wallet:99",
        "UPDATE transfers SET debit = 'wallet:99' WHERE key = 'reward:line:1'",
    ),
    (
        "what a transfer is for is there",
        "(reward:line:1) is for order 99",
        "UPDATE transfers SET order_id = 99 WHERE key = 'reward:line:1'",
    ),
    (
        "a key stands for one transfer",
        "key reward:line:1 stands for 2",
        "INSERT INTO transfers SELECT * FROM kept_transfers WHERE key = 'reward:line:1'",
    ),
    (
        "a kept balance is what the account's transfers come to",
        "wallet:1 keeps",
        "UPDATE ledger_accounts SET balance = balance + 1 WHERE code = 'wallet:1'",
    ),
    (
        "no wallet and no escrow is below zero",
        "wallet:1 holds -1",
        "UPDATE ledger_accounts SET balance = -1 WHERE code = 'wallet:1'",
    ),
    (
        "every store has a wallet and a payable",
        "store 2 lacks",
        "DELETE FROM ledger_accounts WHERE code = 'payable:2'",
    ),
    (
        "all accounts of an asset together hold nothing",
        "token accounts together hold 1",
        "UPDATE ledger_accounts SET balance = balance + 1 WHERE code = 'wallet:1'",
    ),
    (
        "tokens enter by a welcome grant or a mint and leave by a burn",
        "is a fund from issuance to wallet:2",
        "UPDATE transfers SET kind = 'fund' WHERE debit = 'issuance' AND credit = 'wallet:2'",
    ),
    (
        "an offer's escrow is its rate times its open units",
        "offer 1 (open)",
        "UPDATE offers SET open_units = open_units - 1 WHERE id = 1",
    ),
    (
        "a line's escrow is its rate times the units it is still promised for",
        "line 5 of a held order",
        "UPDATE order_lines SET covered_units = covered_units - 1 WHERE id = 5",
    ),
    (
        "every escrow belongs to an offer or a line",
        "line:99 belongs to nothing",
        "INSERT INTO ledger_accounts (code, asset, balance) VALUES ('line:99', 'token', 0)",
    ),
    (
        "a product has one open offer at most, and it is its maker's",
        "product 1 has 2 open offers",
        "INSERT INTO offers SELECT * FROM kept_offers WHERE id = 1",
    ),
    (
        "a product has one open offer at most, and it is its maker's",
        "product 1 has 1 open offers",
        "UPDATE offers SET store_id = 2 WHERE id = 1",
    ),
    (
        "open and held covered units are never more than the units on hand",
        "product 1 has",
        "UPDATE variants SET on_hand = 5 WHERE id = 1",
    ),
    (
        "an offer's held units are those its lines on hold are covered for",
        "offer 1 counts 2 held",
        "UPDATE offers SET held_units = held_units - 1 WHERE id = 1",
    ),
    (
        "a reward is paid once for its line, by the line's terms, to the store that sold it",
        "(reward:line:1) rewards wallet:1",
        "UPDATE transfers SET credit = 'wallet:1' WHERE key = 'reward:line:1'",
    ),
    (
        "a line that counts rewarded units has its reward",
        "line 1 counts 2 rewarded, its reward is 0",
        "DELETE FROM transfers WHERE key = 'reward:line:1'",
    ),
    (
        "no maker is rewarded for her own shelf, and no owner for her own purchase",
        "line 1 rewarded store 2",
        "UPDATE orders SET account_id = 2 WHERE id = 1",
    ),
    (
        "what a line says of its reward is what became of it",
        "line 1 of a paid order says not_covered",
        "UPDATE order_lines SET reward_outcome = 'not_covered' WHERE id = 1",
    ),
    (
        "the units of a variant on hold are those of its lines on hold",
        "variant 1 counts 4 held",
        "UPDATE variants SET held = held + 1 WHERE id = 1",
    ),
    (
        "on hand is what was received, less what was sold, with what was restocked",
        "variant 1 has 18 on hand, 21 received",
        "UPDATE variants SET received = received + 1 WHERE id = 1",
    ),
    (
        "no hold outlives its time by more than five minutes",
        "still on hold, 16 minutes",
        "UPDATE orders SET hold_expires_at = hold_expires_at - 1860000 WHERE state = 'held'",
    ),
    (
        "an order's total is its lines and its parcels' shipping",
        "its parcels to 401",
        "UPDATE parcels SET shipping = shipping + 1 WHERE id = 1",
    ),
    (
        "a line lies in its maker's parcel of its order",
        "line 1 of order 1 lies in parcel 2",
        "UPDATE order_lines SET parcel_id = 2 WHERE id = 1",
    ),
    (
        "an order is finished if and only if its money came, and then the sale is in the books",
        "has a payment that is asked",
        "UPDATE payments SET state = 'asked' WHERE order_id = 1",
    ),
    (
        "an order is finished if and only if its money came, and then the sale is in the books",
        "has a payment that is missing",
        "DELETE FROM payments WHERE order_id = 1",
    ),
    (
        "money that came too late goes back in full",
        "order 2 was paid late with 3400, 0 goes back",
        "DELETE FROM refunds WHERE order_id = 2",
    ),
    (
        "a maker is owed goods and shipping, less fees and refunds",
        "payable:1 holds",
        "UPDATE order_lines SET price = price + 1 WHERE id = 2",
    ),
    (
        "the market's fees are those of its paid lines, less those given back",
        "fees hold 0, the paid lines come to 1",
        "UPDATE order_lines SET fee = 1 WHERE id = 2",
    ),
    (
        "a line's cancelled and restocked units are those of its refunds",
        "line 1 counts 2 cancelled",
        "UPDATE order_lines SET cancelled_units = cancelled_units + 1 WHERE id = 1",
    ),
    (
        "a line's cancelled and restocked units are those of its refunds",
        "its refunds come to 1 and 0",
        "UPDATE refunds SET restocked_units = 1 - restocked_units WHERE order_line_id = 1",
    ),
    (
        "no more goes back than came",
        "has refunds of 102800",
        "UPDATE refunds SET amount = amount + 100000 WHERE order_line_id = 1",
    ),
    (
        "what goes back is the price of the cancelled units, and the shipping of a cancelled parcel",
        "parcel 1 of order 1 has refunds of 2801",
        "UPDATE refunds SET amount = amount + 1 WHERE order_line_id = 1",
    ),
    (
        "a parcel stands where its lines and its steps say",
        "parcel 1 of order 1 is cancelled with 2 units",
        "UPDATE parcels SET state = 'cancelled' WHERE id = 1",
    ),
    (
        "a parcel was paid when its order was",
        "parcel 1 of order 1 (paid) was paid at no time",
        "UPDATE parcels SET paid_at = NULL WHERE id = 1",
    ),
    (
        "no cart is paid for twice",
        "order 1 was paid when order 3 had been begun",
        "UPDATE orders SET cart_id = 99, created_at = 0 WHERE id IN (1, 3)",
    ),
    (
        "no cart is paid for twice",
        "order 1 was paid when order 3 had been begun",
        "UPDATE carts SET merged_into = 99, merged_at = 0 WHERE id = (SELECT cart_id FROM orders WHERE id = 1); \
         UPDATE orders SET cart_id = 99, created_at = 0 WHERE id = 3",
    ),
    (
        "an attempt to pay goes along with its cart",
        "order 4 (held) was not over",
        "UPDATE carts SET merged_into = 1, merged_at = 0 WHERE id = (SELECT cart_id FROM orders WHERE id = 4)",
    ),
    (
        "the payments account stands for what came in and has not gone back",
        "payments hold",
        "UPDATE payments SET amount = amount + 1 WHERE order_id = 1",
    ),
    (
        "the refunds account is what is still to go back",
        "refunds hold 0, 2800 are due",
        "UPDATE refunds SET state = 'due' WHERE order_line_id = 1",
    ),
    (
        "what waits for the provider is on the list of calls to make",
        "(second_step) of order 4",
        "DELETE FROM outbox WHERE done_at IS NULL",
    ),
    (
        "the provider says of each payment what we do",
        "of order 1 is paid (8800), the provider says declined",
        "UPDATE sandbox_charges SET state = 'declined' WHERE key = 'charge:order:1'",
    ),
    (
        "the provider's refunds are ours",
        "we say done, the provider says nothing",
        "DELETE FROM sandbox_refunds WHERE charge_key = 'charge:order:2'",
    ),
    (
        "the provider's refunds are ours",
        "we say nothing, the provider says 3400",
        "DELETE FROM refunds WHERE order_id = 2",
    ),
    (
        "paid at the provider and not settled here: waits for an answer, for an hour after its hold at most",
        "8800 paid at the provider, unsettled",
        "UPDATE orders SET hold_expires_at = 0 WHERE id = 1; UPDATE payments SET state = 'asked' WHERE order_id = 1",
    ),
    (
        "every charge at the provider is one that an order asked for",
        "charge:order:99 of 8800 (paid), we asked for nothing",
        "UPDATE sandbox_charges SET key = 'charge:order:99' WHERE key = 'charge:order:1'",
    ),
    (
        "no payment and no refund is without its order",
        "is for order 2",
        "DELETE FROM orders WHERE id = 2",
    ),
];

async fn every_check_of_the_audit_names_the_row_that_breaks_it(world: World) {
    busy(&world).await;
    take_the_guards_away(&world).await;
    world.assert_sound().await;
    let mut damaged = BTreeSet::new();
    for (name, row, damage) in DAMAGE {
        world.execute(damage).await.unwrap();
        let report = verify::run(&world.market).await.unwrap();
        let check = report.checks.iter().find(|check| check.name == *name);
        let breaches = &check
            .unwrap_or_else(|| panic!("there is no check {name}"))
            .breaches;
        // The row that was damaged, and no other.
        let named = !breaches.is_empty() && breaches.iter().all(|breach| breach.contains(row));
        assert!(named, "{damage}: {breaches:#?}");
        undo_the_damage(&world).await;
        damaged.insert(*name);
    }
    let report = verify::run(&world.market).await.unwrap();
    let untried: Vec<_> = report
        .checks
        .iter()
        .map(|check| check.name)
        .filter(|name| !damaged.contains(name))
        .collect();
    assert!(untried.is_empty(), "no damage tries {untried:#?}");
}

/// Every column that holds a number.
async fn numbers(world: &World) -> Vec<(String, String)> {
    let mut columns = Vec::new();
    for table in TABLES {
        let names = if is_sqlite(world) {
            format!(
                "SELECT group_concat(name) FROM pragma_table_info('{table}') \
                 WHERE upper(type) IN ('INT', 'INTEGER', 'BIGINT') AND name <> 'id'"
            )
        } else {
            format!(
                "SELECT string_agg(column_name, ',') FROM information_schema.columns \
                 WHERE table_name = '{table}' AND data_type = 'bigint' AND column_name <> 'id'"
            )
        };
        for name in world.text(&names).await.split(',') {
            columns.push((table.to_owned(), name.to_owned()));
        }
    }
    columns
}

/// Values that no sum can hold, and on SQLite, which takes any value anywhere, some that are no numbers.
async fn no_value_keeps_the_audit_from_its_end(world: World) {
    busy(&world).await;
    take_the_guards_away(&world).await;
    let mut values = vec!["9223372036854775807", "-9223372036854775807", "0"];
    if is_sqlite(&world) {
        values.extend(["'words'", "X'FF00'", "1e400", "''", "NULL"]);
    }
    let columns = numbers(&world).await;
    assert!(columns.len() > 40, "{columns:?}");
    for (table, column) in columns {
        for value in &values {
            let damage = format!("UPDATE {table} SET {column} = {value}");
            world.execute(&damage).await.unwrap();
            let report = verify::run(&world.market).await;
            let report = report.unwrap_or_else(|error| panic!("{damage}: {error}"));
            let is_a_count = !column.ends_with("_at") && !column.ends_with("_id");
            let beyond = value.contains("9223372036854775807");
            let has_rows = world.count(&table).await > 0;
            let is_counted = is_a_count
                && ![
                    "position",
                    "attempts",
                    "revision",
                    "hold_round",
                    "taken_until",
                    "answers_lost",
                ]
                .contains(&column.as_str());
            assert!(
                !(beyond && is_counted && has_rows && report.is_sound()),
                "{damage} is not seen"
            );
        }
        undo_the_damage(&world).await;
    }
}
